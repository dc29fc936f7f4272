//! Before a place is open: the day may not be, and a desk has to be chosen.

use std::collections::BTreeSet;

use domain::{PlaceId, centre::Desk, day::Command, staff::Role, view::DayState};
use leptos::prelude::*;

use super::DeskState;
use crate::{
    components::{Sign, sign_class},
    staff::parts::{Action, Weight},
    texts::{common, desk, use_texts},
};

#[component]
pub(super) fn Opening() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let closed = Memo::new(move |_| state.view.with(|v| v.day == DayState::Closed));
    move || {
        if closed.get() { view! { <DayClosed /> }.into_any() } else { view! { <ChoosePlace /> }.into_any() }
    }
}

#[component]
fn DayClosed() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let may = state.start(|s| s.staff.roles.contains(&Role::Coordinator));
    let open = Callback::new(move |()| state.send(Command::OpenDay { closes: None }));
    view! {
        <div class="calm">
            <Signs />
            <h1>{desk::day_closed(&t)}</h1>
            <p>{desk::day_closed_lead(&t)}</p>
            {may.then(|| view! { <Action label=desk::open_day(&t) act=open key=None weight=Weight::Main /> }.into_any())}
        </div>
    }
    .into_any()
}

/// The five signs, quiet: the picture of an empty screen.
#[component]
pub(super) fn Signs() -> impl IntoView {
    let signs = (1..=5_u8).map(|sign| view! { <Sign sign letter=None /> }.into_any()).collect_view();
    view! { <div class="calm-signs" aria-hidden="true">{signs}</div> }.into_any()
}

#[component]
fn ChoosePlace() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    if state.start(|s| s.staff.organisation.is_none()) {
        return view! { <div class="calm"><Signs /><p>{desk::no_organisation(&t)}</p></div> }.into_any();
    }
    let open = Callback::new(move |place| state.open_place(place));
    view! {
        <div class="choose">
            <h1>{desk::choose_place(&t)}</h1>
            <p class="lead">{desk::choose_place_lead(&t)}</p>
            <Places choose=open />
        </div>
    }
    .into_any()
}

/// Every place as a tile, those of the counsellor's own spaces first; taken ones cannot be chosen.
#[component]
pub(super) fn Places(choose: Callback<PlaceId>) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let taken = Memo::new(move |_| {
        state.view.with(|v| {
            v.colleagues.iter().map(|c| c.place).chain(v.mine.iter().map(|m| m.place)).collect::<BTreeSet<PlaceId>>()
        })
    });
    let own: BTreeSet<_> =
        state.start(|s| s.staff.abilities.needs.iter().filter_map(|n| s.centre.need(*n)).map(|n| n.space).collect());
    let mut desks: Vec<Desk> = state.centre(|c| c.desks.clone());
    desks.sort_by_key(|d| !d.space.is_some_and(|s| own.contains(&s)));
    let tiles = desks
        .into_iter()
        .flat_map(|d| d.places.into_iter().map(move |p| (p.id, d.space)))
        .map(|(place, space)| {
            let (sign, letter) =
                state.centre(|c| space.and_then(|s| c.space(s)).map_or((0, None), |s| (s.sign, Some(s.letter.get()))));
            let space_name = state.centre(|c| {
                let language = state.language();
                space.and_then(|s| c.space(s)).map(|s| s.name.get(&language).to_owned())
            });
            let is_taken = move || taken.with(|t| t.contains(&place));
            let second = move || {
                let t = state.t();
                if is_taken() {
                    desk::place_taken(&t)
                } else {
                    space_name.clone().unwrap_or_else(|| common::welcome_capital(&t))
                }
            };
            view! {
                <li>
                    <button
                        type="button" class=format!("place {}", sign_class(sign))
                        disabled=is_taken on:click=move |_| choose.run(place)
                    >
                        <Sign sign letter=letter />
                        <b>{state.place_capital(place)}</b>
                        <span>{second}</span>
                    </button>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul class="places">{tiles}</ul> }.into_any()
}
