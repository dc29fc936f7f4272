//! `POST /follow/{token}/leave`

use axum::{Json, extract::State};
use domain::{day::FollowToken, view::FollowView};
use services::VisitorAction;

use super::super::common::{Answer, IdempotencyKey, Problems};
use crate::{
    extract::{Key, Params},
    state::AppState,
};

/// The visitor leaves
#[utoipa::path(
    post, path = "/follow/{token}/leave", tag = "follow", operation_id = "follow_leave",
    params(("token" = FollowToken, Path, description = "The ticket's follow token"), IdempotencyKey),
    responses((status = 200, body = FollowView, description = "The ticket as it is now."), Problems)
)]
pub(in crate::api) async fn follow_leave(
    State(state): State<AppState>,
    key: Key,
    Params(token): Params<FollowToken>,
) -> Answer<Json<FollowView>> {
    let view = state.parvis.act_by_token(&token, VisitorAction::Leave, key.0).await?;
    Ok(Json(view))
}
