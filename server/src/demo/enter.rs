//! `/demo/enter`: this browser becomes the demo's kiosk or display, without a code.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension, Form, Router,
    extract::State,
    http::header,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::post,
};
use domain::{CentreId, staff::DeviceKind};
use serde::Deserialize;
use services::DeviceSecret;
use tokio::sync::Mutex;

use crate::{
    enrolment::local,
    extract::{DEVICE_COOKIE, Enrolled, set_cookie},
    problem::ApiProblem,
    state::AppState,
};

/// Secrets of the devices that visitors of the demo share, made when the first of them asks.
type Shared = Arc<Mutex<HashMap<(CentreId, &'static str), DeviceSecret>>>;

/// The address, which exists in the demo only.
pub(super) fn router() -> Router<AppState> {
    Router::new().route("/demo/enter", post(enter)).layer(Extension(Shared::default()))
}

#[derive(Deserialize)]
struct Enter {
    /// A slug or an id.
    centre: String,
    /// Which device to become.
    kind: DeviceKind,
    /// The page to go to.
    to: String,
}

async fn enter(
    State(state): State<AppState>,
    Extension(shared): Extension<Shared>,
    Enrolled(device): Enrolled,
    Form(form): Form<Enter>,
) -> Result<Response, ApiProblem> {
    let centre = state.parvis.centre(&form.centre)?.id;
    let back = Redirect::to(local(&form.to)).into_response();
    if device.is_some_and(|d| d.centre == centre && d.kind == form.kind) {
        return Ok(back);
    }
    let mut shared = shared.lock().await;
    let secret = match shared.get(&(centre, form.kind.code())) {
        Some(secret) => secret.clone(),
        None => {
            let (_, secret) = state.parvis.add_device(centre, form.kind, "demo").await?;
            shared.insert((centre, form.kind.code()), secret.clone());
            secret
        }
    };
    let cookie = set_cookie(&state.site, DEVICE_COOKIE, secret.reveal(), None);
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), back).into_response())
}
