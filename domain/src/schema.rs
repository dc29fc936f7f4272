//! How types that are written as text look in the HTTP API's document.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::{
    day::{FollowToken, Number},
    staff::Connection,
};

fn text(pattern: &str, example: &str, description: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .examples([example])
        .description(Some(description))
        .into()
}

impl PartialSchema for Number {
    fn schema() -> RefOr<Schema> {
        text("^[A-Z][0-9]{3,4}$", "C042", "A number as it is called: letter and counter of the day.")
    }
}
impl ToSchema for Number {
    fn name() -> Cow<'static, str> {
        "Number".into()
    }
}

impl PartialSchema for FollowToken {
    fn schema() -> RefOr<Schema> {
        let example = "0123456789abcdef0123456789abcdef";
        text("^[0-9a-f]{32}$", example, "128 random bits by which a visitor's phone follows one ticket.")
    }
}
impl ToSchema for FollowToken {
    fn name() -> Cow<'static, str> {
        "FollowToken".into()
    }
}

impl PartialSchema for Connection {
    fn schema() -> RefOr<Schema> {
        let description = "How receipts reach a printer: none, browser, agent, tcp://HOST:PORT or a device file.";
        text("^(none|browser|agent|tcp://.+|/.+)$", "tcp://192.0.2.10:9100", description)
    }
}
impl ToSchema for Connection {
    fn name() -> Cow<'static, str> {
        "Connection".into()
    }
}
