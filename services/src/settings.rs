//! The centre's rules, hours and accounts.

use std::collections::BTreeSet;

use domain::{
    CentreId, Language, OrganisationId, StaffId,
    centre::{Centre, NotHours, OpeningHours, Policies},
    staff::{Abilities, Role, Staff},
};
use serde::{Deserialize, Serialize};
use storage::{Conflict, StorageError, centres, sessions, staff};

use crate::{
    Actor, Parvis, Problem, What,
    accounts::own_account,
    authorise::{self, UseCase},
    passwords,
    secrets::Secrets,
};

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

/// The longest name of a person or a device.
const NAME: usize = 80;

impl Parvis {
    /// Changes the rules of a centre.
    pub async fn save_policies(&self, actor: &Actor, centre: CentreId, policies: Policies) -> Result<(), Problem> {
        self.allowed(actor, centre, UseCase::ChangeSettings)?;
        policies.check().map_err(|e| match e.field {
            "first_number" => invalid("first_number", "above_last_number"),
            field => invalid(field, "out_of_range"),
        })?;
        self.change_centre(centre, |c| {
            let taken = c.spaces.iter().any(|s| s.letter == policies.welcome_letter);
            if taken {
                return Err(Problem::Invalid { field: "welcome_letter", code: "in_use" });
            }
            c.policies = policies;
            Ok(())
        })
        .await
    }

    /// Changes the opening hours of a centre.
    pub async fn save_hours(&self, actor: &Actor, centre: CentreId, hours: OpeningHours) -> Result<(), Problem> {
        self.allowed(actor, centre, UseCase::ChangeSettings)?;
        check_hours(&hours)?;
        self.change_centre(centre, |c| {
            c.hours = hours;
            Ok(())
        })
        .await
    }

    /// Reads a centre as it is stored, changes it, and saves it whole.
    async fn change_centre(
        &self,
        id: CentreId,
        change: impl FnOnce(&mut Centre) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let _one_at_a_time = self.0.changing.lock().await;
        let database = &self.0.tools.database;
        let mut centre = centres::by_id(database, id).await?.ok_or(Problem::Unknown(What::Centre))?;
        change(&mut centre)?;
        centres::save(database, &centre).await?;
        self.reload_registers().await
    }

    /// The accounts of a centre.
    pub async fn staff_list(&self, actor: &Actor, centre: CentreId) -> Result<Vec<Staff>, Problem> {
        self.allowed(actor, centre, UseCase::ManageStaff)?;
        Ok(staff::of_centre(&self.0.tools.database, centre).await?)
    }

    /// Makes or changes an account. A new one gets a first password; one that is switched off is signed out.
    pub async fn save_staff(&self, actor: &Actor, centre: CentreId, form: StaffForm) -> Result<SavedStaff, Problem> {
        let who = self.allowed(actor, centre, UseCase::ManageStaff)?;
        let centre = self.centre_by_id(centre)?;
        let known = match form.id {
            Some(id) => Some(self.account_here(&centre, id).await?),
            None => None,
        };
        authorise::may_give(&who, known.iter().flat_map(|s| s.roles.iter().copied()))?;
        authorise::may_give(&who, form.roles.iter().copied())?;
        if let Some(own) = known.as_ref().filter(|s| actor.staff_id() == Some(s.id)) {
            keeps_the_own_door(own, &form)?;
        }
        let is_new = known.is_none();
        let account = checked(form, &centre, known.as_ref(), self.0.tools.secrets.as_ref())?;
        let first_password = is_new.then(|| passwords::generated(self.0.tools.secrets.as_ref()));
        let hash = match &first_password {
            Some(password) => Some(self.0.passwords.hash(password, self.0.tools.secrets.as_ref()).await?),
            None => None,
        };
        match staff::save(&self.0.tools.database, &account, hash.as_deref()).await {
            Err(StorageError::Conflict(Conflict::Login)) => return Err(invalid("login", "in_use")),
            saved => saved?,
        }
        if !account.active {
            sessions::delete_all_of(&self.0.tools.database, account.id).await?;
        }
        self.0.callers.forget();
        Ok(SavedStaff { staff: account, first_password })
    }

    async fn account_here(&self, centre: &Centre, id: StaffId) -> Result<Staff, Problem> {
        let found = staff::by_id(&self.0.tools.database, id).await?;
        found.filter(|s| s.centre == Some(centre.id)).ok_or(Problem::Unknown(What::Staff))
    }

    /// Gives an account a new first password, shown once, and signs it out everywhere.
    pub async fn reset_password(&self, actor: &Actor, id: StaffId) -> Result<String, Problem> {
        let found = staff::by_id(&self.0.tools.database, id).await?;
        let account = found.ok_or(Problem::Unknown(What::Staff))?;
        match account.centre {
            Some(centre) => {
                let who = self.allowed(actor, centre, UseCase::ManageStaff)?;
                authorise::may_give(&who, account.roles.iter().copied())?;
            }
            // An account of the whole installation is changed by such an account only.
            None if actor.is(Role::Administrator) && actor.centre().is_none() => {}
            None => return Err(Problem::NotAllowed),
        }
        self.set_first_password(&account, None).await
    }

