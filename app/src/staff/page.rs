//! The staff's pages and their addresses.

use domain::staff::{Role, Staff};

use crate::texts::{self, Texts};

/// A page of the staff's app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Signing in.
    SignIn,
    /// A new password.
    Password,
    /// Where the own account is signed in.
    Sessions,
    /// A counsellor's desk.
    Desk,
    /// The host at the door.
    Welcome,
    /// The coordinator's day.
    Centre,
    /// Rules, hours, accounts, devices.
    Settings,
}

impl Page {
    const ALL: [Self; 7] =
        [Self::SignIn, Self::Password, Self::Sessions, Self::Desk, Self::Welcome, Self::Centre, Self::Settings];

    /// The last part of its address.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Password => "password",
            Self::Sessions => "sessions",
            Self::Desk => "desk",
            Self::Welcome => "welcome",
            Self::Centre => "centre",
            Self::Settings => "settings",
        }
    }

    /// The page of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.name() == name)
    }

    /// Its address in a screen language; French where the screens do not speak the given one.
    pub fn address(self, language: &str) -> String {
        let known = texts::screen_languages().into_iter().find(|l| l.code() == language);
        format!("/{}/{}", known.as_ref().map_or("fr", |l| l.code()), self.name())
    }

    /// What the bar calls it.
    pub fn title(self, t: &Texts) -> String {
        match self {
            Self::SignIn => texts::staff::sign_in(t),
            Self::Password => texts::staff::new_password(t),
            Self::Sessions => texts::staff::sessions(t),
            Self::Desk => texts::staff::page_desk(t),
            Self::Welcome => texts::staff::page_welcome(t),
            Self::Centre => texts::staff::page_centre(t),
            Self::Settings => texts::staff::page_settings(t),
        }
    }

    /// The pages that a member of staff works with, in the order of the bar.
    pub fn of(staff: &Staff) -> Vec<Self> {
        let any = |roles: &[Role]| roles.iter().any(|r| staff.roles.contains(r));
        let pages = [
            (Self::Desk, any(&[Role::Counsellor])),
            (Self::Welcome, any(&[Role::Host, Role::Coordinator])),
            (Self::Centre, any(&[Role::Manager, Role::Coordinator, Role::Administrator])),
            (Self::Settings, any(&[Role::Coordinator, Role::Administrator])),
        ];
        pages.into_iter().filter(|(_, may)| *may).map(|(page, _)| page).collect()
    }

    /// Where a member of staff begins.
    pub fn first_of(staff: &Staff) -> Self {
        Self::of(staff).first().copied().unwrap_or(Self::Desk)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::{
        Language, StaffId,
        staff::{Abilities, Role, Staff},
    };

    use super::Page;

    fn with(roles: &[Role]) -> Staff {
        Staff {
            id: StaffId(uuid::Uuid::nil()),
            login: String::new(),
            name: String::new(),
            centre: None,
            organisation: None,
            roles: roles.iter().copied().collect::<BTreeSet<_>>(),
            abilities: Abilities::default(),
            language: Language::french(),
            must_change_password: false,
            letter_keys: true,
            active: true,
        }
    }

    #[test]
    fn everybody_begins_where_their_work_is() {
        assert_eq!(Page::first_of(&with(&[Role::Counsellor, Role::Host])), Page::Desk);
        assert_eq!(Page::first_of(&with(&[Role::Host])), Page::Welcome);
        assert_eq!(Page::first_of(&with(&[Role::Manager])), Page::Centre);
        assert_eq!(Page::of(&with(&[Role::Coordinator])), [Page::Welcome, Page::Centre, Page::Settings]);
    }

    #[test]
    fn an_address_stays_on_this_site() {
        assert_eq!(Page::Desk.address("ar"), "/ar/desk");
        assert_eq!(Page::Desk.address("/elsewhere.example"), "/fr/desk");
        assert_eq!(Page::named("//elsewhere.example"), None);
    }
}
