//! The task that owns a centre's day: it takes all that waits, decides each wish against the state left by those
//! before it, appends everything in one transaction, and only then answers and publishes.

mod date;
mod fold;
mod log;
mod lost;
mod pulse;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use chrono::NaiveDate;
use domain::{
    CentreId, DayId, DeviceId, Instant,
    centre::{Centre, OpeningHours},
    day::{Answer, Command, Day, Entry, Lines, Phase},
};
use storage::{
    Conflict, Reach, StorageError,
    day_log::{self, StoredDay},
};
use tokio::sync::{Notify, mpsc, oneshot};

use super::{
    Granted, Job, Shared, Tools, Wish,
    state::{Baseline, DayTime, State},
    waiting::Waiting,
    zone::{self, HoursOfDate},
};
use crate::{
    Problem, StorageTrouble,
    authorise::{self, By},
    locked,
};

/// Wishes decided and appended together at most.
const BATCH: usize = 256;
/// How often a batch is decided again because another node was first, before it is given up.
const ATTEMPTS: usize = 200;

type Reply = oneshot::Sender<Result<Granted, Problem>>;

pub(super) struct Task {
    tools: Tools,
    shared: Arc<Shared>,
    changed: Arc<Notify>,
    /// The state that wishes are decided against: what everybody sees, and what is being appended. None where it is
    /// not known what the log holds.
    working: Option<Day>,
    waiting: Waiting,
    time: DayTime,
    baseline: Baseline,
    /// When the day's last sign of life was given, on the monotonic clock.
    beaten: Option<Duration>,
    /// The last sign of life in the store that is this node's.
    written: Option<Instant>,
    /// The wall clock at the last pulse that worked.
    pulsed: Instant,
    /// The date on which it is known that no day opens by itself any more.
    opened: Option<NaiveDate>,
    /// What the database suffers from, so that the log says it once.
    trouble: Option<StorageTrouble>,
    /// The entries of the day as this node knows them: where others share the database, it may come back with fewer.
    known: Vec<Entry>,
    /// When the start began to doubt the clock, on the one that never jumps.
    doubted: Option<Duration>,
    /// The hours of the start: a demonstration is open at any time of the day until somebody changes them.
    first_hours: OpeningHours,
    /// The key of the last day's closing, which went with its log.
    closing: Option<(String, u64)>,
}

