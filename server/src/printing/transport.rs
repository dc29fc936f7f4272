//! The last metre: bytes to a printer on the network or behind a device file.

use std::{
    fs::OpenOptions,
    io::{Error, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use domain::staff::Connection;
use rustix::fs::{FileType, OFlags, fstat};
use services::printers::{AllowedPrinters, DevicePath};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Semaphore, oneshot},
    time::{sleep, timeout},
};

use super::Printing;

/// How long all of a receipt may take.
pub(super) const JOB: Duration = Duration::from_secs(20);
/// How long a printer may take to answer a call.
const CALL: Duration = Duration::from_secs(3);
/// How long a printer may be busy with somebody else before it is out of reach, and how soon it is called again.
const BUSY: Duration = Duration::from_secs(6);
const AGAIN: Duration = Duration::from_millis(200);
/// How long a printer may take to tell about its paper; many never do.
const STATUS: Duration = Duration::from_millis(400);
/// How long a device file that takes nothing now is left alone.
const FULL: Duration = Duration::from_millis(20);
/// DLE EOT 4: the paper sensor, answered at once even when offline.
const ASK_PAPER: [u8; 3] = [0x10, 0x04, 0x04];
/// The bits of the answer that say "no paper".
const PAPER_END: u8 = 0b0110_0000;

/// Where a printer is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Destination {
    /// `tcp://HOST:PORT`.
    Tcp(String),
    /// A device file.
    File(DevicePath),
}

impl Destination {
    /// Where a connection leads that the server itself writes to, if it may.
    pub(super) fn allowed(connection: &Connection, printers: &AllowedPrinters) -> Option<Self> {
        match connection {
            Connection::Tcp(address) => printers.address(address).map(Self::Tcp),
            Connection::File(path) => printers.path(path).cloned().map(Self::File),
            Connection::None | Connection::Browser | Connection::Agent => None,
        }
    }
}

/// What is written is no printer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is neither tcp://HOST:PORT nor the full path of a device file")]
pub struct NotADestination(String);

impl FromStr for Destination {
    type Err = NotADestination;
    fn from_str(text: &str) -> Result<Self, NotADestination> {
        match text.strip_prefix("tcp://") {
            Some(address) if address.contains(':') => Ok(Self::Tcp(address.to_owned())),
            None => text.parse().map(Self::File).map_err(|_| NotADestination(text.to_owned())),
            Some(_) => Err(NotADestination(text.to_owned())),
        }
    }
}

/// The way to one printer, on which one receipt goes at a time.
#[derive(Clone)]
pub(super) struct Port {
    to: Destination,
    /// Held by whoever writes, so that a device which hangs costs one thread, however many receipts come after. The thread is
    /// none of those that answer requests, and the program ends without it.
    free: Arc<Semaphore>,
}

impl Port {
    pub(super) fn new(to: Destination) -> Self {
        Self { to, free: Arc::new(Semaphore::new(1)) }
    }

    /// Writes a receipt, for [`JOB`] at most.
    pub(super) async fn print(&self, bytes: Arc<[u8]>) -> Printing {
        let Ok(turn) = Arc::clone(&self.free).try_acquire_owned() else { return Printing::OutOfReach };
        let written = match self.to.clone() {
            Destination::Tcp(address) => timeout(JOB, to_tcp(&address, &bytes)).await,
            Destination::File(path) => {
                let (tell, told) = oneshot::channel();
                std::thread::spawn(move || {
                    let written = to_file(&path, &bytes, JOB);
                    // Free before it is told: the next receipt may come at once.
                    drop(turn);
                    // Whoever waited for it may have given up.
                    let _ = tell.send(written);
                });
                timeout(JOB, told).await.map(|ended| ended.map_err(Error::other).flatten())
            }
        };
        match written {
            Ok(Ok(state)) => state,
            // ENOSPC is what usblp answers while paper is out.
            Ok(Err(error)) if error.kind() == ErrorKind::StorageFull => Printing::NoPaper,
            Ok(Err(_)) | Err(_) => Printing::OutOfReach,
        }
    }
}

