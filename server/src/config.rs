//! The command line. Every option is also an environment variable `PARVIS_…`.

mod check;
mod values;

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::staff::{DeviceKind, Role};
use services::{
    catalogue::import::CodeColumn,
    printers::{AllowedPrinters, DevicePath, PrinterNetwork},
};

use crate::printing::Destination;

pub use check::{ConfigError, refuse_unknown_variables};
pub use values::{Pace, PublicUrl, ScreenUrl};

/// Parvis: visitors, tickets, desks and the day of an integrated guidance centre.
#[derive(Debug, Parser)]
#[command(name = "parvis", version, about, max_term_width = 110, after_help = AFTER_HELP, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How the log is written.
    #[command(flatten)]
    pub log: Log,
}

const AFTER_HELP: &str = "Options can be given as environment variables too, as shown by each command's --help. \
A variable PARVIS_… that no option knows is an error.";

/// The log.
#[derive(Clone, Debug, Args)]
pub struct Log {
    /// What is logged: by default only Parvis's own lines, as docs/log.md lists them. A level adds what libraries say, levels
    /// by part are such as `parvis=info,parvis::access=debug` (one line a request)
    #[arg(long = "log", global = true, env = "PARVIS_LOG", value_name = "FILTER", default_value = crate::log::OWN)]
    pub filter: String,
    /// How a line of the log looks
    #[arg(long = "log-format", global = true, env = "PARVIS_LOG_FORMAT", value_enum, default_value = "text")]
    pub format: LogFormat,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// What the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the centres: pages, live streams and the HTTP API
    Serve(Serve),
    /// Import career information, also while the server runs: the official releases, or an own file
    #[command(subcommand)]
    Import(Import),
    /// Load centres, enrol devices, keep accounts
    #[command(subcommand)]
    Admin(Admin),
    /// Print receipts on a printer that the server cannot reach
    PrintAgent(PrintAgent),
    /// Copy a SQLite database while it is in use, without the day's log
    Backup(Backup),
    /// Put a copy back in the place of a database that nobody uses
    Restore(Restore),
    /// Write the page that a kiosk or a display is started with, so that it comes up even before its server does
    StartPage(StartPage),
}

/// `parvis start-page`.
#[derive(Clone, Debug, Args)]
pub struct StartPage {
    /// The screen's address, such as <https://parvis.example/k/valmont/fr>
    #[arg(value_name = "URL")]
    pub address: ScreenUrl,
}

/// Where everything is kept.
#[derive(Clone, Debug, Default, Args)]
pub struct DatabaseOption {
    /// Where everything is kept: `sqlite:FILE` or `postgres://USER@HOST/NAME`
    /// [default: sqlite:data/parvis.db, with --demo sqlite:data/demo.db; made at first start]
    #[arg(long = "database", env = "PARVIS_DATABASE", value_name = "URL", hide_env_values = true)]
    pub url: Option<String>,
}

impl DatabaseOption {
    /// The database that is meant. The demo keeps to a file of its own, so that its accounts never get into a
    /// real centre.
    pub fn url(&self, demo: bool) -> &str {
        let default = if demo { "sqlite:data/demo.db" } else { "sqlite:data/parvis.db" };
        self.url.as_deref().unwrap_or(default)
    }
}

/// `parvis serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// The address to listen on
    #[arg(long, env = "PARVIS_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The database.
    #[command(flatten)]
    pub database: DatabaseOption,
    /// What visitors' browsers and QR codes use, such as <https://parvis.example>; required unless --listen is a
    /// loopback address
    #[arg(long, env = "PARVIS_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// A proxy stands before the server: X-Forwarded-For says where requests come from, X-Forwarded-Host by which name
    /// browsers asked
    #[arg(long, env = "PARVIS_TRUSTED_PROXY")]
    pub trusted_proxy: bool,
    /// Serve a believable centre with its accounts, for trying out: on a usual morning, with simulated visitors and
    /// counsellors, or empty
    #[arg(long, env = "PARVIS_DEMO", value_name = "DAY", num_args = 0..=1, require_equals = true,
          default_missing_value = "morning")]
    pub demo: Option<DemoDay>,
    /// With --demo: simulated people are PACE times as fast as real ones
    #[arg(long, env = "PARVIS_TRAFFIC", value_name = "PACE", num_args = 0..=1, require_equals = true,
          default_missing_value = "1", requires = "demo")]
    pub traffic: Option<Pace>,
    /// Where Prometheus reads metrics; without it there are none
    #[arg(long, env = "PARVIS_METRICS_LISTEN", value_name = "ADDR")]
    pub metrics_listen: Option<SocketAddr>,
    /// A printer's device file that the settings may choose, such as /dev/usb/lp0; can be given several times. It may be a
    /// link, which is followed once. Only on the command line
    #[arg(long = "printer-path", value_name = "PATH")]
    pub printer_paths: Vec<DevicePath>,
    /// Where printers are that the settings may choose: a network such as 192.0.2.0/24, an address or a name, with or
    /// without :PORT; can be given several times. This machine's own addresses always are. Only on the command line
    #[arg(long = "printer-network", value_name = "NETWORK")]
    pub printer_networks: Vec<PrinterNetwork>,
}

