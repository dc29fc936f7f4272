//! Simulated visitors and counsellors, through the same use cases as real ones, so that every screen lives.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use domain::{
    CountId, Language, PlaceId, TicketId,
    catalogue::{Entries, Kind, Notebook},
    centre::Centre,
    day::{Advice, Command, Counted, Outcome, PartySize, Prospect, Refusal, Request, TalkLanguage, Target},
    staff::Staff,
};
use services::{Actor, Parvis, Problem, TakeTicketForm, catalogue::Filter};
use tokio::sync::watch;
use uuid::Uuid;

use super::town;
use crate::config::Pace;

/// Mean seconds between two visitors, of whom one in four takes no number: with a talk of some twelve minutes, a little
/// less than the team can receive.
const ARRIVALS: f64 = 70.0;
/// Who works where, by login and desk. Every question has somebody, every space has free desks for people who try the
/// demo.
const TEAM: [(&str, &str); 11] = [
    ("host2", "Accueil"),
    ("counsellor1", "1"),
    ("counsellor3", "2 A"),
    ("counsellor6", "4"),
    ("counsellor7", "5 A"),
    ("counsellor22", "5 B"),
    ("counsellor10", "8"),
    ("counsellor11", "9 A"),
    ("counsellor14", "6"),
    ("counsellor18", "Box 2"),
    ("counsellor23", "11"),
];
/// Visitors who are there already when the demo begins: one for each of the team, and a line as of a full morning.
const THERE_ALREADY: usize = 36;

/// Everything that a simulated person needs. Cheap to clone.
#[derive(Clone)]
pub(super) struct Traffic {
    pub(super) parvis: Parvis,
    pub(super) centre: Arc<Centre>,
    pub(super) pace: Pace,
    pub(super) stopping: watch::Receiver<bool>,
}

impl Traffic {
    /// Opens the team's desks for visitors who are there already, then lets people come and go until the server stops.
    pub(super) async fn start(self, host: &Staff, staff: &[Staff]) {
        let host = Actor::Staff(Arc::new(host.clone()));
        let team: Vec<_> = TEAM.iter().filter_map(|(login, desk)| self.seat(staff, login, desk)).collect();
        for (counsellor, place) in &team {
            match self.parvis.open_place(counsellor, *place, None).await {
                Ok(()) | Err(Problem::Refused(Refusal::PlaceAlreadyOpen)) => {}
                Err(problem) => tracing::debug!(code = problem.code(), "a simulated counsellor has no place"),
            }
        }
        let board = self.parvis.board(&host, self.centre.id).await;
        if board.is_ok_and(|b| b.board.spaces.iter().all(|space| space.waiting == 0)) {
            for _ in 0..THERE_ALREADY {
                self.visitor(&host).await;
            }
        }
        tokio::spawn(self.clone().until_stop(self.clone().visitors(host)));
        for (counsellor, place) in team {
            tokio::spawn(self.clone().until_stop(self.clone().counsellor(counsellor, place)));
        }
    }

    fn seat(&self, staff: &[Staff], login: &str, desk: &str) -> Option<(Actor, PlaceId)> {
        let counsellor = staff.iter().find(|s| s.login == login)?;
        let mut places = self.centre.desks.iter().flat_map(|d| d.places.iter().map(|p| p.id));
        let place = places.find(|place| self.centre.place_name(*place) == desk)?;
        Some((Actor::Staff(Arc::new(counsellor.clone())), place))
    }

