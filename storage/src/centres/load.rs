//! A centre out of its tables.

use std::collections::BTreeSet;

use domain::{
    CentreId, DeskId, Language, NeedId, NetworkId, OrganisationId, PlaceId, SpaceId, Text,
    catalogue::Kind,
    centre::{Accommodation, Centre, Desk, Need, Organisation, Place, Policies, SafeguardingCard, Shelf, Space},
};
use sqlx::types::Json;
use uuid::Uuid;

use super::{hours, letter};
use crate::{StorageError, database::Link, values::whole};

#[derive(sqlx::FromRow)]
struct CentreRow {
    slug: String,
    network: Option<Uuid>,
    name: Json<Text>,
    time_zone: String,
    languages: Json<Vec<Language>>,
    talk_languages: Json<Vec<Language>>,
    policies: Json<Policies>,
    shelves: Json<Vec<Shelf>>,
}

#[derive(sqlx::FromRow)]
struct SpaceRow {
    id: Uuid,
    letter: String,
    sign: i64,
    name: Json<Text>,
    question: Json<Text>,
    hint: Json<Text>,
    directions: Json<Text>,
}

#[derive(sqlx::FromRow)]
struct NeedRow {
    id: Uuid,
    code: String,
    space: Uuid,
    question: Json<Text>,
    label: Json<Text>,
    helps_with: Json<BTreeSet<Kind>>,
}

#[derive(sqlx::FromRow)]
struct DeskRow {
    id: Uuid,
    name: String,
    space: Option<Uuid>,
}

#[derive(sqlx::FromRow)]
struct PlaceRow {
    id: Uuid,
    desk: Uuid,
    name: String,
    accommodations: Json<BTreeSet<Accommodation>>,
}

#[derive(sqlx::FromRow)]
struct CardRow {
    code: String,
    title: Json<Text>,
    steps: Json<Text>,
    phone: Option<String>,
}

pub(super) async fn centre(link: &mut Link, id: Uuid) -> Result<Option<Centre>, StorageError> {
    let sql =
        "SELECT slug, network, name, time_zone, languages, talk_languages, policies, shelves FROM centre WHERE id = $1";
    let Some(row) = fetch_optional!(*link, CentreRow, sql, id)? else { return Ok(None) };
    Ok(Some(Centre {
        id: CentreId(id),
        slug: row.slug,
        network: row.network.map(NetworkId),
        name: row.name.0,
        time_zone: row.time_zone,
        languages: row.languages.0,
        talk_languages: row.talk_languages.0,
        hours: hours::load(link, id).await?,
        policies: row.policies.0,
        spaces: spaces(link, id).await?,
        needs: needs(link, id).await?,
        organisations: organisations(link, id).await?,
        desks: desks(link, id).await?,
        safeguarding: cards(link, id).await?,
        shelves: row.shelves.0,
    }))
}

async fn spaces(link: &mut Link, centre: Uuid) -> Result<Vec<Space>, StorageError> {
    let sql =
        "SELECT id, letter, sign, name, question, hint, directions FROM space WHERE centre = $1 ORDER BY position";
    let rows = fetch_all!(*link, SpaceRow, sql, centre)?;
    rows.into_iter()
        .map(|row| {
            Ok(Space {
                id: SpaceId(row.id),
                letter: letter(&row.letter)?,
                sign: whole(row.sign)?,
                name: row.name.0,
                question: row.question.0,
                hint: row.hint.0,
                directions: row.directions.0,
            })
        })
        .collect()
}

async fn needs(link: &mut Link, centre: Uuid) -> Result<Vec<Need>, StorageError> {
    let sql = "SELECT id, code, space, question, label, helps_with FROM need WHERE centre = $1 ORDER BY position";
    let rows = fetch_all!(*link, NeedRow, sql, centre)?;
    let need = |row: NeedRow| Need {
        id: NeedId(row.id),
        code: row.code,
        space: SpaceId(row.space),
        question: row.question.0,
        label: row.label.0,
        helps_with: row.helps_with.0,
    };
    Ok(rows.into_iter().map(need).collect())
}

async fn organisations(link: &mut Link, centre: Uuid) -> Result<Vec<Organisation>, StorageError> {
    let sql =
        "SELECT o.id AS id, o.name AS name FROM centre_organisation c JOIN organisation o ON o.id = c.organisation
        WHERE c.centre = $1 ORDER BY c.position";
    let rows = fetch_all!(*link, (Uuid, String), sql, centre)?;
    Ok(rows.into_iter().map(|(id, name)| Organisation { id: OrganisationId(id), name }).collect())
}

async fn desks(link: &mut Link, centre: Uuid) -> Result<Vec<Desk>, StorageError> {
    let sql = "SELECT id, name, space FROM desk WHERE centre = $1 ORDER BY position";
    let rows = fetch_all!(*link, DeskRow, sql, centre)?;
    let desk =
        |row: DeskRow| Desk { id: DeskId(row.id), name: row.name, space: row.space.map(SpaceId), places: Vec::new() };
    let mut desks: Vec<Desk> = rows.into_iter().map(desk).collect();
    let sql = "SELECT p.id AS id, p.desk AS desk, p.name AS name, p.accommodations AS accommodations
        FROM place p JOIN desk d ON d.id = p.desk WHERE d.centre = $1 ORDER BY p.position";
    for row in fetch_all!(*link, PlaceRow, sql, centre)? {
        if let Some(desk) = desks.iter_mut().find(|d| d.id.0 == row.desk) {
            desk.places.push(Place { id: PlaceId(row.id), name: row.name, accommodations: row.accommodations.0 });
        }
    }
    Ok(desks)
}

async fn cards(link: &mut Link, centre: Uuid) -> Result<Vec<SafeguardingCard>, StorageError> {
    let sql = "SELECT code, title, steps, phone FROM safeguarding_card WHERE centre = $1 ORDER BY position";
    let rows = fetch_all!(*link, CardRow, sql, centre)?;
    let card =
        |row: CardRow| SafeguardingCard { code: row.code, title: row.title.0, steps: row.steps.0, phone: row.phone };
    Ok(rows.into_iter().map(card).collect())
}