impl Serve {
    /// On what the server itself may print.
    pub fn printers(&self) -> AllowedPrinters {
        AllowedPrinters::new(self.printer_paths.clone(), self.printer_networks.clone())
    }
}

/// What whoever tries the demo finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DemoDay {
    /// Counsellors at their desks, visitors who come and go.
    #[value(alias = "true")]
    Morning,
    /// Nobody yet.
    Empty,
}

/// `parvis import …`. The same release again changes nothing; one that fails leaves what was there before.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// ROME, the French occupations: the folder of France Travail's CSV files
    Rome {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// ESCO, the European occupations: the folder of the CSV files, in one language or several
    Esco {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// O*NET, the US occupations: the folder of the text files
    Onet {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Own entries: a CSV file with a row for each entry and language
    Catalogue {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The file
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
    },
    /// The starter catalogue that comes with Parvis; the demo has it already
    Starter {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
    },
    /// Which entries of two sources are the same: a CSV or tab-separated file with a column of codes of each
    Crosswalk {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The first column of codes, such as "onet=O*NET-SOC Code"
        #[arg(long, value_name = "SOURCE=COLUMN")]
        from: CodeColumn,
        /// The second column of codes, such as "esco=ESCO URI"
        #[arg(long, value_name = "SOURCE=COLUMN")]
        to: CodeColumn,
        /// The column that says how they match: exact, close, broad or narrow
        #[arg(long, value_name = "COLUMN")]
        relation: Option<String>,
    },
}

/// `parvis print-agent`.
#[derive(Clone, Debug, Args)]
pub struct PrintAgent {
    /// The server, such as <https://parvis.example>
    #[arg(long, env = "PARVIS_SERVER", value_name = "URL")]
    pub server: PublicUrl,
    /// The printer: tcp://HOST:PORT or the path of a device file
    #[arg(long, env = "PARVIS_PRINTER", value_name = "PRINTER")]
    pub to: Destination,
    /// The printer's secret, as `parvis admin device add` printed it
    #[arg(long, env = "PARVIS_PRINTER_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub secret: String,
}

/// `parvis admin …`.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Load or update a centre from a TOML file
    Import {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The file
        #[arg(value_name = "FILE.toml")]
        file: PathBuf,
    },
    /// Kiosks, displays and printers
    #[command(subcommand)]
    Device(DeviceCommand),
    /// Give somebody a new password, printed once, to be changed at the next sign-in
    Password {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// Whose
        login: String,
    },
    /// Accounts of staff
    #[command(subcommand)]
    Staff(StaffCommand),
}

/// `parvis admin device …`.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Enrol a device and print its secret, once
    Add {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The centre where it stands: its short name or its id
        #[arg(long)]
        centre: String,
        /// What it is
        #[arg(long, value_parser = values::device_kind())]
        kind: DeviceKind,
        /// What staff call it, such as where it stands [default: what it is, in the centre's language, and a number]
        #[arg(long)]
        name: Option<String>,
    },
    /// List the devices of a centre
    List {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The centre: its short name or its id
        #[arg(long)]
        centre: String,
    },
    /// Let a device connect no more
    Revoke {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The device's id, as listed
        device: uuid::Uuid,
    },
}

/// `parvis admin staff …`.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Add an account and print its first password, once
    Add {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// What is typed at sign-in, in lower case
        login: String,
        /// The name that colleagues see
        #[arg(long)]
        name: String,
        /// What the person is; can be given several times
        #[arg(long = "role", required = true, value_parser = values::role())]
        roles: Vec<Role>,
        /// The centre: its short name or its id
        #[arg(long)]
        centre: String,
        /// The employer's name, as the centre lists it
        #[arg(long)]
        organisation: Option<String>,
    },
    /// List the accounts of a centre
    List {
        /// The database.
        #[command(flatten)]
        database: DatabaseOption,
        /// The centre: its short name or its id
        #[arg(long)]
        centre: String,
    },
}

/// `parvis backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The database.
    #[command(flatten)]
    pub database: DatabaseOption,
    /// The file to write; it must not exist
    #[arg(value_name = "FILE")]
    pub to: PathBuf,
    /// Copy the log of the present day too: it says when each visitor came and what for
    #[arg(long)]
    pub with_day: bool,
}

/// `parvis restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The database.
    #[command(flatten)]
    pub database: DatabaseOption,
    /// The copy
    #[arg(value_name = "FILE")]
    pub from: PathBuf,
    /// Replace a database that exists
    #[arg(long)]
    pub replace: bool,
}
