//! The view that the server keeps sending, the state of that line, and the time that ticks in between.

use domain::Instant;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// Whether a page hears the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveState {
    /// The page has nothing live.
    None,
    /// It does.
    Live,
    /// Not at this moment: the line is made, or made again.
    Connecting,
    /// Not since then: what the page shows may be old.
    Stale(Instant),
    /// The browser knows that it has no network.
    Offline,
}

/// What a page shows, always the newest.
pub struct Live<V: Send + Sync + 'static> {
    /// The view.
    pub view: RwSignal<V>,
    /// The server's time, ticking every second.
    pub now: Now,
}
impl<V: Send + Sync + 'static> Clone for Live<V> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<V: Send + Sync + 'static> Copy for Live<V> {}

/// What the live views have in common.
pub trait Versioned {
    /// When it was made.
    fn made_at(&self) -> Instant;
}
macro_rules! versioned {
    ($($view:ident),+) => {$(impl Versioned for domain::view::$view {
        fn made_at(&self) -> Instant { self.now }
    })+};
}
versioned!(DeskView, WelcomeView, CentreView);

/// The server's clock as the page knows it.
#[derive(Clone, Copy)]
pub struct Now(RwSignal<Instant>);

impl Now {
    /// The time now; read inside a reactive closure it ticks every second.
    pub fn get(self) -> Instant {
        self.0.get()
    }
    /// The time now, without following it.
    pub fn get_untracked(self) -> Instant {
        self.0.get_untracked()
    }
    /// Seconds from an instant until now, never negative.
    pub fn seconds_since(self, from: Instant) -> i64 {
        (self.0.get() - from).num_seconds().max(0)
    }
    /// Seconds from now until an instant, never negative.
    pub fn seconds_until(self, to: Instant) -> i64 {
        (to - self.0.get()).num_seconds().max(0)
    }
}

/// The server's clock, for components below one that called [`use_live`].
pub fn use_now() -> Now {
    expect_context::<Now>()
}

/// Listens to `/live/{stream}`, beginning with the view that the page was made with.
pub fn use_live<V>(stream: impl Fn() -> String + 'static, first: V) -> Live<V>
where
    V: Versioned + Clone + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    let now = Now(RwSignal::new(first.made_at()));
    provide_context(now);
    let view = RwSignal::new(first);
    let ahead = tick(now);
    listen(stream, now, ahead, move |sent| {
        if let Ok(newest) = serde_json::from_str::<V>(sent) {
            view.try_set(newest);
        }
    });
    Live { view, now }
}

/// Listens to `/live/{stream}` for nothing but whether the server is there.
pub fn use_pulse(stream: impl Fn() -> String + 'static) {
    let now = Now(RwSignal::new(browser_time()));
    let ahead = tick(now);
    listen(stream, now, ahead, |_| ());
}

/// How far the server's clock is ahead of the browser's, in milliseconds.
type Ahead = StoredValue<i64>;

/// Opens the line once the page is alive, and tells the bar how it is.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn listen(stream: impl Fn() -> String + 'static, now: Now, ahead: Ahead, take: impl Fn(&str) + Copy + 'static) {
    use super::line::{Heard, Line};

    let heard = RwSignal::new(LiveState::Connecting);
    let shown = use_context::<RwSignal<LiveState>>();
    let acts = use_context::<super::Acts>();
    let is_live = move || shown.and_then(|s| s.try_get_untracked()) == Some(LiveState::Live);
    let open = StoredValue::new_local(None::<Line>);
    let hear = move |what: Heard<'_>| match what {
        Heard::Hello { build, at } => {
            if let Some(at) = at {
                ahead.try_set_value((at - browser_time()).num_milliseconds());
                acts.inspect(|acts| acts.set_time(at));
            }
            heard.try_set(LiveState::Live);
            super::renewal::heard(build, is_live);
        }
        Heard::Sent(text) => take(text),
        Heard::Lost => drop(heard.try_set(LiveState::Connecting)),
        Heard::Quiet(silence) => {
            if let (Some(acts), Some(then)) = (acts, browser_time().checked_sub_signed(silence)) {
                // Milliseconds are far below the 53 bits that a browser's numbers hold.
                #[allow(clippy::cast_precision_loss)]
                acts.heard_at(then.timestamp_millis() as f64);
            }
        }
        Heard::Silence(silence) => {
            let since = now.0.try_get_untracked().and_then(|now| now.checked_sub_signed(silence));
            heard.try_set(since.map_or(LiveState::Connecting, LiveState::Stale));
        }
        Heard::Refused => drop(acts.map(|a| a.trouble().try_set(Some(crate::trouble::Trouble::SignInNeeded)))),
    };
    Effect::new(move |_| open.set_value(Line::open(&format!("/live/{}", stream()), hear)));
    on_cleanup(move || drop(open.try_update_value(Option::take)));
    show_state(heard);
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn listen(_: impl Fn() -> String + 'static, _: Now, _: Ahead, _: impl Fn(&str) + Copy + 'static) {}

/// Tells the bar.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn show_state(heard: RwSignal<LiveState>) {
    let Some(shown) = use_context::<RwSignal<LiveState>>() else { return };
    let network = RwSignal::new(true);
    Effect::new(move |_| {
        network.set(window().navigator().on_line());
        let came = window_event_listener(leptos::ev::online, move |_| network.set(true));
        let went = window_event_listener(leptos::ev::offline, move |_| network.set(false));
        on_cleanup(move || {
            came.remove();
            went.remove();
        });
    });
    Effect::new(move |_| {
        let state = if network.get() { heard.get() } else { LiveState::Offline };
        shown.set(state);
    });
    on_cleanup(move || {
        shown.try_set(LiveState::None);
    });
}

/// Lets the time go on once a second, as far ahead of the browser's clock as the server last said.
fn tick(now: Now) -> Ahead {
    let ahead = StoredValue::new(0_i64);
    let started = StoredValue::new(None::<IntervalHandle>);
    Effect::new(move |_| {
        ahead.set_value((now.0.get_untracked() - browser_time()).num_milliseconds());
        let beat = move || {
            if let Some(ahead) = ahead.try_get_value() {
                now.0.try_set(browser_time() + chrono::Duration::milliseconds(ahead));
            }
        };
        started.set_value(set_interval_with_handle(beat, std::time::Duration::from_secs(1)).ok());
    });
    on_cleanup(move || {
        if let Some(handle) = started.try_get_value().flatten() {
            handle.clear();
        }
    });
    ahead
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn browser_time() -> Instant {
    // Milliseconds since 1970 are far below the 53 bits that a browser's numbers hold.
    #[allow(clippy::cast_possible_truncation)]
    Instant::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn browser_time() -> Instant {
    Instant::default()
}
