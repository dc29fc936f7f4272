//! Passwords: rules, hashing, and a limit to guessing.

mod common;
mod guesses;
mod hashing;

pub(crate) use guesses::{Guesses, Who};
pub(crate) use hashing::{Lane, Passwords};

use crate::{
    Problem,
    secrets::{Secrets, readable},
};

/// The shortest password, in characters.
const SHORTEST: usize = 12;
/// The longest password, in bytes: hashing a book is no use to anybody.
pub(crate) const LONGEST: usize = 512;

/// A first password to hand over: three groups of four characters, 60 random bits.
pub(crate) fn generated(secrets: &dyn Secrets) -> String {
    let characters = readable(secrets, 12);
    format!("{}-{}-{}", &characters[..4], &characters[4..8], &characters[8..])
}

/// Whether somebody may have this password.
pub(crate) fn check(password: &str, login: &str) -> Result<(), Problem> {
    let wrong = |code| Err(Problem::Invalid { field: "password", code });
    let like_login = login.len() >= 4 && password.to_lowercase().contains(&login.to_lowercase());
    if password.chars().count() < SHORTEST {
        wrong("too_short")
    } else if password.len() > LONGEST {
        wrong("too_long")
    } else if like_login {
        wrong("like_login")
    } else if common::is_plain(password) || common::is_common(password) {
        wrong("too_common")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_passwords() {
        let code = |password: &str| match check(password, "marie.d") {
            Err(Problem::Invalid { code, .. }) => code,
            _ => "fine",
        };
        assert_eq!(code("elevenchars"), "too_short");
        assert_eq!(code("douzelettres"), "fine");
        assert_eq!(code("éàéàéàéàéàéà"), "too_common");
        assert_eq!(code("motdepasse2026!"), "too_common");
        assert_eq!(code("my-Marie.D-password"), "like_login");
        assert_eq!(code(&"x".repeat(513)), "too_long");
    }
}