async fn to_tcp(address: &str, bytes: &[u8]) -> std::io::Result<Printing> {
    let (mut printer, has_paper) = reach(address).await?;
    // Asked before: a receipt sent to an empty printer would come out long after its visitor left.
    if !has_paper {
        return Ok(Printing::NoPaper);
    }
    printer.write_all(bytes).await?;
    printer.flush().await?;
    // A printer that hangs up when it has all is one that printed.
    let state = match ask_paper(&mut printer).await {
        Ok(false) => Printing::NoPaper,
        Ok(true) | Err(_) => Printing::Printed,
    };
    let _ = printer.shutdown().await;
    Ok(state)
}

/// A printer on the line, and whether it has paper. One that is busy with somebody else refuses, hangs up or lets it ring:
/// it is called again.
async fn reach(address: &str) -> std::io::Result<(TcpStream, bool)> {
    let calling = async {
        loop {
            if let Ok(answer) = call(address).await {
                return answer;
            }
            sleep(AGAIN).await;
        }
    };
    timeout(BUSY, calling).await.map_err(|_| ErrorKind::TimedOut.into())
}

async fn call(address: &str) -> std::io::Result<(TcpStream, bool)> {
    let mut printer = timeout(CALL, TcpStream::connect(address)).await??;
    let has_paper = ask_paper(&mut printer).await?;
    Ok((printer, has_paper))
}

/// What the paper sensor says; a printer that does not answer is taken to have paper.
async fn ask_paper(printer: &mut TcpStream) -> std::io::Result<bool> {
    printer.write_all(&ASK_PAPER).await?;
    let mut answer = [0_u8; 1];
    match timeout(STATUS, printer.read(&mut answer)).await {
        Ok(Ok(1)) => Ok(answer[0] & PAPER_END == 0),
        Ok(Ok(_)) => Err(ErrorKind::UnexpectedEof.into()),
        Ok(Err(error)) => Err(error),
        Err(_) => Ok(true),
    }
}

