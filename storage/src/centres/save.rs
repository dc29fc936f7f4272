//! A centre into its tables: parts with an identifier are changed in place, because staff, devices and days refer to
//! them; parts without one are written anew.

use std::collections::HashSet;

use domain::centre::{Centre, Desk, Need, Organisation, SafeguardingCard, Space};
use sqlx::types::Json;
use uuid::Uuid;

use super::hours;
use crate::{Conflict, StorageError, database::Link, values::number};

pub(super) async fn centre(link: &mut Link, centre: &Centre) -> Result<(), StorageError> {
    let id = centre.id.0;
    let sql = "INSERT INTO centre (id, slug, network, name, time_zone, languages, talk_languages, policies, shelves)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, network = excluded.network, name = excluded.name,
            time_zone = excluded.time_zone, languages = excluded.languages, talk_languages = excluded.talk_languages,
            policies = excluded.policies, shelves = excluded.shelves";
    execute!(
        *link,
        sql,
        id,
        &centre.slug,
        centre.network.map(|n| n.0),
        Json(&centre.name),
        &centre.time_zone,
        Json(&centre.languages),
        Json(&centre.talk_languages),
        Json(&centre.policies),
        Json(&centre.shelves),
    )?;
    hours::save(link, id, &centre.hours).await?;
    spaces(link, id, &centre.spaces).await?;
    needs(link, id, &centre.needs).await?;
    desks(link, id, &centre.desks).await?;
    remove_what_is_gone(link, centre).await?;
    organisations(link, id, &centre.organisations).await?;
    cards(link, id, &centre.safeguarding).await
}

/// An upsert that changed no row met a part of another centre.
fn own(rows: u64) -> Result<(), StorageError> {
    if rows == 0 { Err(Conflict::Identifier.into()) } else { Ok(()) }
}

async fn spaces(link: &mut Link, centre: Uuid, spaces: &[Space]) -> Result<(), StorageError> {
    let sql = "INSERT INTO space (id, centre, position, letter, sign, name, question, hint, directions)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, letter = excluded.letter, sign = excluded.sign,
            name = excluded.name, question = excluded.question, hint = excluded.hint, directions = excluded.directions
        WHERE space.centre = excluded.centre";
    for (position, space) in spaces.iter().enumerate() {
        own(execute!(
            *link,
            sql,
            space.id.0,
            centre,
            number(position),
            space.letter.to_string(),
            i64::from(space.sign),
            Json(&space.name),
            Json(&space.question),
            Json(&space.hint),
            Json(&space.directions),
        )?)?;
    }
    Ok(())
}

async fn needs(link: &mut Link, centre: Uuid, needs: &[Need]) -> Result<(), StorageError> {
    let sql = "INSERT INTO need (id, centre, position, code, space, question, label, helps_with)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, code = excluded.code, space = excluded.space,
            question = excluded.question, label = excluded.label, helps_with = excluded.helps_with
        WHERE need.centre = excluded.centre";
    for (position, need) in needs.iter().enumerate() {
        own(execute!(
            *link,
            sql,
            need.id.0,
            centre,
            number(position),
            &need.code,
            need.space.0,
            Json(&need.question),
            Json(&need.label),
            Json(&need.helps_with),
        )?)?;
    }
    Ok(())
}

async fn desks(link: &mut Link, centre: Uuid, desks: &[Desk]) -> Result<(), StorageError> {
    let of_desk = "INSERT INTO desk (id, centre, position, name, space) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, space = excluded.space
        WHERE desk.centre = excluded.centre";
    let of_place = "INSERT INTO place (id, desk, position, name, accommodations) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET desk = excluded.desk, position = excluded.position, name = excluded.name,
            accommodations = excluded.accommodations
        WHERE place.desk IN (SELECT id FROM desk WHERE centre = $6)";
    for (position, desk) in desks.iter().enumerate() {
        own(execute!(*link, of_desk, desk.id.0, centre, number(position), &desk.name, desk.space.map(|s| s.0))?)?;
        for (position, place) in desk.places.iter().enumerate() {
            let accommodations = Json(&place.accommodations);
            own(execute!(
                *link,
                of_place,
                place.id.0,
                desk.id.0,
                number(position),
                &place.name,
                accommodations,
                centre
            )?)?;
        }
    }
    Ok(())
}

async fn organisations(link: &mut Link, centre: Uuid, organisations: &[Organisation]) -> Result<(), StorageError> {
    execute!(*link, "DELETE FROM centre_organisation WHERE centre = $1", centre)?;
    for (position, organisation) in organisations.iter().enumerate() {
        let sql =
            "INSERT INTO organisation (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
        execute!(*link, sql, organisation.id.0, &organisation.name)?;
        let sql = "INSERT INTO centre_organisation (centre, organisation, position) VALUES ($1, $2, $3)";
        execute!(*link, sql, centre, organisation.id.0, number(position))?;
    }
    let sql = "DELETE FROM organisation WHERE id NOT IN (SELECT organisation FROM centre_organisation)
        AND id NOT IN (SELECT organisation FROM staff WHERE organisation IS NOT NULL)";
    execute!(*link, sql)?;
    Ok(())
}

async fn cards(link: &mut Link, centre: Uuid, cards: &[SafeguardingCard]) -> Result<(), StorageError> {
    execute!(*link, "DELETE FROM safeguarding_card WHERE centre = $1", centre)?;
    for (position, card) in cards.iter().enumerate() {
        let sql = "INSERT INTO safeguarding_card (centre, position, code, title, steps, phone) VALUES ($1, $2, $3, $4, $5, $6)";
        execute!(
            *link,
            sql,
            centre,
            number(position),
            &card.code,
            Json(&card.title),
            Json(&card.steps),
            card.phone.as_ref()
        )?;
    }
    Ok(())
}

/// From the leaves to the root, so that moving a need to another space does not take it away with its old one.
async fn remove_what_is_gone(link: &mut Link, centre: &Centre) -> Result<(), StorageError> {
    let id = centre.id.0;
    let places = centre.desks.iter().flat_map(|d| &d.places).map(|p| p.id.0).collect();
    let sql = "SELECT p.id AS id FROM place p JOIN desk d ON d.id = p.desk WHERE d.centre = $1";
    for gone in missing(fetch_all!(*link, (Uuid,), sql, id)?, &places) {
        execute!(*link, "DELETE FROM place WHERE id = $1", gone)?;
    }
    let desks = centre.desks.iter().map(|d| d.id.0).collect();
    for gone in missing(fetch_all!(*link, (Uuid,), "SELECT id FROM desk WHERE centre = $1", id)?, &desks) {
        execute!(*link, "DELETE FROM desk WHERE id = $1", gone)?;
    }
    let needs = centre.needs.iter().map(|n| n.id.0).collect();
    for gone in missing(fetch_all!(*link, (Uuid,), "SELECT id FROM need WHERE centre = $1", id)?, &needs) {
        execute!(*link, "DELETE FROM need WHERE id = $1", gone)?;
    }
    let spaces = centre.spaces.iter().map(|s| s.id.0).collect();
    for gone in missing(fetch_all!(*link, (Uuid,), "SELECT id FROM space WHERE centre = $1", id)?, &spaces) {
        execute!(*link, "DELETE FROM space WHERE id = $1", gone)?;
    }
    Ok(())
}

fn missing(stored: Vec<(Uuid,)>, kept: &HashSet<Uuid>) -> Vec<Uuid> {
    stored.into_iter().map(|(id,)| id).filter(|id| !kept.contains(id)).collect()
}
