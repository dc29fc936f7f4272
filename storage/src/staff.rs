//! Staff with their roles and abilities. Personal data: nothing of a day or of the counts points here.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CentreId, NeedId, OrganisationId, StaffId,
    centre::Accommodation,
    staff::{Abilities, Role, Staff},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    Database, StorageError,
    database::Link,
    values::{code, of_code, parsed},
};

#[derive(sqlx::FromRow)]
#[allow(clippy::struct_excessive_bools, reason = "each is a column")]
struct StaffRow {
    id: Uuid,
    login: String,
    name: String,
    centre: Option<Uuid>,
    organisation: Option<Uuid>,
    welcome: bool,
    language: String,
    must_change_password: bool,
    letter_keys: bool,
    active: bool,
    password_hash: Option<String>,
}

/// Saves an account. Without a password hash the present one stays; a new account without one cannot sign in.
///
/// # Errors
/// [`crate::Conflict::Login`] if somebody else has the login; [`crate::Conflict::Reference`] if centre, organisation or
/// a need does not exist.
pub async fn save(database: &Database, staff: &Staff, password_hash: Option<&str>) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO staff (id, login, name, centre, organisation, welcome, language, must_change_password, letter_keys,
            active, password_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, centre = excluded.centre,
            organisation = excluded.organisation, welcome = excluded.welcome, language = excluded.language,
            must_change_password = excluded.must_change_password, letter_keys = excluded.letter_keys,
            active = excluded.active, password_hash = COALESCE(excluded.password_hash, staff.password_hash)";
    execute!(
        link,
        sql,
        staff.id.0,
        &staff.login,
        &staff.name,
        staff.centre.map(|c| c.0),
        staff.organisation.map(|o| o.0),
        staff.abilities.welcome,
        staff.language.code(),
        staff.must_change_password,
        staff.letter_keys,
        staff.active,
        password_hash,
    )?;
    save_parts(&mut link, staff).await?;
    link.commit().await
}

async fn save_parts(link: &mut Link, staff: &Staff) -> Result<(), StorageError> {
    let id = staff.id.0;
    execute!(*link, "DELETE FROM staff_role WHERE staff = $1", id)?;
    for role in &staff.roles {
        execute!(*link, "INSERT INTO staff_role (staff, role) VALUES ($1, $2)", id, role.code())?;
    }
    execute!(*link, "DELETE FROM staff_need WHERE staff = $1", id)?;
    for need in &staff.abilities.needs {
        execute!(*link, "INSERT INTO staff_need (staff, need) VALUES ($1, $2)", id, need.0)?;
    }
    execute!(*link, "DELETE FROM staff_language WHERE staff = $1", id)?;
    for language in &staff.abilities.languages {
        execute!(*link, "INSERT INTO staff_language (staff, language) VALUES ($1, $2)", id, language.code())?;
    }
    execute!(*link, "DELETE FROM staff_accommodation WHERE staff = $1", id)?;
    for accommodation in &staff.abilities.accommodations {
        let sql = "INSERT INTO staff_accommodation (staff, accommodation) VALUES ($1, $2)";
        execute!(*link, sql, id, code(accommodation)?)?;
    }
    Ok(())
}

/// An account.
pub async fn by_id(database: &Database, id: StaffId) -> Result<Option<Staff>, StorageError> {
    let mut link = database.snapshot().await?;
    let row = fetch_optional!(link, StaffRow, "SELECT * FROM staff WHERE id = $1", id.0)?;
    Ok(with_parts(&mut link, row.into_iter().collect()).await?.pop().map(|(staff, _)| staff))
}

/// An account with its password hash; none where nobody has this login, or no password was ever set.
pub async fn by_login(database: &Database, login: &str) -> Result<Option<(Staff, String)>, StorageError> {
    let mut link = database.snapshot().await?;
    let row = fetch_optional!(link, StaffRow, "SELECT * FROM staff WHERE login = $1", login)?;
    let found = with_parts(&mut link, row.into_iter().collect()).await?.pop();
    Ok(found.and_then(|(staff, hash)| Some((staff, hash?))))
}

/// Accounts of a centre, in the order of their logins.
pub async fn of_centre(database: &Database, centre: CentreId) -> Result<Vec<Staff>, StorageError> {
    let mut link = database.snapshot().await?;
    let rows = fetch_all!(link, StaffRow, "SELECT * FROM staff WHERE centre = $1", centre.0)?;
    Ok(in_order(with_parts(&mut link, rows).await?))
}

/// Every account, in the order of their logins.
pub async fn list_all(database: &Database) -> Result<Vec<Staff>, StorageError> {
    let mut link = database.snapshot().await?;
    let rows = fetch_all!(link, StaffRow, "SELECT * FROM staff")?;
    Ok(in_order(with_parts(&mut link, rows).await?))
}

