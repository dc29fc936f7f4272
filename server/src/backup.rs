//! `parvis backup` and `parvis restore`: for SQLite files. A copy holds no day's log unless it was asked for by name.

use std::{
    io,
    path::{Path, PathBuf},
};

use storage::{StorageError, copy};
use thiserror::Error;

use crate::config::{Backup, Restore};

/// Why nothing was copied.
#[derive(Debug, Error)]
pub enum BackupError {
    /// PostgreSQL has a better tool.
    #[error(
        "this database is on a PostgreSQL server, which has a tool of its own. Without the day's log: \
         (umask 077; pg_dump --format=custom --exclude-table-data=day_log --file={file} DATABASE-URL). Nobody else may \
         read the copy: it holds password hashes and the key of the slips. The log of the present day \
         says when each visitor came and what for: leave the option out only if you mean to keep that. \
         To restore: pg_restore --clean --if-exists --dbname=DATABASE-URL {file}"
    )]
    Postgres {
        /// The copy.
        file: String,
    },
    /// There is a file already.
    #[error("{0} exists already{1}")]
    Exists(PathBuf, &'static str),
    /// There is no such file.
    #[error("there is no file {0}")]
    Missing(PathBuf),
    /// Somebody uses the database.
    #[error("{0} is in use: stop the server first")]
    InUse(PathBuf),
    /// What should be restored is no copy.
    #[error("{0} cannot be restored, and nothing was changed: {1}")]
    NotACopy(PathBuf, copy::NotACopy),
    /// The database cannot be used.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A file cannot be written.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
}

/// Copies a SQLite database while it is in use.
///
/// # Errors
/// If nothing could be copied.
pub async fn backup(command: &Backup) -> Result<(), BackupError> {
    let file = sqlite_file(command.database.url(false), &command.to)?;
    if !file.exists() {
        return Err(BackupError::Missing(file));
    }
    if command.to.exists() {
        return Err(BackupError::Exists(command.to.clone(), "; choose another name"));
    }
    copy::sqlite(&file, &command.to, command.with_day).await?;
    let log = if command.with_day { "with" } else { "without" };
    tracing::info!(to = %command.to.display(), "copied, {log} the day's log");
    Ok(())
}

/// Puts a copy in the place of a SQLite database that nobody uses.
///
/// # Errors
/// If nothing could be restored; what was there is still there then.
pub async fn restore(command: &Restore) -> Result<(), BackupError> {
    let file = sqlite_file(command.database.url(false), &command.from)?;
    if !command.from.exists() {
        return Err(BackupError::Missing(command.from.clone()));
    }
    copy::check(&command.from).await.map_err(|e| BackupError::NotACopy(command.from.clone(), e))?;
    if file.exists() {
        if !command.replace {
            return Err(BackupError::Exists(file, "; --replace puts the copy in its place"));
        }
        if !copy::is_unused(&file).await? {
            return Err(BackupError::InUse(file));
        }
    }
    // First beside it, so that a copy that cannot be read leaves everything as it is.
    let beside = with_suffix(&file, ".restoring");
    let _ = std::fs::remove_file(&beside);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|e| BackupError::File(folder.to_owned(), e))?;
    }
    copy::sqlite(&command.from, &beside, true).await?;
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(with_suffix(&file, suffix));
    }
    std::fs::rename(&beside, &file).map_err(|e| BackupError::File(file.clone(), e))?;
    tracing::info!(to = %file.display(), "restored");
    Ok(())
}

/// The file of a `sqlite:` address.
fn sqlite_file(url: &str, copy: &Path) -> Result<PathBuf, BackupError> {
    match url.strip_prefix("sqlite:") {
        Some(rest) => {
            let path = rest.strip_prefix("//").unwrap_or(rest);
            Ok(PathBuf::from(path.split('?').next().unwrap_or(path)))
        }
        None if url.starts_with("postgres") => Err(BackupError::Postgres { file: copy.display().to_string() }),
        None => Err(StorageError::Address(url.split('@').next_back().unwrap_or_default().to_owned()).into()),
    }
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
