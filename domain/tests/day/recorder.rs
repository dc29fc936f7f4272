//! Somebody keeps all that is public of a day, sees people walk in, and guesses what each came for.

use std::collections::{BTreeMap, HashMap};

use chrono::Duration;
use domain::{
    Instant,
    centre::{Desk, Need, Place, Policies, Space},
    day::{Command, Outcome, Stage},
    view::{BETWEEN_MARKS, Board, DayState, Positions, PublicBoard, mark},
};

use crate::world::{World, abilities, centre, letter, morning, need, organisation, place, space, staff, take, ticket};

/// Questions of a town by space, each with its weight; the last line is the welcome's.
const QUESTIONS: [&[u32]; 6] =
    [&[7, 3, 4, 3], &[9, 8, 4, 3, 4, 4], &[14, 12, 6, 7, 6, 3, 4, 1], &[7, 2, 2, 4], &[3, 2, 2, 2], &[5]];
const WELCOME: usize = 5;
/// The space of each counsellor's needs.
const TEAM: [usize; 12] = [0, 1, 2, 2, 3, 4, 1, 2, 0, 2, 1, WELCOME];
const HOURS: i64 = 8;
/// Working days of a month.
const MONTH: u64 = 20;

/// The same day for the same seed, on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    /// A space and a question of it.
    fn question(&mut self) -> Asked {
        let all: u32 = QUESTIONS.iter().flat_map(|space| space.iter()).sum();
        let mut left = self.below(all.into());
        let mut number = 0;
        for (line, weights) in QUESTIONS.iter().enumerate() {
            for weight in *weights {
                match left.checked_sub(u64::from(*weight)) {
                    Some(rest) => left = rest,
                    None => return Asked { line, need: number },
                }
                number += 1;
            }
        }
        unreachable!("weights are below their sum")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    line: usize,
    /// Its number among all questions; the welcome's is the last.
    need: usize,
}

/// What a recorder keeps: each line's count, or the least of its band, and each need's where that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Frame {
    at: Instant,
    lines: Vec<u32>,
    needs: Vec<u32>,
}

/// A day that was seen from outside.
struct Seen {
    came: Vec<(Instant, Asked)>,
    frames: Vec<Frame>,
}

fn needs_of(line: usize) -> std::ops::Range<usize> {
    let first = QUESTIONS[..line].iter().map(|space| space.len()).sum::<usize>();
    first..first + QUESTIONS[line].len()
}

fn town() -> World {
    let small = centre();
    let spaces =
        (0..WELCOME).zip('A'..).map(|(n, c)| Space { id: space(n), letter: letter(c), ..small.spaces[0].clone() });
    let needs = (0..WELCOME).flat_map(|line| needs_of(line).map(move |n| (line, n))).map(|(line, n)| Need {
        id: need(n),
        code: format!("need-{n}"),
        space: space(line),
        ..small.needs[0].clone()
    });
    let desks = (0..TEAM.len()).map(|n| Desk {
        places: vec![Place { id: place(n), ..small.desks[0].places[0].clone() }],
        ..small.desks[0].clone()
    });
    let (spaces, needs, desks) = (spaces.collect(), needs.collect(), desks.collect());
    let centre = domain::centre::Centre { spaces, needs, desks, policies: Policies::default(), ..small };
    let mut world = World { centre, ..World::new() };
    world.act(Command::OpenDay { closes: None });
    for (n, line) in TEAM.iter().enumerate() {
        let mut able = abilities(if *line == WELCOME { 0..0 } else { needs_of(*line) });
        able.welcome = *line == WELCOME;
        let (counsellor, organisation) = (staff(n), organisation(0));
        world.act(Command::OpenPlace { place: place(n), counsellor, organisation, abilities: able });
    }
    world
}

/// Mean seconds between two visitors: two peaks, and quiet hours.
fn gap(second: i64) -> u64 {
    match second / 3600 {
        0 => 110,
        1 | 2 | 6 => 50,
        3 | 5 => 80,
        4 => 240,
        _ => 130,
    }
}

/// What the recorder is shown of the world, now.
enum Shows {
    Exactly,
    Publicly(Option<PublicBoard>),
}

