//! `POST /centres/{centre}/message`

use axum::{extract::State, http::StatusCode};
use domain::day::{Command, Message};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::common::{Answer, IdempotencyKey, Problems, on_day, present};
use crate::{
    extract::{Body, Caller, Key, Params},
    state::AppState,
};

/// What is said to everybody who waits.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct SendMessage {
    /// A sentence that exists in every language, or words of the centre; null takes the message away.
    #[serde(deserialize_with = "present")]
    #[schema(required = true)]
    message: Option<Message>,
}

/// Say something to everybody who waits
#[utoipa::path(
    post, path = "/centres/{centre}/message", tag = "host", operation_id = "send_message",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = SendMessage,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 204, description = "Done."), Problems)
)]
pub(in crate::api) async fn send_message(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    Body(body): Body<SendMessage>,
) -> Answer<StatusCode> {
    on_day(&state, &caller, &centre, Command::SendMessage { message: body.message }, key).await
}
