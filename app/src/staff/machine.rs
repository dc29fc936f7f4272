//! What staff are told about the machine that serves them.

use domain::view::DateAsked;

use crate::texts::{CentreTime, Texts, staff as texts};

/// That the day was not closed and the clock shows another date: whether it is right is theirs to say.
pub(super) fn date_asked(t: &Texts, time: CentreTime, asked: DateAsked) -> String {
    let DateAsked { last, clock } = asked;
    texts::date_asked(t, time.date(t, clock), time.time(t, clock), time.date(t, last), time.time(t, last))
}

/// That the database came back with less than it had.
pub(super) fn log_lost(t: &Texts) -> String {
    texts::log_lost(t)
}
