//! The kiosk: each step is an address, taking a ticket is a form. Only an enrolled kiosk of the centre comes this far;
//! any other browser is shown how it becomes one.

mod asked;
mod enrolment;
mod look;
mod planned;
mod refused;
mod steps;
mod ticket;

pub(super) use look::carrying;

use axum::{
    Router,
    routing::{get, post},
};

use crate::state::AppState;

/// `/k/{centre}` and every step below it.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/k/{centre}", get(enrolment::enter))
        .route("/k/{centre}/{lang}", get(steps::start))
        .route("/k/{centre}/{lang}/space/{letter}", get(steps::space))
        .route("/k/{centre}/{lang}/welcome", get(steps::talk))
        .route("/k/{centre}/{lang}/welcome/details/{detail}", get(steps::details))
        .route("/k/{centre}/{lang}/welcome/ready", get(steps::ready))
        .route("/k/{centre}/{lang}/need/{need}", get(steps::talk))
        .route("/k/{centre}/{lang}/need/{need}/details/{detail}", get(steps::details))
        .route("/k/{centre}/{lang}/need/{need}/ready", get(steps::ready))
        .route("/k/{centre}/{lang}/take", post(ticket::take).get(steps::back_to_start))
        .route("/k/{centre}/{lang}/ticket/{token}", get(ticket::show))
        .route("/k/{centre}/{lang}/ticket/{token}/take-back", post(ticket::take_back).get(steps::back_to_start))
        .route("/k/{centre}/{lang}/taken-back/{number}", get(ticket::taken_back))
        .route("/k/{centre}/{lang}/planned", get(planned::what))
        .route("/k/{centre}/{lang}/planned/{kind}", get(planned::space).post(planned::tell))
        .route("/k/{centre}/{lang}/planned/{kind}/told", get(planned::told))
        .route("/k/{centre}/{lang}/planned/{kind}/told/{letter}", get(planned::told))
        .route("/k/{centre}/{lang}/slip", get(steps::slip))
        .route("/k/{centre}/{lang}/{*nowhere}", get(steps::nowhere))
        .merge(look::router())
}
