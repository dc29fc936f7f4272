//! What the settings ask of the server.
#![expect(missing_docs, reason = "the macro gives each argument a public field")]

use std::collections::BTreeSet;

use domain::{
    CentreId, DeviceId, Language, OrganisationId, StaffId,
    centre::{OpeningHours, Policies},
    staff::{Abilities, Device, DeviceKind, PrinterWays, Role, Staff},
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

use crate::trouble::Trouble;

#[cfg(feature = "ssr")]
use super::super::context::{StaffContext, answered};

/// The devices of a centre.
#[server(prefix = "/api/ui", endpoint = "devices", input = Json)]
pub async fn load_devices(centre: CentreId) -> Result<Vec<Device>, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.devices(&actor, centre).await)
}

/// What may be chosen for a printer that the server itself writes to; none for whoever does not choose it.
#[server(prefix = "/api/ui", endpoint = "printer_ways", input = Json)]
pub async fn load_printer_ways(centre: CentreId) -> Result<Option<PrinterWays>, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    match parvis.printer_ways(&actor, centre).await {
        Err(services::Problem::NotAllowed) => Ok(None),
        ways => answered(ways).map(Some),
    }
}

/// Enrols the device that shows a code.
#[server(prefix = "/api/ui", endpoint = "enrol", input = Json)]
pub async fn enrol(centre: CentreId, code: String, kind: DeviceKind, name: String) -> Result<Device, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let form = services::EnrolForm { code, kind, name, arrow: domain::staff::Arrow::default(), printer: None };
    answered(parvis.enrol(&actor, centre, form).await)
}

/// Changes a device.
#[server(prefix = "/api/ui", endpoint = "save_device", input = Json)]
pub async fn save_device(device: Device) -> Result<Device, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.save_device(&actor, device).await)
}

/// Takes a device's secret away.
#[server(prefix = "/api/ui", endpoint = "revoke_device", input = Json)]
pub async fn revoke_device(device: DeviceId) -> Result<(), Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.revoke_device(&actor, device).await)
}

/// Changes the rules of a centre.
#[server(prefix = "/api/ui", endpoint = "save_policies", input = Json)]
pub async fn save_policies(centre: CentreId, policies: Policies) -> Result<(), Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.save_policies(&actor, centre, policies).await)
}

/// Changes the opening hours of a centre.
#[server(prefix = "/api/ui", endpoint = "save_hours", input = Json)]
pub async fn save_hours(centre: CentreId, hours: OpeningHours) -> Result<(), Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.save_hours(&actor, centre, hours).await)
}

/// The accounts of a centre.
#[server(prefix = "/api/ui", endpoint = "accounts", input = Json)]
pub async fn load_accounts(centre: CentreId) -> Result<Vec<Staff>, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.staff_list(&actor, centre).await)
}

/// An account as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The account to change; none makes a new one.
    pub id: Option<StaffId>,
    /// What is typed at sign-in.
    pub login: String,
    /// Name shown to colleagues.
    pub name: String,
    /// The employer.
    pub organisation: Option<OrganisationId>,
    /// Roles held.
    pub roles: BTreeSet<Role>,
    /// What the person can do for visitors.
    pub abilities: Abilities,
    /// Language of the staff screens.
    pub language: Language,
    /// Whether single-letter keys work.
    pub letter_keys: bool,
    /// Whether the account can sign in.
    pub active: bool,
}

impl From<Staff> for Account {
    fn from(s: Staff) -> Self {
        Self {
            id: Some(s.id),
            login: s.login,
            name: s.name,
            organisation: s.organisation,
            roles: s.roles,
            abilities: s.abilities,
            language: s.language,
            letter_keys: s.letter_keys,
            active: s.active,
        }
    }
}

/// Makes or changes an account; a new one has a first password, shown once.
#[server(prefix = "/api/ui", endpoint = "save_account", input = Json)]
pub async fn save_account(centre: CentreId, account: Account) -> Result<Option<String>, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let Account { id, login, name, organisation, roles, abilities, language, letter_keys, active } = account;
    let form = services::StaffForm { id, login, name, organisation, roles, abilities, language, letter_keys, active };
    answered(parvis.save_staff(&actor, centre, form).await).map(|saved| saved.first_password)
}

/// Gives an account a new first password, shown once.
#[server(prefix = "/api/ui", endpoint = "reset_password", input = Json)]
pub async fn reset_password(account: StaffId) -> Result<String, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.reset_password(&actor, account).await)
}
