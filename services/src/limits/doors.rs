//! What anybody may ask for, and how much of it.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use domain::day::FollowToken;

use super::{Bucket, Digests, Lasting, Quota, Source};
use crate::{Parvis, Problem, secrets::Secrets};

/// Sources, or tickets, remembered at once.
const MOST: usize = 50_000;
/// How long somebody waits before asking again for what others hold.
const ASK_AGAIN: Duration = Duration::from_secs(10);

/// How much is given without credentials. What shows credentials is never limited by these.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Streams that one source keeps open.
    pub streams_of_source: usize,
    /// Streams that all sources together keep open.
    pub streams: usize,
    /// Streams of one ticket.
    pub streams_of_ticket: usize,
    enrolments_of_source: Quota,
    enrolments: Quota,
    misses_of_source: Quota,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            streams_of_source: 300,
            streams: 3_000,
            streams_of_ticket: 8,
            enrolments_of_source: Quota { at_once: 20, every: Duration::from_secs(30) },
            enrolments: Quota { at_once: 200, every: Duration::from_secs(1) },
            misses_of_source: Quota { at_once: 60, every: Duration::from_secs(1) },
        }
    }
}

/// Who holds and asked for what, of those who show no credentials.
pub(crate) struct Doors {
    limits: Limits,
    streams: Arc<AtomicUsize>,
    remembered: Mutex<Remembered>,
}

struct Remembered {
    streams: Digests<Open>,
    of_tickets: Digests<Open>,
    enrolments_of_source: Digests<Bucket>,
    enrolments: Bucket,
    misses: Digests<Bucket>,
}

/// How many hold something: those who do hold a clone of it.
#[derive(Default)]
struct Open(Arc<()>);

impl Open {
    fn one_more(&self, most: usize) -> Result<Arc<()>, Problem> {
        if Arc::strong_count(&self.0) > most { Err(Problem::too_many(ASK_AGAIN)) } else { Ok(Arc::clone(&self.0)) }
    }
}

