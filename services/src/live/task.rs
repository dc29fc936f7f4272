//! The task that owns a centre's day: it takes all that waits, decides each wish against the state left by those
//! before it, appends everything in one transaction, and only then answers and publishes.

use std::{sync::Arc, time::Duration};

use chrono::NaiveDate;
use domain::{
    DayId, Instant,
    centre::Centre,
    day::{Activity, Answer, Command, Day, Entry, Phase, Stage, SuspendReason},
    statistics,
};
use storage::{
    Reach, StorageError,
    day_log::{self, StoredDay},
    slips,
};
use tokio::sync::{Notify, mpsc, oneshot};

use super::{
    Granted, Job, Shared, Tools, Wish,
    state::{Baseline, DayTime, State},
    waiting::{self, Waiting},
    zone,
};
use crate::{Problem, StorageTrouble, authorise, authorise::By, locked};

/// Wishes decided and appended together at most.
const BATCH: usize = 256;
/// How often a batch is decided again because another node was first, before it is given up.
const ATTEMPTS: usize = 200;
/// Seconds between two signs of life of an open day.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// A day that nobody closed is over when another begins, even if somebody forgot to finish a talk.
const LONGEST_DAY: chrono::Duration = chrono::Duration::hours(20);
/// How long a used slip is remembered: longer than any slip is valid.
const SLIP_MEMORY: chrono::Duration = chrono::Duration::days(100);

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
    /// The key of the last day's closing, which went with its log.
    closing: Option<(String, u64)>,
}

impl Task {
    /// Reads the day's log, and settles what happened while nobody looked: a past day is folded, an interrupted one
    /// suspended, before any timer runs.
    pub(super) async fn load(tools: Tools, centre: Arc<Centre>) -> Result<(Self, Arc<Shared>), Problem> {
        let now = tools.clock.now();
        let state = State {
            centre,
            stored: None,
            day: Day::default(),
            version: 0,
            clock_jumped: false,
            printers_down: std::collections::BTreeSet::new(),
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
            waiting: Waiting::default(),
            beaten: None,
            written: None,
            pulsed: now,
            opened: None,
            trouble: None,
            closing: None,
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

    // --- wishes ---

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
            day_log::append(&self.tools.database, day.id, entries).await?;
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
            let at = self.time.now(self.tools.clock.as_ref());
            let day = self.working.get_or_insert_default();
            let decided = decide(day, &centre, wish, at).map(|(answer, entry)| {
                if let Some(entry) = entry {
                    day.record(&entry);
                    self.waiting.saw(day, &centre, &entry.events);
                    entries.push(entry);
                }
                granted(day, &centre, answer, wish, &mut self.waiting)
            });
            answers.push(decided.or_else(|problem| self.closed_before(wish).ok_or(problem)));
        }
        Ok((answers, entries))
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
        let mut state = locked(&self.shared.state);
        state.stored = Some(stored);
        state.day = Day::default();
        Ok(())
    }

    /// What was appended is true for everybody.
    fn keep(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        self.works();
        let mut state = locked(&self.shared.state);
        for entry in entries {
            state.day.record(entry);
            self.time.seen(entry.at, self.tools.clock.as_ref());
        }
        state.renew(self.tools.clock.now());
        drop(state);
        self.changed.notify_one();
    }

    // --- when something goes wrong ---

    /// Nothing is known any more but what everybody saw.
    fn failed(&mut self, error: &StorageError) -> Problem {
        self.working = None;
        let trouble = StorageTrouble::from(error);
        if self.trouble != Some(trouble) {
            tracing::error!(centre = %self.centre().slug, %error, "nothing can be stored");
            self.trouble = Some(trouble);
        }
        Problem::Storage(trouble)
    }

    fn works(&mut self) {
        if self.trouble.take().is_some() {
            tracing::info!(centre = %self.centre().slug, "the database works again");
        }
    }

    /// A commit's answer can get lost on the way: what the log holds after all was granted, the rest was not.
    async fn recovered(&mut self, wishes: &[Box<Wish>], problem: &Problem) -> Vec<Result<Granted, Problem>> {
        if self.catch_up().await.is_err() {
            self.working = None;
        }
        let centre = self.centre();
        let state = self.shared.read();
        let found = |wish: &Wish| state.day.recorded(&wish.key, wish.fingerprint).ok().flatten();
        let answer = |wish: &Wish| {
            let answer = found(wish).ok_or_else(|| problem.clone())?;
            Ok(granted(&state.day, &centre, answer, wish, &mut Waiting::default()))
        };
        wishes.iter().map(|wish| answer(wish)).collect()
    }

