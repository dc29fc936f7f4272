//! Needs to choose from, by space.

use domain::{NeedId, TicketId, centre::Space, day::Command};
use leptos::prelude::*;

use super::super::DeskState;
use crate::{
    components::{Sign, sign_class, spaced},
    staff::parts::Panel,
    texts::{common, desk, use_texts},
};

/// A list to drop down: every need under its space.
#[component]
pub(super) fn NeedSelect(chosen: RwSignal<Option<NeedId>>, none: String) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let language = state.language();
    let groups = state.centre(|c| {
        c.spaces
            .iter()
            .map(|space| {
                let options = c
                    .needs_of(space.id)
                    .map(|n| {
                        view! { <option value=n.id.to_string()>{n.label.get(&language).to_owned()}</option> }.into_any()
                    })
                    .collect_view();
                view! { <optgroup label=space.question.get(&language).to_owned()>{options}</optgroup> }.into_any()
            })
            .collect_view()
    });
    view! {
        <select on:change=move |event| chosen.set(event_target_value(&event).parse().ok())>
            <option value="">{none}</option>
            {groups}
        </select>
    }
    .into_any()
}

/// The right need of a ticket that keeps its place.
#[component]
pub(super) fn CorrectNeed(ticket: TicketId) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let line = untrack(|| state.find(ticket));
    let number = line.as_ref().map(|l| spaced(l.number)).unwrap_or_default();
    let now = line.map(|l| l.need);
    let language = state.language();
    let button = move |need: Option<NeedId>, label: String| {
        let choose = move |_| state.send(Command::CorrectNeed { ticket, need });
        let is_now = (now == Some(need)).then_some("true");
        view! {
            <li><button type="button" class="need" aria-current=is_now on:click=choose>{label}</button></li>
        }
        .into_any()
    };
    let group = |space: &Space, needs: Vec<AnyView>| {
        view! {
            <section class=format!("needs {}", sign_class(space.sign))>
                <h3><Sign sign=space.sign letter=None />{space.name.get(&language).to_owned()}</h3>
                <ul>{needs}</ul>
            </section>
        }
        .into_any()
    };
    let groups = state.centre(|c| {
        c.spaces
            .iter()
            .map(|s| {
                group(s, c.needs_of(s.id).map(|n| button(Some(n.id), n.label.get(&language).to_owned())).collect())
            })
            .collect_view()
    });
    view! {
        <Panel title=desk::need_title(&t, number) close=state.close_panel()>
            <p class="lead">{desk::need_lead(&t)}</p>
            <div class="needs-all">
                {groups}
                <section class="needs space-0">
                    <h3>{common::welcome_capital(&t)}</h3>
                    <ul>{button(None, desk::welcome_need(&t))}</ul>
                </section>
            </div>
        </Panel>
    }
    .into_any()
}
