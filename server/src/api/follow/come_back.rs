//! `POST /follow/{token}/come-back`

use axum::{Json, extract::State};
use domain::{day::FollowToken, view::FollowView};
use services::VisitorAction;

use super::super::common::{Answer, IdempotencyKey, Problems};
use crate::{
    extract::{Key, Params},
    state::AppState,
};

/// The visitor did not want to leave
#[utoipa::path(
    post, path = "/follow/{token}/come-back", tag = "follow", operation_id = "follow_come_back",
    params(("token" = FollowToken, Path, description = "The ticket's follow token"), IdempotencyKey),
    responses((status = 200, body = FollowView, description = "The ticket as it is now."), Problems)
)]
pub(in crate::api) async fn follow_come_back(
    State(state): State<AppState>,
    key: Key,
    Params(token): Params<FollowToken>,
) -> Answer<Json<FollowView>> {
    let view = state.parvis.act_by_token(&token, VisitorAction::ComeBack, key.0).await?;
    Ok(Json(view))
}