/// Writes to a device file, which must exist: a forgotten cable must not fill a folder. Never waits in the device: what
/// takes nothing is tried again as long as there is `patience`.
fn to_file(path: &DevicePath, bytes: &[u8], mut patience: Duration) -> std::io::Result<Printing> {
    let mut file = open(path.device()?)?;
    let mut rest = bytes;
    while !rest.is_empty() {
        match file.write(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => rest = &rest[written..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock && !patience.is_zero() => {
                std::thread::sleep(FULL);
                patience = patience.saturating_sub(FULL);
            }
            Err(error) => return Err(error),
        }
    }
    file.flush()?;
    Ok(Printing::Printed)
}

/// Opens a character device, without waiting and without making it this program's terminal. What stands there is looked at
/// once it is open, so that nothing else can be put in its place in between.
fn open(device: &Path) -> std::io::Result<std::fs::File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::NOFOLLOW;
    let file = OpenOptions::new().append(true).custom_flags(flags.bits().cast_signed()).open(device)?;
    if FileType::from_raw_mode(fstat(&file)?.st_mode) == FileType::CharacterDevice {
        return Ok(file);
    }
    tracing::warn!(path = %device.display(), "no printer's device stands there: nothing is written");
    Err(ErrorKind::InvalidInput.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::PathBuf;

    use rustix::{
        fs::fcntl_setfl,
        pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
        termios::{OptionalActions, tcgetattr, tcsetattr},
    };
    use tokio::{net::TcpListener, task::JoinHandle};

    use super::*;

    async fn to(destination: Destination) -> Printing {
        Port::new(destination).print(Arc::from(*b"receipt")).await
    }

    /// A printer that answers questions about its paper with `status`, and gives what else it got.
    async fn printer(status: Option<u8>) -> (Destination, JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let got = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            read(stream, status).await
        });
        (Destination::Tcp(address), got)
    }

    async fn read(mut stream: TcpStream, status: Option<u8>) -> Vec<u8> {
        let (mut all, mut buffer) = (Vec::new(), [0_u8; 4096]);
        loop {
            match stream.read(&mut buffer).await {
                Ok(0) | Err(_) => return all,
                Ok(n) => all.extend_from_slice(&buffer[..n]),
            }
            if let Some(status) = status.filter(|_| all.ends_with(&ASK_PAPER)) {
                all.truncate(all.len() - ASK_PAPER.len());
                stream.write_all(&[status]).await.unwrap();
            }
        }
    }

    #[test]
    fn a_destination_is_an_address_or_a_file() {
        assert_eq!("tcp://printer:9100".parse(), Ok(Destination::Tcp("printer:9100".into())));
        assert_eq!("/dev/usb/lp0".parse(), Ok(file(Path::new("/dev/usb/lp0"))));
        for wrong in ["", "lp0", "tcp://printer", "http://printer:9100"] {
            assert!(wrong.parse::<Destination>().is_err());
        }
    }

    #[tokio::test]
    async fn a_printer_with_paper_gets_the_whole_receipt() {
        let (address, got) = printer(Some(0x12)).await;
        assert_eq!(to(address).await, Printing::Printed);
        assert_eq!(got.await.unwrap(), b"receipt");
    }

    #[tokio::test]
    async fn a_printer_without_paper_gets_nothing_that_it_would_print_later() {
        let (address, got) = printer(Some(0x72)).await;
        assert_eq!(to(address).await, Printing::NoPaper);
        assert_eq!(got.await.unwrap(), b"");
    }

    #[tokio::test]
    async fn a_printer_that_never_tells_about_its_paper_prints() {
        let (address, got) = printer(None).await;
        assert_eq!(to(address).await, Printing::Printed);
        assert!(got.await.unwrap().windows(7).any(|w| w == b"receipt"));
    }

    #[tokio::test]
    async fn nobody_at_the_address_is_out_of_reach() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        drop(listener);
        assert_eq!(to(Destination::Tcp(address)).await, Printing::OutOfReach);
    }

    #[tokio::test]
    async fn a_printer_that_hangs_up_on_others_while_it_is_busy_is_called_again() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let got = tokio::spawn(async move {
            for _ in 0..2 {
                drop(listener.accept().await.unwrap());
            }
            // Busy still: nobody listens.
            let address = listener.local_addr().unwrap();
            drop(listener);
            sleep(AGAIN * 2).await;
            let (stream, _) = TcpListener::bind(address).await.unwrap().accept().await.unwrap();
            read(stream, Some(0x12)).await
        });
        assert_eq!(to(Destination::Tcp(address)).await, Printing::Printed);
        assert_eq!(got.await.unwrap(), b"receipt");
    }

    fn file(path: &Path) -> Destination {
        Destination::File(path.to_str().unwrap().parse().unwrap())
    }

    /// A character device as a printer's is, whose line stays up: what is written to its second end comes out of the first.
    fn device() -> ((std::fs::File, std::fs::File), PathBuf) {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let path = PathBuf::from(ptsname(&master, Vec::new()).unwrap().into_string().unwrap());
        let end =
            OpenOptions::new().read(true).write(true).custom_flags(OFlags::NOCTTY.bits().cast_signed()).open(&path);
        let end = end.unwrap();
        let mut modes = tcgetattr(&end).unwrap();
        modes.make_raw();
        tcsetattr(&end, OptionalActions::Now, &modes).unwrap();
        ((master.into(), end), path)
    }

    /// So many bytes as these, as they come out.
    fn read_like(mut from: &std::fs::File, expected: &[u8]) -> Vec<u8> {
        let mut taken = vec![0; expected.len()];
        std::io::Read::read_exact(&mut from, &mut taken).unwrap();
        taken
    }

    #[tokio::test]
    async fn a_device_file_is_written_and_never_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lp0");
        let there = file(&path);
        assert_eq!(to(there.clone()).await, Printing::OutOfReach);
        assert!(!path.exists());
        let ((master, _line), device) = device();
        std::os::unix::fs::symlink(&device, &path).unwrap();
        assert_eq!(to(there).await, Printing::Printed);
        assert_eq!(read_like(&master, b"receipt"), b"receipt");
        assert_eq!(to(file(Path::new("/dev/full"))).await, Printing::NoPaper);
    }

    #[tokio::test]
    async fn what_is_no_character_device_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("backup.sh");
        std::fs::write(&script, "#!/bin/sh").unwrap();
        assert_eq!(to(file(&script)).await, Printing::OutOfReach);
        // A pipe that somebody reads, a folder, a block device's place.
        let pipe = folder.path().join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
        let _held = OpenOptions::new().read(true).write(true).open(&pipe).unwrap();
        for other in [pipe.as_path(), folder.path(), Path::new("/etc/passwd")] {
            assert_eq!(to(file(other)).await, Printing::OutOfReach, "{}", other.display());
        }
        assert_eq!(std::fs::read(&script).unwrap(), b"#!/bin/sh");
    }

    #[tokio::test]
    async fn a_link_that_leads_elsewhere_later_or_a_file_in_the_devices_place_gets_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (link, script) = (folder.path().join("lp0"), folder.path().join("script"));
        std::fs::write(&script, "").unwrap();
        let ((master, _line), device) = device();
        std::os::unix::fs::symlink(&device, &link).unwrap();
        let port = Port::new(file(&link));
        assert_eq!(port.print(Arc::from(*b"first")).await, Printing::Printed);
        for other in [&script, &PathBuf::from("/dev/full")] {
            std::fs::remove_file(&link).unwrap();
            std::os::unix::fs::symlink(other, &link).unwrap();
            assert_eq!(port.print(Arc::from(*b" again")).await, Printing::Printed, "where it led at first");
        }
        assert_eq!(read_like(&master, b"first again again"), b"first again again");
        assert_eq!(std::fs::read(&script).unwrap(), b"");

        // Resolved, and then the device itself is a file, or a link.
        let place = folder.path().join("device");
        let port = Port::new(file(&place));
        std::fs::write(&place, "").unwrap();
        assert_eq!(port.print(Arc::from(*b"x")).await, Printing::OutOfReach);
        std::fs::remove_file(&place).unwrap();
        std::os::unix::fs::symlink(&device, &place).unwrap();
        assert_eq!(port.print(Arc::from(*b"x")).await, Printing::OutOfReach);
        assert_eq!(std::fs::read(&script).unwrap(), b"");
    }

    /// Fills a device's buffer, so that it takes nothing more.
    fn fill(path: &Path) {
        let mut end = open(path).unwrap();
        // What is on its way to the other end leaves room once more.
        for _ in 0..10 {
            while end.write(&[0; 4096]).is_ok() {}
            std::thread::sleep(FULL);
        }
    }

    #[test]
    fn a_device_that_takes_nothing_is_left_in_time() {
        let (_lines, path) = device();
        fill(&path);
        let path = path.to_str().unwrap().parse().unwrap();
        let error = to_file(&path, b"receipt", FULL * 3).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
    }

    #[tokio::test]
    async fn a_device_that_hangs_costs_one_thread() {
        let ((master, _line), path) = device();
        fill(&path);
        let port = Port::new(file(&path));
        let first = tokio::spawn({
            let port = port.clone();
            async move { port.print(Arc::from(*b"receipt")).await }
        });
        while port.free.available_permits() > 0 {
            sleep(FULL).await;
        }
        for _ in 0..50 {
            assert_eq!(port.print(Arc::from(*b"second")).await, Printing::OutOfReach);
        }
        fcntl_setfl(&master, OFlags::NONBLOCK).unwrap();
        while !first.is_finished() {
            let _ = std::io::Read::read(&mut &master, &mut [0; 4096]);
            sleep(FULL).await;
        }
        assert_eq!(first.await.unwrap(), Printing::Printed);
        assert_eq!(port.print(Arc::from(*b"third")).await, Printing::Printed);
    }
}
