//! Signing in, and choosing a new password: plain forms that work without script.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    account::{ChangePassword, SignIn as SignInCall},
    bar::LanguageSwitch,
    frame::current_page,
};
use crate::texts::{Texts, common, refusals, staff, use_texts};

/// The page to sign in.
#[component]
pub(super) fn SignIn() -> impl IntoView {
    view! { <SignInForm ended=true /> }.into_any()
}

/// The form to sign in; in place of a page, it leads back to it.
#[component]
pub(super) fn SignInForm(
    /// Whether this is a page of its own.
    ended: bool,
) -> impl IntoView {
    let t = use_texts();
    let to = (!ended).then(|| current_page().get_untracked()).flatten().map(super::Page::name);
    view! {
        <Title text=staff::sign_in(&t) />
        <Alone>
            <h1>{staff::sign_in(&t)}</h1>
            <p class="alone-lead">{staff::sign_in_lead(&t)}</p>
            <WhatWentWrong />
            <form method="post" action=SignInCall::PATH class="form">
                <input type="hidden" name="language" value=t.language().code().to_owned() />
                {to.map(|to| view! { <input type="hidden" name="to" value=to /> }.into_any())}
                <label class="field">
                    <span>{staff::login(&t)}</span>
                    <input
                        name="login" required autocomplete="username" autocapitalize="none" spellcheck="false"
                        maxlength="80" dir="ltr" autofocus
                    />
                </label>
                <label class="field">
                    <span>{staff::password(&t)}</span>
                    <input name="password" type="password" required autocomplete="current-password" maxlength="200" dir="ltr" />
                </label>
                <button type="submit" class="action main">
                    <span class="action-label">{staff::sign_in(&t)}</span>
                </button>
            </form>
        </Alone>
    }
    .into_any()
}

/// The page to choose a new password, the first time or any other.
#[component]
pub(super) fn NewPassword() -> impl IntoView {
    let t = use_texts();
    view! {
        <Title text=staff::new_password(&t) />
        <Alone>
            <h1>{staff::new_password(&t)}</h1>
            <p class="alone-lead">{staff::new_password_lead(&t)}</p>
            <WhatWentWrong />
            <form method="post" action=ChangePassword::PATH class="form">
                <input type="hidden" name="language" value=t.language().code().to_owned() />
                <label class="field">
                    <span>{staff::old_password(&t)}</span>
                    <input name="old" type="password" required autocomplete="current-password" maxlength="200" dir="ltr" />
                </label>
                <label class="field">
                    <span>{staff::new_password(&t)}</span>
                    <input name="new" type="password" required autocomplete="new-password" maxlength="200" dir="ltr" />
                </label>
                <label class="field">
                    <span>{staff::new_password_again(&t)}</span>
                    <input name="again" type="password" required autocomplete="new-password" maxlength="200" dir="ltr" />
                </label>
                <button type="submit" class="action main">
                    <span class="action-label">{staff::save_password(&t)}</span>
                </button>
            </form>
        </Alone>
    }
    .into_any()
}

/// One card in the middle, under the five signs.
#[component]
fn Alone(children: Children) -> impl IntoView {
    let t = use_texts();
    // Under the bar, which has a switch of its own.
    let has_bar = use_context::<StoredValue<super::Start>>()
        .is_some_and(|start| start.with_value(|s| !s.staff.must_change_password));
    let signs = (1..=5_u8).map(|sign| view! { <crate::components::Sign sign letter=None /> }.into_any()).collect_view();
    view! {
        <main class="alone" id="work">
            <header class="alone-head">
                <span class="alone-name">
                    <span class="alone-signs">{signs}</span>
                    {common::product(&t)}
                </span>
                {(!has_bar).then(|| view! { <LanguageSwitch /> }.into_any())}
            </header>
            <div class="alone-card">{children()}</div>
        </main>
    }
    .into_any()
}

/// Why the last try failed, as the address says after the redirect.
#[component]
fn WhatWentWrong() -> impl IntoView {
    let t = use_texts();
    let query = use_query_map();
    let said = query.with_untracked(|q| {
        let seconds = q.get("seconds").and_then(|s| s.parse::<u64>().ok());
        q.get("trouble").map(|code| sentence(&t, &code, q.get("field").as_deref(), seconds))
    });
    said.map(|said| view! { <p class="banner trouble" role="alert">{said}</p> }.into_any())
}

fn sentence(t: &Texts, code: &str, field: Option<&str>, seconds: Option<u64>) -> String {
    match (code, field) {
        ("wrong_password", _) => refusals::wrong_password(t),
        ("too_many_tries", _) => refusals::too_many_tries(t, seconds.unwrap_or(60).div_ceil(60).max(1)),
        ("busy", _) => refusals::busy(t),
        ("invalid", Some("different")) => staff::passwords_differ(t),
        ("invalid", Some("too_common")) => staff::password_too_common(t),
        ("invalid", Some("like_login")) => staff::password_like_login(t),
        ("invalid", Some("same_as_before")) => staff::password_same_as_before(t),
        ("invalid", _) => staff::password_too_short(t),
        ("storage_unreachable", _) => refusals::storage_unreachable(t),
        ("storage_full", _) => refusals::storage_full(t),
        ("storage_read_only", _) => refusals::storage_read_only(t),
        ("not_allowed", _) => refusals::not_allowed(t),
        _ => refusals::invalid(t),
    }
}
