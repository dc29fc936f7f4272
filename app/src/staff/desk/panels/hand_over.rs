//! Handing the visitor over: to a need, a whole space, an organisation, or the welcome.

use domain::{
    NeedId, OrganisationId, SpaceId,
    day::{Command, Target},
};
use leptos::prelude::*;

use super::{super::DeskState, advice::AdviceChips, number};
use crate::{
    components::{Sign, sign_class},
    staff::parts::{Action, Panel, Weight},
    texts::{common, desk, use_texts},
};

/// What was chosen so far.
#[derive(Clone, Copy)]
struct Choice {
    /// None = the welcome.
    space: RwSignal<Option<SpaceId>>,
    /// None = the whole space.
    need: RwSignal<Option<NeedId>>,
    /// None = any.
    organisation: RwSignal<Option<OrganisationId>>,
}

impl Choice {
    fn target(self) -> Target {
        match (self.space.get(), self.need.get(), self.organisation.get()) {
            (None, ..) => Target::Welcome,
            (Some(_), Some(need), Some(organisation)) => Target::Organisation { organisation, need },
            (Some(_), Some(need), None) => Target::Need(need),
            (Some(space), None, _) => Target::Space(space),
        }
    }
}

#[component]
pub(super) fn HandOver() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let visit = state.visit.get_untracked();
    let advice = RwSignal::new(visit.as_ref().map(|v| v.advice.clone()).unwrap_or_default());
    let choice = Choice {
        space: RwSignal::new(state.centre(|c| c.spaces.first().map(|s| s.id))),
        need: RwSignal::new(None),
        organisation: RwSignal::new(None),
    };
    let returns = RwSignal::new(false);
    let send = state.about_visitor(move |ticket| Command::Transfer {
        ticket,
        to: untrack(|| choice.target()),
        returns: returns.get_untracked(),
        advice: advice.get_untracked(),
    });
    view! {
        <Panel title=desk::hand_over_title(&t, number(state)) close=state.close_panel()>
            <p class="lead">{desk::hand_over_lead(&t)}</p>
            <Spaces choice />
            <Needs choice />
            <details class="more">
                <summary>{desk::goes_along(&t)}</summary>
                <AdviceChips given=advice changed=Callback::new(|_| ()) />
            </details>
            <div class="panel-foot">
                <label class="tick">
                    <input type="checkbox" prop:checked=returns on:change=move |e| returns.set(event_target_checked(&e)) />
                    <span>{desk::returns_here(&t)}</span>
                </label>
                <Action label=desk::hand_over_now(&t) act=send key=Some("O") weight=Weight::Main />
            </div>
        </Panel>
    }
    .into_any()
}

#[component]
fn Spaces(choice: Choice) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let language = state.language();
    let tile = move |space: Option<SpaceId>, sign: u8, letter: Option<char>, name: String| {
        let choose = move |_| {
            choice.space.set(space);
            choice.need.set(None);
            choice.organisation.set(None);
        };
        view! {
            <label class=format!("tile {}", sign_class(sign))>
                <input type="radio" name="space" prop:checked=move || choice.space.get() == space on:change=choose />
                <Sign sign letter=letter />
                <span>{name}</span>
            </label>
        }
        .into_any()
    };
    let spaces = state.centre(|c| {
        let of = |s: &domain::centre::Space| {
            tile(Some(s.id), s.sign, Some(s.letter.get()), s.name.get(&language).to_owned())
        };
        c.spaces.iter().map(of).collect_view()
    });
    view! {
        <fieldset class="tiles">
            <legend class="unseen">{desk::to_whom(&t)}</legend>
            {spaces}
            {tile(None, 0, Some(state.centre(|c| c.policies.welcome_letter.get())), common::welcome_capital(&t))}
        </fieldset>
    }
    .into_any()
}

/// The needs of the chosen space, and the organisations that could serve one of them.
#[component]
fn Needs(choice: Choice) -> impl IntoView {
    let state = expect_context::<DeskState>();
    move || {
        choice.space.get().map(|space| {
            let t = state.t();
            let language = state.language();
            let radio = move |need: Option<NeedId>, label: String| {
                view! {
                    <label class="tick">
                        <input
                            type="radio" name="need" prop:checked=move || choice.need.get() == need
                            on:change=move |_| choice.need.set(need)
                        />
                        <span>{label}</span>
                    </label>
                }
                .into_any()
            };
            let needs = state.centre(|c| {
                c.needs_of(space).map(|n| radio(Some(n.id), n.label.get(&language).to_owned())).collect_view()
            });
            view! {
                <fieldset class="ticks">
                    <legend class="unseen">{desk::needs(&t)}</legend>
                    {radio(None, desk::any_need(&t))}
                    {needs}
                </fieldset>
                <Organisations choice />
            }
            .into_any()
        })
    }
}

#[component]
fn Organisations(choice: Choice) -> impl IntoView {
    let state = expect_context::<DeskState>();
    move || {
        choice.need.get().map(|_| {
            let t = state.t();
            let options = state.centre(|c| {
                c.organisations
                    .iter()
                    .map(|o| view! { <option value=o.id.to_string()>{o.name.clone()}</option> }.into_any())
                    .collect_view()
            });
            view! {
                <label class="inline-field">
                    {desk::by_organisation(&t)}
                    <select on:change=move |event| choice.organisation.set(event_target_value(&event).parse().ok())>
                        <option value="">{desk::any_organisation(&t)}</option>
                        {options}
                    </select>
                </label>
            }
            .into_any()
        })
    }
}
