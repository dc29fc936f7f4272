//! On what the server itself prints: said when it is started, by whoever holds the machine, and by nobody later.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Arc, OnceLock},
};

use domain::staff::{Connection, PrinterWays};
use ipnet::IpNet;

/// Below it are the ports of other services: one of them is a printer's only where it was named.
const FIRST_PORT: u16 = 1024;

/// The device files and addresses that the server may print on. Loopback is always among them.
#[derive(Clone, Debug)]
pub struct AllowedPrinters(Arc<Allowed>);

#[derive(Debug)]
struct Allowed {
    paths: Vec<DevicePath>,
    networks: Vec<PrinterNetwork>,
}

impl Default for AllowedPrinters {
    fn default() -> Self {
        Self::new(Vec::new(), Vec::new())
    }
}

impl AllowedPrinters {
    /// These, and loopback.
    pub fn new(paths: Vec<DevicePath>, mut networks: Vec<PrinterNetwork>) -> Self {
        let loopback = ["127.0.0.0/8", "::1/128", "localhost"];
        networks.extend(loopback.iter().filter_map(|text| text.parse().ok()));
        Self(Arc::new(Allowed { paths, networks }))
    }

    /// The device files.
    pub fn paths(&self) -> &[DevicePath] {
        &self.0.paths
    }
    /// The device file that was allowed by this very name.
    pub fn path(&self, name: &str) -> Option<&DevicePath> {
        self.0.paths.iter().find(|path| path.name == Path::new(name))
    }
    /// The address to call for what a connection says, if it is allowed. A name is looked up only where it was allowed
    /// as a name.
    pub fn address(&self, said: &str) -> Option<String> {
        let allowed = |there: &Where, port| self.0.networks.iter().any(|n| n.has(there, port));
        if let Ok(address) = said.parse::<SocketAddr>() {
            let ip = address.ip().to_canonical();
            return allowed(&Where::Network(ip.into()), address.port())
                .then(|| SocketAddr::new(ip, address.port()).to_string());
        }
        let (name, port) = said.rsplit_once(':')?;
        let (there, port) = (Where::Name(name.to_ascii_lowercase()), port.parse().ok()?);
        allowed(&there, port).then(|| format!("{}:{port}", name.to_ascii_lowercase()))
    }
    /// Whether receipts may go this way. An agent, a browser and nothing always may.
    pub fn allow(&self, connection: &Connection) -> bool {
        match connection {
            Connection::None | Connection::Browser | Connection::Agent => true,
            Connection::Tcp(address) => self.address(address).is_some(),
            Connection::File(path) => self.path(path).is_some(),
        }
    }
    /// What the settings offer.
    pub(crate) fn ways(&self) -> PrinterWays {
        let path = |p: &DevicePath| Connection::File(p.name.to_string_lossy().into_owned());
        let named = self.0.networks.iter().filter_map(PrinterNetwork::one_address).map(Connection::Tcp);
        PrinterWays {
            fixed: self.0.paths.iter().map(path).chain(named).collect(),
            networks: self.0.networks.iter().filter(|n| n.one_address().is_none()).map(ToString::to_string).collect(),
        }
    }
}

/// The option that would allow a connection, for whoever starts the server. None where nothing has to be allowed.
pub fn option_for(connection: &Connection) -> Option<String> {
    match connection {
        Connection::None | Connection::Browser | Connection::Agent => None,
        Connection::Tcp(address) => Some(format!("--printer-network {address}")),
        Connection::File(path) => Some(format!("--printer-path {path}")),
    }
}

/// A printer's device file, as whoever starts the program named it. It may be a link, such as udev makes: where it leads
/// is looked up once, and stays.
#[derive(Clone, Debug)]
pub struct DevicePath {
    name: PathBuf,
    device: Arc<OnceLock<PathBuf>>,
}

impl DevicePath {
    /// By which name it is known.
    pub fn name(&self) -> &Path {
        &self.name
    }
    /// The device itself: looked up at the first call that finds something there.
    ///
    /// # Errors
    /// If nothing is there yet.
    pub fn device(&self) -> std::io::Result<&Path> {
        if let Some(device) = self.device.get() {
            return Ok(device);
        }
        let found = self.name.canonicalize()?;
        Ok(self.device.get_or_init(|| found))
    }
}

