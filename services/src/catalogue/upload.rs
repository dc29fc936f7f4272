//! Imports that staff begin in Settings: one at a time, followed from a page, with the report of the last one.

use std::sync::{Arc, Mutex, PoisonError};

use domain::CentreId;

use super::import::{ImportError, Input, Progress, Report};
use crate::{Actor, Parvis, Problem, authorise::UseCase};

/// How far an import that was begun in Settings is.
#[derive(Clone, Debug, Default)]
pub enum Import {
    /// None was begun since the start.
    #[default]
    None,
    /// Its files are arriving.
    Arriving,
    /// It runs.
    Running(Arc<Progress>),
    /// It is done.
    Done(Arc<Report>),
    /// Nothing was imported; what was in use before still is.
    Failed(Arc<ImportError>),
}

impl Import {
    fn is_under_way(&self) -> bool {
        matches!(self, Self::Arriving | Self::Running(_))
    }
}

/// The import that was begun last.
#[derive(Clone, Default)]
pub(crate) struct Importing(Arc<Mutex<Import>>);

impl Importing {
    fn now(&self) -> Import {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    fn set(&self, import: Import) -> Import {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), import)
    }
}

/// The right to import next. Dropped without [`ImportTurn::begin`], another may.
pub struct ImportTurn {
    parvis: Parvis,
    /// What is shown again if nothing comes of it.
    before: Option<Import>,
}

impl Parvis {
    /// Takes the turn to import, before the files arrive; none while another import is under way.
    pub fn import_turn(&self, actor: &Actor, centre: CentreId) -> Result<Option<ImportTurn>, Problem> {
        self.may_edit_catalogue(actor, centre)?;
        let mut import = self.0.importing.0.lock().unwrap_or_else(PoisonError::into_inner);
        if import.is_under_way() {
            return Ok(None);
        }
        let before = Some(std::mem::replace(&mut *import, Import::Arriving));
        Ok(Some(ImportTurn { parvis: self.clone(), before }))
    }

    /// How far the import that was begun last in Settings is.
    pub fn import_now(&self, actor: &Actor, centre: CentreId) -> Result<Import, Problem> {
        self.allowed(actor, centre, UseCase::EditCatalogue)?;
        Ok(self.0.importing.now())
    }
}

impl ImportTurn {
    /// Imports what arrived, and goes on when nobody waits any more. `files` is held until the end, however it comes.
    pub fn begin(mut self, input: Input, files: impl Send + 'static) {
        self.before = None;
        let parvis = self.parvis.clone();
        let progress = Arc::new(Progress::default());
        parvis.0.importing.set(Import::Running(Arc::clone(&progress)));
        let task = {
            // A program that stops is not kept from stopping by its import.
            let (parvis, ended) = (parvis.clone(), Ended(parvis.0.importing.clone()));
            async move {
                let done = parvis.import_catalogue(input, progress).await;
                drop(files);
                if done.is_ok() {
                    parvis.reload_catalogue().await.ok();
                }
                ended.with(match done {
                    Ok(report) => Import::Done(Arc::new(report)),
                    Err(error) => Import::Failed(Arc::new(error)),
                });
            }
        };
        parvis.in_background(task);
    }
}

impl Drop for ImportTurn {
    fn drop(&mut self) {
        if let Some(before) = self.before.take() {
            self.parvis.0.importing.set(before);
        }
    }
}

/// Says how an import ended, also if its task ended without saying so.
struct Ended(Importing);

impl Ended {
    fn with(self, import: Import) {
        self.0.set(import);
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        if self.0.now().is_under_way() {
            self.0.set(Import::Failed(Arc::new(ImportError::Interrupted)));
        }
    }
}
