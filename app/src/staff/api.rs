//! What the staff's pages ask of the server. Each function calls one use case, which decides who may.
#![expect(missing_docs, reason = "the macro gives each argument a public field")]
#![allow(clippy::unused_async, reason = "a server function is async whatever it asks")]

use std::collections::BTreeMap;

use domain::{
    CentreId, DeviceId, Language, PlaceId, Text,
    centre::Centre,
    day::{Answer, Command},
    staff::{OpenSession, Staff},
    view::{CentreView, DeskView, WelcomeView},
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

use super::Press;
use crate::{texts::CentreTime, trouble::Trouble};

#[cfg(feature = "ssr")]
use super::context::{StaffContext, answered, in_time};

/// What every page of a member of staff begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Who is signed in.
    pub staff: Staff,
    /// The centre that is shown.
    pub centre: Centre,
    /// The centre's clock.
    pub time: CentreTime,
    /// Whether this is a demonstration.
    pub demo: bool,
    /// The centre's devices by name and place, for whoever looks after them.
    pub devices: BTreeMap<DeviceId, String>,
    /// Slug and name of the centres to choose from, for those who work in no single one.
    pub centres: Vec<(String, Text)>,
}

/// Who is signed in, and where. `centre` is a slug, for those who work in no single centre.
#[server(prefix = "/api/ui", endpoint = "start", input = Json)]
pub async fn load_start(centre: Option<String>) -> Result<Start, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let Some(staff) = actor.staff() else { return answered(Err(services::Problem::SignInNeeded)) };
    let all = if staff.centre.is_none() { parvis.centres() } else { Vec::new() };
    let shown = match (staff.centre, centre) {
        (Some(id), _) => answered(parvis.centre_by_id(id))?,
        (None, Some(slug)) => answered(parvis.centre(&slug))?,
        (None, None) => {
            all.first().cloned().ok_or(services::Problem::Unknown(services::What::Centre)).map_err(Trouble::from)?
        }
    };
    Ok(Start {
        staff: staff.as_ref().clone(),
        time: super::zone::time_of(&shown),
        demo: parvis.is_demo(),
        devices: device_names(&parvis, &actor, shown.id).await,
        centres: all.iter().map(|c| (c.slug.clone(), c.name.clone())).collect(),
        centre: shown.as_ref().clone(),
    })
}

/// What whoever may know them calls the centre's devices.
#[cfg(feature = "ssr")]
async fn device_names(
    parvis: &services::Parvis,
    actor: &services::Actor,
    centre: CentreId,
) -> BTreeMap<DeviceId, String> {
    let devices = parvis.devices(actor, centre).await.unwrap_or_default();
    devices.into_iter().map(|d| (d.id, d.name)).collect()
}

/// How many commands one request may give.
#[cfg(feature = "ssr")]
const MOST_COMMANDS: usize = 300;

/// Gives several commands to the day, one after the other. What one of them finds changed meanwhile keeps none of the
/// others from coming true; only where nothing did, it is said why.
#[server(prefix = "/api/ui", endpoint = "act_all", input = Json)]
pub async fn act_all(centre: CentreId, commands: Vec<Command>, press: Press) -> Result<(), Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let key = in_time(&parvis, press)?;
    let mut answers = Vec::new();
    for (number, command) in commands.into_iter().take(MOST_COMMANDS).enumerate() {
        let key = key.as_ref().map(|key| format!("{key}-{number}"));
        answers.push(parvis.act(&actor, centre, command, key).await);
    }
    let one_came_true = answers.iter().any(Result::is_ok);
    match answers.into_iter().find_map(Result::err) {
        Some(problem) if !one_came_true => answered(Err(problem)),
        _ => Ok(()),
    }
}

/// Gives a command to the day. The browser says which press it is, so that a repeated request does nothing twice.
#[server(prefix = "/api/ui", endpoint = "act", input = Json)]
pub async fn act(centre: CentreId, command: Command, press: Press) -> Result<Answer, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let key = in_time(&parvis, press)?;
    answered(parvis.act(&actor, centre, command, key).await)
}

/// Opens a place for the one who asks.
#[server(prefix = "/api/ui", endpoint = "open_place", input = Json)]
pub async fn open_place(place: PlaceId, press: Press) -> Result<(), Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    let key = in_time(&parvis, press)?;
    answered(parvis.open_place(&actor, place, key).await)
}

/// The desk screen of the one who asks.
#[server(prefix = "/api/ui", endpoint = "desk", input = Json)]
pub async fn load_desk(centre: CentreId) -> Result<DeskView, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.desk_view(&actor, centre, None).await)
}

/// The host's screen.
#[server(prefix = "/api/ui", endpoint = "welcome", input = Json)]
pub async fn load_welcome(centre: CentreId) -> Result<WelcomeView, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.welcome_view(&actor, centre).await)
}

/// The coordinator's screen.
#[server(prefix = "/api/ui", endpoint = "centre", input = Json)]
pub async fn load_centre(centre: CentreId) -> Result<CentreView, Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.centre_view(&actor, centre).await)
}

/// Where the own account is signed in.
#[server(prefix = "/api/ui", endpoint = "sessions", input = Json)]
pub async fn load_sessions() -> Result<Vec<OpenSession>, Trouble> {
    let StaffContext { parvis, actor, token, .. } = StaffContext::of_request()?;
    answered(parvis.own_sessions(&actor, token.as_ref()).await)
}

/// The own language, and whether single-letter keys work.
#[server(prefix = "/api/ui", endpoint = "preferences", input = Json)]
pub async fn save_preferences(language: Language, letter_keys: bool) -> Result<(), Trouble> {
    let StaffContext { parvis, actor, .. } = StaffContext::of_request()?;
    answered(parvis.save_preferences(&actor, language, letter_keys).await)
}