    async fn until_stop(self, work: impl Future<Output = ()>) {
        let mut stopping = self.stopping;
        tokio::select! {
            () = work => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }

    /// Waits `seconds` of simulated time.
    async fn pass(&self, seconds: f64) {
        tokio::time::sleep(Duration::from_secs_f64(seconds / self.pace.factor())).await;
    }

    async fn act(&self, actor: &Actor, command: Command) -> bool {
        match self.parvis.act(actor, self.centre.id, command, None).await {
            Ok(_) => true,
            Err(problem) => {
                tracing::debug!(code = problem.code(), "a simulated person was refused");
                false
            }
        }
    }

    // --- visitors ---

    async fn visitors(self, host: Actor) {
        loop {
            // Exponential gaps: people come independently of each other.
            self.pass(-ARRIVALS * (1.0 - unit()).max(1e-6).ln()).await;
            tokio::spawn(self.clone().until_stop(self.clone().visit(host.clone())));
        }
    }

    async fn visit(self, host: Actor) {
        if let Some(ticket) = self.visitor(&host).await
            && chance(0.04)
        {
            self.pass(600.0).await;
            self.act(&host, Command::Leave { ticket }).await;
        }
    }

    /// Somebody comes in; most take a ticket.
    async fn visitor(&self, host: &Actor) -> Option<TicketId> {
        self.act(host, Command::Count { id: CountId(id()), what: Counted::CameIn }).await;
        if chance(0.25) {
            let what = if chance(0.5) { Counted::QuickAnswer } else { Counted::DocumentGiven };
            self.act(host, Command::Count { id: CountId(id()), what }).await;
            return None;
        }
        let request = self.possible(host, self.request()).await?;
        let form = TakeTicketForm { request, slip: None };
        match self.parvis.take_ticket(host, self.centre.id, form, None).await {
            Ok(taken) => Some(taken.id),
            Err(problem) => {
                tracing::debug!(code = problem.code(), "a simulated visitor got no ticket");
                None
            }
        }
    }

    /// What somebody asks for once they read how it stands: most take a way out, a few wait all the same.
    async fn possible(&self, host: &Actor, request: Request) -> Option<Request> {
        let outlook = self.parvis.outlook(host, self.centre.id, &request).await.ok()?;
        match (outlook.prospect, pick(&outlook.ways_out)) {
            (Prospect::Nobody { .. }, Some(way)) if chance(0.8) => way.remedy.applied_to(&request),
            (Prospect::Nobody { .. }, None) => None,
            _ => Some(request),
        }
    }

    fn request(&self) -> Request {
        let need = drawn(&town::QUESTIONS).and_then(|code| self.centre.needs.iter().find(|n| n.code == *code));
        let (screen, spoken) = drawn(&town::LANGUAGES).copied().unwrap_or(("fr", "fr"));
        let language = |code: &str| code.parse().unwrap_or_else(|_| Language::french());
        let (screen, spoken) = (language(screen), language(spoken));
        let talk = match below(12) {
            0 if spoken != Language::french() => TalkLanguage::Accompanied(spoken),
            1 if spoken != Language::french() => TalkLanguage::NeedsInterpreter(spoken),
            _ => TalkLanguage::Speaks(spoken),
        };
        let party = drawn(&town::PARTIES).copied().unwrap_or(1);
        Request {
            notebook: if chance(0.25) { self.notebook() } else { Notebook::default() },
            need: need.map(|n| n.id),
            language: screen,
            talk,
            party: PartySize::try_from(party).unwrap_or_default(),
            for_whom: drawn(&town::FOR_WHOM).copied().unwrap_or_default(),
            channel: domain::day::Channel::Here,
            accommodations: drawn(&town::ACCOMMODATIONS).copied().flatten().into_iter().collect(),
        }
    }

    // --- counsellors ---

    async fn counsellor(self, counsellor: Actor, place: PlaceId) {
        loop {
            match self.parvis.call_next(&counsellor, place, None).await {
                Ok(Some(called)) => self.receive(&counsellor, called.ticket.id).await,
                _ => self.pass(15.0).await,
            }
            if chance(0.05) && self.act(&counsellor, Command::PausePlace { place, until: None }).await {
                self.pass(300.0).await;
                self.act(&counsellor, Command::BackFromPause { place }).await;
            }
        }
    }

    /// What somebody kept who looked around first.
    fn notebook(&self) -> Notebook {
        let catalogue = self.parvis.catalogue();
        let filter = Filter { kind: Some(Kind::Occupation), ..Filter::default() };
        let all = catalogue.browse(&filter, &Language::french());
        let kept = (0..=below(4)).filter_map(|_| pick(&all)).map(|entry| entry.id.clone());
        Notebook { kept: kept.fold(Entries::default(), Entries::with), profile: None }
    }

    async fn receive(&self, counsellor: &Actor, ticket: TicketId) {
        self.pass(10.0 + f64::from(below(40))).await;
        if chance(0.06) {
            self.act(counsellor, Command::NoShow { ticket }).await;
            return;
        }
        if !self.act(counsellor, Command::Arrive { ticket }).await {
            return;
        }
        self.pass(300.0 + f64::from(below(900))).await;
        if chance(0.5) {
            let advice = pick(&Advice::ALL).copied().into_iter().collect();
            self.act(counsellor, Command::GiveAdvice { ticket, advice }).await;
        }
        self.end(counsellor, ticket).await;
        self.pass(20.0 + f64::from(below(60))).await;
    }

    async fn end(&self, counsellor: &Actor, ticket: TicketId) {
        if chance(0.12)
            && let Some(need) = self.request().need
        {
            let to = Target::Need(need);
            self.act(counsellor, Command::Transfer { ticket, to, returns: false, advice: BTreeSet::new() }).await;
        } else if let Some(outcome) = pick(&Outcome::ALL) {
            self.act(counsellor, Command::Finish { ticket, outcome: *outcome, further: None }).await;
        }
    }
}

// --- chance: whatever it brings, nobody depends on it ---

#[expect(clippy::disallowed_methods, reason = "simulated people behave by chance, and no record depends on it")]
fn random() -> u64 {
    getrandom::u64().unwrap_or_default()
}

fn id() -> Uuid {
    uuid::Builder::from_random_bytes((u128::from(random()) << 64 | u128::from(random())).to_be_bytes()).into_uuid()
}

/// A whole number from 0 to `n` - 1.
fn below(n: u32) -> u32 {
    u32::try_from(random() % u64::from(n.max(1))).unwrap_or(0)
}

/// A number from 0 to 1, 1 excluded.
fn unit() -> f64 {
    f64::from(below(1 << 24)) / f64::from(1 << 24)
}

fn chance(share: f64) -> bool {
    unit() < share
}

/// One of these, as often as its weight says.
fn drawn<T>(weighted: &[(T, u32)]) -> Option<&T> {
    let mut left = below(weighted.iter().map(|(_, weight)| weight).sum());
    weighted.iter().find(|(_, weight)| left.checked_sub(*weight).map(|rest| left = rest).is_none()).map(|(it, _)| it)
}

fn pick<T>(all: &[T]) -> Option<&T> {
    all.get(below(u32::try_from(all.len()).unwrap_or(u32::MAX)) as usize)
}
