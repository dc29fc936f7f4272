//! How types look in the HTTP API's document that are written as text, or whose variants have limits.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, OneOfBuilder, RefOr, Schema,
        schema::{AdditionalProperties, SchemaType, Type},
    },
};

use crate::{
    Language,
    catalogue::{EntryId, explorer::Profile},
    centre::{Letter, PutBackRule},
    day::{Counted, FollowToken, Message, Number, ReadyMessage},
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

/// Types that are written as text: name, pattern, example, meaning.
macro_rules! texts {
    ($($name:ident: $pattern:expr, $example:literal, $description:literal;)+) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                text($pattern, $example, $description)
            }
        }
        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )+};
}

/// A port is a number below 65,536.
const CONNECTION: &str =
    "^(none|browser|agent|/.+|tcp://.+:([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))$";

texts! {
    Language: "^[a-z]{2,3}$", "fr", "A language: its ISO 639 code of two or three letters.";
    Letter: "^[A-Z]$", "C", "The first character of a number.";
    Number: "^[A-Z][0-9]{3,4}$", "C042", "A number as it is called: letter and counter of the day.";
    FollowToken: "^[0-9a-f]{32}$", "0123456789abcdef0123456789abcdef",
        "128 random bits by which a visitor's phone follows one ticket.";
    EntryId: "^(rome|esco|onet|crosswalk|starter|own):[\\s\\S]{1,100}$", "rome:D1102",
        "An entry of the catalogue: its source and the source's own code.";
    Profile: "^(100|[0-9]{1,2})(-(100|[0-9]{1,2})){5}$", "100-0-50-20-10-0",
        "How strong each interest is, from 0 to 100, in the order R, I, A, S, E, C.";
    Connection: CONNECTION, "tcp://192.0.2.10:9100",
        "How receipts reach a printer: none, browser, agent, tcp://HOST:PORT or a device file.";
}

/// A variant that is a word.
fn word(name: &str, description: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some([name])).description(Some(description))
}

/// A variant that holds something: an object of its name alone.
fn holding(name: &str, content: impl Into<RefOr<Schema>>, description: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .property(name, content)
        .required(name)
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .description(Some(description))
}

/// A whole number in these limits.
fn number(least: u16, most: u16) -> ObjectBuilder {
    let limits = |number: u16| Some(f64::from(number));
    ObjectBuilder::new().schema_type(SchemaType::from(Type::Integer)).minimum(limits(least)).maximum(limits(most))
}

impl PartialSchema for Counted {
    fn schema() -> RefOr<Schema> {
        OneOfBuilder::new()
            .item(word("came_in", "Somebody came in."))
            .item(word("quick_answer", "A quick answer was given."))
            .item(word("document_given", "A document was given."))
            .item(holding("group", number(2, 500), "A group of this many came in."))
            .into()
    }
}
impl ToSchema for Counted {}

impl PartialSchema for Message {
    fn schema() -> RefOr<Schema> {
        let words = ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(200))
            .pattern(Some("\\S"))
            .description(Some("Not all of it blank."));
        OneOfBuilder::new()
            .item(holding("ready", ReadyMessage::schema(), "A sentence that exists in every language."))
            .item(holding("words", words, "Words of the centre, shown as they are."))
            .into()
    }
}
impl ToSchema for Message {}

impl PartialSchema for PutBackRule {
    fn schema() -> RefOr<Schema> {
        OneOfBuilder::new()
            .item(word("keep_place", "It keeps its place."))
            .item(holding("places", number(0, 255), "It goes back this many places."))
            .item(word("end", "It goes to the end."))
            .into()
    }
}
impl ToSchema for PutBackRule {}
