//! Where the own account is signed in: a list, and a plain form to end each, which works without script.

use domain::staff::OpenSession;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{account::EndSession, api::load_sessions, frame::screen, use_start};
use crate::texts::{staff, use_texts};

/// The page.
#[component]
pub(super) fn Sessions() -> impl IntoView {
    screen(
        staff::sessions(&use_texts()),
        |_| load_sessions(),
        |sessions: Vec<OpenSession>| view! { <List sessions /> }.into_any(),
    )
}

#[component]
fn List(sessions: Vec<OpenSession>) -> impl IntoView {
    let t = use_texts();
    let rows = sessions.into_iter().map(|session| view! { <Row session /> }.into_any()).collect_view();
    view! {
        <main class="settings" id="work">
            <h1>{staff::sessions(&t)}</h1>
            <section class="card">
                <p class="soft">{staff::sessions_lead(&t)}</p>
                <ul class="session-list">{rows}</ul>
            </section>
        </main>
    }
    .into_any()
}

#[component]
fn Row(session: OpenSession) -> impl IntoView {
    let t = use_texts();
    let clock = use_start().with_value(|s| s.time);
    let (date, time) = (|at| clock.date(&t, at), |at| clock.time(&t, at));
    let end = if session.current {
        view! { <b>{staff::session_current(&t)}</b> }.into_any()
    } else {
        view! {
            <form method="post" action=EndSession::PATH>
                <input type="hidden" name="session" value=session.id.to_string() />
                <input type="hidden" name="language" value=t.language().code().to_owned() />
                <button type="submit" class="pill">{staff::session_end(&t)}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <span>
                <span>{staff::session_since(&t, date(session.since), time(session.since))}</span>
                <span class="soft">{staff::session_used(&t, date(session.last_used), time(session.last_used))}</span>
            </span>
            {end}
        </li>
    }
    .into_any()
}
