//! `parvis admin …`: what whoever holds the machine may do. Secrets are printed once, on standard output.
#![allow(clippy::print_stdout)] // what the command line answers

use std::sync::Arc;

use app::texts::{Texts, settings};
use domain::{
    Language, OrganisationId, StaffId,
    centre::Centre,
    staff::{Abilities, Device, DeviceKind, Role, Staff},
};
use services::{
    Actor, Options, Parvis, Problem, StaffForm,
    import::{FirstPasswords, ImportError},
};
use thiserror::Error;

use crate::{
    config::{Admin, DatabaseOption, DeviceCommand, StaffCommand},
    database::DatabaseError,
    say::{note, say},
};

/// Why a command did not do what was asked.
#[derive(Debug, Error)]
pub enum AdminError {
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The use case said no.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The file has mistakes.
    #[error("nothing was imported:\n{0}")]
    Import(#[from] ImportError),
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The centre has no such organisation.
    #[error("the centre has no organisation “{0}”; it has: {1}")]
    Organisation(String, String),
}

/// Runs one command.
///
/// # Errors
/// If it could not be done; nothing was changed then.
pub async fn run(command: Admin) -> Result<(), AdminError> {
    match command {
        Admin::Import { database, file } => {
            let parvis = open(&database).await?;
            finish(&parvis, import(&parvis, &file).await).await
        }
        Admin::Device(command) => device(command).await,
        Admin::Password { database, login } => {
            let parvis = open(&database).await?;
            finish(&parvis, password(&parvis, &login).await).await
        }
        Admin::Staff(command) => staff(command).await,
    }
}

pub(crate) async fn open(database: &DatabaseOption) -> Result<Parvis, AdminError> {
    let database = crate::database::open(database, false).await?;
    Ok(Parvis::start(database, Options { timer: false, days: false, ..Options::default() }).await?)
}

/// Whoever holds the machine may do what an administrator may.
fn operator() -> Actor {
    Actor::Staff(Arc::new(Staff {
        id: StaffId(uuid::Uuid::nil()),
        login: String::new(),
        name: String::new(),
        centre: None,
        organisation: None,
        roles: [Role::Administrator].into(),
        abilities: Abilities::default(),
        language: Language::english(),
        must_change_password: false,
        letter_keys: false,
        active: true,
    }))
}

async fn finish(parvis: &Parvis, result: Result<(), AdminError>) -> Result<(), AdminError> {
    parvis.stop().await;
    result
}

async fn import(parvis: &Parvis, file: &std::path::Path) -> Result<(), AdminError> {
    let toml = tokio::fs::read_to_string(file).await.map_err(|e| AdminError::File(file.display().to_string(), e))?;
    let imported = parvis.import_centre(&toml, FirstPasswords::Generated).await?;
    let centre = parvis.centre_by_id(imported.centre)?;
    say!("{} ({}) is imported.", centre.name.get(&centre.language()), centre.slug);
    if !imported.accounts.is_empty() {
        println!();
        say!("New accounts and their first passwords, shown only now:");
        for (staff, password) in &imported.accounts {
            say!("  {:<20} {password}   {}", staff.login, staff.name);
        }
    }
    if !imported.devices.is_empty() {
        println!();
        say!("New devices and their secrets, shown only now:");
        for (device, secret) in &imported.devices {
            say!("  {:<8} {}   {}", device.kind.code(), secret.reveal(), device.name);
        }
    }
    Ok(())
}

async fn password(parvis: &Parvis, login: &str) -> Result<(), AdminError> {
    let password = parvis.reset_password_of(login, None).await?;
    say!("{password}");
    note!("This is the new password of {login}, shown only now. It has to be changed at the first sign-in.");
    Ok(())
}

async fn device(command: DeviceCommand) -> Result<(), AdminError> {
    match command {
        DeviceCommand::Add { database, centre, kind, name } => {
            let parvis = open(&database).await?;
            let add = async {
                let centre = parvis.centre(&centre)?;
                let known = parvis.devices(&operator(), centre.id).await?;
                let name = name.unwrap_or_else(|| free_name(kind, &centre, &known));
                let (device, secret) = parvis.add_device(centre.id, kind, &name).await?;
                say!("{}", secret.reveal());
                let (kind, id) = (device.kind.code(), device.id);
                note!("This is the secret of {kind} “{name}” ({id}), shown only now.");
                Ok(())
            };
            let result = add.await;
            finish(&parvis, result).await
        }
        DeviceCommand::List { database, centre } => {
            let parvis = open(&database).await?;
            let list = async {
                let centre = parvis.centre(&centre)?;
                parvis.devices(&operator(), centre.id).await?.iter().for_each(print_device);
                Ok(())
            };
            let result = list.await;
            finish(&parvis, result).await
        }
        DeviceCommand::Revoke { database, device } => {
            let parvis = open(&database).await?;
            let result = parvis.revoke_device(&operator(), device.into()).await.map_err(AdminError::from);
            finish(&parvis, result).await
        }
    }
}

/// What it is in the centre's language, with a number where others are called so.
fn free_name(kind: DeviceKind, centre: &Centre, known: &[Device]) -> String {
    let t = Texts::of(&centre.language());
    let kind = match kind {
        DeviceKind::Kiosk => settings::kiosk(&t),
        DeviceKind::Display => settings::display(&t),
        DeviceKind::Printer => settings::printer(&t),
    };
    let mut letters = kind.chars();
    let kind: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let named = |number: usize| if number == 1 { kind.clone() } else { format!("{kind} {number}") };
    let is_free = |name: &String| known.iter().all(|device| device.name != *name);
    (1..=known.len() + 1).map(named).find(is_free).unwrap_or(kind)
}

fn print_device(device: &Device) {
    let state = if device.active { "" } else { "   revoked" };
    say!("{}   {:<8} {}{state}", device.id, device.kind.code(), device.name);
}

async fn staff(command: StaffCommand) -> Result<(), AdminError> {
    match command {
        StaffCommand::Add { database, login, name, roles, centre, organisation } => {
            let parvis = open(&database).await?;
            let add = async {
                let centre = parvis.centre(&centre)?;
                let organisation = organisation.map(|name| find_organisation(&centre, &name)).transpose()?;
                let form = StaffForm {
                    id: None,
                    login,
                    name,
                    organisation,
                    roles: roles.into_iter().collect(),
                    abilities: Abilities::default(),
                    language: centre.language(),
                    letter_keys: true,
                    active: true,
                };
                let saved = parvis.save_staff(&operator(), centre.id, form).await?;
                say!("{}", saved.first_password.unwrap_or_default());
                note!("This is the first password of {}, shown only now.", saved.staff.login);
                Ok(())
            };
            let result = add.await;
            finish(&parvis, result).await
        }
        StaffCommand::List { database, centre } => {
            let parvis = open(&database).await?;
            let list = async {
                let centre = parvis.centre(&centre)?;
                for staff in parvis.staff_list(&operator(), centre.id).await? {
                    let roles: Vec<&str> = staff.roles.iter().map(|r| r.code()).collect();
                    let state = if staff.active { "" } else { "   switched off" };
                    say!("{:<20} {:<30} {}{state}", staff.login, roles.join(", "), staff.name);
                }
                Ok(())
            };
            let result = list.await;
            finish(&parvis, result).await
        }
    }
}

fn find_organisation(centre: &Centre, name: &str) -> Result<OrganisationId, AdminError> {
    centre.organisations.iter().find(|o| o.name == name).map(|o| o.id).ok_or_else(|| {
        let names: Vec<&str> = centre.organisations.iter().map(|o| o.name.as_str()).collect();
        AdminError::Organisation(name.to_owned(), names.join(", "))
    })
}
