//! The end of the day: everybody who is still here is seen, gets a priority slip, or another help.

use domain::{
    day::{Command, HelpOffered, Stage},
    view::{Crowd, LineItem},
};
use leptos::prelude::*;

use super::WelcomeState;
use crate::{
    components::{Number, Sign},
    staff::{
        desk::words,
        parts::{Action, Panel, Weight},
    },
    texts::{list, use_texts, welcome},
};

#[component]
pub(super) fn Closing() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let tickets = Memo::new(move |_| state.view.with(|v| v.tickets.clone()));
    let close = move |force| {
        Callback::new(move |()| {
            state.send(Command::CloseDay { force });
            state.panel.set(None);
        })
    };
    let rest = move || {
        let t = state.t();
        let all = tickets.get();
        if all.is_empty() {
            return view! {
                <p class="lead">{welcome::closing_nobody(&t)}</p>
                <div class="panel-foot"><Action label=welcome::close_now(&t) act=close(false) weight=Weight::Main /></div>
            }
            .into_any();
        }
        let still: Crowd = all.iter().map(|l| l.party).collect();
        let rows = all.into_iter().map(|line| view! { <Still line /> }.into_any()).collect_view();
        let by_force = if state.may_close_by_force() {
            view! {
                <details class="more">
                    <summary>{welcome::close_by_force(&t)}</summary>
                    <p>{welcome::close_by_force_lead(&t)}</p>
                    <Action label=welcome::close_anyway(&t) act=close(true) weight=Weight::Stop />
                </details>
            }
            .into_any()
        } else {
            view! { <p class="soft">{welcome::close_by_coordination(&t)}</p> }.into_any()
        };
        view! {
            <p class="lead">{welcome::closing_lead(&t, still.people)}</p>
            <ul class="rows">{rows}</ul>
            {by_force}
        }
        .into_any()
    };
    view! {
        <Panel title=welcome::close_day(&t) close=state.close_panel()>
            {rest}
        </Panel>
    }
    .into_any()
}

/// Somebody who is still here.
#[component]
fn Still(line: LineItem) -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let id = line.id;
    let acts = if matches!(line.stage, Stage::InTalk { .. }) {
        view! { <span class="soft">{welcome::still_in_talk(&t)}</span> }.into_any()
    } else {
        let other = move |_| state.send(Command::Dismiss { ticket: id, with: HelpOffered::Other });
        view! {
            <form method="post" action=format!("/print/slip/{id}") target="_blank">
                <button type="submit" class="pill small">{welcome::give_slip(&t)}</button>
            </form>
            <button type="button" class="pill small" on:click=other>{welcome::other_help(&t)}</button>
        }
        .into_any()
    };
    view! {
        <li class="row still">
            <Sign sign=line.sign letter=None />
            <Number of=line.number />
            <span class="row-need">{list(words::party(&t, line.party).into_iter().chain([state.need(line.need)]))}</span>
            <span class="row-acts">{acts}</span>
        </li>
    }
    .into_any()
}
