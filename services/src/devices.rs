//! Kiosks, displays and printers: enrolled by a short code, revoked at once.

use domain::{
    CentreId, DeviceId, Instant,
    staff::{Arrow, Device, DeviceKind},
};
use serde::{Deserialize, Serialize};

use crate::{Actor, DeviceSecret, Parvis, Problem};

/// What a device that is not yet enrolled holds: it shows the code and keeps the secret.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// What the device shows and staff type in: six characters.
    pub code: String,
    /// The device's secret, worth something once staff typed the code.
    pub secret: DeviceSecret,
    /// Until when the code can be typed.
    pub expires: Instant,
}

/// What staff type to enrol a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolForm {
    /// The code that the device shows.
    pub code: String,
    /// What it is.
    pub kind: DeviceKind,
    /// Where it stands.
    pub name: String,
    /// For a display: where its arrow points.
    #[serde(default)]
    pub arrow: Arrow,
    /// For a kiosk: the printer that its receipts go to.
    #[serde(default)]
    pub printer: Option<DeviceId>,
}

impl Parvis {
    /// A device asks for a code to show. It then asks [`Parvis::actor_of_device`] with its secret until staff typed it.
    pub async fn start_enrolment(&self) -> Result<Enrolment, Problem> {
        todo!()
    }
    /// Staff type the code that a device shows.
    pub async fn enrol(&self, actor: &Actor, centre: CentreId, form: EnrolForm) -> Result<Device, Problem> {
        let _ = (actor, centre, form);
        todo!()
    }
    /// The devices of a centre.
    pub async fn devices(&self, actor: &Actor, centre: CentreId) -> Result<Vec<Device>, Problem> {
        let _ = (actor, centre);
        todo!()
    }
    /// Changes a device's name, arrow or printer; what it is and where it stands stay.
    pub async fn save_device(&self, actor: &Actor, device: Device) -> Result<Device, Problem> {
        let _ = (actor, device);
        todo!()
    }
    /// From now on the device's secret is worth nothing.
    pub async fn revoke_device(&self, actor: &Actor, device: DeviceId) -> Result<(), Problem> {
        let _ = (actor, device);
        todo!()
    }
    /// Adds a device from the command line: whoever holds the machine may. The secret is given once.
    pub async fn add_device(
        &self,
        centre: CentreId,
        kind: DeviceKind,
        name: &str,
    ) -> Result<(Device, DeviceSecret), Problem> {
        let _ = (centre, kind, name);
        todo!()
    }
    /// A printer's agent, or the server that prints, says whether printing works; staff are told when it does not.
    pub fn printer_works(&self, centre: CentreId, printer: DeviceId, works: bool) {
        let _ = (centre, printer, works);
        todo!()
    }
}
