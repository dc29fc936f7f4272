//! What somebody does: each press goes to the server with a key of its own, and is sent again while it is silent, for
//! ten seconds. Then it is said that it was not done, and the server does not do it later either.

use std::{future::Future, time::Duration};

use domain::{CentreId, Instant, PlaceId, day::Command};
use futures::future::{Either, select};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::api;
use crate::trouble::Trouble;

/// How long a press is repeated before it is given up, in milliseconds.
const INSIST: f64 = 10_000.0;
/// How long one try may take: the line may have died without a word.
const TRY: Duration = Duration::from_secs(3);
/// How long what is asked only once may take.
const ONCE: Duration = Duration::from_secs(30);
/// Between two tries.
const BETWEEN: Duration = Duration::from_millis(700);
/// How long what was not done is told at least, in milliseconds, even if the server is back.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
const TOLD: f64 = 8_000.0;

/// One press of a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Press {
    /// Makes its repetitions the same wish; none where the browser has no randomness.
    pub key: Option<String>,
    /// After this the server does not do it any more: whoever pressed was told so. None where the page does not know
    /// the server's clock.
    pub until: Option<Instant>,
}

/// Where the page's commands go, and what came of the last one.
#[derive(Clone, Copy)]
pub struct Acts {
    centre: CentreId,
    trouble: RwSignal<Option<Trouble>>,
    /// When the trouble was told, by the browser's clock.
    told: StoredValue<f64>,
    under_way: RwSignal<u32>,
    /// How far the server's clock is ahead of the browser's, in milliseconds, once a line told it.
    ahead: StoredValue<Option<f64>>,
}

/// The commands of the page that this component is in.
pub fn use_acts() -> Acts {
    expect_context::<Acts>()
}

impl Acts {
    /// The commands to a centre.
    pub fn new(centre: CentreId) -> Self {
        Self {
            centre,
            trouble: RwSignal::new(None),
            told: StoredValue::new(0.0),
            under_way: RwSignal::new(0),
            ahead: StoredValue::new(None),
        }
    }

    /// The centre.
    pub fn centre(self) -> CentreId {
        self.centre
    }

    /// Gives a command to the day.
    pub fn send(self, command: Command) {
        let centre = self.centre;
        self.run(move |press| api::act(centre, command.clone(), press));
    }

    /// Opens a place.
    pub fn open_place(self, place: PlaceId) {
        self.run(move |press| api::open_place(place, press));
    }

    /// Asks the server for something, again as the same press while it does not answer.
    pub fn run<F, T>(self, ask: impl Fn(Press) -> F + 'static)
    where
        F: Future<Output = Result<T, Trouble>> + 'static,
        T: 'static,
    {
        self.run_then(ask, |_| ());
    }

    /// The same, and what to do with the answer.
    pub fn run_then<F, T>(self, ask: impl Fn(Press) -> F + 'static, then: impl FnOnce(T) + 'static)
    where
        F: Future<Output = Result<T, Trouble>> + 'static,
        T: 'static,
    {
        self.answered_by(async move { self.insist(ask).await }, then);
    }

    /// Asks once for what would not be the same if it were asked twice, and says what to do with the answer.
    pub fn ask_then<F, T>(self, ask: impl FnOnce() -> F + 'static, then: impl FnOnce(T) + 'static)
    where
        F: Future<Output = Result<T, Trouble>> + 'static,
        T: 'static,
    {
        self.answered_by(async move { within(ONCE, ask()).await.unwrap_or(Err(Trouble::Unreachable)) }, then);
    }

    fn answered_by<T>(self, answer: impl Future<Output = Result<T, Trouble>> + 'static, then: impl FnOnce(T) + 'static)
    where
        T: 'static,
    {
        self.trouble.set(None);
        self.under_way.update(|n| *n += 1);
        spawn_local(async move {
            let answer = answer.await;
            self.under_way.try_update(|n| *n = n.saturating_sub(1));
            match answer {
                Ok(value) => {
                    self.is_done_with(&Trouble::Trying);
                    then(value);
                }
                Err(trouble) => self.tell(trouble),
            }
        });
    }

    async fn insist<F, T>(self, ask: impl Fn(Press) -> F) -> Result<T, Trouble>
    where
        F: Future<Output = Result<T, Trouble>>,
    {
        let end = browser_time() + INSIST;
        let until = self.ahead.try_get_value().flatten().and_then(|ahead| instant(end + ahead));
        let mut press = Press { key: new_key(), until };
        loop {
            match within(TRY.min(until_then(end)), ask(press.clone())).await {
                None | Some(Err(Trouble::Unreachable)) => self.tell(Trouble::Trying),
                // Too late by the server's clock alone: the browser's was set meanwhile.
                Some(Err(Trouble::NotDone)) if press.until.take().is_some() && !until_then(end).is_zero() => continue,
                Some(answer) => return answer,
            }
            pause(BETWEEN.min(until_then(end))).await;
            if until_then(end).is_zero() {
                return Err(Trouble::NotDone);
            }
        }
    }

    fn tell(self, trouble: Trouble) {
        self.told.try_set_value(browser_time());
        self.trouble.try_set(Some(trouble));
    }

    /// Takes a trouble away that is not true any more.
    fn is_done_with(self, trouble: &Trouble) {
        if self.trouble.try_with_untracked(|t| t.as_ref() == Some(trouble)) == Some(true) {
            self.trouble.try_set(None);
        }
    }

    /// What the server's clock says now.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    pub(super) fn set_time(self, at: Instant) {
        // Milliseconds are far below the 53 bits that a browser's numbers hold.
        #[allow(clippy::cast_precision_loss)]
        let ahead = at.timestamp_millis() as f64 - browser_time();
        self.ahead.try_set_value(Some(ahead));
    }

