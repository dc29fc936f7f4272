//! What the counsellor can do today.

use std::{collections::BTreeSet, hash::Hash};

use domain::{Language, NeedId, centre::Accommodation, day::Command, staff::Abilities};
use leptos::prelude::*;

use super::super::DeskState;
use crate::{
    components::{Sign, sign_class},
    staff::parts::{Action, Panel, Weight},
    texts::{desk, language_name, use_texts, words as said},
};

/// A box to tick that puts something into a set.
fn tick<T>(set: RwSignal<BTreeSet<T>>, what: T, label: String) -> AnyView
where
    T: Ord + Hash + Clone + Send + Sync + 'static,
{
    let has = what.clone();
    let toggle = move |_| {
        set.update(|s| {
            if !s.remove(&what) {
                s.insert(what.clone());
            }
        });
    };
    view! {
        <label class="tick">
            <input type="checkbox" prop:checked=move || set.with(|s| s.contains(&has)) on:change=toggle />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

#[component]
pub(super) fn AbilitiesPanel() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let now = state.mine.with_untracked(|m| m.as_ref().map(|m| m.abilities.clone())).unwrap_or_default();
    let languages: RwSignal<BTreeSet<Language>> = RwSignal::new(now.languages.clone());
    let needs: RwSignal<BTreeSet<NeedId>> = RwSignal::new(now.needs);
    let accommodations: RwSignal<BTreeSet<Accommodation>> = RwSignal::new(now.accommodations);
    let welcome = RwSignal::new(now.welcome);
    let apply = state.at_place(move |place| Command::ChangeAbilities {
        place,
        abilities: Abilities {
            needs: needs.get_untracked(),
            welcome: welcome.get_untracked(),
            languages: languages.get_untracked(),
            accommodations: accommodations.get_untracked(),
        },
    });
    let spoken: BTreeSet<Language> = state.start(|s| {
        let talked = s.centre.talk_languages.iter().chain(&now.languages);
        talked.chain(&s.staff.abilities.languages).cloned().collect()
    });
    let spoken = spoken.into_iter().map(|l| tick(languages, l.clone(), language_name(&t, &l))).collect_view();
    let offers =
        Accommodation::ALL.into_iter().map(|a| tick(accommodations, a, said::accommodation(&t, a))).collect_view();
    view! {
        <Panel title=desk::abilities_title(&t) close=state.close_panel()>
            <p class="lead">{desk::abilities_lead(&t)}</p>
            <h3>{desk::languages(&t)}</h3>
            <div class="ticks">{spoken}</div>
            <h3>{desk::needs(&t)}</h3>
            <NeedTicks needs />
            <div class="ticks">
                <label class="tick">
                    <input type="checkbox" prop:checked=welcome on:change=move |e| welcome.set(event_target_checked(&e)) />
                    <span>{desk::receives_welcome(&t)}</span>
                </label>
            </div>
            <h3>{desk::accommodations(&t)}</h3>
            <div class="ticks">{offers}</div>
            <div class="panel-foot">
                <Action label=desk::save_abilities(&t) act=apply key=Some("O") weight=Weight::Main />
            </div>
        </Panel>
    }
    .into_any()
}

#[component]
fn NeedTicks(needs: RwSignal<BTreeSet<NeedId>>) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let language = state.language();
    let groups = state.centre(|c| {
        c.spaces
            .iter()
            .map(|space| {
                let ticks =
                    c.needs_of(space.id).map(|n| tick(needs, n.id, n.label.get(&language).to_owned())).collect_view();
                view! {
                    <section class=format!("needs {}", sign_class(space.sign))>
                        <h4><Sign sign=space.sign letter=None />{space.name.get(&language).to_owned()}</h4>
                        <div class="ticks">{ticks}</div>
                    </section>
                }
                .into_any()
            })
            .collect_view()
    });
    view! { <div class="needs-all">{groups}</div> }.into_any()
}
