//! Members of staff, what they may be and can do, and enrolled devices.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{CentreId, DeviceId, Instant, Language, NeedId, OrganisationId, StaffId, centre::Accommodation};

/// What a member of staff is in a centre. One person can be several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Receives visitors at the door and steers the day.
    Host,
    /// Receives visits at a place.
    Counsellor,
    /// Manages a partner organisation's contribution.
    Manager,
    /// Runs the centre.
    Coordinator,
    /// Runs the installation and its network of centres.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Host, Self::Counsellor, Self::Manager, Self::Coordinator, Self::Administrator];

    /// The stable code, as in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Counsellor => "counsellor",
            Self::Manager => "manager",
            Self::Coordinator => "coordinator",
            Self::Administrator => "administrator",
        }
    }
}

/// What a counsellor can do for visitors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Abilities {
    /// Needs that can be served.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<NeedId>))]
    pub needs: BTreeSet<NeedId>,
    /// Whether visitors who chose no need are received too.
    #[serde(default)]
    pub welcome: bool,
    /// Languages spoken.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<Language>))]
    pub languages: BTreeSet<Language>,
    /// Accommodations that the counsellor brings, such as sign language.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<Accommodation>))]
    pub accommodations: BTreeSet<Accommodation>,
}

/// A member of staff's register entry. Personal data: nothing of a ticket or of statistics points here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Staff {
    /// Identifier.
    pub id: StaffId,
    /// What is typed at sign-in; unique in the installation, lower case.
    pub login: String,
    /// Name shown to colleagues.
    pub name: String,
    /// The centre where the person works; none for an administrator of the whole installation.
    pub centre: Option<CentreId>,
    /// The employer.
    pub organisation: Option<OrganisationId>,
    /// Roles held.
    pub roles: BTreeSet<Role>,
    /// What the person can do for visitors.
    pub abilities: Abilities,
    /// Language of the staff screens.
    pub language: Language,
    /// Whether the password has to be changed at the next sign-in.
    pub must_change_password: bool,
    /// Whether single-letter keys work on the desk screen.
    pub letter_keys: bool,
    /// Whether the account can sign in.
    pub active: bool,
}

/// Kinds of enrolled devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A touchscreen where visitors take tickets.
    Kiosk,
    /// A screen that calls numbers.
    Display,
    /// A receipt printer, by its agent.
    Printer,
}

impl DeviceKind {
    /// The stable code, as in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Display => "display",
            Self::Printer => "printer",
        }
    }
}

/// The way that a display's arrow points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    /// No arrow.
    None,
    /// To the left of somebody who reads the display, in every language.
    Left,
    /// To the right of somebody who reads the display, in every language.
    #[default]
    Right,
    /// Straight on.
    Ahead,
    /// Back the way that the visitor came.
    Behind,
    /// Upstairs.
    Up,
    /// Downstairs.
    Down,
}

/// How receipts reach paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Connection {
    /// There is no printer here.
    #[default]
    None,
    /// A kiosk prints with its own browser.
    Browser,
    /// A print agent near the printer asks the server for receipts.
    Agent,
    /// The server reaches the printer at this host and port.
    Tcp(String),
    /// The server writes to this device file.
    File(String),
}

/// What is written is no connection of a printer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is none of: none, browser, agent, tcp://HOST:PORT, /PATH/OF/A/DEVICE")]
pub struct NotAConnection(String);

impl TryFrom<String> for Connection {
    type Error = NotAConnection;
    fn try_from(text: String) -> Result<Self, NotAConnection> {
        match text.as_str() {
            "none" => Ok(Self::None),
            "browser" => Ok(Self::Browser),
            "agent" => Ok(Self::Agent),
            path if path.starts_with('/') && path.len() > 1 => Ok(Self::File(text)),
            address => match address.strip_prefix("tcp://").map(|a| (a, a.rsplit_once(':'))) {
                Some((a, Some((host, port)))) if !host.is_empty() && port.parse::<u16>().is_ok() => {
                    Ok(Self::Tcp(a.to_owned()))
                }
                _ => Err(NotAConnection(text)),
            },
        }
    }
}
impl From<Connection> for String {
    fn from(connection: Connection) -> Self {
        match connection {
            Connection::None => "none".into(),
            Connection::Browser => "browser".into(),
            Connection::Agent => "agent".into(),
            Connection::Tcp(address) => format!("tcp://{address}"),
            Connection::File(path) => path,
        }
    }
}

/// What may be chosen for a printer that the server itself writes to: whoever started the server said so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrinterWays {
    /// Device files and single addresses.
    pub fixed: Vec<Connection>,
    /// Networks, in each of which an address can be given.
    pub networks: Vec<String>,
}

/// Width of a receipt printer's paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Paper {
    /// 58 millimetres: 384 dots, 32 characters.
    #[serde(rename = "58")]
    Narrow,
    /// 80 millimetres: 576 dots, 48 characters.
    #[default]
    #[serde(rename = "80")]
    Wide,
}

/// An enrolled device. Its secret is known to storage as a hash only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Device {
    /// Identifier.
    pub id: DeviceId,
    /// The centre where it stands.
    pub centre: CentreId,
    /// What it is.
    pub kind: DeviceKind,
    /// Where it stands, for staff: "kiosk at the door".
    pub name: String,
    /// For a display: where its arrow points.
    #[serde(default)]
    pub arrow: Arrow,
    /// For a kiosk: the printer that its receipts go to.
    #[serde(default)]
    pub printer: Option<DeviceId>,
    /// For a printer: how receipts reach it; for a kiosk: [`Connection::Browser`] where it prints by itself.
    #[serde(default)]
    pub connection: Connection,
    /// For a printer: its paper.
    #[serde(default)]
    pub paper: Paper,
    /// Whether it still may connect.
    pub active: bool,
}

/// A sign-in of an account, as its list shows it. Nothing says from where it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// What it is ended by; it gives no access.
    pub id: Uuid,
    /// When it began.
    #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub since: Instant,
    /// When it was used last, to the minute.
    #[cfg_attr(feature = "schema", schema(value_type = chrono::DateTime<chrono::Utc>))]
    pub last_used: Instant,
    /// Whether it is the one that asks.
    pub current: bool,
}
