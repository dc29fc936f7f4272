//! Starting: registers are read, interrupted days suspended, past days folded, and only then the timer runs.

use std::sync::Arc;

use crate::{
    Problem,
    clock::{Clock, SystemClock},
    secrets::{Secrets, SystemSecrets},
};

/// What can be chosen at start.
#[derive(Clone)]
pub struct Options {
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub secrets: Arc<dyn Secrets>,
    /// Whether this is a demonstration: first passwords need no change, days do not close by themselves.
    pub demo: bool,
    /// Whether the timer runs by itself, once a second; tests call [`Parvis::pulse`] instead.
    pub timer: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock::default()), secrets: Arc::new(SystemSecrets), demo: false, timer: true }
    }
}

/// Everything that can be done. Cloning is cheap; all clones are one.
#[derive(Clone)]
pub struct Parvis(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub options: Options,
}

impl Parvis {
    /// Starts: past days are folded, an interrupted day is suspended, then the timer runs.
    pub async fn start(database: storage::Database, options: Options) -> Result<Self, Problem> {
        let _ = (database, options);
        todo!()
    }
    /// Stops the timer, lets every live centre finish what it was asked, and closes the database.
    pub async fn stop(&self) {
        todo!()
    }
    /// Whether something can be stored now.
    pub async fn is_ready(&self) -> Result<(), Problem> {
        todo!()
    }
    /// Whether this is a demonstration.
    pub fn is_demo(&self) -> bool {
        self.0.options.demo
    }
}
