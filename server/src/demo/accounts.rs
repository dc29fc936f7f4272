//! The demo's accounts: all with one password, known to whoever starts it.

use std::path::{Path, PathBuf};

use domain::staff::Staff;
use services::{Actor, Parvis, Problem, Whence, import::FirstPasswords};

use super::DemoError;

/// The centre that the demo loads; also an example of the file that `parvis admin import` reads.
const CENTRE: &str = include_str!("centre.toml");
/// The login that the demo opens its day with.
const COORDINATOR: &str = "coordinator";

/// Loads the centre and makes sure that every account has the password.
pub(super) async fn prepare(parvis: &Parvis, password: &str) -> Result<(Actor, Vec<Staff>), DemoError> {
    let imported = parvis.import_centre(CENTRE, FirstPasswords::All(password.to_owned())).await?;
    if let Err(Problem::WrongPassword) = parvis.sign_in(COORDINATOR, password, &Whence::default()).await {
        tracing::info!("giving the demo's accounts their password");
        for login in logins() {
            parvis.reset_password_of(&login, Some(password)).await?;
        }
    }
    let coordinator = actor(parvis, COORDINATOR, password).await?;
    let staff = parvis.staff_list(&coordinator, imported.centre).await?;
    Ok((coordinator, staff))
}

async fn actor(parvis: &Parvis, login: &str, password: &str) -> Result<Actor, Problem> {
    let session = parvis.sign_in(login, password, &Whence::default()).await?;
    parvis.actor_of_session(&session.token).await
}

/// Every login of the demo's file.
fn logins() -> impl Iterator<Item = String> {
    CENTRE.lines().filter_map(|l| l.strip_prefix("login = \"")?.strip_suffix('"')).map(str::to_owned)
}

/// The password: from the environment, else the one of an earlier start, else a new one that is kept beside the data.
pub(super) fn password(database: &str, new: impl FnOnce() -> String) -> std::io::Result<String> {
    if let Ok(given) = std::env::var("PARVIS_DEMO_PASSWORD")
        && !given.is_empty()
    {
        return Ok(given);
    }
    let file = folder(database).join("demo-password.txt");
    match std::fs::read_to_string(&file) {
        Ok(kept) if !kept.trim().is_empty() => Ok(kept.trim().to_owned()),
        _ => {
            let password = new();
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder)?;
            }
            storage::keep_private(&file)?;
            std::fs::write(&file, format!("{password}\n"))?;
            Ok(password)
        }
    }
}

/// The folder of a SQLite database; the working folder's `data` for any other.
fn folder(database: &str) -> PathBuf {
    let file = database.strip_prefix("sqlite:").map(|f| f.trim_start_matches("//")).map(Path::new);
    file.and_then(Path::parent).filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("data")).to_owned()
}

/// What is printed at start, so that somebody can sign in.
#[expect(clippy::print_stdout, reason = "whoever starts the demo reads this")]
pub(super) fn print(url: &str, password: &str) {
    println!(
        "
  Parvis demo: {url}

  Sign in as  host · counsellor1 … counsellor30 · manager1 … manager3 · coordinator · admin
  Password    {password}

  The first page lists every screen. This is a demonstration: its accounts exist with --demo only.
"
    );
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_kind_of_account_is_there() {
        let logins: Vec<String> = logins().collect();
        for login in ["host", "counsellor1", "counsellor30", "manager1", "coordinator", "admin"] {
            assert!(logins.iter().any(|l| l == login), "{login}");
        }
    }

    #[test]
    fn the_password_stays_beside_the_database() {
        assert_eq!(folder("sqlite:data/demo.db"), Path::new("data"));
        assert_eq!(folder("sqlite:///var/lib/parvis/demo.db"), Path::new("/var/lib/parvis"));
        assert_eq!(folder("sqlite:demo.db"), Path::new("data"));
        assert_eq!(folder("postgres://localhost/parvis"), Path::new("data"));
    }

    #[test]
    fn a_generated_password_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}/x/demo.db", folder.path().display());
        let first = password(&database, || "generated".into()).unwrap();
        let second = password(&database, || "another".into()).unwrap();
        assert_eq!(first, second);
    }
}
