//! The centre's rules, hours and accounts.

use std::collections::BTreeSet;

use domain::{
    CentreId, Language, OrganisationId, StaffId,
    centre::{OpeningHours, Policies},
    staff::{Abilities, Role, Staff},
};
use serde::{Deserialize, Serialize};

use crate::{Actor, Parvis, Problem};

/// What staff fill in for an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffForm {
    /// The account to change; none makes a new one.
    pub id: Option<StaffId>,
    /// What is typed at sign-in: 2 to 40 lower-case letters, digits, dots, hyphens.
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
    /// Whether single-letter keys work on the desk screen.
    pub letter_keys: bool,
    /// Whether the account can sign in.
    pub active: bool,
}

/// An account that was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedStaff {
    /// The account.
    pub staff: Staff,
    /// The first password of a new account, shown once.
    pub first_password: Option<String>,
}

impl Parvis {
    /// Changes the rules of a centre.
    pub async fn save_policies(&self, actor: &Actor, centre: CentreId, policies: Policies) -> Result<(), Problem> {
        let _ = (actor, centre, policies);
        todo!()
    }
    /// Changes the opening hours of a centre.
    pub async fn save_hours(&self, actor: &Actor, centre: CentreId, hours: OpeningHours) -> Result<(), Problem> {
        let _ = (actor, centre, hours);
        todo!()
    }
    /// The accounts of a centre.
    pub async fn staff_list(&self, actor: &Actor, centre: CentreId) -> Result<Vec<Staff>, Problem> {
        let _ = (actor, centre);
        todo!()
    }
    /// Makes or changes an account. A new one gets a first password; one that is switched off is signed out.
    pub async fn save_staff(&self, actor: &Actor, centre: CentreId, form: StaffForm) -> Result<SavedStaff, Problem> {
        let _ = (actor, centre, form);
        todo!()
    }
    /// Gives an account a new first password, shown once, and signs it out everywhere.
    pub async fn reset_password(&self, actor: &Actor, staff: StaffId) -> Result<String, Problem> {
        let _ = (actor, staff);
        todo!()
    }
    /// Whether single-letter keys work on the own desk screen, and its language.
    pub async fn save_preferences(&self, actor: &Actor, language: Language, letter_keys: bool) -> Result<(), Problem> {
        let _ = (actor, language, letter_keys);
        todo!()
    }
    /// Gives an account a new password from the command line: whoever holds the machine may. None is generated.
    pub async fn reset_password_of(&self, login: &str, password: Option<&str>) -> Result<String, Problem> {
        let _ = (login, password);
        todo!()
    }
}
