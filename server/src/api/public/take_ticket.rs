//! `POST /centres/{centre}/tickets`

use std::collections::BTreeSet;

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    Language, TicketId,
    catalogue::Notebook,
    centre::Accommodation,
    day::{Channel, FollowToken, ForWhom, Number, PartySize, Request, TalkLanguage},
    staff::DeviceKind,
};
use serde::{Deserialize, Serialize};
use services::{Actor, TakeTicketForm};
use utoipa::ToSchema;

use super::super::{
    common::{Answer, IdempotencyKey, Problems, need, present},
    model::TalkLanguageBody,
};
use crate::{
    extract::{Body, Caller, Key, Params},
    printing::{Receipt, print_ticket},
    state::AppState,
};

/// What one party asks for. Nothing says who they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct TakeTicket {
    /// A need's code or id; null = welcome first.
    #[serde(deserialize_with = "present")]
    #[schema(required = true)]
    need: Option<String>,
    /// Language of the screen, of the receipt and of the phone page.
    language: Language,
    /// Language of the talk; none = the visitor speaks the language of the screen.
    #[serde(default)]
    talk_language: Option<TalkLanguageBody>,
    /// How many come together.
    #[serde(default)]
    #[schema(value_type = u8, minimum = 1, maximum = 9, default = 1)]
    party: PartySize,
    /// For whom.
    #[serde(default)]
    for_whom: ForWhom,
    /// How the talk happens.
    #[serde(default)]
    channel: Channel,
    /// What the place or the counsellor must offer.
    #[serde(default)]
    #[schema(value_type = Vec<Accommodation>)]
    requirements: BTreeSet<Accommodation>,
    /// The code of a priority slip of an earlier day.
    #[serde(default)]
    slip: Option<String>,
    /// What the visitor kept while looking around and lets the counsellor see.
    #[serde(default)]
    notebook: Notebook,
}

/// A ticket that was taken.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TakenBody {
    /// Its id.
    id: TicketId,
    /// What is called.
    number: Number,
    /// What the visitor's phone follows it by: `/api/v1/follow/…`, `/t/…`.
    follow: FollowToken,
    /// Numbers before it: those that somebody who can receive it may call earlier.
    ahead: u32,
    /// What becomes of its receipt: a kiosk's ticket is printed as one taken on its page.
    receipt: Receipt,
}

/// Take a ticket
#[utoipa::path(
    post, path = "/centres/{centre}/tickets", tag = "tickets", operation_id = "take_ticket",
    params(("centre" = String, Path, description = "The centre's slug or id"), IdempotencyKey),
    request_body = TakeTicket,
    security(("bearer" = []), ("session" = []), ("device" = [])),
    responses((status = 201, body = TakenBody, description = "Taken, and kept."), Problems)
)]
pub(in crate::api) async fn take_ticket(
    State(state): State<AppState>,
    caller: Caller,
    key: Key,
    Params(centre): Params<String>,
    Body(body): Body<TakeTicket>,
) -> Answer<(StatusCode, Json<TakenBody>)> {
    let centre = state.parvis.centre(&centre)?;
    let need = body.need.map(|named| need(&centre, &named, "/need")).transpose()?;
    let talk = body.talk_language.map_or_else(|| TalkLanguage::Speaks(body.language.clone()), TalkLanguage::from);
    let request = Request {
        need,
        language: body.language,
        talk,
        party: body.party,
        for_whom: body.for_whom,
        channel: body.channel,
        accommodations: body.requirements,
        notebook: body.notebook,
    };
    let form = TakeTicketForm { request, slip: body.slip };
    let taken = state.parvis.take_ticket(&caller.0, centre.id, form, key.0).await?;
    let receipt = match &caller.0 {
        Actor::Device(device) if device.kind == DeviceKind::Kiosk => print_ticket(&state, device, &taken.token).await,
        _ => Receipt::None,
    };
    let body = TakenBody { id: taken.id, number: taken.number, follow: taken.token, ahead: taken.ahead, receipt };
    Ok((StatusCode::CREATED, Json(body)))
}
