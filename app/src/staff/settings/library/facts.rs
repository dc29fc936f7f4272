//! The facts of an entry that was made here.

use std::str::FromStr;

use domain::catalogue::{EntryId, Interest, Kind, Record, edit::Field};
use leptos::prelude::*;

use super::{
    api::{Choice, Lists},
    entry::{Form, field_word},
    links::Links,
};
use crate::texts::{Texts, library as texts, use_texts};

/// What can be made here; what else there is comes from releases.
const KINDS: [Kind; 7] =
    [Kind::Workshop, Kind::Service, Kind::Document, Kind::Link, Kind::Offer, Kind::Training, Kind::Occupation];

#[component]
pub(super) fn Facts(form: Form, lists: Lists, linked: Vec<(EntryId, String)>) -> impl IntoView {
    let t = use_texts();
    let lists = StoredValue::new(lists);
    let kind = Memo::new(move |_| form.edited.with(|e| e.own.as_ref().map(|own| own.kind)));
    let kinds = lists.with_value(|l| {
        let can = |choice: &&Choice| KINDS.iter().any(|k| k.code() == choice.0);
        l.kinds.iter().filter(can).cloned().collect::<Vec<_>>()
    });
    let of_kind = move || {
        let kind = kind.get().unwrap_or(Kind::Service);
        lists.with_value(|lists| fields(form, kind, lists)).into_any()
    };
    view! {
        <fieldset class="card entry-facts">
            <legend>{texts::facts(&t)}</legend>
            <div class="fields">
                {choose(form, texts::kind(&t), kinds, None, |own| Some(own.kind.code()), |own, code| {
                    if let Some(kind) = code.and_then(|c| c.parse().ok()) {
                        own.kind = kind;
                    }
                })}
                {of_kind}
            </div>
            {move || ticks(form, kind.get(), lists)}
            <Links form kind linked />
        </fieldset>
    }
    .into_any()
}

/// The fields that entries of a kind have.
fn fields(form: Form, kind: Kind, lists: &Lists) -> AnyView {
    let t = use_texts();
    let is = |kinds: &[Kind]| kinds.contains(&kind);
    let none = Some(texts::not_said(&t));
    let url = (kind != Kind::Occupation).then(|| {
        write(form, &t, Field::Url, "url", |own| own.url.clone().unwrap_or_default(), |own, text| own.url = given(text))
    });
    let shelf = is(&[Kind::Document]).then(|| {
        write(
            form,
            &t,
            Field::Shelf,
            "text",
            |own| own.shelf.clone().unwrap_or_default(),
            |own, text| own.shelf = given(text),
        )
    });
    let expires = is(&[Kind::Offer, Kind::Workshop]).then(|| {
        let get = |own: &Record| own.expires.map(|day| day.to_string()).unwrap_or_default();
        write(form, &t, Field::Expires, "date", get, |own, text| own.expires = text.parse().ok())
    });
    let lending = is(&[Kind::Document]).then(|| {
        let (label, all) = (texts::field_lending(&t), lists.lendings.clone());
        let set = |own: &mut Record, code: Option<&str>| own.lending = code.and_then(|c| c.parse().ok());
        choose(form, label, all, none.clone(), |own| own.lending.map(domain::catalogue::Lending::code), set)
    });
    let sector = is(&[Kind::Occupation, Kind::Training, Kind::Offer]).then(|| {
        let (label, all) = (texts::field_sector(&t), lists.sectors.clone());
        let set = |own: &mut Record, code: Option<&str>| own.sector = code.and_then(|c| c.parse().ok());
        choose(form, label, all, none.clone(), |own| own.sector.map(domain::catalogue::Sector::code), set)
    });
    let level = is(&[Kind::Occupation, Kind::Training, Kind::Offer]).then(|| {
        let (label, all) = (texts::field_level(&t), lists.levels.clone());
        let set = |own: &mut Record, code: Option<&str>| own.level = code.and_then(|c| c.parse().ok());
        choose(form, label, all, none.clone(), |own| own.level.map(domain::catalogue::Level::code), set)
    });
    view! { {url} {expires} {shelf} {lending} {sector} {level} }.into_any()
}