    // --- following the log ---

    /// Reads what the log holds beyond what everybody sees.
    async fn catch_up(&mut self) -> Result<(), StorageError> {
        let stored = day_log::open_day(&self.tools.database, self.centre().id).await?;
        let known = self.stored().map(|d| d.id);
        if known != stored.map(|d| d.id) {
            self.begin(stored);
        }
        if let Some(day) = stored {
            locked(&self.shared.state).stored = stored;
            let after = self.shared.read().day.sequence;
            let entries = day_log::read(&self.tools.database, day.id, after).await?;
            self.keep(&entries);
            // A whole day is copied only where it is not known what of it is true.
            for entry in &entries {
                day_is_recorded(&mut self.working, entry);
            }
        }
        self.working.get_or_insert_with(|| self.shared.read().day.clone());
        self.waiting = Waiting::default();
        Ok(())
    }

    /// Another day is there, or none.
    fn begin(&mut self, stored: Option<StoredDay>) {
        let clock = self.tools.clock.as_ref();
        self.time = DayTime::from(stored.map_or(clock.now(), |d| d.opened_at), clock);
        self.baseline = Baseline::now(clock);
        self.beaten = None;
        self.working = None;
        let mut state = locked(&self.shared.state);
        state.stored = stored;
        state.day = Day::default();
        state.renew(clock.now());
        drop(state);
        self.changed.notify_one();
    }

    async fn follow(&mut self) {
        self.shared.hinted.store(false, std::sync::atomic::Ordering::Release);
        if self.has_grown().await
            && let Err(error) = self.catch_up().await
        {
            self.failed(&error);
        }
    }

    /// Whether another node appended to the log, or closed the day. On one node nobody else can.
    async fn has_grown(&mut self) -> bool {
        if !self.tools.database.is_shared() {
            return false;
        }
        match self.newer().await {
            Ok(newer) => newer,
            Err(error) => {
                self.failed(&error);
                false
            }
        }
    }

    async fn newer(&self) -> Result<bool, StorageError> {
        let stored = day_log::open_day(&self.tools.database, self.centre().id).await?;
        if stored.map(|d| d.id) != self.stored().map(|d| d.id) {
            return Ok(true);
        }
        let Some(day) = stored else { return Ok(false) };
        let after = self.shared.read().day.sequence;
        Ok(!day_log::read(&self.tools.database, day.id, after).await?.is_empty())
    }

    // --- by itself ---

    /// Before anything else: a day of a past date is over, one that stood still is suspended.
    async fn settle(&mut self) -> Result<(), Problem> {
        let Some(day) = self.stored() else { return Ok(()) };
        // Each entry moves the stored sign of life as well.
        let last = day.last_seen.max(day.opened_at);
        let alone = self.tools.clock.now() - last > self.interruption();
        if day.date < self.today() && alone {
            self.close_as_of(last).await?;
        } else if alone && self.is_open() {
            tracing::warn!(centre = %self.centre().slug, since = %last, "the day stood still and is suspended");
            self.suspend_since(last).await?;
        }
        self.fold_if_closed().await;
        Ok(())
    }

    async fn close_as_of(&mut self, last: Instant) -> Result<(), Problem> {
        if matches!(self.phase(), Phase::Open | Phase::Suspended { .. }) {
            // The durations of the day end with its last sign of life, not with the night.
            self.by_itself_at(Command::CloseDay { force: true }, last).await?;
        }
        self.fold().await;
        Ok(())
    }

    async fn suspend_since(&mut self, since: Instant) -> Result<(), Problem> {
        self.by_itself(Command::Suspend { reason: SuspendReason::Interruption, since: Some(since) }).await
    }

    async fn by_itself(&mut self, command: Command) -> Result<(), Problem> {
        let wish = Wish { by: By::Timer, command, key: self.tools.secrets.new_id().to_string(), fingerprint: 0 };
        match self.answer(&[Box::new(wish)]).await.pop() {
            None | Some(Ok(_) | Err(Problem::Refused(_))) => Ok(()),
            Some(Err(problem)) => Err(problem),
        }
    }

