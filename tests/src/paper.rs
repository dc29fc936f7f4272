//! A receipt printer on the network: takes what arrives at its port and reads it as a person would read the paper.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    time::Duration,
};

use encoding_rs::WINDOWS_1252;
use rustix::{
    fs::{OFlags, fcntl_setfl},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, tcgetattr, tcsetattr},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

/// DLE EOT 4: asks for the paper sensor.
const ASK_PAPER: [u8; 3] = [0x10, 0x04, 0x04];
/// How long a test waits for paper.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether a printer has paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roll {
    /// It has.
    There,
    /// It ran out.
    Out,
}

/// A printer that listens on a port of its own.
pub struct Printer {
    /// Its address, such as `127.0.0.1:40123`.
    pub address: String,
    receipts: mpsc::UnboundedReceiver<Vec<u8>>,
}

impl Printer {
    /// Switches one on.
    pub async fn on(roll: Roll) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let (send, receipts) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(print(stream, roll, send.clone()));
            }
        });
        Self { address, receipts }
    }

    /// Switches one on that talks to one at a time, refuses everybody else and needs `time` for each receipt.
    pub async fn slow(time: Duration) -> Self {
        let mut listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (send, receipts) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(listener);
                print(stream, Roll::There, send.clone()).await;
                tokio::time::sleep(time).await;
                listener = TcpListener::bind(address).await.expect("its own port");
            }
        });
        Self { address: address.to_string(), receipts }
    }

    /// The next receipt that comes out.
    pub async fn receipt(&mut self) -> Paper {
        let bytes = tokio::time::timeout(PATIENCE, self.receipts.recv()).await.expect("a receipt comes out in time");
        Paper::read(&bytes.expect("the printer is on"))
    }

    /// Whether nothing came out so far.
    pub fn is_blank(&mut self) -> bool {
        self.receipts.try_recv().is_err()
    }
}

async fn print(mut stream: TcpStream, roll: Roll, out: mpsc::UnboundedSender<Vec<u8>>) {
    let status = if roll == Roll::There { 0x12 } else { 0x72 };
    let (mut all, mut buffer) = (Vec::new(), [0_u8; 4096]);
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        all.extend_from_slice(&buffer[..read]);
        if all.ends_with(&ASK_PAPER) {
            all.truncate(all.len() - ASK_PAPER.len());
            if stream.write_all(&[status]).await.is_err() {
                break;
            }
        }
    }
    if !all.is_empty() {
        let _ = out.send(all);
    }
}

/// A printer behind a device file: what is written there is taken only where somebody reads it.
pub struct DevicePrinter {
    /// The device file.
    pub path: String,
    out: File,
    got: Vec<u8>,
    /// The line stays up between two receipts.
    _line: File,
}

impl DevicePrinter {
    /// Switches one on.
    pub fn on() -> Self {
        let out = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pair of terminals");
        grantpt(&out).and_then(|()| unlockpt(&out)).expect("it is opened up");
        fcntl_setfl(&out, OFlags::NONBLOCK).expect("reading does not wait");
        let path = ptsname(&out, Vec::new()).expect("its path").into_string().expect("its path");
        let line = end(&path);
        let mut modes = tcgetattr(&line).expect("its modes");
        modes.make_raw();
        tcsetattr(&line, OptionalActions::Now, &modes).expect("bytes as they are");
        Self { path, out: out.into(), got: Vec::new(), _line: line }
    }

    /// Switches one on that takes not a byte.
    pub fn hung() -> Self {
        let printer = Self::on();
        let mut end = end(&printer.path);
        // What is on its way to the other end leaves room once more.
        for _ in 0..10 {
            while end.write(&[0; 4096]).is_ok() {}
            std::thread::sleep(Duration::from_millis(20));
        }
        printer
    }

