//! Centres as they are in the registers, in memory.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use chrono::NaiveDate;
use domain::{CentreId, NetworkId, PlaceId, TicketId, centre::Centre};
use storage::{Database, StorageError};

use crate::{
    Actor, Parvis, Problem, What,
    authorise::{self, UseCase, Who},
    clock::Clock,
    live::{Live, zone},
    locked,
};

/// Seconds between two looks at the days that other nodes opened.
const LOOK_SECONDS: u64 = 5;

/// Every centre, by what it is asked for.
pub(crate) struct Registers {
    known: RwLock<Known>,
    /// How often centres had been saved when they were read.
    saved: AtomicI64,
    looked: AtomicU64,
}

#[derive(Default)]
struct Known {
    by_id: HashMap<CentreId, Arc<Centre>>,
    by_slug: HashMap<String, CentreId>,
    places: HashMap<PlaceId, CentreId>,
    in_order: Vec<Arc<Centre>>,
}

impl Known {
    fn of(centres: Vec<Centre>) -> Self {
        let in_order: Vec<Arc<Centre>> = centres.into_iter().map(Arc::new).collect();
        let places = |c: &Arc<Centre>| {
            let id = c.id;
            c.desks.iter().flat_map(|d| &d.places).map(|p| (p.id, id)).collect::<Vec<_>>()
        };
        Self {
            by_id: in_order.iter().map(|c| (c.id, Arc::clone(c))).collect(),
            by_slug: in_order.iter().map(|c| (c.slug.clone(), c.id)).collect(),
            places: in_order.iter().flat_map(places).collect(),
            in_order,
        }
    }
}

impl Known {
    /// Whether all centres are of one network; one without a network stands for itself.
    fn is_one_network(&self) -> bool {
        let mut networks = self.in_order.iter().map(|centre| centre.network);
        let first = networks.next();
        first.is_none_or(|first| self.in_order.len() == 1 || first.is_some() && networks.all(|other| other == first))
    }
}

impl Registers {
    pub(crate) async fn read(database: &Database) -> Result<Self, StorageError> {
        // Counted before it is read: what is saved in between is read once more.
        let saved = storage::centres::changes(database).await?;
        let known = Known::of(storage::centres::all(database).await?);
        Ok(Self { known: known.into(), saved: saved.into(), looked: AtomicU64::new(0) })
    }
    fn known(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }
    pub(crate) fn is_time_to_look(&self, clock: &dyn Clock) -> bool {
        let now = clock.monotonic().as_secs();
        let time = now.saturating_sub(self.looked.load(Ordering::Relaxed)) >= LOOK_SECONDS;
        if time {
            self.looked.store(now, Ordering::Relaxed);
        }
        time
    }
}

impl Parvis {
    /// Every centre, in the order of their slugs.
    pub fn centres(&self) -> Vec<Arc<Centre>> {
        self.0.registers.known().in_order.clone()
    }
    /// A centre by its slug or its id.
    pub fn centre(&self, slug_or_id: &str) -> Result<Arc<Centre>, Problem> {
        let known = self.0.registers.known();
        let id = known.by_slug.get(slug_or_id).copied().or_else(|| slug_or_id.parse().ok());
        id.and_then(|id| known.by_id.get(&id).cloned()).ok_or(Problem::Unknown(What::Centre))
    }
    /// A centre by its id.
    pub fn centre_by_id(&self, id: CentreId) -> Result<Arc<Centre>, Problem> {
        self.0.registers.known().by_id.get(&id).cloned().ok_or(Problem::Unknown(What::Centre))
    }
    /// The centre of a place.
    pub fn find_place(&self, id: PlaceId) -> Result<Arc<Centre>, Problem> {
        let known = self.0.registers.known();
        let centre = known.places.get(&id).and_then(|c| known.by_id.get(c));
        centre.cloned().ok_or(Problem::Unknown(What::Place))
    }
    /// The centre where a ticket of an open day is.
    pub async fn find_ticket(&self, id: TicketId) -> Result<CentreId, Problem> {
        let find = || self.0.lives.all().into_iter().find(|l| l.read().day.tickets.contains_key(&id)).map(|l| l.id);
        if let Some(centre) = find() {
            return Ok(centre);
        }
        Box::pin(self.catch_up_with_other_nodes()).await;
        find().ok_or(Problem::Unknown(What::Ticket))
    }

    /// The date of service of a centre: the local one, or the one before while its evening goes on after midnight.
    pub fn today_in(&self, centre: &Centre) -> NaiveDate {
        zone::date_of_service(centre, self.0.tools.clock.now())
    }

    /// The date where it is still the earliest: what ends with a day has ended nowhere before that.
    pub fn today(&self) -> NaiveDate {
        let dates = self.centres().into_iter().map(|centre| self.today_in(&centre));
        dates.min().unwrap_or_else(|| self.now().date_naive())
    }

    /// The centre in memory, loaded now if need be.
    pub(crate) async fn live(&self, id: CentreId) -> Result<Arc<Live>, Problem> {
        match self.0.lives.get(id, self.0.tools.clock.as_ref()) {
            Some(live) => Ok(live),
            // Boxed: loading is rare, and every use case would carry the room for it.
            None => Box::pin(self.0.lives.load(&self.0.tools, self.centre_by_id(id)?)).await,
        }
    }

    /// The actor before a centre.
    pub(crate) fn who(&self, actor: &Actor, centre: &Centre) -> Who {
        Who::before(actor, centre, self.home_network(actor))
    }
    fn home_network(&self, actor: &Actor) -> Option<NetworkId> {
        actor.centre().and_then(|id| self.centre_by_id(id).ok()).and_then(|c| c.network)
    }
    /// The actor before a centre, if it may do this there.
    pub(crate) fn allowed(&self, actor: &Actor, centre: CentreId, use_case: UseCase) -> Result<Who, Problem> {
        let who = self.who(actor, self.centre_by_id(centre)?.as_ref());
        authorise::use_case(&who, use_case)?;
        Ok(who)
    }

    /// The actor, if it may change career information: it is shared by the whole installation, so that among several
    /// networks only an administrator of all of it may.
    pub(crate) fn may_edit_catalogue(&self, actor: &Actor, centre: CentreId) -> Result<(), Problem> {
        self.allowed(actor, centre, UseCase::EditCatalogue)?;
        if actor.centre().is_none() || self.0.registers.known().is_one_network() {
            Ok(())
        } else {
            Err(Problem::OfInstallation)
        }
    }

    /// Reads the registers again if another node or the command line changed them.
    pub(crate) async fn follow_registers(&self) -> Result<(), Problem> {
        let saved = storage::centres::changes(&self.0.tools.database).await?;
        if saved == self.0.registers.saved.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.reload_registers().await
    }

    /// Reads the registers again, and tells live centres what changed.
    pub(crate) async fn reload_registers(&self) -> Result<(), Problem> {
        let saved = storage::centres::changes(&self.0.tools.database).await?;
        let known = Known::of(storage::centres::all(&self.0.tools.database).await?);
        let news: Vec<_> = self
            .0
            .lives
            .all()
            .into_iter()
            .filter_map(|live| {
                let centre = known.by_id.get(&live.id)?;
                (live.read().centre != *centre).then(|| (Arc::clone(&live), Arc::clone(centre)))
            })
            .collect();
        *locked(&self.0.registers.known) = known;
        self.0.registers.saved.store(saved, Ordering::Relaxed);
        for (live, centre) in news {
            live.replace_centre(centre).await;
        }
        Ok(())
    }
}