impl PartialEq for DevicePath {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
impl Eq for DevicePath {}
impl std::hash::Hash for DevicePath {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// What is written is not the path of a device file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a full path such as /dev/usb/lp0")]
pub struct NotADevicePath(String);

impl FromStr for DevicePath {
    type Err = NotADevicePath;
    fn from_str(text: &str) -> Result<Self, NotADevicePath> {
        let is_path = text.len() > 1 && text.starts_with('/') && !text.chars().any(char::is_control);
        if is_path { Ok(Self { name: text.into(), device: Arc::default() }) } else { Err(NotADevicePath(text.into())) }
    }
}

/// Where printers may be: a network, an address or a name, on one port or on those that no other service has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterNetwork {
    there: Where,
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Where {
    Network(IpNet),
    Name(String),
}

impl PrinterNetwork {
    fn has(&self, there: &Where, port: u16) -> bool {
        let has_there = match (&self.there, there) {
            (Where::Network(network), Where::Network(one)) => network.contains(one),
            (Where::Name(name), Where::Name(said)) => name == said,
            (Where::Network(_), Where::Name(_)) | (Where::Name(_), Where::Network(_)) => false,
        };
        has_there && self.port.map_or(port >= FIRST_PORT, |own| own == port)
    }
    /// The one address with a port that it is.
    fn one_address(&self) -> Option<String> {
        let port = self.port?;
        match &self.there {
            Where::Network(network) if network.prefix_len() == network.max_prefix_len() => {
                Some(SocketAddr::new(network.addr(), port).to_string())
            }
            Where::Network(_) => None,
            Where::Name(name) => Some(format!("{name}:{port}")),
        }
    }
}

/// What is written is no network, address or name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is none of: a network such as 192.0.2.0/24, an address or a name, each with or without :PORT")]
pub struct NotANetwork(String);

impl FromStr for PrinterNetwork {
    type Err = NotANetwork;
    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        if let Ok(there) = text.parse() {
            return Ok(Self { there, port: None });
        }
        let with_port = text.rsplit_once(':').and_then(|(there, port)| {
            Some(Self { there: there.parse().ok()?, port: Some(port.parse().ok().filter(|p| *p > 0)?) })
        });
        with_port.ok_or_else(|| NotANetwork(text.to_owned()))
    }
}

impl FromStr for Where {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let inside = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
        if let Ok(network) = inside.parse::<IpNet>() {
            return Ok(Self::Network(network.trunc()));
        }
        if let Ok(ip) = inside.parse::<IpAddr>() {
            return Ok(Self::Network(ip.to_canonical().into()));
        }
        let is_name = text.contains(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
        if is_name { Ok(Self::Name(text.to_ascii_lowercase())) } else { Err(()) }
    }
}

impl fmt::Display for PrinterNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.there, self.port) {
            (Where::Network(network), port) => {
                let one = network.prefix_len() == network.max_prefix_len();
                let text = if one { network.addr().to_string() } else { network.to_string() };
                match port {
                    Some(port) if network.addr().is_ipv6() => write!(f, "[{text}]:{port}"),
                    Some(port) => write!(f, "{text}:{port}"),
                    None => f.write_str(&text),
                }
            }
            (Where::Name(name), Some(port)) => write!(f, "{name}:{port}"),
            (Where::Name(name), None) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn allowed(paths: &[&str], networks: &[&str]) -> AllowedPrinters {
        let paths = paths.iter().map(|p| p.parse().unwrap()).collect();
        AllowedPrinters::new(paths, networks.iter().map(|n| n.parse().unwrap()).collect())
    }

    fn tcp(allowed: &AllowedPrinters, address: &str) -> bool {
        allowed.allow(&Connection::Tcp(address.into()))
    }

