//! Accounts of staff: who they are at work, and what they can do for visitors.

use std::collections::BTreeSet;

use domain::{
    NeedId,
    centre::{Accommodation, Space},
    staff::{Abilities, Role, Staff},
};
use leptos::prelude::*;

use super::{
    Saved,
    api::{Account, load_accounts, reset_password, save_account},
};
use crate::{
    components::{Sign, sign_class},
    staff::{use_acts, use_start},
    texts::{Texts, desk, language_name, screen_languages, settings, use_texts, words},
};

fn role_word(t: &Texts, role: Role) -> String {
    match role {
        Role::Host => settings::role_host(t),
        Role::Counsellor => settings::role_counsellor(t),
        Role::Manager => settings::role_manager(t),
        Role::Coordinator => settings::role_coordinator(t),
        Role::Administrator => settings::role_administrator(t),
    }
}

#[component]
pub(super) fn Accounts() -> impl IntoView {
    let centre = use_acts().centre();
    let accounts = Resource::new(|| (), move |()| load_accounts(centre));
    let body = move || {
        let t = StoredValue::new(use_texts());
        Suspend::new(async move {
            match accounts.await {
                Ok(all) => view! { <Both all reload=Callback::new(move |()| accounts.refetch()) /> }.into_any(),
                Err(trouble) => view! { <p class="soft">{trouble.sentence(&t.get_value())}</p> }.into_any(),
            }
        })
    };
    view! { <Transition>{body}</Transition> }.into_any()
}

/// The list, and the account that is edited.
#[component]
fn Both(all: Vec<Staff>, reload: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let start = use_start();
    let chosen = RwSignal::new(None::<Account>);
    let language = start.with_value(|s| s.centre.language());
    let fresh = move |_| {
        chosen.set(Some(Account {
            id: None,
            login: String::new(),
            name: String::new(),
            organisation: None,
            roles: [Role::Counsellor].into(),
            abilities: Abilities::default(),
            language: language.clone(),
            letter_keys: true,
            active: true,
        }));
    };
    let rows = all
        .into_iter()
        .map(|person| {
            let roles = person.roles.iter().map(|r| role_word(&t, *r)).collect::<Vec<_>>().join(" · ");
            let (id, name, off) = (person.id, person.name.clone(), !person.active);
            let current = move || chosen.with(|c| c.as_ref().is_some_and(|c| c.id == Some(id))).then_some("true");
            let open = move |_| chosen.set(Some(Account::from(person.clone())));
            view! {
                <li>
                    <button type="button" class="account" class:off=off aria-current=current on:click=open>
                        <b>{name}</b><span>{roles}</span>
                    </button>
                </li>
            }
            .into_any()
        })
        .collect_view();
    let edit = move || match chosen.get() {
        Some(account) => view! { <Edit account reload /> }.into_any(),
        None => view! { <p class="soft">{settings::choose_account(&use_texts())}</p> }.into_any(),
    };
    view! {
        <div class="accounts">
            <section class="card">
                <button type="button" class="action" on:click=fresh>{settings::new_account(&t)}</button>
                <ul class="account-list">{rows}</ul>
            </section>
            <section class="card" aria-live="polite">{edit}</section>
        </div>
    }
    .into_any()
}

#[component]
fn Edit(account: Account, reload: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let acts = use_acts();
    let start = use_start();
    let saved = RwSignal::new(false);
    let password = RwSignal::new(None::<String>);
    let id = account.id;
    let (login, name, organisation) = (account.login.clone(), account.name.clone(), account.organisation);
    let edited = RwSignal::new(account);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (centre, account) = (acts.centre(), edited.get_untracked());
        acts.ask_then(
            move || save_account(centre, account.clone()),
            move |first| {
                // The list stays as it is while somebody has to read the password.
                if first.is_some() {
                    password.try_set(first);
                } else {
                    saved.try_set(true);
                    reload.try_run(());
                }
            },
        );
    };
    let reset = id.map(|id| {
        let reset = move |_| {
            acts.ask_then(
                move || reset_password(id),
                move |new| {
                    password.try_set(Some(new));
                },
            );
        };
        view! { <button type="button" class="pill" on:click=reset>{settings::reset_password(&t)}</button> }.into_any()
    });
    let stored = StoredValue::new(t.clone());
    let shown = move || {
        password.get().map(|password| {
            let t = stored.get_value();
            view! {
                <div class="banner note" role="alert">
                    <p>{settings::first_password(&t)}" "<b class="secret" dir="ltr">{password}</b></p>
                    <button type="button" class="pill" on:click=move |_| { reload.try_run(()); }>{settings::written_down(&t)}</button>
                </div>
            }
            .into_any()
        })
    };
    let organisations = start.with_value(|s| {
        let option = |o: &domain::centre::Organisation| {
            view! { <option value=o.id.to_string() selected=organisation == Some(o.id)>{o.name.clone()}</option> }
                .into_any()
        };
        s.centre.organisations.iter().map(option).collect_view()
    });
    view! {
        {shown}
        <form class="form" on:submit=save on:input=move |_| saved.set(false)>
            <div class="fields">
                <label class="field">
                    {settings::person_name(&t)}
                    <input required maxlength="80" value=name on:input=move |e| edited.update(|a| a.name = event_target_value(&e)) />
                </label>
                <label class="field">
                    {settings::login(&t)}
                    <input dir="ltr" required maxlength="40" autocomplete="off" value=login on:input=move |e| edited.update(|a| a.login = event_target_value(&e)) />
                </label>
                <label class="field">
                    {settings::organisation(&t)}
                    <select on:change=move |e| edited.update(|a| a.organisation = event_target_value(&e).parse().ok())>
                        <option value="">{settings::no_organisation(&t)}</option>
                        {organisations}
                    </select>
                </label>
            </div>
            <Roles edited />
            <Can edited />
            <label class="tick">
                <input type="checkbox" prop:checked=move || edited.with(|a| a.active) on:change=move |_| edited.update(|a| a.active = !a.active) />
                {settings::may_sign_in(&t)}
            </label>
            <footer class="save-bar">
                <button type="submit" class="action main">{settings::save(&t)}</button>
                {reset}
                <Saved saved />
            </footer>
        </form>
    }
    .into_any()
}

