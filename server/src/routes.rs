//! Every address of the server, and what each request goes through.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};

use crate::{
    api, assets, demo, enrolment, health, live, meters, pages, problem::ApiProblem, security, staff, state::AppState,
    uploads,
};

/// How long a request may take until its answer begins.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// The whole server.
pub fn router(state: &AppState) -> Router {
    let pages = Router::new()
        .merge(pages::router().layer(from_fn_with_state(state.clone(), pages::refuse_late)))
        .merge(enrolment::router())
        .merge(staff::router(state))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    let mut router = Router::new()
        .merge(pages)
        .merge(api::router())
        .merge(live::router())
        .merge(assets::router())
        .merge(health::router());
    if state.site.demo {
        router = router.merge(demo::router());
    }
    router
        .fallback(nothing_here)
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn(security::limit_body))
        .layer(DefaultBodyLimit::disable())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .merge(uploads::router())
        .layer(CatchPanicLayer::custom(security::recovered))
        .layer(from_fn_with_state(state.clone(), security::limit))
        .layer(from_fn_with_state(state.clone(), security::refuse_cross_site))
        .layer(from_fn(pages::in_words))
        .layer(from_fn_with_state(state.clone(), security::protect))
        .layer(from_fn(meters::observe))
        .with_state(state.clone())
}

async fn nothing_here() -> ApiProblem {
    ApiProblem::no_such_path()
}

async fn no_such_method() -> ApiProblem {
    ApiProblem::no_such_method()
}