    /// Decides and appends one command as of an earlier instant; only at start, when nobody else asks anything.
    async fn by_itself_at(&mut self, command: Command, at: Instant) -> Result<(), Problem> {
        let centre = self.centre();
        let key = self.tools.secrets.new_id().to_string();
        let wish = Wish { by: By::Timer, command, key, fingerprint: 0 };
        let day = self.working.get_or_insert_default();
        if let Ok((_, Some(entry))) = decide(day, &centre, &wish, at) {
            self.append(std::slice::from_ref(&entry)).await?;
            day_is_recorded(&mut self.working, &entry);
            self.keep(&[entry]);
        }
        Ok(())
    }

    async fn pulse(&mut self) {
        let clock = Arc::clone(&self.tools.clock);
        let now = clock.now();
        let before = std::mem::replace(&mut self.pulsed, now);
        self.follow().await;
        if self.ready().await.is_err() {
            // The gap is measured from the last pulse that worked.
            self.pulsed = before;
            return;
        }
        self.notice_clock();
        if let Err(problem) = self.pulse_day(before, now).await {
            self.pulsed = before;
            tracing::debug!(%problem, "a pulse failed; the next one tries again");
        }
    }

    async fn pulse_day(&mut self, before: Instant, now: Instant) -> Result<(), Problem> {
        if self.stored().is_some() && self.phase() == Phase::Closed {
            self.fold().await;
        }
        // What was missed before the day began interrupted nothing.
        let since = self.stored().map_or(before, |day| day.opened_at.max(before));
        if self.is_open() && now - since > self.interruption() && self.nobody_served_since(since).await? {
            tracing::warn!(centre = %self.centre().slug, "time jumped: the day is suspended");
            self.suspend_since(since).await?;
        }
        self.beat(now).await?;
        self.close_when_due(now).await?;
        self.open_when_due(now).await?;
        if self.is_open() { self.by_itself(Command::Tick).await } else { Ok(()) }
    }

    /// Whether no other node gave a sign of life meanwhile.
    async fn nobody_served_since(&mut self, before: Instant) -> Result<bool, Problem> {
        let stored = day_log::open_day(&self.tools.database, self.centre().id).await?;
        let recent = |d: StoredDay| d.last_seen > before + self.interruption() / 2;
        Ok(!stored.is_some_and(|d| recent(d) && self.written != Some(d.last_seen)))
    }

