//! Paper as ESC/POS commands: a ticket's receipt with its number and the way to the waiting area, and an entry of career
//! information in short.

use std::sync::{Arc, Mutex, PoisonError};

use app::{
    texts::{Texts, date, notebook as notebook_texts, receipt as texts, words},
    visitor::{catalogue::EntryInShort, sheet::titles},
};
use domain::{day::Channel, staff::Paper, view::ReceiptData};
use escpos::{
    driver::Driver,
    errors::{PrinterError, Result},
    printer::Printer,
    utils::{Encoder, JustifyMode, PageCode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption},
};

use services::catalogue::Sheet;

use super::{dots, lines};

/// Interests of a profile that are printed.
const STRONGEST: usize = 3;

/// Collects what a printer would get.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Driver for Memory {
    fn name(&self) -> String {
        "memory".into()
    }
    fn write(&self, data: &[u8]) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(data);
        Ok(())
    }
    fn read(&self, _: &mut [u8]) -> Result<usize> {
        Ok(0)
    }
    fn flush(&self) -> Result<()> {
        Ok(())
    }
}

/// How large a line is.
#[derive(Clone, Copy)]
enum Size {
    Small,
    Strong,
    Number,
}

impl Size {
    /// Height in dots where the line is a picture.
    fn dots(self) -> f32 {
        match self {
            Self::Small => 28.0,
            Self::Strong => 36.0,
            Self::Number => 130.0,
        }
    }
}