impl Task {
    /// Reads the day's log, and settles what happened while nobody looked: a past day is folded, an interrupted one
    /// suspended, before any timer runs.
    pub(super) async fn load(tools: Tools, centre: Arc<Centre>) -> Result<(Self, Arc<Shared>), Problem> {
        let now = tools.clock.now();
        let first_hours = centre.hours.clone();
        let printers_refused = refused_printers(&tools, centre.id).await?;
        let state = State {
            centre,
            stored: None,
            day: Day::default(),
            version: 0,
            clock_jumped: false,
            date_asked: None,
            log_lost: false,
            printers_down: BTreeSet::new(),
            printers_refused,
            printers_doubled: BTreeMap::new(),
            last: None,
        };
        let shared = Arc::new(Shared {
            state: state.into(),
            hinted: false.into(),
            used: tools.clock.monotonic().as_secs().into(),
        });
        let mut task = Self {
            time: DayTime::from(now, tools.clock.as_ref()),
            baseline: Baseline::now(tools.clock.as_ref()),
            shared: Arc::clone(&shared),
            changed: Arc::new(Notify::new()),
            working: None,
            first_hours,
            waiting: Waiting::default(),
            beaten: None,
            written: None,
            pulsed: now,
            opened: None,
            trouble: None,
            closing: None,
            known: Vec::new(),
            doubted: None,
            tools,
        };
        task.catch_up().await?;
        task.settle().await?;
        let mut state = locked(&shared.state);
        if state.version == 0 {
            state.renew(now);
        }
        drop(state);
        Ok((task, shared))
    }

    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>, changed: Arc<Notify>) {
        self.changed = changed;
        let mut taken = Vec::new();
        while jobs.recv_many(&mut taken, BATCH).await > 0 {
            let mut wishes: Vec<(Box<Wish>, Reply)> = Vec::new();
            for job in taken.drain(..) {
                if let Job::Do(wish, reply) = job {
                    wishes.push((wish, reply));
                    continue;
                }
                self.grant(std::mem::take(&mut wishes)).await;
                match job {
                    Job::Do(..) => {}
                    Job::Pulse(done) => {
                        self.pulse().await;
                        done.send(()).ok();
                    }
                    Job::Follow => self.follow().await,
                    Job::CatchUp(done) => {
                        self.follow().await;
                        done.send(()).ok();
                    }
                    Job::Centre(centre) => self.replace_centre(centre),
                    Job::Stop(done) => {
                        done.send(()).ok();
                        return;
                    }
                }
            }
            self.grant(wishes).await;
        }
    }

    async fn grant(&mut self, wishes: Vec<(Box<Wish>, Reply)>) {
        if wishes.is_empty() {
            return;
        }
        let (wishes, replies): (Vec<_>, Vec<_>) = wishes.into_iter().unzip();
        let answers = self.answer(&wishes).await;
        for (reply, answer) in replies.into_iter().zip(answers) {
            // Whoever asked may be gone; what was asked has happened.
            reply.send(answer).ok();
        }
    }

    /// Decides, appends, and makes visible; the answers come in the order of the wishes.
    async fn answer(&mut self, wishes: &[Box<Wish>]) -> Vec<Result<Granted, Problem>> {
        let all = |problem: &Problem| wishes.iter().map(|_| Err(problem.clone())).collect();
        for _ in 0..ATTEMPTS {
            if let Err(problem) = self.ready().await {
                return all(&problem);
            }
            if self.shared.read().log_lost {
                return all(&Problem::Storage(StorageTrouble::Lost));
            }
            let (answers, entries) = match self.decide_all(wishes).await {
                Ok(decided) => decided,
                Err(StorageError::Conflict(_)) => {
                    self.working = None;
                    continue;
                }
                Err(error) => return all(&self.failed(&error)),
            };
            let refused = answers.iter().any(|a| matches!(a, Err(p) if *p != Problem::SignInNeeded));
            if refused && self.has_grown().await {
                // Another node knows more: what was refused may be possible.
                self.working = None;
                continue;
            }
            match self.append(&entries).await {
                Ok(()) => {
                    self.keep(&entries);
                    self.end_if_closed(wishes).await;
                    return answers;
                }
                Err(StorageError::Conflict(Conflict::Lost)) => {
                    self.working = None;
                    self.lost(true);
                    self.put_back().await;
                }
                Err(StorageError::Conflict(_)) => self.working = None,
                Err(error) => {
                    let problem = self.failed(&error);
                    return self.recovered(wishes, &problem).await;
                }
            }
        }
        tracing::error!(centre = %self.centre().slug, "other nodes were always first: a batch was given up");
        all(&Problem::Storage(StorageTrouble::Other))
    }

    /// Makes sure that it is known what the log holds.
    async fn ready(&mut self) -> Result<(), Problem> {
        if self.working.is_some() {
            return Ok(());
        }
        match self.catch_up().await {
            Ok(()) => {
                self.works();
                Ok(())
            }
            Err(error) => Err(self.failed(&error)),
        }
    }

    async fn append(&mut self, entries: &[Entry]) -> Result<(), StorageError> {
        if let (Some(day), Some(last)) = (self.stored(), entries.last()) {
            let known = self.known.last().map(|entry| entry.key.as_str());
            day_log::append_after(&self.tools.database, day.id, known, entries).await?;
            self.tools.database.notify(day.id, Reach::Entry(last.sequence));
            self.written = Some(last.at);
        }
        Ok(())
    }

    async fn decide_all(
        &mut self,
        wishes: &[Box<Wish>],
    ) -> Result<(Vec<Result<Granted, Problem>>, Vec<Entry>), StorageError> {
        let (mut answers, mut entries) = (Vec::with_capacity(wishes.len()), Vec::new());
        for wish in wishes {
            if let Some(date) = self.day_to_make(wish) {
                self.make_day(date).await?;
            }
            let centre = self.centre();
            let at = self.time_for(&wish.command);
            let day = self.working.get_or_insert_default();
            let decided = decide(day, &centre, wish, at).map(|(answer, entry)| {
                let before = entry.and_then(|entry| {
                    day.record(&entry);
                    let before = self.waiting.saw(day, &centre, &entry.events);
                    entries.push(entry);
                    before
                });
                granted(day, &centre, answer, wish, before)
            });
            if matches!(wish.command, Command::ResumeDay) && decided.is_ok() {
                self.answer_date();
            }
            if matches!(wish.command, Command::OpenDay { .. }) && decided.is_ok() {
                entries.extend(self.hours_at_opening(at));
            }
            answers.push(decided.or_else(|problem| self.closed_before(wish).ok_or(problem)));
        }
        Ok((answers, entries))
    }

    /// What the centre's hours say of a day that has just been opened.
    fn hours_at_opening(&mut self, at: Instant) -> Option<Entry> {
        let command = self.hours()?;
        let key = self.tools.secrets.new_id().to_string();
        let wish = Wish { by: By::Timer, command, key, fingerprint: 0 };
        let centre = self.centre();
        let day = self.working.as_mut()?;
        let (_, entry) = decide(day, &centre, &wish, at).ok()?;
        entry.inspect(|entry| day.record(entry))
    }

    /// What the centre's hours say of the day. None where no day is there, and in a demonstration whose hours nobody
    /// changed: it is open until somebody closes it.
    fn hours(&self) -> Option<Command> {
        let stored = self.stored().filter(|_| !self.tools.demo || self.centre().hours != self.first_hours)?;
        let HoursOfDate { closes, mut breaks } = zone::hours_of(&self.centre(), stored.date);
        // Whoever opened the day by hand in a break wanted it open.
        breaks.retain(|b| b.from > stored.opened_at);
        Some(Command::FollowHours { closes, breaks })
    }

    /// A closing that is asked for again is answered as it was, although the log that knew it is gone.
    fn closed_before(&self, wish: &Wish) -> Option<Granted> {
        let (key, fingerprint) = self.closing.as_ref()?;
        (*key == wish.key && *fingerprint == wish.fingerprint).then_some(Granted {
            answer: Answer::Done,
            ticket: None,
            ahead: 0,
        })
    }

    /// The date of the day that has to be made before a wish to open it can be granted.
    fn day_to_make(&self, wish: &Wish) -> Option<NaiveDate> {
        let opens = matches!(wish.command, Command::OpenDay { .. }) && self.stored().is_none();
        let centre = self.centre();
        let allowed = || authorise::command(&wish.by, &wish.command, &centre, &Day::default()).is_ok();
        (opens && allowed()).then(|| self.today())
    }

    async fn make_day(&mut self, date: NaiveDate) -> Result<(), StorageError> {
        let clock = self.tools.clock.as_ref();
        let id = DayId(self.tools.secrets.new_id());
        let stored = day_log::create_day(&self.tools.database, id, self.centre().id, date, clock.now()).await?;
        self.time = DayTime::from(clock.now(), clock);
        self.baseline = Baseline::now(clock);
        self.working = Some(Day::default());
        self.waiting = Waiting::default();
        self.known.clear();
        let mut state = locked(&self.shared.state);
        state.stored = Some(stored);
        state.day = Day::default();
        state.last = None;
        Ok(())
    }

    /// What was appended is true for everybody.
    fn keep(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        self.works();
        self.remember(entries);
        let mut state = locked(&self.shared.state);
        for entry in entries {
            state.day.record(entry);
            self.time.seen(entry.at, self.tools.clock.as_ref());
        }
        state.renew(self.tools.clock.now());
        drop(state);
        self.changed.notify_one();
    }

    fn replace_centre(&mut self, centre: Arc<Centre>) {
        let mut state = locked(&self.shared.state);
        if *state.centre != *centre {
            state.centre = centre;
            state.renew(self.tools.clock.now());
            drop(state);
            self.waiting = Waiting::default();
            self.opened = None;
            self.changed.notify_one();
        }
    }
    fn centre(&self) -> Arc<Centre> {
        Arc::clone(&self.shared.read().centre)
    }
    fn stored(&self) -> Option<StoredDay> {
        self.shared.read().stored
    }
    fn phase(&self) -> Phase {
        self.shared.read().day.phase
    }
    fn is_open(&self) -> bool {
        self.phase() == Phase::Open
    }
    fn today(&self) -> NaiveDate {
        zone::date_of_service(&self.centre(), self.tools.clock.now())
    }
    fn interruption(&self) -> chrono::Duration {
        chrono::Duration::seconds(i64::from(self.centre().policies.interruption_seconds))
    }
}

