//! Enrolled devices, and the codes by which they are enrolled. Of a secret only its SHA-256 is kept.
//!
//! A device shows a short code and asks, with a secret of its own, whether it was enrolled. Staff type the code in,
//! which makes the device; the next time it asks it is given its secret, once.

use domain::{
    CentreId, DeviceId, Instant,
    staff::{Arrow, Device, DeviceKind},
};
use uuid::Uuid;

use crate::{
    Database, StorageError,
    database::Link,
    values::{code, micros, of_code},
};

#[derive(sqlx::FromRow)]
struct DeviceRow {
    id: Uuid,
    centre: Uuid,
    kind: String,
    name: String,
    arrow: String,
    printer: Option<Uuid>,
    connection: String,
    paper: String,
    active: bool,
}

/// What a device that asks for its secret is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolment {
    /// There is no such enrolment, or it has expired: show a new code.
    Unknown,
    /// Nobody has typed the code in yet.
    Waiting,
    /// Enrolled: the secret given is now this device's.
    Done(Device),
}

/// Keeps a new device with the hash of its secret.
pub async fn create(database: &Database, device: &Device, secret_hash: [u8; 32]) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    insert(&mut link, device, Some(&secret_hash)).await?;
    link.commit().await
}

async fn insert(link: &mut Link, device: &Device, secret_hash: Option<&[u8]>) -> Result<(), StorageError> {
    let sql = "INSERT INTO device (id, centre, kind, name, arrow, printer, connection, paper, active, secret_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let printer = device.printer.map(|p| p.0);
    let (kind, arrow, paper) = (device.kind.code(), code(&device.arrow)?, code(&device.paper)?);
    let (centre, connection) = (device.centre.0, String::from(device.connection.clone()));
    let (id, name, active) = (device.id.0, &device.name, device.active);
    execute!(*link, sql, id, centre, kind, name, arrow, printer, connection, paper, active, secret_hash)?;
    Ok(())
}

/// Changes a device; gives whether there is one that is not revoked. Its centre and kind stay.
pub async fn save(database: &Database, device: &Device) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    let sql = "UPDATE device SET name = $1, arrow = $2, printer = $3, connection = $4, paper = $5
        WHERE id = $6 AND active = $7";
    let printer = device.printer.map(|p| p.0);
    let (arrow, paper) = (code(&device.arrow)?, code(&device.paper)?);
    let (name, connection) = (&device.name, String::from(device.connection.clone()));
    let rows = execute!(link, sql, name, arrow, printer, connection, paper, device.id.0, true)?;
    link.commit().await?;
    Ok(rows == 1)
}

/// Revokes a device for good: its secret is gone, and so is a code that it has not come back with. Gives whether there is
/// such a device.
pub async fn revoke(database: &Database, id: DeviceId) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    let rows = execute!(link, "UPDATE device SET active = $1, secret_hash = NULL WHERE id = $2", false, id.0)?;
    execute!(link, "DELETE FROM enrolment WHERE device = $1", id.0)?;
    link.commit().await?;
    Ok(rows == 1)
}

/// The active device that has this secret.
pub async fn by_secret(database: &Database, secret_hash: [u8; 32]) -> Result<Option<Device>, StorageError> {
    let mut link = database.reader().await?;
    let sql = "SELECT * FROM device WHERE secret_hash = $1 AND active = $2";
    fetch_optional!(link, DeviceRow, sql, &secret_hash[..], true)?.map(device).transpose()
}

/// A device, active or not.
pub async fn by_id(database: &Database, id: DeviceId) -> Result<Option<Device>, StorageError> {
    let mut link = database.reader().await?;
    fetch_optional!(link, DeviceRow, "SELECT * FROM device WHERE id = $1", id.0)?.map(device).transpose()
}

/// Devices of a centre, in the order of kind and name.
pub async fn of_centre(database: &Database, centre: CentreId) -> Result<Vec<Device>, StorageError> {
    let mut link = database.reader().await?;
    let rows = fetch_all!(link, DeviceRow, "SELECT * FROM device WHERE centre = $1", centre.0)?;
    let mut devices = rows.into_iter().map(device).collect::<Result<Vec<_>, _>>()?;
    devices.sort_by(|a, b| (a.kind, &a.name, a.id).cmp(&(b.kind, &b.name, b.id)));
    Ok(devices)
}