/// A ticket as the bytes that a printer with this paper gets.
///
/// # Errors
/// What the printer's protocol cannot say; nothing of the kind comes from a receipt.
pub(super) fn receipt(data: &ReceiptData, paper: Paper) -> Result<Vec<u8>> {
    let memory = Memory::default();
    let t = Texts::of(&data.language);
    let mut page = Page { printer: printer(&memory)?, paper };
    page.line(&data.centre, Size::Strong)?;
    page.space()?;
    page.line(&texts::your_number(&t), Size::Small)?;
    page.line(&format!("{} {:03}", data.number.letter, data.number.counter), Size::Number)?;
    page.line(&data.space.clone().unwrap_or_else(|| texts::welcome(&t)), Size::Strong)?;
    if let Some(need) = &data.need {
        page.line(need, Size::Small)?;
    }
    page.space()?;
    if let Some(ahead) = data.ahead {
        page.line(&texts::ahead(&t, ahead), Size::Strong)?;
    }
    page.line(&texts::taken(&t, &data.taken), Size::Small)?;
    let called = if data.channel == Channel::Here { texts::called_here(&t) } else { texts::called_far(&t) };
    page.line(&called, Size::Small)?;
    if !data.directions.is_empty() {
        page.line(&texts::r#where(&t), Size::Strong)?;
        page.line(&data.directions, Size::Small)?;
    }
    page.space()?;
    page.line(&texts::follow(&t), Size::Strong)?;
    page.qr(&data.follow_url)?;
    page.line(&texts::anonymous(&t), Size::Small)?;
    page.cut(&memory)
}

/// An entry of career information as the bytes that a printer with this paper gets.
///
/// # Errors
/// What the printer's protocol cannot say; nothing of the kind comes from an entry.
pub(super) fn entry(sheet: &EntryInShort, paper: Paper) -> Result<Vec<u8>> {
    let memory = Memory::default();
    let mut page = Page { printer: printer(&memory)?, paper };
    page.line(&sheet.centre, Size::Small)?;
    page.space()?;
    page.line(&sheet.kind, Size::Small)?;
    page.line(&sheet.title, Size::Strong)?;
    page.space()?;
    for line in sheet.sentence.iter().chain(&sheet.facts) {
        page.line(line, Size::Small)?;
    }
    if let Some((title, text)) = &sheet.begin {
        page.space()?;
        page.line(title, Size::Strong)?;
        page.line(text, Size::Small)?;
    }
    if let Some((shelf, place)) = &sheet.shelf {
        page.space()?;
        page.line(shelf, Size::Strong)?;
        page.line(place, Size::Small)?;
    }
    page.space()?;
    page.line(&sheet.read_on, Size::Strong)?;
    page.qr(&sheet.address)?;
    page.line(&sheet.source, Size::Small)?;
    page.cut(&memory)
}

/// A notebook as the bytes that a printer with this paper gets. `address` carries its content.
///
/// # Errors
/// What the printer's protocol cannot say; nothing of the kind comes from a notebook.
pub(super) fn notebook(sheet: &Sheet, address: &str, paper: Paper) -> Result<Vec<u8>> {
    let memory = Memory::default();
    let t = Texts::of(&sheet.language);
    let titles = titles(&t);
    let mut page = Page { printer: printer(&memory)?, paper };
    page.line(&notebook_texts::made_on(&t, &sheet.centre, date(&t, sheet.day)), Size::Small)?;
    page.space()?;
    page.line(&titles.title, Size::Strong)?;
    page.space()?;
    for (_, name) in &sheet.kept {
        page.line(&format!("- {name}"), Size::Small)?;
    }
    if let Some(profile) = sheet.profile {
        page.space()?;
        page.line(&notebook_texts::profile(&t), Size::Strong)?;
        for interest in &profile.order()[..STRONGEST] {
            page.line(&format!("- {}", words::interest(&t, *interest)), Size::Small)?;
        }
    }
    page.space()?;
    page.line(&notebook_texts::as_link(&t), Size::Strong)?;
    page.qr(address)?;
    page.line(&notebook_texts::no_name(&t), Size::Small)?;
    page.cut(&memory)
}

fn printer(memory: &Memory) -> Result<Printer<Memory>> {
    let protocol = Protocol::new(Encoder::new(encoding_rs::WINDOWS_1252));
    let mut printer = Printer::new(memory.clone(), protocol, None);
    printer.init()?.page_code(PageCode::WPC1252)?.justify(JustifyMode::CENTER)?;
    Ok(printer)
}

/// Dots of a module of a code, so that all of it fits the paper: what holds more has more modules (ISO/IEC 18004, bytes at
/// level M: what versions 8, 12, 16, 20, 24 and 28 hold).
fn module(text: &str, paper: Paper) -> u8 {
    const QUIET: u32 = 8;
    let holds = [(152, 8), (287, 12), (450, 16), (666, 20), (911, 24), (1190, 28)];
    let version = holds.into_iter().find(|(bytes, _)| text.len() <= *bytes).map_or(40, |(_, version)| version);
    u8::try_from(dots(paper) / (17 + 4 * version + QUIET)).unwrap_or(u8::MAX).clamp(2, 6)
}

struct Page {
    printer: Printer<Memory>,
    paper: Paper,
}

impl Page {
    /// Ends the paper, and gives everything that was written.
    fn cut(mut self, memory: &Memory) -> Result<Vec<u8>> {
        self.printer.feeds(3)?.print_cut()?;
        Ok(memory.0.lock().map_err(|e| PrinterError::Io(e.to_string()))?.clone())
    }

    fn space(&mut self) -> Result<()> {
        self.printer.feed().map(drop)
    }

    fn line(&mut self, text: &str, size: Size) -> Result<()> {
        match lines::as_characters(text) {
            Some(text) => self.characters(&text, size),
            None => self.picture(text, size),
        }
    }

    fn characters(&mut self, text: &str, size: Size) -> Result<()> {
        let across = dots(self.paper) / 12;
        let (factor, bold) = match size {
            Size::Small => (1, false),
            Size::Strong => (1, true),
            // Eight times 12 dots a character: five characters fill the narrow paper but for its margins.
            Size::Number => (if self.paper == Paper::Wide { 8 } else { 6 }, true),
        };
        self.printer.size(factor, factor)?.bold(bold)?;
        for line in lines::wrap(text, (across / u32::from(factor)) as usize) {
            self.printer.writeln(&line)?;
        }
        self.printer.bold(false)?.reset_size().map(drop)
    }

    fn picture(&mut self, text: &str, size: Size) -> Result<()> {
        let across = if self.paper == Paper::Wide { 42 } else { 28 };
        for line in lines::wrap(text, across) {
            let bold = !matches!(size, Size::Small);
            let Some(picture) = lines::as_picture(&line, size.dots(), bold, dots(self.paper)) else { continue };
            // GS v 0: a raster image, normal size.
            let mut command = vec![0x1d, b'v', b'0', 0];
            command.extend(picture.row.to_le_bytes());
            command.extend(picture.rows.to_le_bytes());
            command.extend(picture.dots);
            self.printer.custom(&command)?;
        }
        Ok(())
    }

    fn qr(&mut self, address: &str) -> Result<()> {
        let option = QRCodeOption::new(QRCodeModel::Model2, module(address, self.paper), QRCodeCorrectionLevel::M);
        self.printer.qrcode_option(address, option)?.feed().map(drop)
    }
}
