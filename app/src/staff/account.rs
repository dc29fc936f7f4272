//! Signing in and out: plain forms, which work without script and answer with a redirect.

use leptos::prelude::*;

use crate::trouble::Trouble;

#[cfg(feature = "ssr")]
use super::{
    Page,
    context::{StaffContext, answered},
};

/// Signs in and goes to the page `to`, or to the first page of the role. On trouble goes back and says why.
#[server(prefix = "/api/ui", endpoint = "sign_in")]
pub async fn sign_in(login: String, password: String, language: String, to: Option<String>) -> Result<(), Trouble> {
    let context = StaffContext::of_request()?;
    match context.parvis.sign_in(&login, &password, &context.whence(&login)).await {
        Ok(session) => {
            context.keep(Some(&session));
            let page = if session.staff.must_change_password {
                Page::Password
            } else {
                to.as_deref().and_then(Page::named).unwrap_or_else(|| Page::first_of(&session.staff))
            };
            leptos_axum::redirect(&page.address(&language));
        }
        Err(problem) => back_with(Page::SignIn, &language, &problem),
    }
    Ok(())
}

/// Ends this session, or every one of the same account.
#[server(prefix = "/api/ui", endpoint = "sign_out")]
pub async fn sign_out(language: String, everywhere: Option<String>) -> Result<(), Trouble> {
    let context = StaffContext::of_request()?;
    if everywhere.is_some() {
        answered(context.parvis.sign_out_everywhere(&context.actor).await)?;
    } else if let Some(token) = &context.token {
        answered(context.parvis.sign_out(token).await)?;
    }
    context.keep(None);
    leptos_axum::redirect(&Page::SignIn.address(&language));
    Ok(())
}

/// Ends one sign-in of the own account, and goes back to the list of them.
#[server(prefix = "/api/ui", endpoint = "end_session")]
pub async fn end_session(session: uuid::Uuid, language: String) -> Result<(), Trouble> {
    let context = StaffContext::of_request()?;
    match context.parvis.end_session(&context.actor, session).await {
        // Who presses twice finds what they wanted.
        Ok(()) | Err(services::Problem::Unknown(_)) => leptos_axum::redirect(&Page::Sessions.address(&language)),
        Err(problem) => answered(Err(problem))?,
    }
    Ok(())
}

/// Changes the own password; the session goes on under the new one.
#[server(prefix = "/api/ui", endpoint = "change_password")]
pub async fn change_password(old: String, new: String, again: String, language: String) -> Result<(), Trouble> {
    let context = StaffContext::of_request()?;
    let Some(staff) = context.actor.staff().cloned() else {
        leptos_axum::redirect(&Page::SignIn.address(&language));
        return Ok(());
    };
    let changed = if new == again {
        context.parvis.change_password(&context.actor, &old, &new).await
    } else {
        Err(services::Problem::Invalid { field: "again", code: "different" })
    };
    match changed {
        Ok(()) => match context.parvis.sign_in(&staff.login, &new, &context.whence(&staff.login)).await {
            Ok(session) => {
                context.keep(Some(&session));
                leptos_axum::redirect(&Page::first_of(&staff).address(&language));
            }
            Err(_) => leptos_axum::redirect(&Page::SignIn.address(&language)),
        },
        Err(problem) => back_with(Page::Password, &language, &problem),
    }
    Ok(())
}

#[cfg(feature = "ssr")]
fn back_with(page: Page, language: &str, problem: &services::Problem) {
    use services::Problem;
    let more = match problem {
        Problem::TooManyTries { retry_after } => format!("&seconds={}", retry_after.as_secs()),
        Problem::Invalid { code, .. } => format!("&field={code}"),
        _ => String::new(),
    };
    leptos_axum::redirect(&format!("{}?trouble={}{more}", page.address(language), problem.code()));
}