    async fn beat(&mut self, now: Instant) -> Result<(), Problem> {
        let Some(day) = self.stored() else { return Ok(()) };
        let monotonic = self.tools.clock.monotonic();
        if self.beaten.is_some_and(|at| monotonic.saturating_sub(at) < HEARTBEAT) {
            return Ok(());
        }
        match day_log::touch_day(&self.tools.database, day.id, now).await {
            Ok(true) => {
                self.beaten = Some(monotonic);
                self.written = Some(now);
                Ok(())
            }
            Ok(false) => self.catch_up().await.map_err(|e| self.failed(&e)),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn notice_clock(&mut self) {
        let broken = self.stored().is_some() && self.baseline.is_broken(self.tools.clock.as_ref());
        let mut state = locked(&self.shared.state);
        if state.clock_jumped != broken {
            state.clock_jumped = broken;
            state.renew(self.tools.clock.now());
            drop(state);
            self.changed.notify_one();
        }
    }

    /// The day closes by itself a grace time after closing hour when nobody is served, or when the next one begins.
    async fn close_when_due(&mut self, now: Instant) -> Result<(), Problem> {
        let Some(stored) = self.stored() else { return Ok(()) };
        if self.shared.read().clock_jumped {
            return Ok(());
        }
        let (closes, idle) = {
            let state = self.shared.read();
            (state.day.closes, nobody_is_served(&state.day))
        };
        let centre = self.centre();
        let grace = chrono::Duration::minutes(i64::from(centre.policies.close_grace_minutes));
        let after_hours = idle && closes.is_some_and(|c| now >= c + grace);
        let superseded =
            stored.date < self.today() && self.opening(now).is_some() && (idle || now - stored.opened_at > LONGEST_DAY);
        if after_hours || superseded {
            tracing::info!(centre = %centre.slug, "the day closes by itself");
            if self.phase() == Phase::Before {
                self.fold().await;
            } else {
                self.by_itself(Command::CloseDay { force: true }).await?;
            }
        }
        Ok(())
    }

    /// The day opens by itself at opening time, once a date: who closes it early does not see it open again.
    async fn open_when_due(&mut self, now: Instant) -> Result<(), Problem> {
        let today = self.today();
        if self.phase() != Phase::Before || self.opened == Some(today) {
            return Ok(());
        }
        let Some(closes) = self.opening(now) else { return Ok(()) };
        let unopened = match self.stored() {
            Some(day) => day.date == today,
            None => !day_log::was_opened(&self.tools.database, self.centre().id, today).await?,
        };
        if unopened {
            tracing::info!(centre = %self.centre().slug, "the day opens by itself");
            let closes = (!self.tools.demo).then_some(closes);
            self.by_itself(Command::OpenDay { closes }).await?;
        }
        self.opened = Some(today);
        Ok(())
    }

    /// When the doors close, if they are open now.
    fn opening(&self, now: Instant) -> Option<Instant> {
        opening_hours(&self.centre(), now).filter(|(from, to)| (*from..*to).contains(&now)).map(|(_, to)| to)
    }

    // --- the end of the day ---

    async fn end_if_closed(&mut self, wishes: &[Box<Wish>]) {
        if self.phase() == Phase::Closed {
            let closing = wishes.iter().find(|w| matches!(w.command, Command::CloseDay { .. }));
            self.closing = closing.map(|w| (w.key.clone(), w.fingerprint));
        }
        self.fold_if_closed().await;
    }

    async fn fold_if_closed(&mut self) {
        if self.stored().is_some() && self.phase() == Phase::Closed {
            self.fold().await;
        }
    }

    /// Folds the day into counts and destroys its log. What fails is tried again at the next pulse, or the next start.
    async fn fold(&mut self) {
        if let Err(error) = self.try_fold().await {
            self.failed(&error);
        }
    }

    async fn try_fold(&mut self) -> Result<(), StorageError> {
        let Some(stored) = self.stored() else { return Ok(()) };
        let now = self.tools.clock.now();
        let centre = self.centre();
        let zone = zone::of(&centre);
        let (fold, used) = {
            let state = self.shared.read();
            let local = |at| zone::local(zone, at);
            (statistics::fold(&state.day, &centre, stored.date, &local), state.day.used_slips.clone())
        };
        for slip in used {
            slips::mark_used(&self.tools.database, slip, now + SLIP_MEMORY).await?;
        }
        day_log::fold(&self.tools.database, stored.id, now, &fold).await?;
        self.tools.database.notify(stored.id, Reach::End);
        self.begin(None);
        self.working = Some(Day::default());
        self.waiting = Waiting::default();
        Ok(())
    }

    // --- looking ---

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
        zone::local(zone::of(&self.centre()), self.tools.clock.now()).date()
    }
    fn interruption(&self) -> chrono::Duration {
        chrono::Duration::seconds(i64::from(self.centre().policies.interruption_seconds))
    }
}

/// The first opening and the last closing of the local date of an instant.
pub(crate) fn opening_hours(centre: &Centre, now: Instant) -> Option<(Instant, Instant)> {
    let zone = zone::of(centre);
    let date = zone::local(zone, now).date();
    let span = centre.hours.span(date)?;
    Some((zone::instant(zone, date, span.from), zone::instant(zone, date, span.to)))
}

fn day_is_recorded(working: &mut Option<Day>, entry: &Entry) {
    if let Some(day) = working {
        day.record(entry);
    }
}

fn nobody_is_served(day: &Day) -> bool {
    let served = |t: &domain::day::Ticket| matches!(t.stage, Stage::Called { .. } | Stage::InTalk { .. });
    !day.open_tickets().any(served) && !day.places.values().any(|p| matches!(p.activity, Activity::Receiving(_)))
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

fn granted(day: &Day, centre: &Centre, answer: Answer, wish: &Wish, counts: &mut Waiting) -> Granted {
    let ticket = match answer {
        Answer::Ticket(id) => day.tickets.get(&id).cloned(),
        Answer::Done => None,
    };
    let ahead = match (&ticket, &wish.command) {
        (Some(t), Command::TakeTicket(take)) if t.id == take.id => counts.before_newest(day, centre, t),
        (Some(t), Command::TakeTicket(_)) => waiting::before(day, centre, t),
        _ => 0,
    };
    Granted { answer, ticket, ahead }
}