/// What an occupation is found by when nobody searches.
fn ticks(form: Form, kind: Option<Kind>, lists: StoredValue<Lists>) -> Option<AnyView> {
    (kind == Some(Kind::Occupation)).then(|| {
        let t = use_texts();
        let Lists { with, places, features, interests, .. } = lists.get_value();
        let order = move || {
            let letters = |own: &Record| own.interests.iter().map(|i| i.letter()).collect::<String>();
            form.edited.with(|e| e.own.as_ref().map(letters).unwrap_or_default())
        };
        view! {
            <details class="more"><summary>{texts::field_interests(&t)}" "<bdi dir="ltr">{order}</bdi></summary>{several::<Interest>(form, interests, |own| &own.interests, |own| &mut own.interests)}</details>
            <details class="more"><summary>{texts::field_with(&t)}</summary>{several(form, with, |own| &own.with, |own| &mut own.with)}</details>
            <details class="more"><summary>{texts::field_places(&t)}</summary>{several(form, places, |own| &own.places, |own| &mut own.places)}</details>
            <details class="more"><summary>{texts::field_features(&t)}</summary>{several(form, features, |own| &own.features, |own| &mut own.features)}</details>
        }
        .into_any()
    })
}

fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// A field to write in.
fn write(
    form: Form,
    t: &Texts,
    field: Field,
    kind: &'static str,
    get: fn(&Record) -> String,
    set: fn(&mut Record, String),
) -> AnyView {
    let now = form.edited.with_untracked(|e| e.own.as_ref().map(get).unwrap_or_default());
    let words = StoredValue::new(t.clone());
    let wrong = move || form.wrong(&words.get_value(), field, None);
    let id = format!("wrong-{}", field.name());
    let described = {
        let id = id.clone();
        move || wrong().map(|_| id.clone())
    };
    view! {
        <label class="field">
            {field_word(t, field)}
            <input
                type=kind
                dir="ltr"
                value=now
                aria-invalid=move || wrong().map(|_| "true")
                aria-describedby=described
                on:input=move |e| form.own(|own| set(own, event_target_value(&e)))
            />
            {move || wrong().map(|word| view! { <span class="wrong" id=id.clone()>{word}</span> })}
        </label>
    }
    .into_any()
}

/// A list of which one is chosen.
fn choose(
    form: Form,
    label: String,
    all: Vec<Choice>,
    none: Option<String>,
    get: fn(&Record) -> Option<&'static str>,
    set: fn(&mut Record, Option<&str>),
) -> AnyView {
    let now = form.edited.with_untracked(|e| e.own.as_ref().and_then(get)).unwrap_or_default();
    let options = none.map(|word| (String::new(), word)).into_iter().chain(all);
    let options = options.map(|(code, word)| {
        let selected = code == now;
        view! { <option value=code selected=selected>{word}</option> }.into_any()
    });
    let change =
        move |e| form.own(|own| set(own, Some(event_target_value(&e).as_str()).filter(|code| !code.is_empty())));
    view! { <label class="field">{label}<select on:change=change>{options.collect_view()}</select></label> }.into_any()
}

/// A list of which several are chosen, in the order of choosing.
fn several<T: FromStr + PartialEq + Copy + Send + Sync + 'static>(
    form: Form,
    all: Vec<Choice>,
    get: fn(&Record) -> &Vec<T>,
    set: fn(&mut Record) -> &mut Vec<T>,
) -> AnyView {
    let boxes =
        all.into_iter().filter_map(|(code, word)| Some((code.parse::<T>().ok()?, word))).map(|(value, word)| {
            let has =
                move |edit: &domain::catalogue::Edit| edit.own.as_ref().is_some_and(|own| get(own).contains(&value));
            let change = move |_| {
                form.own(|own| {
                    let chosen = set(own);
                    match chosen.iter().position(|one| *one == value) {
                        Some(place) => drop(chosen.remove(place)),
                        None => chosen.push(value),
                    }
                });
            };
            view! {
                <label class="tick">
                    <input type="checkbox" prop:checked=move || form.edited.with(has) on:change=change />
                    {word}
                </label>
            }
            .into_any()
        });
    view! { <div class="ticks">{boxes.collect_view()}</div> }.into_any()
}