/// A box for one member of a set.
fn tick<T>(
    label: String,
    value: T,
    edited: RwSignal<Account>,
    set: fn(&mut Account) -> &mut BTreeSet<T>,
    read: fn(&Account) -> &BTreeSet<T>,
) -> AnyView
where
    T: Ord + Clone + Send + Sync + 'static,
{
    let value = StoredValue::new(value);
    let change = move |_| {
        edited.update(|a| {
            let value = value.get_value();
            if !set(a).remove(&value) {
                set(a).insert(value);
            }
        });
    };
    view! {
        <label class="tick">
            <input type="checkbox" prop:checked=move || edited.with(|a| value.with_value(|v| read(a).contains(v))) on:change=change />
            {label}
        </label>
    }
    .into_any()
}

#[component]
fn Roles(edited: RwSignal<Account>) -> impl IntoView {
    let t = use_texts();
    let boxes = Role::ALL.map(|role| tick(role_word(&t, role), role, edited, |a| &mut a.roles, |a| &a.roles));
    let languages = screen_languages().map(|l| {
        let stored = StoredValue::new(l.clone());
        let now = move || edited.with(|a| stored.with_value(|l| a.language == *l));
        view! {
            <label class="tick">
                <input type="radio" name="language" prop:checked=now on:change=move |_| edited.update(|a| a.language = stored.get_value()) />
                {language_name(&t, &l)}
            </label>
        }
        .into_any()
    });
    view! {
        <fieldset class="take-set"><legend>{settings::roles(&t)}</legend><div class="ticks">{boxes.into_iter().collect_view()}</div></fieldset>
        <fieldset class="take-set"><legend>{settings::screen_language(&t)}</legend><div class="ticks">{languages.into_iter().collect_view()}</div></fieldset>
    }
    .into_any()
}

/// What the person can do for visitors.
#[component]
fn Can(edited: RwSignal<Account>) -> impl IntoView {
    let t = use_texts();
    let start = use_start();
    let spaces = start.with_value(|s| s.centre.spaces.clone());
    let languages = start.with_value(|s| s.centre.talk_languages.clone());
    let languages = languages
        .into_iter()
        .map(|l| tick(language_name(&t, &l), l, edited, |a| &mut a.abilities.languages, |a| &a.abilities.languages))
        .collect_view();
    let accommodations = Accommodation::ALL.map(|a| {
        let label = words::accommodation(&t, a);
        tick(label, a, edited, |a| &mut a.abilities.accommodations, |a| &a.abilities.accommodations)
    });
    let groups = spaces.into_iter().map(|space| view! { <SpaceNeeds space edited /> }.into_any()).collect_view();
    view! {
        <fieldset class="take-set">
            <legend>{desk::needs(&t)}</legend>
            <div class="needs-all">{groups}</div>
            <label class="tick">
                <input type="checkbox" prop:checked=move || edited.with(|a| a.abilities.welcome) on:change=move |_| edited.update(|a| a.abilities.welcome = !a.abilities.welcome) />
                {desk::receives_welcome(&t)}
            </label>
        </fieldset>
        <fieldset class="take-set"><legend>{desk::languages(&t)}</legend><div class="ticks">{languages}</div></fieldset>
        <fieldset class="take-set"><legend>{desk::accommodations(&t)}</legend><div class="ticks">{accommodations.into_iter().collect_view()}</div></fieldset>
    }
    .into_any()
}

#[component]
fn SpaceNeeds(space: Space, edited: RwSignal<Account>) -> impl IntoView {
    let t = use_texts();
    let start = use_start();
    let needs: Vec<(NeedId, String)> = start
        .with_value(|s| s.centre.needs_of(space.id).map(|n| (n.id, n.label.get(t.language()).to_owned())).collect());
    let all = StoredValue::new(needs.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>());
    let has_all = move || edited.with(|a| all.with_value(|all| all.is_subset(&a.abilities.needs)));
    let toggle = move |_| {
        let remove = untrack(has_all);
        edited.update(|a| {
            for need in all.get_value() {
                if remove {
                    a.abilities.needs.remove(&need)
                } else {
                    a.abilities.needs.insert(need)
                };
            }
        });
    };
    let boxes = needs
        .into_iter()
        .map(|(id, label)| tick(label, id, edited, |a| &mut a.abilities.needs, |a| &a.abilities.needs))
        .collect_view();
    view! {
        <section class=format!("needs {}", sign_class(space.sign))>
            <label class="tick whole">
                <input type="checkbox" prop:checked=has_all on:change=toggle />
                <Sign sign=space.sign letter=Some(space.letter.get()) />
                {space.name.get(t.language()).to_owned()}
            </label>
            <details class="more">
                <summary>{settings::each_need(&t)}</summary>
                <div class="ticks">{boxes}</div>
            </details>
        </section>
    }
    .into_any()
}
