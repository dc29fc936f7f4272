//! Starting: registers are read, interrupted days suspended, past days folded, and only then the timer runs.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use storage::{Database, Heard, Reach};
use tokio::task::AbortHandle;

use crate::{
    Problem,
    callers::Callers,
    catalogue::{Importing, InVain, Shelf},
    clock::{Clock, DatabaseClock, SystemClock},
    limits::{Doors, Limits},
    live::{Lives, Tools, state::State},
    passwords::{Guesses, Passwords},
    printers::AllowedPrinters,
    registers::Registers,
    secrets::{Secrets, SystemSecrets},
    visitors::Followed,
};

/// What can be chosen at start.
#[derive(Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Options {
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub secrets: Arc<dyn Secrets>,
    /// Whether this is a demonstration: days do not close by themselves before somebody changed the hours.
    pub demo: bool,
    /// Whether the timer runs by itself, once a second; tests call [`Parvis::pulse`] instead.
    pub timer: bool,
    /// Whether open days are run from the start: not by what imports or changes registers beside a server that runs them.
    pub days: bool,
    /// Whether the time of a database that nodes share is its own server's, instead of this machine's.
    pub database_time: bool,
    /// On what the server itself may print.
    pub printers: AllowedPrinters,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock::default()),
            secrets: Arc::new(SystemSecrets),
            demo: false,
            timer: true,
            days: true,
            database_time: false,
            printers: AllowedPrinters::default(),
        }
    }
}

/// Everything that can be done. Cloning is cheap; all clones are one.
#[derive(Clone)]
pub struct Parvis(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub tools: Tools,
    pub registers: Registers,
    pub lives: Lives,
    pub passwords: Passwords,
    pub guesses: Arc<Guesses>,
    pub doors: Doors,
    pub callers: Callers,
    pub followed: Followed,
    pub shelf: Shelf,
    pub importing: Importing,
    pub in_vain: InVain,
    /// Where time is the database's.
    pub database_clock: Option<Arc<DatabaseClock>>,
    pub slip_key: [u8; 32],
    pub browser_key: [u8; 32],
    /// Changes of registers one after the other: each saves a whole centre.
    pub changing: tokio::sync::Mutex<()>,
    background: Mutex<Vec<AbortHandle>>,
}

impl Parvis {
    /// Starts: past days are folded, an interrupted day is suspended, then the timer runs.
    pub async fn start(database: Database, options: Options) -> Result<Self, Problem> {
        let Options { clock, secrets, demo, timer, days, database_time, printers } = options;
        let (clock, database_clock) = time_of(&database, clock, database_time).await?;
        let tools = Tools { database, clock, secrets, demo, printers };
        let registers = Registers::read(&tools.database).await?;
        let slip_key = kept_key(&tools, "slips").await?;
        let browser_key = kept_key(&tools, "browsers").await?;
        let parvis = Self(Arc::new(Inner {
            passwords: Passwords::new(),
            guesses: Arc::new(Guesses::new(&tools.secrets)),
            doors: Doors::new(Limits::default(), &tools.secrets),
            callers: Callers::default(),
            lives: Lives::default(),
            followed: Followed::default(),
            shelf: Shelf::default(),
            importing: Importing::default(),
            in_vain: InVain::default(),
            database_clock,
            changing: tokio::sync::Mutex::default(),
            background: Mutex::default(),
            registers,
            slip_key,
            browser_key,
            tools,
        }));
        if days {
            parvis.load_open_days().await?;
        }
        if timer {
            parvis.in_background(parvis.run_timer());
            parvis.in_background(parvis.run_catalogue());
        }
        parvis.in_background(parvis.run_listener());
        Ok(parvis)
    }

    /// Stops the timer, lets every live centre finish what it was asked, and closes the database.
    pub async fn stop(&self) {
        for task in self.0.background.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            task.abort();
        }
        self.0.lives.stop().await;
        self.0.tools.database.close().await;
    }
    /// Whether something can be stored now.
    pub async fn is_ready(&self) -> Result<(), Problem> {
        Ok(self.0.tools.database.is_writable().await?)
    }
    /// Whether this is a demonstration.
    pub fn is_demo(&self) -> bool {
        self.0.tools.demo
    }
    /// The time, for pages that show it.
    pub fn now(&self) -> domain::Instant {
        self.0.tools.clock.now()
    }

    pub(crate) fn in_background(&self, work: impl Future<Output = ()> + Send + 'static) {
        let task = tokio::spawn(work).abort_handle();
        let mut background = self.0.background.lock().unwrap_or_else(PoisonError::into_inner);
        background.retain(|task| !task.is_finished());
        background.push(task);
    }

    /// Follows the hints of other nodes. The timer's polling is the truth, this is only sooner.
    fn run_listener(&self) -> impl Future<Output = ()> + Send + 'static {
        let (database, weak) = (self.0.tools.database.clone(), Arc::downgrade(&self.0));
        async move {
            loop {
                match database.listen().await {
                    Ok(None) => return,
                    Ok(Some(mut listener)) => {
                        while let (Ok(heard), Some(inner)) = (listener.next().await, weak.upgrade()) {
                            Self(inner).heard(heard);
                        }
                    }
                    Err(error) => tracing::debug!(%error, "other nodes are not heard"),
                }
                if weak.strong_count() == 0 {
                    return;
                }
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }

    fn heard(&self, heard: Heard) {
        for live in self.0.lives.all() {
            if is_news(&live.read(), heard) {
                live.hint();
            }
        }
    }
}

/// Whether somebody may know more of a centre's day than this node does.
fn is_news(state: &State, heard: Heard) -> bool {
    match heard {
        Heard::Anything => true,
        Heard::Day(day, reach) => state.stored.is_some_and(|d| d.id == day) && reach > Reach::Entry(state.day.sequence),
    }
}

/// The clock of the database's server where `wanted` and there is one, else the machine's own.
async fn time_of(
    database: &Database,
    own: Arc<dyn Clock>,
    wanted: bool,
) -> Result<(Arc<dyn Clock>, Option<Arc<DatabaseClock>>), Problem> {
    let shown = if wanted { database.time().await? } else { None };
    Ok(match shown.map(|shown| Arc::new(DatabaseClock::new(Arc::clone(&own), shown))) {
        Some(clock) => (Arc::clone(&clock) as Arc<dyn Clock>, Some(clock)),
        None => (own, None),
    })
}

/// A key of this installation, made when it is asked for first.
async fn kept_key(tools: &Tools, purpose: &str) -> Result<[u8; 32], Problem> {
    let mut fresh = [0; 32];
    tools.secrets.fill(&mut fresh);
    Ok(storage::keys::get_or_keep(&tools.database, purpose, fresh).await?)
}
