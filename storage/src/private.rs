//! Files that nobody but the server's own user reads, whatever its umask says: a database holds every follow token of the
//! day, password hashes and the key that slips are signed with.

use std::{
    fs::{self, OpenOptions},
    io,
    path::{Path, PathBuf},
};

/// Makes an empty file for its owner alone, or takes everybody else's rights to one that is there.
///
/// # Errors
/// If the file cannot be made, or is somebody else's.
pub fn keep_private(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => only_for_owner(file),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn only_for_owner(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(file)?.permissions().mode();
    if mode & 0o777 == mode & 0o700 {
        Ok(())
    } else {
        fs::set_permissions(file, fs::Permissions::from_mode(mode & 0o700))
    }
}
#[cfg(not(unix))]
fn only_for_owner(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The same for a SQLite database and what lies beside it. SQLite makes the files beside it with the database's rights.
pub(crate) fn keep_database_private(file: &Path) {
    let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", file.display()));
    let there = ["-wal", "-shm", "-journal"].map(beside).into_iter().filter(|path| path.exists());
    for path in std::iter::once(file.to_owned()).chain(there) {
        // Whether it can be opened at all is told by the database, in better words.
        if let Err(error) = keep_private(&path)
            && path.exists()
        {
            tracing::warn!(file = %path.display(), %error, "others may read this file; take their rights to it");
        }
    }
}