/// The centre's printers that the server may no longer write to.
async fn refused_printers(tools: &Tools, centre: CentreId) -> Result<BTreeSet<DeviceId>, StorageError> {
    let devices = storage::devices::of_centre(&tools.database, centre).await?;
    let refused = devices.into_iter().filter(|d| d.active && !tools.printers.allow(&d.connection));
    Ok(refused.map(|d| d.id).collect())
}

/// What a wish leads to: its answer, and an entry for the log unless it was answered before or nothing changes.
fn decide(day: &Day, centre: &Centre, wish: &Wish, at: Instant) -> Result<(Answer, Option<Entry>), Problem> {
    // The key is the actor's own: what is found under it, the actor was allowed to do.
    if let Some(answer) = day.recorded(&wish.key, wish.fingerprint)? {
        return Ok((answer, None));
    }
    authorise::command(&wish.by, &wish.command, centre, day)?;
    let events = day.decide(centre, &wish.command, at)?;
    if events.is_empty() {
        return Ok((Answer::Done, None));
    }
    let answer = Answer::of(&events);
    let entry = Entry { sequence: day.sequence + 1, at, key: wish.key.clone(), fingerprint: wish.fingerprint, events };
    Ok((answer, Some(entry)))
}

/// The answer to a wish. `before`: how many stand before the ticket that it took, if that is counted already.
fn granted(day: &Day, centre: &Centre, answer: Answer, wish: &Wish, before: Option<u32>) -> Granted {
    let ticket = match answer {
        Answer::Ticket(id) => day.tickets.get(&id).cloned(),
        Answer::Done => None,
    };
    let ahead = match (&ticket, &wish.command) {
        (Some(t), Command::TakeTicket(_)) => before.unwrap_or_else(|| Lines::before(day, centre, t)),
        _ => 0,
    };
    Granted { answer, ticket, ahead }
}
