//! What staff do about a ticket.

mod accept;
mod advice;
mod arrive;
mod correct_need;
mod correct_requirements;
mod dismiss;
mod finish;
mod leave;
mod no_show;
mod park;
mod prioritise;
mod put_back;
mod recall;
mod recommend;
mod refuse;
mod resume;
mod show;
mod slip;
mod take_back;
mod transfer;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(accept::accept))
        .routes(routes!(advice::advice))
        .routes(routes!(arrive::arrive))
        .routes(routes!(correct_need::correct_need))
        .routes(routes!(correct_requirements::correct_requirements))
        .routes(routes!(dismiss::dismiss))
        .routes(routes!(finish::finish))
        .routes(routes!(leave::leave))
        .routes(routes!(no_show::no_show))
        .routes(routes!(park::park))
        .routes(routes!(prioritise::prioritise))
        .routes(routes!(put_back::put_back))
        .routes(routes!(recall::recall))
        .routes(routes!(recommend::recommend))
        .routes(routes!(refuse::refuse))
        .routes(routes!(resume::resume))
        .routes(routes!(show::ticket))
        .routes(routes!(slip::slip))
        .routes(routes!(take_back::take_back))
        .routes(routes!(transfer::transfer))
}