impl Shows {
    fn frame(&mut self, world: &World) -> Option<Frame> {
        let (day, centre, at) = (&world.day, &world.centre, world.now);
        match self {
            Self::Exactly => {
                let board = Board::of(day, centre, &Positions::of(day, centre), 1, at);
                let welcome = board.welcome_waiting;
                let lines = board.spaces.iter().map(|s| s.waiting).chain([welcome]).collect();
                let needs = board.needs.iter().map(|n| n.waiting).chain([welcome]).collect();
                Some(Frame { at, lines, needs })
            }
            Self::Publicly(before) => {
                if before.as_ref().is_some_and(|b| at - b.made() < BETWEEN_MARKS) {
                    return None;
                }
                let board = PublicBoard::of(day, centre, &Positions::of(day, centre), at, before.as_ref());
                assert_eq!(board.state, DayState::Open);
                let lines = board.spaces.iter().map(|s| s.waiting.from).chain([board.welcome_waiting.from]).collect();
                *before = Some(board);
                Some(Frame { at, lines, needs: Vec::new() })
            }
        }
    }
}

trait Made {
    fn made(&self) -> Instant;
}
impl Made for PublicBoard {
    fn made(&self) -> Instant {
        Instant::from_timestamp_micros(i64::try_from(self.version).unwrap()).unwrap()
    }
}

/// A day from morning to evening, as it is told to everybody.
fn day(seed: u64, mut shows: Shows) -> Seen {
    let (mut world, mut chance) = (town(), Chance(seed));
    let mut told = Seen { came: Vec::new(), frames: Vec::new() };
    let mut busy: BTreeMap<usize, (usize, i64)> = BTreeMap::new();
    for second in 0..HOURS * 3600 {
        world.now = morning() + Duration::seconds(second);
        let mut changed = second == 0 || world.now == mark(world.now);
        if chance.below(gap(second)) == 0 {
            let asked = chance.question();
            let number = told.came.len();
            world.act(take(number, (asked.line != WELCOME).then_some(asked.need)));
            told.came.push((world.now, asked));
            changed = true;
        }
        for n in 0..TEAM.len() {
            let place = place(n);
            match busy.get(&n) {
                Some((number, until)) if *until <= second => {
                    world.act(Command::Finish { ticket: ticket(*number), outcome: Outcome::Answered, further: None });
                    busy.remove(&n);
                }
                Some(_) => continue,
                None => {}
            }
            if second % 5 == 0 && world.try_act(&Command::CallNext { place }).is_ok() {
                let called = |i: &usize| matches!(world.stage(*i), Stage::Called { place: p, .. } if *p == place);
                let number = (0..told.came.len()).find(called).unwrap();
                world.act(Command::Arrive { ticket: ticket(number) });
                let takes = 300 + i64::try_from(chance.below(900)).unwrap();
                busy.insert(n, (number, second + takes));
                changed = true;
            }
        }
        if changed && let Some(frame) = shows.frame(&world) {
            told.frames.push(frame);
        }
    }
    told
}

/// What is told around an arrival: what rose and what fell by the first frame that it can be in, and where many wait.
fn sign(seen: &Seen, at: Instant) -> Vec<(i8, bool)> {
    let after = seen.frames.partition_point(|f| f.at < at);
    let Some(after_it) = seen.frames.get(after) else { return Vec::new() };
    let before = &seen.frames[after.saturating_sub(1)];
    let told = before.lines.iter().zip(&after_it.lines);
    told.map(|(b, a)| (i8::try_from(i64::from(*a).cmp(&i64::from(*b)) as i64).unwrap(), *b > 0)).collect()
}

fn rose(told: &[u32], then: &[u32]) -> Option<usize> {
    let rises = told.iter().zip(then).enumerate().filter(|(_, (b, a))| a > b);
    rises.max_by_key(|(_, (b, a))| *a - *b).map(|(n, _)| n)
}

fn commonest<T: Copy + Eq + std::hash::Hash + Ord>(all: impl Iterator<Item = T>) -> T {
    let mut counts: HashMap<T, usize> = HashMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts.into_iter().max_by_key(|(one, n)| (*n, std::cmp::Reverse(*one))).unwrap().0
}

/// How large a share is guessed right, in hundredths: space and need.
type Shares = (f64, f64);

/// What a recorder can know who was told last month, besides, what everybody came for.
struct Recorder {
    line: usize,
    need: usize,
    need_of: Vec<usize>,
    /// For each sign that was seen often enough, the space that most came for.
    by_sign: HashMap<Vec<(i8, bool)>, usize>,
}

