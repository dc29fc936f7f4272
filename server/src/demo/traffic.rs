//! Simulated visitors and counsellors, through the same use cases as real ones, so that every screen lives.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use domain::{
    CountId, Language, PlaceId, TicketId,
    catalogue::{Entries, Kind, Notebook},
    centre::{Accommodation, Centre},
    day::{Advice, Command, Counted, ForWhom, Outcome, PartySize, Request, TalkLanguage, Target},
    staff::{Role, Staff},
};
use services::{Actor, Parvis, Problem, TakeTicketForm, catalogue::Filter};
use tokio::sync::watch;
use uuid::Uuid;

use crate::config::Pace;

/// Mean seconds between two visitors who take a ticket.
const ARRIVALS: f64 = 50.0;
/// How many counsellors work at once, leaving desks for people who try the demo.
const COUNSELLORS: usize = 9;

/// Everything that a simulated person needs. Cheap to clone.
#[derive(Clone)]
pub(super) struct Traffic {
    pub(super) parvis: Parvis,
    pub(super) centre: Arc<Centre>,
    pub(super) pace: Pace,
    pub(super) stopping: watch::Receiver<bool>,
}

impl Traffic {
    /// Sends people until the server stops.
    pub(super) fn start(self, host: &Staff, staff: &[Staff]) {
        let host = Actor::Staff(Arc::new(host.clone()));
        tokio::spawn(self.clone().until_stop(self.clone().visitors(host)));
        // From the last to the first: whoever tries the demo signs in as counsellor1 at the first desks.
        let places: Vec<PlaceId> = self.centre.desks.iter().flat_map(|d| d.places.iter().map(|p| p.id)).collect();
        let counsellors = staff.iter().filter(|s| s.roles.contains(&Role::Counsellor) && !s.abilities.needs.is_empty());
        let seats = counsellors.rev().take(COUNSELLORS).zip(places.into_iter().rev().skip(1));
        for (counsellor, place) in seats {
            let counsellor = Actor::Staff(Arc::new(counsellor.clone()));
            tokio::spawn(self.clone().until_stop(self.clone().counsellor(counsellor, place)));
        }
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
        for _ in 0..12 {
            self.visitor(&host).await;
        }
        loop {
            // Exponential gaps: people come independently of each other.
            self.pass(-ARRIVALS * (1.0 - unit()).max(1e-6).ln()).await;
            self.visitor(&host).await;
        }
    }

    async fn visitor(&self, host: &Actor) {
        self.act(host, Command::Count { id: CountId(id()), what: Counted::CameIn }).await;
        if chance(0.25) {
            let what = if chance(0.5) { Counted::QuickAnswer } else { Counted::DocumentGiven };
            self.act(host, Command::Count { id: CountId(id()), what }).await;
            return;
        }
        let form = TakeTicketForm { request: self.request(), slip: None };
        match self.parvis.take_ticket(host, self.centre.id, form, None).await {
            Ok(taken) if chance(0.05) => {
                self.pass(120.0).await;
                self.act(host, Command::Leave { ticket: taken.id }).await;
            }
            Ok(_) => {}
            Err(problem) => tracing::debug!(code = problem.code(), "a simulated visitor got no ticket"),
        }
    }

    fn request(&self) -> Request {
        let need = if chance(0.06) { None } else { pick(&self.centre.needs).map(|n| n.id) };
        let screen = if chance(0.75) {
            Language::french()
        } else {
            pick(&self.centre.languages).cloned().unwrap_or_else(Language::french)
        };
        let spoken = if chance(0.85) {
            screen.clone()
        } else {
            pick(&self.centre.talk_languages).cloned().unwrap_or_else(Language::french)
        };
        let talk = match below(10) {
            0 => TalkLanguage::Accompanied(spoken),
            1 if spoken != Language::french() => TalkLanguage::NeedsInterpreter(spoken),
            _ => TalkLanguage::Speaks(spoken),
        };
        let party = if chance(0.2) { 2 + u8::try_from(below(3)).unwrap_or(0) } else { 1 };
        let accommodations = if chance(0.06) { [Accommodation::Wheelchair].into() } else { BTreeSet::new() };
        Request {
            notebook: if chance(0.25) { self.notebook() } else { Notebook::default() },
            need,
            language: screen,
            talk,
            party: PartySize::try_from(party).unwrap_or_default(),
            for_whom: if chance(0.1) { ForWhom::MyChild } else { ForWhom::Me },
            channel: domain::day::Channel::Here,
            accommodations,
        }
    }

    // --- counsellors ---

    async fn counsellor(self, counsellor: Actor, place: PlaceId) {
        self.pass(f64::from(below(60))).await;
        match self.parvis.open_place(&counsellor, place, None).await {
            Ok(()) | Err(Problem::Refused(domain::day::Refusal::PlaceAlreadyOpen)) => {}
            Err(problem) => return tracing::debug!(code = problem.code(), "a simulated counsellor has no place"),
        }
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
            && let Some(need) = pick(&self.centre.needs)
        {
            let to = Target::Need(need.id);
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

fn pick<T>(all: &[T]) -> Option<&T> {
    all.get(below(u32::try_from(all.len()).unwrap_or(u32::MAX)) as usize)
}