    #[test]
    fn nothing_but_loopback_is_allowed_at_first() {
        let none = AllowedPrinters::default();
        for address in ["127.0.0.1:9100", "127.8.9.1:40000", "[::1]:9100", "localhost:9100", "[::ffff:127.0.0.1]:9100"]
        {
            assert!(tcp(&none, address), "{address}");
        }
        for address in [
            "127.0.0.1:22",
            "127.0.0.1:1023",
            "0.0.0.0:9100",
            "192.0.2.10:9100",
            "[::ffff:192.0.2.10]:9100",
            "[fe80::1]:9100",
            "printer.example:9100",
            "2130706433:9100",
            "0x7f.1:9100",
            "localhost.evil.example:9100",
            "127.0.0.1.evil.example:9100",
        ] {
            assert!(!tcp(&none, address), "{address}");
        }
        for path in ["/etc/passwd", "/dev/usb/lp0", "/dev/null", "/usr/local/bin/backup.sh"] {
            assert!(!none.allow(&Connection::File(path.into())), "{path}");
        }
        for always in [Connection::Agent, Connection::Browser, Connection::None] {
            assert!(none.allow(&always));
        }
    }

    #[test]
    fn what_was_named_is_allowed_and_nothing_beside_it() {
        let some = allowed(
            &["/dev/usb/lp0"],
            &["192.0.2.0/24", "198.51.100.7:515", "[2001:db8::/64]:9100", "Printer.example", "caisse.example:23"],
        );
        for address in [
            "192.0.2.10:9100",
            "198.51.100.7:515",
            "[2001:db8::7]:9100",
            "printer.example:9100",
            "PRINTER.example:9101",
            "caisse.example:23",
        ] {
            assert!(tcp(&some, address), "{address}");
        }
        for address in [
            "192.0.2.10:22",
            "192.0.3.10:9100",
            "198.51.100.7:9100",
            "198.51.100.8:515",
            "[2001:db8::7]:9101",
            "[2001:db8:1::7]:9100",
            "printer.example:22",
            "caisse.example:9100",
        ] {
            assert!(!tcp(&some, address), "{address}");
        }
        assert!(some.allow(&Connection::File("/dev/usb/lp0".into())));
        for path in ["/dev/usb/lp1", "/dev/usb/../usb/lp0", "/dev/usb", "/dev/usb/lp0/more", "dev/usb/lp0"] {
            assert!(!some.allow(&Connection::File(path.into())), "{path}");
        }
    }

    #[test]
    fn the_settings_offer_what_is_allowed() {
        let some =
            allowed(&["/dev/usb/lp0"], &["192.0.2.0/24", "198.51.100.7:9100", "printer.example:9100", "10.0.0.1"]);
        let ways = some.ways();
        let fixed: Vec<String> = ways.fixed.into_iter().map(String::from).collect();
        assert_eq!(fixed, ["/dev/usb/lp0", "tcp://198.51.100.7:9100", "tcp://printer.example:9100"]);
        assert_eq!(ways.networks, ["192.0.2.0/24", "10.0.0.1", "127.0.0.0/8", "::1", "localhost"]);
    }

    #[test]
    fn what_is_no_network_is_said() {
        for wrong in ["", ":9100", "192.0.2.0/33", "192.0.2.1:0", "192.0.2.1:99999", "a b", "tcp://192.0.2.1", "1.2.3"]
        {
            assert!(wrong.parse::<PrinterNetwork>().is_err(), "{wrong}");
        }
        for wrong in ["", "/", "lp0", "./lp0", "/dev/a\nb"] {
            assert!(wrong.parse::<DevicePath>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_link_is_followed_once() {
        let folder = tempfile::tempdir().unwrap();
        let (link, first, second) = (folder.path().join("link"), folder.path().join("a"), folder.path().join("b"));
        let path: DevicePath = link.to_str().unwrap().parse().unwrap();
        assert!(path.device().is_err(), "nothing is there yet");
        for file in [&first, &second] {
            std::fs::write(file, "").unwrap();
        }
        std::os::unix::fs::symlink(&first, &link).unwrap();
        assert_eq!(path.device().unwrap(), first.canonicalize().unwrap());
        std::fs::remove_file(&link).unwrap();
        std::os::unix::fs::symlink(&second, &link).unwrap();
        assert_eq!(path.clone().device().unwrap(), first.canonicalize().unwrap());
    }
}
