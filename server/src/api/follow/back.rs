//! `POST /follow/{token}/back`

use axum::{Json, extract::State};
use domain::{day::FollowToken, view::FollowView};
use services::VisitorAction;

use super::super::common::{Answer, IdempotencyKey, Problems};
use crate::{
    extract::{Key, Params},
    state::AppState,
};

/// The visitor is back before that time is over
#[utoipa::path(
    post, path = "/follow/{token}/back", tag = "follow", operation_id = "follow_back",
    params(("token" = FollowToken, Path, description = "The ticket's follow token"), IdempotencyKey),
    responses((status = 200, body = FollowView, description = "The ticket as it is now."), Problems)
)]
pub(in crate::api) async fn follow_back(
    State(state): State<AppState>,
    key: Key,
    Params(token): Params<FollowToken>,
) -> Answer<Json<FollowView>> {
    let view = state.parvis.act_by_token(&token, VisitorAction::Back, key.0).await?;
    Ok(Json(view))
}
