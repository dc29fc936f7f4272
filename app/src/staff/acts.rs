//! What somebody does: commands go to the server with a key of their own, and are sent again while it is silent.

use std::{future::Future, time::Duration};

use domain::{CentreId, PlaceId, day::Command};
use leptos::{prelude::*, task::spawn_local};

use super::api;
use crate::trouble::Trouble;

/// Where the page's commands go, and what came of the last one.
#[derive(Clone, Copy)]
pub struct Acts {
    centre: CentreId,
    trouble: RwSignal<Option<Trouble>>,
    under_way: RwSignal<u32>,
}

/// The commands of the page that this component is in.
pub fn use_acts() -> Acts {
    expect_context::<Acts>()
}

/// How often an unanswered command is sent again before the page says so.
const REPEATS: u32 = 3;

impl Acts {
    /// The commands to a centre.
    pub fn new(centre: CentreId) -> Self {
        Self { centre, trouble: RwSignal::new(None), under_way: RwSignal::new(0) }
    }

    /// The centre.
    pub fn centre(self) -> CentreId {
        self.centre
    }

    /// Gives a command to the day.
    pub fn send(self, command: Command) {
        let centre = self.centre;
        self.run(move |key| api::act(centre, command.clone(), key));
    }

    /// Opens a place.
    pub fn open_place(self, place: PlaceId) {
        self.run(move |key| api::open_place(place, key));
    }

    /// Asks the server for something under a key, again under the same key while it does not answer.
    pub fn run<F, T>(self, ask: impl Fn(String) -> F + 'static)
    where
        F: Future<Output = Result<T, Trouble>> + 'static,
        T: 'static,
    {
        self.run_then(ask, |_| ());
    }

    /// The same, and what to do with the answer.
    pub fn run_then<F, T>(self, ask: impl Fn(String) -> F + 'static, then: impl FnOnce(T) + 'static)
    where
        F: Future<Output = Result<T, Trouble>> + 'static,
        T: 'static,
    {
        self.trouble.set(None);
        self.under_way.update(|n| *n += 1);
        spawn_local(async move {
            let answer = insist(ask).await;
            self.under_way.try_update(|n| *n = n.saturating_sub(1));
            match answer {
                Ok(value) => then(value),
                Err(trouble) => drop(self.trouble.try_set(Some(trouble))),
            }
        });
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

async fn insist<F, T>(ask: impl Fn(String) -> F) -> Result<T, Trouble>
where
    F: Future<Output = Result<T, Trouble>>,
{
    let key = new_key();
    let mut tries = 0;
    loop {
        match ask(key.clone()).await {
            Err(Trouble::Unreachable) if tries < REPEATS => {
                tries += 1;
                pause(Duration::from_secs(1)).await;
            }
            answer => return answer,
        }
    }
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
pub fn new_key() -> String {
    let mut bytes = [0_u8; 16];
    // Without randomness the key would repeat itself; an empty one lets the server make its own.
    match window().crypto().and_then(|c| c.get_random_values_with_u8_array(&mut bytes)) {
        Ok(_) => bytes.iter().fold(String::new(), |key, byte| format!("{key}{byte:02x}")),
        Err(_) => String::new(),
    }
}

/// Keys are made in the browser only: on the server nobody clicks.
#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
pub fn new_key() -> String {
    String::new()
}
