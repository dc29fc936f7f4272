//! `POST /follow/{token}/more-time`

use axum::{Json, extract::State};
use domain::{day::FollowToken, view::FollowView};
use services::VisitorAction;

use super::super::common::{Answer, IdempotencyKey, Problems};
use crate::{
    extract::{Key, Params},
    state::AppState,
};

/// The visitor needs more time
#[utoipa::path(
    post, path = "/follow/{token}/more-time", tag = "follow", operation_id = "follow_more_time",
    params(("token" = FollowToken, Path, description = "The ticket's follow token"), IdempotencyKey),
    responses((status = 200, body = FollowView, description = "The ticket as it is now."), Problems)
)]
pub(in crate::api) async fn follow_more_time(
    State(state): State<AppState>,
    key: Key,
    Params(token): Params<FollowToken>,
) -> Answer<Json<FollowView>> {
    let view = state.parvis.act_by_token(&token, VisitorAction::MoreTime, key.0).await?;
    Ok(Json(view))
}
