//! `GET /follow/{token}`

use axum::{Json, extract::State};
use domain::{day::FollowToken, view::FollowView};

use super::super::common::{Answer, Problems};
use crate::{extract::Params, state::AppState};

/// A ticket as its holder sees it
#[utoipa::path(
    get, path = "/follow/{token}", tag = "follow", operation_id = "follow",
    params(("token" = FollowToken, Path, description = "The ticket's follow token")),
    responses((status = 200, body = FollowView, description = "The ticket."), Problems)
)]
pub(in crate::api) async fn follow(
    State(state): State<AppState>,
    Params(token): Params<FollowToken>,
) -> Answer<Json<FollowView>> {
    let (_, view) = state.parvis.follow(&token).await?;
    Ok(Json(view))
}
