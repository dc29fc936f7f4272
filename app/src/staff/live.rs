//! The view that the server keeps sending, the state of that connection, and the time that ticks in between.

use codee::string::JsonSerdeCodec;
use domain::Instant;
use leptos::prelude::*;
use leptos_use_event_source::{
    ConnectionReadyState, ReconnectLimit, UseEventSourceOnEventReturn, UseEventSourceOptions, UseEventSourceReturn,
    use_event_source_with_options,
};
use serde::{Serialize, de::DeserializeOwned};

/// Whether a page hears the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveState {
    /// The page has nothing live.
    None,
    /// It does.
    Live,
    /// Not now; trying again.
    Reconnecting,
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
pub fn use_live<V>(stream: impl Fn() -> String + Send + Sync + 'static, first: V) -> Live<V>
where
    V: Versioned + Clone + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    let now = Now(RwSignal::new(first.made_at()));
    provide_context(now);
    let view = RwSignal::new(first);
    let options = UseEventSourceOptions::<V>::default()
        .reconnect_limit(ReconnectLimit::Infinite)
        .reconnect_interval(1000)
        .named_events([BUILD.to_owned()])
        .on_event(on_event(use_context()));
    let url = Signal::derive(move || format!("/live/{}", stream()));
    let UseEventSourceReturn { message, ready_state, .. } =
        use_event_source_with_options::<V, JsonSerdeCodec>(url, options);
    let ahead = StoredValue::new(0_i64);
    Effect::new(move |_| {
        let Some(message) = message.get() else { return };
        ahead.set_value((message.data.made_at() - browser_time()).num_milliseconds());
        now.0.set(message.data.made_at());
        view.set(message.data);
    });
    show_state(ready_state);
    tick(now, ahead);
    Live { view, now }
}

/// What a stream says first: which build of the server answers.
const BUILD: &str = "build";

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn on_event(shown: Option<RwSignal<LiveState>>) -> impl Fn(&leptos::ev::Event) -> UseEventSourceOnEventReturn {
    let hears = move || shown.and_then(|s| s.try_get_untracked()) == Some(LiveState::Live);
    move |event| {
        if event.type_() != BUILD {
            return UseEventSourceOnEventReturn::ProcessMessage;
        }
        super::renewal::heard(event, hears);
        UseEventSourceOnEventReturn::IgnoreProcessingMessage
    }
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn on_event(_: Option<RwSignal<LiveState>>) -> impl Fn(&leptos::ev::Event) -> UseEventSourceOnEventReturn {
    |_| UseEventSourceOnEventReturn::ProcessMessage
}

/// Tells the bar.
fn show_state(ready_state: Signal<ConnectionReadyState>) {
    let Some(shown) = use_context::<RwSignal<LiveState>>() else { return };
    let network = RwSignal::new(true);
    Effect::new(move |_| {
        network.set(has_network());
        let came = window_event_listener(leptos::ev::online, move |_| network.set(true));
        let went = window_event_listener(leptos::ev::offline, move |_| network.set(false));
        on_cleanup(move || {
            came.remove();
            went.remove();
        });
    });
    Effect::new(move |_| {
        shown.set(match (network.get(), ready_state.get()) {
            (false, _) => LiveState::Offline,
            (true, ConnectionReadyState::Open) => LiveState::Live,
            (true, _) => LiveState::Reconnecting,
        });
    });
    on_cleanup(move || {
        shown.try_set(LiveState::None);
    });
}

/// Lets the time go on once a second, as far ahead of the browser's clock as the last message was.
fn tick(now: Now, ahead: StoredValue<i64>) {
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

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn has_network() -> bool {
    window().navigator().on_line()
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
fn has_network() -> bool {
    true
}
