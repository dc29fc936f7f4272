//! A whole centre from one TOML file. The format is that of `server/src/demo/centre.toml`, the demo centre.

mod build;
mod file;

use domain::{
    CentreId,
    staff::{Device, Staff},
};

use storage::{centres, devices, staff};

use build::Known;

use crate::{DeviceSecret, Parvis, Problem, passwords::generated, secrets::Secret};

/// What new accounts of an import get as their first password.
#[derive(Clone, Debug)]
pub enum FirstPasswords {
    /// Each its own, to be changed at the first sign-in.
    Generated,
    /// All this one, never to be changed: a demonstration.
    All(String),
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The centre.
    pub centre: CentreId,
    /// New accounts with their first passwords, to be shown once.
    pub accounts: Vec<(Staff, String)>,
    /// New devices with their secrets, to be shown once.
    pub devices: Vec<(Device, DeviceSecret)>,
}

/// A mistake in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its line, from 1.
    pub line: usize,
    /// Which field.
    pub field: String,
    /// What is wrong, and what to do.
    pub what: String,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file has mistakes: all of them, in the order of their lines.
    #[error("{}", .0.iter().map(|m| format!("line {}: {}: {}", m.line, m.field, m.what)).collect::<Vec<_>>().join("\n"))]
    Mistakes(Vec<Mistake>),
    /// It could not be stored.
    #[error(transparent)]
    Problem(#[from] Problem),
}

impl Parvis {
    /// Imports a whole centre. Importing it again changes what differs; ids stay, by slug, letters, codes and names.
    /// Accounts and devices that the file does not name stay as they are.
    pub async fn import_centre(&self, toml: &str, passwords: FirstPasswords) -> Result<Imported, ImportError> {
        let file = file::read(toml).map_err(|mistake| ImportError::Mistakes(vec![mistake]))?;
        let _one_at_a_time = self.0.changing.lock().await;
        let known = self.known(file.centre.slug.get_ref()).await?;
        let secrets = self.0.tools.secrets.as_ref();
        let built = build::build(file, toml, &known, &|| secrets.new_id()).map_err(ImportError::Mistakes)?;

        let database = &self.0.tools.database;
        if let Some((id, name)) = &built.network {
            centres::save_network(database, *id, name).await.map_err(Problem::from)?;
        }
        centres::save(database, &built.centre).await.map_err(Problem::from)?;
        let accounts = self.keep_staff(built.staff, &known, passwords).await?;
        let devices = self.keep_devices(built.devices, &known).await?;
        self.0.callers.forget();
        self.reload_registers().await?;
        Ok(Imported { centre: built.centre.id, accounts, devices })
    }

    async fn known(&self, slug: &str) -> Result<Known, Problem> {
        let database = &self.0.tools.database;
        let centre = centres::by_slug(database, slug).await?;
        let devices = match &centre {
            Some(centre) => devices::of_centre(database, centre.id).await?,
            None => Vec::new(),
        };
        Ok(Known {
            networks: centres::networks(database).await?,
            staff: staff::list_all(database).await?,
            centre,
            devices,
        })
    }

    async fn keep_staff(
        &self,
        all: Vec<Staff>,
        known: &Known,
        passwords: FirstPasswords,
    ) -> Result<Vec<(Staff, String)>, Problem> {
        let secrets = self.0.tools.secrets.as_ref();
        let shared = match &passwords {
            FirstPasswords::All(password) => Some(self.0.passwords.hash(password, secrets).await?),
            FirstPasswords::Generated => None,
        };
        let mut new = Vec::new();
        for mut account in all {
            if known.staff.iter().any(|s| s.id == account.id) {
                staff::save(&self.0.tools.database, &account, None).await?;
                continue;
            }
            let (password, hash) = if let (FirstPasswords::All(password), Some(hash)) = (&passwords, &shared) {
                (password.clone(), hash.clone())
            } else {
                let password = generated(secrets);
                let hash = self.0.passwords.hash(&password, secrets).await?;
                (password, hash)
            };
            account.must_change_password = matches!(passwords, FirstPasswords::Generated);
            staff::save(&self.0.tools.database, &account, Some(&hash)).await?;
            new.push((account, password));
        }
        Ok(new)
    }

    async fn keep_devices(&self, all: Vec<Device>, known: &Known) -> Result<Vec<(Device, DeviceSecret)>, Problem> {
        let mut new = Vec::new();
        for device in all {
            if known.devices.iter().any(|d| d.id == device.id) {
                devices::save(&self.0.tools.database, &device).await?;
                continue;
            }
            let secret = Secret::new(self.0.tools.secrets.as_ref());
            devices::create(&self.0.tools.database, &device, secret.hash()).await?;
            new.push((device, secret));
        }
        Ok(new)
    }
}
