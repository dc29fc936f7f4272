//! The HTTP API under `/api/v1`: one operation a file, described by `/api/v1/openapi.json`.

mod catalogue;
mod common;
mod day;
mod devices;
mod follow;
mod host;
mod model;
mod places;
mod public;
mod session;
mod settings;
mod tickets;

use std::sync::LazyLock;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::IntoResponse,
    routing::get,
};
use bytes::Bytes;
use domain::view::FollowLine;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, ServerBuilder,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
        tag::TagBuilder,
    },
};
use utoipa_axum::router::OpenApiRouter;

pub(crate) use common::{Answer, Problems};

use crate::{
    extract::{DEVICE_COOKIE, SESSION_COOKIE},
    printing,
    state::AppState,
};

/// Where the API is.
const ROOT: &str = "/api/v1";

/// Every operation, and their description.
pub fn router() -> Router<AppState> {
    let (operations, _) = operations().split_for_parts();
    Router::new().nest(ROOT, operations).route("/api/v1/openapi.json", get(document))
}

/// The description of every operation.
pub fn openapi() -> OpenApi {
    operations().into_openapi()
}

async fn document() -> impl IntoResponse {
    static JSON: LazyLock<Bytes> = LazyLock::new(|| serde_json::to_vec(&openapi()).unwrap_or_default().into());
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], JSON.clone())
}

fn operations() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(frame())
        .merge(public::router())
        .merge(follow::router())
        .merge(tickets::router())
        .merge(places::router())
        .merge(host::router())
        .merge(day::router())
        .merge(session::router())
        .merge(devices::router())
        .merge(settings::router())
        .merge(catalogue::router())
        .merge(printing::router())
}

/// Everything of the document that is not an operation.
fn frame() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Parvis")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .license(Some(utoipa::openapi::License::new("MIT")))
        .build();
    let mut schemas = vec![(FollowLine::name().into_owned(), FollowLine::schema())];
    FollowLine::schemas(&mut schemas);
    common::problem_schemas(&mut schemas);
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let cookie = |name: &str| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme("bearer", bearer)
        .security_scheme("session", cookie(SESSION_COOKIE))
        .security_scheme("device", cookie(DEVICE_COOKIE))
        .build();
    let tags = TAGS.map(|(name, words)| TagBuilder::new().name(name).description(Some(words)).build());
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url(ROOT).build()]))
        .components(Some(components))
        .tags(Some(tags))
        .build()
}

const DESCRIPTION: &str = "The day of an integrated guidance centre: visitors take tickets, counsellors call them. \
Nothing here can hold a visitor's name, number or address. Every POST that changes the day takes an Idempotency-Key; \
every error is application/problem+json with a stable `type`.";

const TAGS: [(&str, &str); 12] = [
    ("public", "What anybody may see."),
    ("follow", "What the holder of a follow token sees and does."),
    ("tickets", "Taking tickets, and what staff do about them."),
    ("places", "What counsellors do at a place."),
    ("host", "What the host at the door does."),
    ("day", "Opening, suspending and closing the day."),
    ("statistics", "What remains of days."),
    ("session", "Signing in and out."),
    ("devices", "How devices get their secrets."),
    ("printer", "What a print agent asks for its printer."),
    ("catalogue", "Career information."),
    ("settings", "Rules, hours, accounts and devices of a centre."),
];