/// Sets a password. Gives whether there is such an account.
pub async fn set_password(
    database: &Database,
    id: StaffId,
    hash: &str,
    must_change: bool,
) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    let sql = "UPDATE staff SET password_hash = $1, must_change_password = $2 WHERE id = $3";
    let rows = execute!(link, sql, hash, must_change, id.0)?;
    link.commit().await?;
    Ok(rows == 1)
}

fn in_order(found: Vec<(Staff, Option<String>)>) -> Vec<Staff> {
    let mut staff: Vec<Staff> = found.into_iter().map(|(staff, _)| staff).collect();
    staff.sort_by(|a, b| a.login.cmp(&b.login));
    staff
}

/// What several rows say about one account.
#[derive(Default)]
struct Parts {
    roles: BTreeMap<Uuid, BTreeSet<Role>>,
    needs: BTreeMap<Uuid, BTreeSet<NeedId>>,
    languages: BTreeMap<Uuid, BTreeSet<domain::Language>>,
    accommodations: BTreeMap<Uuid, BTreeSet<Accommodation>>,
}

async fn with_parts(link: &mut Link, rows: Vec<StaffRow>) -> Result<Vec<(Staff, Option<String>)>, StorageError> {
    let mut parts = Parts::default();
    match rows.as_slice() {
        [] => {}
        [one] => one_account(link, &mut parts, one.id).await?,
        _ => every_account(link, &mut parts).await?,
    }
    rows.into_iter().map(|row| account(row, &mut parts)).collect()
}

async fn one_account(link: &mut Link, parts: &mut Parts, id: Uuid) -> Result<(), StorageError> {
    let roles = fetch_all!(*link, (Uuid, String), "SELECT staff, role FROM staff_role WHERE staff = $1", id)?;
    let needs = fetch_all!(*link, (Uuid, Uuid), "SELECT staff, need FROM staff_need WHERE staff = $1", id)?;
    let languages =
        fetch_all!(*link, (Uuid, String), "SELECT staff, language FROM staff_language WHERE staff = $1", id)?;
    let sql = "SELECT staff, accommodation FROM staff_accommodation WHERE staff = $1";
    let accommodations = fetch_all!(*link, (Uuid, String), sql, id)?;
    parts.add(roles, needs, languages, accommodations)
}

async fn every_account(link: &mut Link, parts: &mut Parts) -> Result<(), StorageError> {
    let roles = fetch_all!(*link, (Uuid, String), "SELECT staff, role FROM staff_role")?;
    let needs = fetch_all!(*link, (Uuid, Uuid), "SELECT staff, need FROM staff_need")?;
    let languages = fetch_all!(*link, (Uuid, String), "SELECT staff, language FROM staff_language")?;
    let accommodations = fetch_all!(*link, (Uuid, String), "SELECT staff, accommodation FROM staff_accommodation")?;
    parts.add(roles, needs, languages, accommodations)
}

impl Parts {
    fn add(
        &mut self,
        roles: Vec<(Uuid, String)>,
        needs: Vec<(Uuid, Uuid)>,
        languages: Vec<(Uuid, String)>,
        accommodations: Vec<(Uuid, String)>,
    ) -> Result<(), StorageError> {
        self.roles = coded(roles)?;
        self.accommodations = coded(accommodations)?;
        for (staff, need) in needs {
            self.needs.entry(staff).or_default().insert(NeedId(need));
        }
        for (staff, language) in languages {
            self.languages.entry(staff).or_default().insert(parsed(&language)?);
        }
        Ok(())
    }
}

fn coded<T: DeserializeOwned + Ord>(rows: Vec<(Uuid, String)>) -> Result<BTreeMap<Uuid, BTreeSet<T>>, StorageError> {
    let mut sets: BTreeMap<Uuid, BTreeSet<T>> = BTreeMap::new();
    for (staff, code) in rows {
        sets.entry(staff).or_default().insert(of_code(code)?);
    }
    Ok(sets)
}

fn account(row: StaffRow, parts: &mut Parts) -> Result<(Staff, Option<String>), StorageError> {
    let abilities = Abilities {
        needs: parts.needs.remove(&row.id).unwrap_or_default(),
        welcome: row.welcome,
        languages: parts.languages.remove(&row.id).unwrap_or_default(),
        accommodations: parts.accommodations.remove(&row.id).unwrap_or_default(),
    };
    let staff = Staff {
        id: StaffId(row.id),
        login: row.login,
        name: row.name,
        centre: row.centre.map(CentreId),
        organisation: row.organisation.map(OrganisationId),
        roles: parts.roles.remove(&row.id).unwrap_or_default(),
        abilities,
        language: parsed(&row.language)?,
        must_change_password: row.must_change_password,
        letter_keys: row.letter_keys,
        active: row.active,
    };
    Ok((staff, row.password_hash))
}