/// Gives a printer to one of its agents until then, if no other has it now, on any node. Gives whether it is that agent's.
pub async fn hold_printer(
    database: &Database,
    printer: DeviceId,
    agent: &str,
    now: Instant,
    until: Instant,
) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    let sql = "INSERT INTO print_agent (printer, agent, until) VALUES ($1, $2, $3)
        ON CONFLICT (printer) DO UPDATE SET agent = excluded.agent, until = excluded.until
        WHERE print_agent.agent = excluded.agent OR print_agent.until <= $4";
    let rows = execute!(link, sql, printer.0, agent, micros(until), micros(now))?;
    link.commit().await?;
    Ok(rows == 1)
}

/// An agent is gone: another may have its printer.
pub async fn release_printer(database: &Database, printer: DeviceId, agent: &str) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    execute!(link, "DELETE FROM print_agent WHERE printer = $1 AND agent = $2", printer.0, agent)?;
    link.commit().await
}

/// Begins an enrolment: the code that the device shows, and the hash of what it asks with.
///
/// # Errors
/// [`crate::Conflict::Code`] if another device shows this code: take another one.
pub async fn start_enrolment(
    database: &Database,
    code: &str,
    poll_hash: [u8; 32],
    now: Instant,
    expires: Instant,
) -> Result<(), StorageError> {
    let mut link = database.writer().await?;
    forget_expired(&mut link, now).await?;
    let sql = "INSERT INTO enrolment (code, poll_hash, expires_at) VALUES ($1, $2, $3)";
    execute!(link, sql, code, &poll_hash[..], micros(expires))?;
    link.commit().await
}

/// A device that never fetched its secret goes with its code.
async fn forget_expired(link: &mut Link, now: Instant) -> Result<(), StorageError> {
    let sql =
        "DELETE FROM device WHERE secret_hash IS NULL AND id IN (SELECT device FROM enrolment WHERE expires_at <= $1)";
    execute!(*link, sql, micros(now))?;
    execute!(*link, "DELETE FROM enrolment WHERE expires_at <= $1", micros(now))?;
    Ok(())
}

/// Staff have typed the code in: makes the device. Gives whether a device shows this code and waits for it.
pub async fn claim_enrolment(
    database: &Database,
    code: &str,
    device: &Device,
    now: Instant,
) -> Result<bool, StorageError> {
    let mut link = database.writer().await?;
    insert(&mut link, device, None).await?;
    let sql = "UPDATE enrolment SET device = $1 WHERE code = $2 AND device IS NULL AND expires_at > $3";
    let rows = execute!(link, sql, device.id.0, code, micros(now))?;
    if rows == 1 {
        link.commit().await?;
    }
    Ok(rows == 1)
}

/// A device asks for its secret. Once it is enrolled, the secret whose hash comes along becomes its own and the
/// enrolment is over.
pub async fn finish_enrolment(
    database: &Database,
    poll_hash: [u8; 32],
    secret_hash: [u8; 32],
    now: Instant,
) -> Result<Enrolment, StorageError> {
    let sql = "SELECT device FROM enrolment WHERE poll_hash = $1 AND expires_at > $2";
    let mut reader = database.reader().await?;
    match fetch_optional!(reader, (Option<Uuid>,), sql, &poll_hash[..], micros(now))? {
        None => return Ok(Enrolment::Unknown),
        Some((None,)) => return Ok(Enrolment::Waiting),
        Some((Some(_),)) => drop(reader),
    }
    let mut link = database.writer().await?;
    let sql = "DELETE FROM enrolment WHERE poll_hash = $1 AND device IS NOT NULL RETURNING device";
    let Some((id,)) = fetch_optional!(link, (Uuid,), sql, &poll_hash[..])? else { return Ok(Enrolment::Unknown) };
    let sql = "UPDATE device SET secret_hash = $1 WHERE id = $2 AND active = $3 RETURNING *";
    let row = fetch_optional!(link, DeviceRow, sql, &secret_hash[..], id, true)?;
    link.commit().await?;
    row.map(device).transpose().map(|d| d.map_or(Enrolment::Unknown, Enrolment::Done))
}

fn device(row: DeviceRow) -> Result<Device, StorageError> {
    Ok(Device {
        id: DeviceId(row.id),
        centre: CentreId(row.centre),
        kind: of_code::<DeviceKind>(row.kind)?,
        name: row.name,
        arrow: of_code::<Arrow>(row.arrow)?,
        printer: row.printer.map(DeviceId),
        connection: of_code(row.connection)?,
        paper: of_code(row.paper)?,
        active: row.active,
    })
}
