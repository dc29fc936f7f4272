//! `POST /follow/{token}/talk`

use axum::{Json, extract::State};
use domain::{day::FollowToken, view::FollowView};
use serde::Deserialize;
use services::VisitorAction;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems};
use crate::{
    extract::{Body, Key, Params},
    state::AppState,
};

/// How the talk gets its language after all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Talk {
    /// What helps.
    how: TalkHelp,
}

/// Who helps to understand each other.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TalkHelp {
    /// Somebody who came along translates.
    Accompanied,
    /// An interpreter, whom the team looks for.
    Interpreter,
}

/// The visitor found another way to be understood: the place in the line stays
#[utoipa::path(
    post, path = "/follow/{token}/talk", tag = "follow", operation_id = "follow_talk",
    params(("token" = FollowToken, Path, description = "The ticket's follow token"), IdempotencyKey),
    request_body = Talk,
    responses((status = 200, body = FollowView, description = "The ticket as it is now."), Problems)
)]
pub(in crate::api) async fn follow_talk(
    State(state): State<AppState>,
    key: Key,
    Params(token): Params<FollowToken>,
    Body(body): Body<Talk>,
) -> Answer<Json<FollowView>> {
    let action = match body.how {
        TalkHelp::Accompanied => VisitorAction::Accompanied,
        TalkHelp::Interpreter => VisitorAction::Interpreter,
    };
    Ok(Json(state.parvis.act_by_token(&token, action, key.0).await?))
}