    /// The page heard the server at that time of the browser's clock: if it was told before that it does not answer, that
    /// is not true any more. What was not done stays in sight for a while, because somebody may have looked away.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    pub(super) fn heard_at(self, then: f64) {
        let Some(told) = self.told.try_get_value().filter(|told| then > *told) else { return };
        self.is_done_with(&Trouble::Unreachable);
        if browser_time() - told >= TOLD {
            self.is_done_with(&Trouble::NotDone);
        }
    }

    /// Why the last command did not come true.
    pub fn trouble(self) -> RwSignal<Option<Trouble>> {
        self.trouble
    }

    /// Whether the server has not answered yet.
    pub fn is_busy(self) -> bool {
        self.under_way.get() > 0
    }
}

/// What comes of something within a time; none if it takes longer, and it is given up then.
async fn within<T>(time: Duration, what: impl Future<Output = T>) -> Option<T> {
    match select(Box::pin(what), Box::pin(pause(time))).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}

/// From now until a time of the browser's clock.
fn until_then(end: f64) -> Duration {
    // Time that was slept through is over.
    Duration::try_from_secs_f64((end - browser_time()) / 1000.0).unwrap_or_default()
}

// Milliseconds are far below the 53 bits that a browser's numbers hold.
#[allow(clippy::cast_possible_truncation)]
fn instant(milliseconds: f64) -> Option<Instant> {
    Instant::from_timestamp_millis(milliseconds as i64)
}

/// The browser's clock, in milliseconds since 1970.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn browser_time() -> f64 {
    js_sys::Date::now()
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn browser_time() -> f64 {
    0.0
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
async fn pause(time: Duration) {
    use wasm_bindgen::JsValue;
    let timer = js_sys::Promise::new(&mut |done, _| set_timeout(move || drop(done.call0(&JsValue::NULL)), time));
    // The promise is kept by the timer alone, which cannot fail.
    let _ = wasm_bindgen_futures::JsFuture::from(timer).await;
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn pause(_: Duration) -> impl Future<Output = ()> {
    std::future::ready(())
}

/// A new idempotency key: 128 random bits from the browser, whether or not the page came by HTTPS.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub fn new_key() -> Option<String> {
    let mut bytes = [0_u8; 16];
    // Without randomness the key would repeat itself: the server makes its own then.
    window().crypto().and_then(|c| c.get_random_values_with_u8_array(&mut bytes)).ok()?;
    Some(bytes.iter().fold(String::new(), |key, byte| format!("{key}{byte:02x}")))
}

/// Keys are made in the browser only: on the server nobody clicks.
#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
pub fn new_key() -> Option<String> {
    None
}