impl Lasting for Open {
    fn is_in_force(&self, _: Duration) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

/// A stream that is open, until it is dropped.
#[derive(Debug)]
pub struct Held {
    _one: Arc<()>,
    all: Option<Arc<AtomicUsize>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(all) = &self.all {
            all.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Doors {
    pub(crate) fn new(limits: Limits, secrets: &Arc<dyn Secrets>) -> Self {
        let remembered = Remembered {
            streams: Digests::new(MOST, secrets),
            of_tickets: Digests::new(MOST, secrets),
            enrolments_of_source: Digests::new(MOST, secrets),
            enrolments: Bucket::default(),
            misses: Digests::new(MOST, secrets),
        };
        Self { limits, streams: Arc::default(), remembered: Mutex::new(remembered) }
    }

    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stream(&self, source: Source, now: Duration) -> Result<Held, Problem> {
        let full = || Problem::Busy { retry_after: ASK_AGAIN };
        let one = if source.is_known() {
            let mut remembered = self.remembered();
            let open = remembered.streams.entry(&source.bytes(), now).ok_or_else(full)?;
            open.one_more(self.limits.streams_of_source)?
        } else {
            Arc::default()
        };
        let room = |open| (open < self.limits.streams).then_some(open + 1);
        self.streams.fetch_update(Ordering::Relaxed, Ordering::Relaxed, room).map_err(|_| full())?;
        Ok(Held { _one: one, all: Some(Arc::clone(&self.streams)) })
    }

    fn stream_of(&self, token: &FollowToken, now: Duration) -> Result<Held, Problem> {
        let mut remembered = self.remembered();
        let open = remembered.of_tickets.entry(token.reveal().as_bytes(), now);
        let open = open.ok_or(Problem::Busy { retry_after: ASK_AGAIN })?;
        Ok(Held { _one: open.one_more(self.limits.streams_of_ticket)?, all: None })
    }

    /// Counts a code that a device without a secret asks for.
    pub(crate) fn enrolment(&self, source: Source, now: Duration) -> Result<(), Problem> {
        let (full, limits) = (Problem::Busy { retry_after: ASK_AGAIN }, self.limits);
        let mut remembered = self.remembered();
        remembered.enrolments.has_room(limits.enrolments, now).map_err(|_| full.clone())?;
        if source.is_known() {
            let of_source = remembered.enrolments_of_source.entry(&source.bytes(), now).ok_or(full)?;
            of_source.take(limits.enrolments_of_source, now)?;
        }
        remembered.enrolments.take(limits.enrolments, now)
    }

    fn may_miss(&self, source: Source, now: Duration) -> Result<(), Problem> {
        let mut remembered = self.remembered();
        let of_source = remembered.misses.get(&source.bytes(), now).filter(|_| source.is_known());
        of_source.map_or(Ok(()), |misses| misses.has_room(self.limits.misses_of_source, now))
    }

    fn missed(&self, source: Source, now: Duration) {
        if let Some(misses) = self.remembered().misses.entry(&source.bytes(), now) {
            misses.take(self.limits.misses_of_source, now).ok();
        }
    }
}

impl Parvis {
    /// Room for one more live stream of somebody who shows no credentials.
    pub fn anonymous_stream(&self, source: Source) -> Result<Held, Problem> {
        self.0.doors.stream(source, self.0.tools.clock.monotonic())
    }
    /// Room for one more live stream of a ticket.
    pub fn stream_of_ticket(&self, token: &FollowToken) -> Result<Held, Problem> {
        self.0.doors.stream_of(token, self.0.tools.clock.monotonic())
    }
    /// Whether a source may ask for a ticket by this token: one that is known always, and any other until too many
    /// were nobody's.
    pub fn may_look_up(&self, source: Source, token: Option<&FollowToken>) -> Result<(), Problem> {
        if token.is_some_and(|token| self.knows(token)) {
            return Ok(());
        }
        self.0.doors.may_miss(source, self.0.tools.clock.monotonic())
    }
    /// A token that a source showed was nobody's.
    pub fn looked_up_in_vain(&self, source: Source) {
        self.0.doors.missed(source, self.0.tools.clock.monotonic());
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;
    use crate::secrets::SystemSecrets;

    const NOW: Duration = Duration::from_secs(5);

    fn doors() -> Doors {
        Doors::new(Limits::default(), &(Arc::new(SystemSecrets) as Arc<dyn Secrets>))
    }
    fn from(n: u32) -> Source {
        Source::from(IpAddr::from(n.to_be_bytes()))
    }

    #[test]
    fn a_flood_of_streams_from_one_source_leaves_room_for_others() {
        let doors = doors();
        let held: Vec<_> = (0..20_000).filter_map(|_| doors.stream(from(1), NOW).ok()).collect();
        assert_eq!(held.len(), 300);
        assert!(doors.stream(from(2), NOW).is_ok());
        drop(held);
        assert!(doors.stream(from(1), NOW).is_ok());
        assert_eq!(doors.streams.load(Ordering::Relaxed), 0, "what ended is not held");
    }

    #[test]
    fn a_flood_of_streams_from_many_sources_ends_somewhere() {
        let doors = doors();
        let held: Vec<_> = (0..20_000).filter_map(|n| doors.stream(from(n % 400), NOW).ok()).collect();
        assert_eq!(held.len(), 3_000);
        assert_eq!(doors.stream(from(9_999), NOW).map(drop), Err(Problem::Busy { retry_after: ASK_AGAIN }));
        let unknown = doors.stream(Source::UNKNOWN, NOW);
        assert!(unknown.is_err(), "the whole is limited for those whom a proxy does not tell, too");
    }

    #[test]
    fn one_ticket_is_followed_by_some_pages() {
        let doors = doors();
        let follow = |n: u8| doors.stream_of(&FollowToken::from([n; 16]), NOW);
        let held: Vec<_> = (0..100).filter_map(|_| follow(1).ok()).collect();
        assert_eq!(held.len(), 8);
        assert!(follow(2).is_ok());
    }

    #[test]
    fn a_flood_of_enrolments_is_refused() {
        let doors = doors();
        let given = |source: &dyn Fn(u32) -> Source, now| {
            (0..32_000).filter(|n| doors.enrolment(source(*n), now).is_ok()).count()
        };
        assert_eq!(given(&|_| from(1), NOW), 20);
        assert_eq!(given(&from, NOW), 180, "of many sources, as many as all may");
        assert_eq!(given(&|_| from(7), NOW + Duration::from_secs(45)), 20);
    }

    #[test]
    fn wrong_tokens_of_one_source_are_counted() {
        let doors = doors();
        let looked = |source| {
            (0..1000).filter(|_| doors.may_miss(source, NOW).map(|()| doors.missed(source, NOW)).is_ok()).count()
        };
        assert_eq!(looked(from(1)), 60);
        assert_eq!(looked(from(2)), 60);
        assert_eq!(looked(Source::UNKNOWN), 1000, "nobody pays for others whom a proxy does not tell apart");
    }
}
