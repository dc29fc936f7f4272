//! The library that is in use, and how another takes its place.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use storage::{
    catalogue::{self, StoredRelease},
    catalogue_edits,
};
use uuid::Uuid;

use super::Library;
use crate::{Parvis, Problem, StorageTrouble};

/// How often it is asked whether another program has imported or changed something.
const PAUSE: Duration = Duration::from_secs(2);

/// Holds the library in use. Whoever has one keeps it as long as it is needed, also while another takes its place.
#[derive(Default)]
pub(crate) struct Shelf {
    in_use: RwLock<Arc<Library>>,
    /// What it is made of. Locked while one is made, so that it is made once.
    made_of: tokio::sync::Mutex<MadeOf>,
}

/// The releases and the revision of the edits that a library is made of.
#[derive(Default, PartialEq, Eq)]
struct MadeOf {
    releases: Vec<Uuid>,
    edits: i64,
}

impl Shelf {
    fn in_use(&self) -> Arc<Library> {
        Arc::clone(&self.in_use.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Parvis {
    /// The career information that is in use: empty until the first was read after the start.
    pub fn catalogue(&self) -> Arc<Library> {
        self.0.shelf.in_use()
    }

    /// Follows imports and edits, from the start.
    pub(crate) fn run_catalogue(&self) -> impl Future<Output = ()> + Send + 'static {
        let weak = Arc::downgrade(&self.0);
        async move {
            while let Some(inner) = weak.upgrade() {
                if let Err(problem) = Self(inner).reload_catalogue().await {
                    tracing::debug!(%problem, "career information was not read; it is tried again");
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Reads the current releases and edits if they are others than those in use, by this or another program.
    pub async fn reload_catalogue(&self) -> Result<(), Problem> {
        let database = &self.0.tools.database;
        let mut made_of = self.0.shelf.made_of.lock().await;
        let current = catalogue::current(database).await?;
        let releases = current.iter().map(|r| r.id).collect();
        let wanted = MadeOf { releases, edits: catalogue_edits::revision(database).await? };
        if *made_of == wanted {
            return Ok(());
        }
        let mut releases = Vec::with_capacity(current.len());
        for StoredRelease { id, release } in current {
            releases.push((release, catalogue::records(database, id).await?));
        }
        let (revision, edits) = catalogue_edits::all(database).await?;
        // Sorting words is work for seconds: not on the threads that answer.
        let made = tokio::task::spawn_blocking(move || Library::new(releases, edits)).await;
        let library = made.map_err(|_| Problem::Storage(StorageTrouble::Other))?;
        tracing::info!(entries = library.len(), "career information is ready");
        *self.0.shelf.in_use.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(library);
        *made_of = MadeOf { edits: revision, ..wanted };
        Ok(())
    }
}
