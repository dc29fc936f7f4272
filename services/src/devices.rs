//! Kiosks, displays and printers: enrolled by a short code, revoked at once.

use domain::{
    CentreId, DeviceId, Instant,
    staff::{Arrow, Connection, Device, DeviceKind, Paper, PrinterWays},
};
use serde::{Deserialize, Serialize};
use storage::{Conflict, StorageError, devices};

use crate::{
    Actor, DeviceSecret, Parvis, Problem, What,
    authorise::{self, UseCase},
    limits::Source,
    printers::AllowedPrinters,
    secrets::{Secret, as_typed, readable},
    settings::checked_name,
};

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

/// How long a code can be typed in.
const ENROLMENT: chrono::Duration = chrono::Duration::minutes(10);
/// Characters of a code.
const CODE: usize = 6;
/// How long an agent has its printer without a word: longer than the server keeps its question open and than a receipt takes
/// to print.
const HELD: chrono::Duration = chrono::Duration::seconds(50);

impl Parvis {
    /// A device asks for a code to show. It then asks [`Parvis::actor_of_device`] with its secret until staff typed it.
    pub async fn start_enrolment(&self, source: Source) -> Result<Enrolment, Problem> {
        self.0.doors.enrolment(source, self.0.tools.clock.monotonic())?;
        let (tools, now) = (&self.0.tools, self.now());
        let secret = Secret::new(tools.secrets.as_ref());
        let expires = now + ENROLMENT;
        for _ in 0..10 {
            let code = readable(tools.secrets.as_ref(), CODE);
            match devices::start_enrolment(&tools.database, &code, secret.hash(), now, expires).await {
                Ok(()) => return Ok(Enrolment { code, secret, expires }),
                Err(StorageError::Conflict(Conflict::Code)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Problem::TooManyTries { retry_after: std::time::Duration::from_mins(1) })
    }

    /// Staff type the code that a device shows.
    pub async fn enrol(&self, actor: &Actor, centre: CentreId, form: EnrolForm) -> Result<Device, Problem> {
        self.allowed(actor, centre, UseCase::ManageDevices)?;
        let device = Device {
            id: DeviceId(self.0.tools.secrets.new_id()),
            centre,
            kind: form.kind,
            name: checked_name(&form.name)?,
            arrow: form.arrow,
            printer: form.printer,
            connection: first_connection(form.kind),
            paper: Paper::default(),
            active: true,
        };
        self.check_printer(&device).await?;
        let claimed =
            devices::claim_enrolment(&self.0.tools.database, &as_typed(&form.code), &device, self.now()).await?;
        if claimed { Ok(device) } else { Err(Problem::Unknown(What::EnrolmentCode)) }
    }

    /// The devices of a centre.
    pub async fn devices(&self, actor: &Actor, centre: CentreId) -> Result<Vec<Device>, Problem> {
        self.allowed(actor, centre, UseCase::SeeDevices)?;
        Ok(devices::of_centre(&self.0.tools.database, centre).await?)
    }
    /// A device of a centre, for the server that prints and for the device's own page.
    pub async fn device(&self, id: DeviceId) -> Result<Device, Problem> {
        devices::by_id(&self.0.tools.database, id).await?.ok_or(Problem::Unknown(What::Device))
    }

    /// Changes a device's name, arrow, printer, paper and connection; what it is and where it stands stay. To what the
    /// server itself connects or writes, only an administrator says, among what was allowed when it was started. A revoked
    /// device stays revoked.
    pub async fn save_device(&self, actor: &Actor, device: Device) -> Result<Device, Problem> {
        let known = self.device(device.id).await?;
        let who = self.allowed(actor, known.centre, UseCase::ManageDevices)?;
        if !known.active {
            return Err(Problem::Unknown(What::Device));
        }
        let reaches = matches!(device.connection, Connection::Tcp(_) | Connection::File(_));
        let printers = &self.0.tools.printers;
        if reaches && device.connection != known.connection {
            authorise::use_case(&who, UseCase::ConnectPrinters)?;
            if !printers.allow(&device.connection) {
                return Err(Problem::PrinterNotAllowed);
            }
        }
        let saved = Device {
            centre: known.centre,
            kind: known.kind,
            name: checked_name(&device.name)?,
            active: true,
            ..device
        };
        self.check_printer(&saved).await?;
        if !devices::save(&self.0.tools.database, &saved).await? {
            return Err(Problem::Unknown(What::Device));
        }
        self.0.callers.forget();
        self.printer_refused(saved.centre, saved.id, !printers.allow(&saved.connection));
        Ok(saved)
    }

    /// A kiosk prints on a printer of its centre.
    async fn check_printer(&self, device: &Device) -> Result<(), Problem> {
        let Some(printer) = device.printer else { return Ok(()) };
        let found = devices::by_id(&self.0.tools.database, printer).await?;
        let fits = found.is_some_and(|p| p.kind == DeviceKind::Printer && p.centre == device.centre && p.active);
        if fits { Ok(()) } else { Err(Problem::Invalid { field: "printer", code: "unknown_printer" }) }
    }

    /// From now on the device's secret is worth nothing, for good.
    pub async fn revoke_device(&self, actor: &Actor, device: DeviceId) -> Result<(), Problem> {
        let known = self.device(device).await?;
        self.allowed(actor, known.centre, UseCase::ManageDevices)?;
        self.printer_works(known.centre, device, true);
        self.printer_refused(known.centre, device, false);
        devices::revoke(&self.0.tools.database, device).await?;
        self.0.callers.forget();
        Ok(())
    }

    /// Adds a device from the command line: whoever holds the machine may. The secret is given once.
    pub async fn add_device(
        &self,
        centre: CentreId,
        kind: DeviceKind,
        device_name: &str,
    ) -> Result<(Device, DeviceSecret), Problem> {
        let centre = self.centre_by_id(centre)?.id;
        let device = Device {
            id: DeviceId(self.0.tools.secrets.new_id()),
            centre,
            kind,
            name: checked_name(device_name)?,
            arrow: Arrow::default(),
            printer: None,
            connection: first_connection(kind),
            paper: Paper::default(),
            active: true,
        };
        let secret = Secret::new(self.0.tools.secrets.as_ref());
        devices::create(&self.0.tools.database, &device, secret.hash()).await?;
        Ok((device, secret))
    }

    /// An agent asks for its printer's receipts, with what it calls itself. One at a time has them, on whichever node it
    /// asks: staff are told of another with the same secret.
    ///
    /// # Errors
    /// [`Problem::PrinterHasAgent`] while another has it.
    pub async fn hold_printer(&self, printer: &Device, agent: &str) -> Result<(), Problem> {
        let now = self.now();
        let held = devices::hold_printer(&self.0.tools.database, printer.id, agent, now, now + HELD).await?;
        if held {
            return Ok(());
        }
        tracing::warn!(
            printer = printer.name,
            "a second print agent asks with the secret of this printer: it gets nothing"
        );
        if let Some(live) = self.0.lives.get(printer.centre, self.0.tools.clock.as_ref()) {
            live.printer_doubled(printer.id, now);
        }
        Err(Problem::PrinterHasAgent)
    }
    /// An agent went while it waited for a receipt: another may have its printer at once.
    pub async fn release_printer(&self, printer: DeviceId, agent: &str) -> Result<(), Problem> {
        Ok(devices::release_printer(&self.0.tools.database, printer, agent).await?)
    }

    /// On what the server itself may print.
    pub fn allowed_printers(&self) -> &AllowedPrinters {
        &self.0.tools.printers
    }
    /// What may be chosen for a printer that the server itself writes to.
    #[allow(clippy::unused_async, reason = "asked like every use case")]
    pub async fn printer_ways(&self, actor: &Actor, centre: CentreId) -> Result<PrinterWays, Problem> {
        self.allowed(actor, centre, UseCase::ConnectPrinters)?;
        Ok(self.0.tools.printers.ways())
    }
    /// The printers that the server itself would write to and may not: kept by a version that did not ask, or by a start
    /// with other options.
    pub async fn refused_printers(&self) -> Result<Vec<Device>, Problem> {
        let mut refused = Vec::new();
        for centre in self.centres() {
            let devices = devices::of_centre(&self.0.tools.database, centre.id).await?;
            refused.extend(devices.into_iter().filter(|d| d.active && !self.0.tools.printers.allow(&d.connection)));
        }
        Ok(refused)
    }
    /// The server that prints says whether it may print on a printer; staff are told when it may not.
    pub fn printer_refused(&self, centre: CentreId, printer: DeviceId, refused: bool) {
        if let Some(live) = self.0.lives.get(centre, self.0.tools.clock.as_ref()) {
            live.printer_refused(printer, refused, self.now());
        }
    }

    /// A printer's agent, or the server that prints, says whether printing works; staff are told when it does not.
    pub fn printer_works(&self, centre: CentreId, printer: DeviceId, works: bool) {
        if let Some(live) = self.0.lives.get(centre, self.0.tools.clock.as_ref()) {
            live.printer_works(printer, works, self.now());
        }
    }
}

/// A printer that was enrolled by a code has somebody there who asks: its agent.
fn first_connection(kind: DeviceKind) -> Connection {
    match kind {
        DeviceKind::Printer => Connection::Agent,
        DeviceKind::Kiosk | DeviceKind::Display => Connection::None,
    }
}