impl Recorder {
    fn learn(month: &[Seen]) -> Self {
        let came = || month.iter().flat_map(|day| day.came.iter().map(|(_, asked)| *asked));
        let need_of = (0..QUESTIONS.len()).map(|line| commonest(came().filter(|a| a.line == line).map(|a| a.need)));
        let mut signs: HashMap<Vec<(i8, bool)>, Vec<usize>> = HashMap::new();
        for day in month {
            for (at, asked) in &day.came {
                signs.entry(sign(day, *at)).or_default().push(asked.line);
            }
        }
        let often = signs.into_iter().filter(|(_, lines)| lines.len() >= 10);
        Self {
            line: commonest(came().map(|a| a.line)),
            need: commonest(came().map(|a| a.need)),
            need_of: need_of.collect(),
            by_sign: often.map(|(sign, lines)| (sign, commonest(lines.into_iter()))).collect(),
        }
    }

    /// Guesses what is commonest, whatever is told.
    fn blind(&self, _: &Seen, _: Instant) -> (usize, usize) {
        (self.line, self.need)
    }
    /// Guesses by what rose.
    fn by_rise(&self, day: &Seen, at: Instant) -> (usize, usize) {
        let after = day.frames.partition_point(|f| f.at < at);
        let Some(then) = day.frames.get(after) else { return self.blind(day, at) };
        let before = &day.frames[after.saturating_sub(1)];
        let Some(line) = rose(&before.lines, &then.lines) else { return self.blind(day, at) };
        (line, rose(&before.needs, &then.needs).unwrap_or(self.need_of[line]))
    }
    /// Guesses what most came for last month who came under the same sign.
    fn by_sign(&self, day: &Seen, at: Instant) -> (usize, usize) {
        match self.by_sign.get(&sign(day, at)) {
            Some(line) if *line != self.line => (*line, self.need_of[*line]),
            _ => self.blind(day, at),
        }
    }

    fn share(&self, month: &[Seen], guess: fn(&Self, &Seen, Instant) -> (usize, usize)) -> Shares {
        let all = month.iter().flat_map(|day| day.came.iter().map(move |(at, asked)| (guess(self, day, *at), asked)));
        let (mut n, mut lines, mut needs) = (0.0, 0.0, 0.0);
        for ((line, need), asked) in all {
            n += 1.0;
            lines += f64::from(u8::from(line == asked.line));
            needs += f64::from(u8::from(need == asked.need));
        }
        (100.0 * lines / n, 100.0 * needs / n)
    }
}

/// The best that any of the guesses reaches in some days after as many, and what is reached without looking.
fn guessed(days: u64, shows: fn() -> Shows) -> (Shares, Shares) {
    let seen = |first: u64| (first..first + days).map(|n| day(n * 7919, shows())).collect::<Vec<_>>();
    let (last, this) = (seen(1), seen(1000));
    let rises = |day: &Seen| day.frames.windows(2).filter(|f| rose(&f[0].lines, &f[1].lines).is_some()).count();
    assert!(this.iter().map(rises).sum::<usize>() as u64 >= 3 * days, "nothing rises in such days");
    let recorder = Recorder::learn(&last);
    let shares = [Recorder::by_rise, Recorder::by_sign].map(|guess| recorder.share(&this, guess));
    let best = shares.iter().fold((0.0, 0.0), |(a, b): Shares, (c, d)| (a.max(*c), b.max(*d)));
    let blind = recorder.share(&this, Recorder::blind);
    (best, blind)
}

#[test]
fn who_keeps_all_that_is_public_guesses_no_better_why_somebody_came() {
    let ((line, need), (commonest_line, commonest_need)) = guessed(MONTH, || Shows::Publicly(None));
    assert!(line <= commonest_line + 3.0, "spaces: {line:.1} against {commonest_line:.1}");
    assert!(need <= commonest_need + 3.0, "needs: {need:.1} against {commonest_need:.1}");
}

/// The same recorder in front of the centre's own screens: so it would notice.
#[test]
fn the_exact_board_would_tell_why_everybody_came() {
    let ((line, need), _) = guessed(2, || Shows::Exactly);
    assert!(line > 90.0 && need > 90.0, "spaces {line:.1}, needs {need:.1}");
}

#[test]
fn no_band_rises_for_fewer_than_the_threshold() {
    for seed in 0..10 {
        let seen = day(seed, Shows::Publicly(None));
        let mut counted = None;
        for (before, after) in seen.frames.iter().zip(&seen.frames[1..]) {
            assert!(after.at - before.at >= BETWEEN_MARKS, "{before:?} {after:?}");
            if before.lines.iter().zip(&after.lines).any(|(b, a)| a > b) {
                let since = counted.replace(after.at).unwrap_or(morning());
                let came = seen.came.iter().filter(|(at, _)| (since..=after.at).contains(at)).count();
                assert!(came >= 5, "{came} came before a band rose");
            }
        }
    }
}