    /// The paper, once this ticket's receipt is whole: it ends with its cut.
    pub async fn receipt(&mut self, number: &str) -> Paper {
        let whole = async {
            loop {
                let mut taken = [0; 4096];
                while let Ok(read @ 1..) = self.out.read(&mut taken) {
                    self.got.extend_from_slice(&taken[..read]);
                }
                let cut = self.got.windows(2).rposition(|w| w == [0x1d, b'V']);
                let paper = cut.map(|_| Paper::read(&self.got)).filter(|p| p.text().contains(number));
                if let Some(paper) = paper {
                    return paper;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, whole).await.expect("the receipt is written")
    }
}

fn end(path: &str) -> File {
    let flags = (OFlags::NOCTTY | OFlags::NONBLOCK).bits().cast_signed();
    OpenOptions::new().read(true).write(true).custom_flags(flags).open(path).expect("the device's end")
}

/// What is on the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Lines of characters.
    pub lines: Vec<String>,
    /// Raster images.
    pub pictures: Vec<Picture>,
    /// The contents of QR codes.
    pub codes: Vec<String>,
    /// How often it was cut.
    pub cuts: usize,
}

/// A raster image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Dots across.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Black dots.
    pub black: u32,
}

impl Paper {
    /// Everything that is written in characters, line breaks as spaces.
    pub fn text(&self) -> String {
        self.lines.join(" ")
    }

    /// Reads ESC/POS commands.
    ///
    /// # Panics
    /// At a command that no receipt of ours needs: a real printer might print it as rubbish.
    pub fn read(bytes: &[u8]) -> Self {
        let mut paper = Self::default();
        let (mut rest, mut line) = (bytes, Vec::new());
        while let Some(&first) = rest.first() {
            let used = match rest {
                [0x1b, b'@', ..] => 2,
                // Code page 16 is WPC1252, by which every text below is read.
                [0x1b, b't', 16, ..] | [0x1b, b'a' | b'E', _, ..] | [0x1d, b'!', _, ..] => 3,
                [0x1d, b'V', 0 | 1 | 48 | 49, ..] => {
                    paper.cuts += 1;
                    3
                }
                [0x1d, b'V', 65 | 66, _, ..] => {
                    paper.cuts += 1;
                    4
                }
                [0x1d, b'(', b'k', low, high, ..] => paper.code(rest, usize::from(u16::from_le_bytes([*low, *high]))),
                [0x1d, b'v', b'0', 0, ..] => paper.picture(rest),
                // Prints the line, and feeds some.
                [0x1b, b'd', _, ..] => paper.line(&mut line, 3),
                [b'\n', ..] => paper.line(&mut line, 1),
                _ if first >= 0x20 => {
                    line.push(first);
                    1
                }
                _ => panic!("no receipt needs {:02x?}", &rest[..rest.len().min(8)]),
            };
            rest = &rest[used..];
        }
        assert!(line.is_empty(), "the last line is not printed: {}", String::from_utf8_lossy(&line));
        paper
    }

    fn line(&mut self, line: &mut Vec<u8>, used: usize) -> usize {
        let text = WINDOWS_1252.decode_without_bom_handling(line).0.trim().to_owned();
        line.clear();
        self.lines.extend((!text.is_empty()).then_some(text));
        used
    }

    /// `GS ( k`: function 80 stores what a code says, after a `0`; the others set it up and print it.
    fn code(&mut self, rest: &[u8], length: usize) -> usize {
        let parameters = &rest[5..5 + length];
        if let [49, 80, 48, text @ ..] = parameters {
            self.codes.push(String::from_utf8_lossy(text).into_owned());
        }
        5 + length
    }

    /// `GS v 0`: bytes across, rows, dots.
    fn picture(&mut self, rest: &[u8]) -> usize {
        let number = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
        let (across, height) = (number(4), number(6));
        let dots = &rest[8..8 + across * height];
        let black = dots.iter().map(|b| b.count_ones()).sum();
        self.pictures.push(Picture { width: across * 8, height, black });
        8 + across * height
    }
}