    /// Gives an account a new password from the command line: whoever holds the machine may. Without a password one is
    /// generated, which has to be changed at the first sign-in.
    pub async fn reset_password_of(&self, login: &str, password: Option<&str>) -> Result<String, Problem> {
        let all = staff::list_all(&self.0.tools.database).await?;
        let account = all.into_iter().find(|s| s.login == login.trim().to_lowercase());
        self.set_first_password(&account.ok_or(Problem::Unknown(What::Staff))?, password).await
    }

    async fn set_first_password(&self, account: &Staff, given: Option<&str>) -> Result<String, Problem> {
        let tools = &self.0.tools;
        let password = given.map_or_else(|| passwords::generated(tools.secrets.as_ref()), str::to_owned);
        let hash = self.0.passwords.hash(&password, tools.secrets.as_ref()).await?;
        staff::set_password(&tools.database, account.id, &hash, given.is_none()).await?;
        sessions::delete_all_of(&tools.database, account.id).await?;
        self.0.callers.forget();
        self.0.guesses.forget(&account.login, tools.clock.monotonic());
        Ok(password)
    }

    /// Whether single-letter keys work on the own desk screen, and its language.
    pub async fn save_preferences(&self, actor: &Actor, language: Language, letter_keys: bool) -> Result<(), Problem> {
        let own = own_account(actor)?;
        let found = staff::by_id(&self.0.tools.database, own.id).await?;
        let account = found.ok_or(Problem::Unknown(What::Staff))?;
        staff::save(&self.0.tools.database, &Staff { language, letter_keys, ..account }, None).await?;
        self.0.callers.forget();
        Ok(())
    }
}

fn invalid(field: &'static str, code: &'static str) -> Problem {
    Problem::Invalid { field, code }
}

/// Whether these hours can be followed.
pub(crate) fn check_hours(hours: &OpeningHours) -> Result<(), Problem> {
    hours.check().map_err(|wrong| match wrong {
        NotHours::WeekOrder(_) => invalid("week", "not_in_order"),
        NotHours::SpecialOrder(_) => invalid("special", "not_in_order"),
        NotHours::DateTwice(_) => invalid("special", "date_twice"),
        NotHours::WeekOverlap(_) => invalid("week", "overlaps_next_day"),
        NotHours::SpecialOverlap(_) => invalid("special", "overlaps_next_day"),
    })
}

/// Whether somebody may sign in with this login.
pub(crate) fn is_login(login: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b);
    (2..=40).contains(&login.len()) && login.bytes().all(allowed)
}

/// A name as it is kept. PostgreSQL keeps no NUL, and nobody sees the other control characters.
pub(crate) fn checked_name(text: &str) -> Result<String, Problem> {
    let name = text.trim();
    match name.chars().count() {
        0 => Err(invalid("name", "needed")),
        n if n > NAME => Err(invalid("name", "too_long")),
        _ if name.contains(char::is_control) => Err(invalid("name", "not_plain")),
        _ => Ok(name.to_owned()),
    }
}

/// Nobody shuts themselves out, by switching the own account off or by taking a role from it.
fn keeps_the_own_door(own: &Staff, form: &StaffForm) -> Result<(), Problem> {
    if !form.active {
        return Err(invalid("active", "own_account"));
    }
    if !own.roles.iter().all(|role| form.roles.contains(role)) {
        return Err(invalid("roles", "own_account"));
    }
    Ok(())
}

/// The account that a form makes of a known one, or of none.
fn checked(form: StaffForm, centre: &Centre, known: Option<&Staff>, secrets: &dyn Secrets) -> Result<Staff, Problem> {
    let login = form.login.trim().to_lowercase();
    let name = checked_name(&form.name)?;
    let receives = form.roles.contains(&Role::Counsellor);
    if !is_login(&login) {
        return Err(invalid("login", "not_a_login"));
    }
    match form.organisation {
        Some(id) if centre.organisation(id).is_none() => return Err(invalid("organisation", "unknown_organisation")),
        None if receives || form.roles.contains(&Role::Manager) => {
            return Err(invalid("organisation", "employer_needed"));
        }
        _ => {}
    }
    if form.abilities.needs.iter().any(|n| centre.need(*n).is_none()) {
        return Err(invalid("needs", "unknown_need"));
    }
    Ok(Staff {
        id: known.map_or_else(|| StaffId(secrets.new_id()), |s| s.id),
        login,
        name,
        centre: Some(centre.id),
        organisation: form.organisation,
        roles: form.roles,
        abilities: form.abilities,
        language: form.language,
        must_change_password: known.is_none_or(|s| s.must_change_password),
        letter_keys: form.letter_keys,
        active: form.active,
    })
}
