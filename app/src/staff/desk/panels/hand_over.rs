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

/// Where a visitor can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Welcome,
    Space(SpaceId),
}

/// What of a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Need(NeedId),
}

/// What was chosen so far. Nothing is chosen for anybody: a hurried key sends nobody anywhere.
#[derive(Clone, Copy)]
struct Choice {
    side: RwSignal<Option<Side>>,
    part: RwSignal<Option<Part>>,
    /// None = any.
    organisation: RwSignal<Option<OrganisationId>>,
}

impl Choice {
    fn none() -> Self {
        Self { side: RwSignal::new(None), part: RwSignal::new(None), organisation: RwSignal::new(None) }
    }

    fn target(self) -> Option<Target> {
        match (self.side.get()?, self.part.get(), self.organisation.get()) {
            (Side::Welcome, ..) => Some(Target::Welcome),
            (Side::Space(_), None, _) => None,
            (Side::Space(space), Some(Part::Whole), _) => Some(Target::Space(space)),
            (Side::Space(_), Some(Part::Need(need)), Some(organisation)) => {
                Some(Target::Organisation { organisation, need })
            }
            (Side::Space(_), Some(Part::Need(need)), None) => Some(Target::Need(need)),
        }
    }
}

#[component]
pub(super) fn HandOver() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let visit = state.visit.get_untracked();
    let advice = RwSignal::new(visit.as_ref().map(|v| v.advice.clone()).unwrap_or_default());
    let choice = Choice::none();
    let target = Memo::new(move |_| choice.target());
    let returns = RwSignal::new(false);
    let send = Callback::new(move |()| {
        if let Some(to) = target.get_untracked() {
            let (returns, advice) = (returns.get_untracked(), advice.get_untracked());
            state
                .about_visitor(move |ticket| Command::Transfer { ticket, to, returns, advice: advice.clone() })
                .run(());
        }
    });
    let ready = Signal::derive(move || target.get().is_some());
    let hint = Signal::derive(move || {
        let t = state.t();
        match (choice.side.get(), target.get()) {
            (_, Some(_)) => String::new(),
            (None, None) => desk::choose_side(&t),
            (Some(_), None) => desk::choose_part(&t),
        }
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
                <Action label=desk::hand_over_now(&t) act=send key=Some("O") weight=Weight::Main ready=ready hint=hint />
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
    let tile = move |side: Side, sign: u8, letter: Option<char>, name: String| {
        let choose = move |_| {
            choice.side.set(Some(side));
            choice.part.set(None);
            choice.organisation.set(None);
        };
        view! {
            <label class=format!("tile {}", sign_class(sign))>
                <input type="radio" name="space" prop:checked=move || choice.side.get() == Some(side) on:change=choose />
                <Sign sign letter=letter />
                <span>{name}</span>
            </label>
        }
        .into_any()
    };
    let spaces = state.centre(|c| {
        let of = |s: &domain::centre::Space| {
            tile(Side::Space(s.id), s.sign, Some(s.letter.get()), s.name.get(&language).to_owned())
        };
        c.spaces.iter().map(of).collect_view()
    });
    view! {
        <fieldset class="tiles">
            <legend class="unseen">{desk::to_whom(&t)}</legend>
            {spaces}
            {tile(Side::Welcome, 0, Some(state.centre(|c| c.policies.welcome_letter.get())), common::welcome_capital(&t))}
        </fieldset>
    }
    .into_any()
}

/// The needs of the chosen space, and the organisations that could serve one of them.
#[component]
fn Needs(choice: Choice) -> impl IntoView {
    let state = expect_context::<DeskState>();
    move || {
        let Some(Side::Space(space)) = choice.side.get() else { return ().into_any() };
        let t = state.t();
        let language = state.language();
        let radio = move |part: Part, label: String| {
            view! {
                <label class="tick">
                    <input
                        type="radio" name="need" prop:checked=move || choice.part.get() == Some(part)
                        on:change=move |_| choice.part.set(Some(part))
                    />
                    <span>{label}</span>
                </label>
            }
            .into_any()
        };
        let needs = state.centre(|c| {
            c.needs_of(space).map(|n| radio(Part::Need(n.id), n.label.get(&language).to_owned())).collect_view()
        });
        view! {
            <fieldset class="ticks">
                <legend class="unseen">{desk::needs(&t)}</legend>
                {radio(Part::Whole, desk::any_need(&t))}
                {needs}
            </fieldset>
            <Organisations choice />
        }
        .into_any()
    }
}

#[component]
fn Organisations(choice: Choice) -> impl IntoView {
    let state = expect_context::<DeskState>();
    move || {
        matches!(choice.part.get(), Some(Part::Need(_))).then(|| {
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
