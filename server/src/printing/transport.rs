//! The last metre: bytes to a printer on the network or behind a device file.

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::Printing;

/// How long a printer may take to answer a call, or to swallow a receipt.
const CALL: Duration = Duration::from_secs(3);
/// How long a printer may take to tell about its paper; many never do.
const STATUS: Duration = Duration::from_millis(400);
/// DLE EOT 4: the paper sensor, answered at once even when offline.
const ASK_PAPER: [u8; 3] = [0x10, 0x04, 0x04];
/// The bits of the answer that say "no paper".
const PAPER_END: u8 = 0b0110_0000;

/// Sends a receipt to a printer at `host:port`.
pub(super) async fn to_tcp(address: &str, bytes: &[u8]) -> Printing {
    match timeout(CALL * 3, send(address, bytes)).await {
        Ok(Ok(state)) => state,
        Ok(Err(_)) | Err(_) => Printing::OutOfReach,
    }
}

async fn send(address: &str, bytes: &[u8]) -> std::io::Result<Printing> {
    let mut printer = timeout(CALL, TcpStream::connect(address)).await??;
    // Asked before: a receipt sent to an empty printer would come out long after its visitor left.
    if !has_paper(&mut printer).await? {
        return Ok(Printing::NoPaper);
    }
    timeout(CALL, printer.write_all(bytes)).await??;
    printer.flush().await?;
    let state = if has_paper(&mut printer).await? { Printing::Printed } else { Printing::NoPaper };
    printer.shutdown().await?;
    Ok(state)
}

/// What the paper sensor says; a printer that does not answer is taken to have paper.
async fn has_paper(printer: &mut TcpStream) -> std::io::Result<bool> {
    printer.write_all(&ASK_PAPER).await?;
    let mut answer = [0_u8; 1];
    match timeout(STATUS, printer.read(&mut answer)).await {
        Ok(Ok(1)) => Ok(answer[0] & PAPER_END == 0),
        Ok(Ok(_)) | Err(_) => Ok(true),
        Ok(Err(error)) => Err(error),
    }
}

/// Writes a receipt to a device file, which must exist: a forgotten cable must not fill a folder.
pub(super) async fn to_file(path: PathBuf, bytes: Arc<[u8]>) -> Printing {
    let written = tokio::task::spawn_blocking(move || {
        use std::io::Write;
        let mut file = std::fs::OpenOptions::new().append(true).open(path)?;
        file.write_all(&bytes)?;
        file.flush()
    });
    match timeout(CALL, written).await {
        Ok(Ok(Ok(()))) => Printing::Printed,
        // ENOSPC is what usblp answers while paper is out.
        Ok(Ok(Err(error))) if error.kind() == std::io::ErrorKind::StorageFull => Printing::NoPaper,
        _ => Printing::OutOfReach,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use tokio::net::TcpListener;

    use super::*;

    /// A printer that answers questions about its paper with `status`, and gives what else it got.
    async fn printer(status: Option<u8>) -> (String, tokio::task::JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let got = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
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
        });
        (address, got)
    }

    #[tokio::test]
    async fn a_printer_with_paper_gets_the_whole_receipt() {
        let (address, got) = printer(Some(0x12)).await;
        assert_eq!(to_tcp(&address, b"receipt").await, Printing::Printed);
        assert_eq!(got.await.unwrap(), b"receipt");
    }

    #[tokio::test]
    async fn a_printer_without_paper_gets_nothing_that_it_would_print_later() {
        let (address, got) = printer(Some(0x72)).await;
        assert_eq!(to_tcp(&address, b"receipt").await, Printing::NoPaper);
        assert_eq!(got.await.unwrap(), b"");
    }

    #[tokio::test]
    async fn a_printer_that_never_tells_about_its_paper_prints() {
        let (address, got) = printer(None).await;
        assert_eq!(to_tcp(&address, b"receipt").await, Printing::Printed);
        assert!(got.await.unwrap().windows(7).any(|w| w == b"receipt"));
    }

    #[tokio::test]
    async fn nobody_at_the_address_is_out_of_reach() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        drop(listener);
        assert_eq!(to_tcp(&address, b"receipt").await, Printing::OutOfReach);
    }

    #[tokio::test]
    async fn a_device_file_is_written_and_never_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lp0");
        assert_eq!(to_file(path.clone(), Arc::from(*b"receipt")).await, Printing::OutOfReach);
        std::fs::write(&path, "").unwrap();
        assert_eq!(to_file(path.clone(), Arc::from(*b"receipt")).await, Printing::Printed);
        assert_eq!(std::fs::read(path).unwrap(), b"receipt");
        assert_eq!(to_file("/dev/full".into(), Arc::from(*b"receipt")).await, Printing::NoPaper);
    }
}
