//! The database of a command: opened, or refused with what is wrong, where it is and what to do.

use storage::{Database, StorageError};
use thiserror::Error;

use crate::config::DatabaseOption;

/// A database that cannot be used.
#[derive(Debug, Error)]
#[error("--database {address}: {error}{}", advice(address, error))]
pub struct DatabaseError {
    /// Where it is, without a password.
    address: String,
    /// Why.
    #[source]
    error: StorageError,
}

/// Opens the database that is meant.
///
/// # Errors
/// If it cannot be used; nothing was changed then.
pub async fn open(option: &DatabaseOption, demo: bool) -> Result<Database, DatabaseError> {
    let url = option.url(demo);
    Database::open(url).await.map_err(|error| DatabaseError { address: without_password(url), error })
}

/// An address as it may be shown: who signs in, and with what, stays out.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://{place}"),
        (None, Some((_, place))) => place.to_owned(),
        (_, None) => url.to_owned(),
    }
}

fn advice(address: &str, error: &StorageError) -> &'static str {
    let is_file = address.starts_with("sqlite:");
    match error {
        StorageError::Unreachable(_) | StorageError::ReadOnly if is_file => {
            ". Is its folder there, and may this user write in it?"
        }
        StorageError::Unreachable(_) => ". Does its server run, and are host, name, user and password right?",
        StorageError::Other(_) if is_file => ". Is it a file of Parvis?",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    async fn refused(url: &str) -> String {
        let option = DatabaseOption { url: Some(url.to_owned()) };
        open(&option, false).await.err().unwrap().to_string()
    }

    #[tokio::test]
    async fn a_database_that_cannot_be_used_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("letter.txt");
        std::fs::write(&other, "not a database at all, but a letter".repeat(100)).unwrap();
        let url = format!("sqlite:{}", other.display());
        let said = refused(&url).await;
        assert!(
            said.starts_with(&format!("--database {url}: ")) && said.ends_with("Is it a file of Parvis?"),
            "{said}"
        );

        let said = refused(&format!("sqlite:{}/in/parvis.db", other.display())).await;
        assert!(said.ends_with("may this user write in it?"), "{said}");
        assert!(refused("mysql:x").await.contains("use sqlite:PATH or postgres://"));
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(without_password("postgres://anna:p@ss@db/parvis"), "postgres://db/parvis");
        assert_eq!(without_password("sqlite:data/parvis.db"), "sqlite:data/parvis.db");
    }
}
