//! A live line of the browser: `public/js/shared/stream.js`, which visitors' pages use too. `app.js` brings it along.

use chrono::Duration;
use domain::Instant;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// What comes through a line, or does not.
pub(super) enum Heard<'a> {
    /// The server is there.
    Hello {
        /// Which build of it.
        build: &'a str,
        /// Its time.
        at: Option<Instant>,
    },
    /// What a page shows, as JSON.
    Sent(&'a str),
    /// The line ended; another one is made.
    Lost,
    /// Said every second: for how long nothing came.
    Quiet(Duration),
    /// Nothing for so long that what the page shows may be old.
    Silence(Duration),
    /// The server says no, and will go on saying it.
    Refused,
}

/// A line that stays open until it is dropped.
pub(super) struct Line {
    stream: JsValue,
    _ears: [Ear; 6],
}

/// What the script calls.
type Ear = Closure<dyn Fn(JsValue)>;

impl Line {
    /// Opens a line to this address; none if the page came without the script.
    pub(super) fn open(url: &str, hear: impl Fn(Heard<'_>) + Copy + 'static) -> Option<Self> {
        let on = Object::new();
        let ears = [
            ear(&on, "open", move |hello| {
                let text = |field: &str| Reflect::get(&hello, &field.into()).unwrap_or_default();
                let at = text("at").as_f64().and_then(instant);
                hear(Heard::Hello { build: &text("build").as_string().unwrap_or_default(), at });
            }),
            ear(&on, "line", move |data| hear(Heard::Sent(&data.as_string().unwrap_or_default()))),
            ear(&on, "lost", move |_| hear(Heard::Lost)),
            ear(&on, "quiet", move |silence| hear(Heard::Quiet(milliseconds(&silence)))),
            ear(&on, "stale", move |silence| hear(Heard::Silence(milliseconds(&silence)))),
            ear(&on, "refused", move |_| hear(Heard::Refused)),
        ];
        let follow: Function = Reflect::get(&js_sys::global(), &"stream".into()).ok()?.dyn_into().ok()?;
        let stream = follow.call2(&JsValue::NULL, &url.into(), &on).ok()?;
        Some(Self { stream, _ears: ears })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let stop = Reflect::get(&self.stream, &"stop".into()).ok().and_then(|stop| stop.dyn_into::<Function>().ok());
        if let Some(stop) = stop {
            // It only closes what is open.
            let _ = stop.call0(&self.stream);
        }
    }
}

fn ear(on: &Object, name: &str, hear: impl Fn(JsValue) + 'static) -> Ear {
    let ear: Ear = Closure::new(hear);
    // A new object takes any field.
    let _ = Reflect::set(on, &name.into(), ear.as_ref());
    ear
}

// Milliseconds are far below the 53 bits that a browser's numbers hold.
#[allow(clippy::cast_possible_truncation)]
fn instant(milliseconds: f64) -> Option<Instant> {
    Instant::from_timestamp_millis(milliseconds as i64)
}

#[allow(clippy::cast_possible_truncation)]
fn milliseconds(number: &JsValue) -> Duration {
    Duration::milliseconds(number.as_f64().unwrap_or_default() as i64)
}
