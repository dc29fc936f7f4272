//! What a counsellor recommends from the catalogue, and the visitor's own dossier: shown, printed, taken in again.

use domain::{
    catalogue::{Entries, EntryId},
    day::Command,
};
use leptos::{prelude::*, task::spawn_local};

use super::super::{
    DeskState,
    api::{self, Named, Shown},
};
use crate::{
    staff::api as staff,
    texts::{date, desk, use_texts, words as said},
};

/// What is recommended so far, with a field to find more.
#[component]
pub(super) fn Recommended() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let entries =
        Memo::new(move |_| state.visit.with(|v| v.as_ref().map(|v| v.recommended.clone()).unwrap_or_default()));
    let take_out = move |id: EntryId| set(state, entries.get_untracked().without(&id));
    view! {
        <section class="recommend">
            <h3>{desk::recommended(&t)}</h3>
            <Names entries take_out=Callback::new(take_out) />
            <Find entries />
        </section>
    }
    .into_any()
}

fn set(state: DeskState, entries: Entries) {
    let (centre, ticket) = (state.acts.centre(), state.ticket());
    let Some(ticket) = ticket else { return };
    state.acts.run(move |key| staff::act(centre, Command::Recommend { ticket, entries: entries.clone() }, key));
}

/// The names of entries, each with a way to take it out if there is one.
#[component]
pub(super) fn Names(
    #[prop(into)] entries: Signal<Entries>,
    #[prop(optional)] take_out: Option<Callback<EntryId>>,
) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let named = RwSignal::new(Vec::<Named>::new());
    Effect::new(move |_| {
        let ids: Vec<EntryId> = entries.get().into();
        let language = state.language();
        spawn_local(async move {
            // Without the server the codes are still there.
            let plain = |id: &EntryId| Named { id: id.clone(), kind: None, title: id.to_string() };
            let shown = api::name_entries(ids.clone(), language).await;
            named.try_set(shown.unwrap_or_else(|_| ids.iter().map(plain).collect()));
        });
    });
    let line = move |entry: Named| {
        let t = state.t();
        let (id, title) = (entry.id.clone(), entry.title.clone());
        let out = take_out.map(|out| {
            view! {
                <button type="button" class="pill" aria-label=desk::take_out(&t, title) on:click=move |_| out.run(id.clone())>"✕"</button>
            }
            .into_any()
        });
        view! { <li><span>{entry.title}</span> <small>{entry.id.code}</small> {out}</li> }.into_any()
    };
    move || {
        let lines = named.get().into_iter().map(line).collect_view();
        view! { <ul class="named">{lines}</ul> }.into_any()
    }
}

/// Looks for words and adds what is chosen.
#[component]
fn Find(entries: Memo<Entries>) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Named>::new());
    Effect::new(move |_| {
        let wanted = text.get();
        if wanted.trim().is_empty() {
            return found.set(Vec::new());
        }
        let language = state.language();
        spawn_local(async move {
            // An answer that was overtaken by a later word says nothing any more.
            if let Ok(all) = api::find_entries(wanted.clone(), language).await
                && text.try_get_untracked() == Some(wanted)
            {
                found.set(all);
            }
        });
    });
    let choose = move |id: EntryId| {
        set(state, entries.get_untracked().with(id));
        text.set(String::new());
    };
    let options = move || {
        let option = |entry: Named| {
            let id = entry.id.clone();
            view! {
                <li>
                    <button type="button" class="pill" on:click=move |_| choose(id.clone())>
                        <span>{entry.title}</span> <small>{entry.id.code}</small>
                    </button>
                </li>
            }
            .into_any()
        };
        found.get().into_iter().map(option).collect_view()
    };
    view! {
        <label class="find">
            <span>{desk::recommend_find(&t)}</span>
            <input
                type="search"
                autocomplete="off"
                maxlength="80"
                disabled=move || entries.with(Entries::is_full)
                prop:value=move || text.get()
                on:input=move |e| text.set(event_target_value(&e))
            />
        </label>
        <ul class="named options" aria-live="polite">{options}</ul>
    }
    .into_any()
}

/// The visitor's own dossier: shown and printed from here, or taken in from what the visitor carries.
#[component]
pub(super) fn Dossier() -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let print =
        move || state.visit.with(|v| v.as_ref().map(|v| v.line.id)).map(|id| format!("/print/dossier/{id}?auto=no"));
    let scanned = RwSignal::new(String::new());
    let shown = RwSignal::new(None::<Shown>);
    let centre = state.acts.centre();
    let take_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let carried = scanned.get_untracked();
        state.acts.run_then(
            move |_| api::take_in_dossier(centre, carried.clone()),
            move |sheet| {
                shown.set(Some(sheet));
                scanned.set(String::new());
            },
        );
    };
    let read = move || shown.get().map(|sheet| view! { <Carried sheet /> }.into_any());
    view! {
        <section class="dossier">
            <h3>{desk::dossier(&t)}</h3>
            <p class="soft">{desk::dossier_lead(&t)}</p>
            <a class="pill" target="_blank" rel="external" href=print>{desk::dossier_show(&t)}</a>
            <form class="scan" on:submit=take_in>
                <label class="find">
                    <span>{desk::dossier_scan(&t)}</span>
                    <input
                        autocomplete="off" prop:value=move || scanned.get() on:input=move |e| scanned.set(event_target_value(&e))
                    />
                </label>
                <button class="pill">{desk::dossier_read(&t)}</button>
            </form>
            <div aria-live="polite">{read}</div>
        </section>
    }
    .into_any()
}

/// What a dossier says that was taken in, and a way to go on from it.
#[component]
fn Carried(sheet: Shown) -> impl IntoView {
    let state = expect_context::<DeskState>();
    let t = use_texts();
    let names = |all: &[(EntryId, String)]| {
        all.iter().map(|(_, name)| view! { <li>{name.clone()}</li> }.into_any()).collect_view()
    };
    let steps = sheet.steps.iter().map(|step| view! { <li>{said::advice(&t, *step)}</li> }.into_any()).collect_view();
    let (kept, recommended) = (names(&sheet.kept), names(&sheet.recommended));
    let made = desk::dossier_made(&t, sheet.centre.clone(), date(&t, sheet.day));
    let go_on = move |_| {
        let Some(visit) = state.visit.get_untracked() else { return };
        let (centre, ticket) = (state.acts.centre(), visit.line.id);
        let advice: std::collections::BTreeSet<_> = visit.advice.union(&sheet.steps).copied().collect();
        if advice != visit.advice {
            state.acts.run(move |key| staff::act(centre, Command::GiveAdvice { ticket, advice: advice.clone() }, key));
        }
        let carried = sheet.recommended.iter().chain(&sheet.kept).map(|(id, _)| id.clone());
        let entries = carried.fold(visit.recommended.clone(), Entries::with);
        if entries != visit.recommended {
            set(state, entries);
        }
    };
    view! {
        <article class="card">
            <h4>{made}</h4>
            <ul class="dots">{steps}{recommended}{kept}</ul>
            <button type="button" class="pill" on:click=go_on>{desk::dossier_go_on(&t)}</button>
        </article>
    }
    .into_any()
}
