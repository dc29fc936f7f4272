//! Paper as ESC/POS commands: a ticket's receipt with its number and the way to the waiting area, and an entry of career
//! information in short.

use std::sync::{Arc, Mutex, PoisonError};

use app::{
    components::spaced,
    texts::{Texts, date, notebook as notebook_texts, receipt as texts, words},
    visitor::{catalogue::EntryInShort, sheet::titles},
};
use domain::{Language, day::Channel, staff::Paper, view::ReceiptData};
use escpos::{
    driver::Driver,
    errors::{PrinterError, Result},
    printer::Printer,
    utils::{Encoder, JustifyMode, PageCode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption},
};

use services::catalogue::Sheet;

use super::{
    dots,
    lines::{self, Reading},
};

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
#[derive(Clone, Copy, PartialEq, Eq)]
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
    let mut page = Page::new(&memory, paper, &data.language)?;
    page.line(&data.centre, Size::Strong)?;
    page.space()?;
    page.line(&texts::your_number(&t), Size::Small)?;
    page.line(&spaced(data.number), Size::Number)?;
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
    let mut page = Page::new(&memory, paper, &sheet.language)?;
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
    let mut page = Page::new(&memory, paper, &sheet.language)?;
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

/// Dots of a module of a code, so that all of it fits the paper: what holds more has more modules (ISO/IEC 18004, bytes at
/// level M: what versions 8, 12, 16, 20, 24 and 28 hold).
fn module(text: &str, paper: Paper) -> u8 {
    const QUIET: u16 = 8;
    let holds = [(152, 8), (287, 12), (450, 16), (666, 20), (911, 24), (1190, 28)];
    let version = holds.into_iter().find(|(bytes, _)| text.len() <= *bytes).map_or(40, |(_, version)| version);
    u8::try_from(dots(paper) / (17 + 4 * version + QUIET)).unwrap_or(u8::MAX).clamp(2, 6)
}

struct Page {
    printer: Printer<Memory>,
    paper: Paper,
    reading: Reading,
}

impl Page {
    fn new(memory: &Memory, paper: Paper, language: &Language) -> Result<Self> {
        let protocol = Protocol::new(Encoder::new(encoding_rs::WINDOWS_1252));
        let mut printer = Printer::new(memory.clone(), protocol, None);
        printer.init()?.page_code(PageCode::WPC1252)?.justify(JustifyMode::CENTER)?;
        let reading = if language.is_right_to_left() { Reading::RightToLeft } else { Reading::LeftToRight };
        Ok(Self { printer, paper, reading })
    }

    /// Ends the paper, and gives everything that was written.
    fn cut(mut self, memory: &Memory) -> Result<Vec<u8>> {
        self.printer.feeds(3)?.print_cut()?;
        Ok(memory.0.lock().map_err(|e| PrinterError::Io(e.to_string()))?.clone())
    }

    fn space(&mut self) -> Result<()> {
        self.printer.feed().map(drop)
    }

    fn line(&mut self, text: &str, size: Size) -> Result<()> {
        let text = lines::printable(text);
        if lines::has_characters(&text) { self.characters(&text, size) } else { self.picture(&text, size) }
    }

    fn characters(&mut self, text: &str, size: Size) -> Result<()> {
        let across = usize::from(dots(self.paper)) / CHARACTER;
        let factor = if size == Size::Number { largest(text, across) } else { 1 };
        self.printer.size(factor, factor)?.bold(size != Size::Small)?;
        for line in lines::wrap(text, across / usize::from(factor)) {
            self.printer.writeln(&lines::as_characters(&line))?;
        }
        self.printer.bold(false)?.reset_size().map(drop)
    }

    fn picture(&mut self, text: &str, size: Size) -> Result<()> {
        for picture in lines::as_pictures(text, self.reading, size.dots(), size != Size::Small, dots(self.paper)) {
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

/// A printer's character is as many dots wide.
const CHARACTER: usize = 12;

/// How many times larger a text of `across` characters at most may be to stay on one line: eight times is the most that
/// printers know.
fn largest(text: &str, across: usize) -> u8 {
    let times = across / text.chars().count().max(1);
    u8::try_from(times).unwrap_or(u8::MAX).clamp(1, 8)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use domain::day::Number;

    use super::*;

    #[test]
    fn a_number_is_as_large_as_its_paper_allows() {
        let of = |counter, across| {
            let text = spaced(Number { letter: 'C'.try_into().unwrap(), counter });
            let factor = largest(&text, across);
            assert_eq!(lines::wrap(&text, across / usize::from(factor)).len(), 1, "{text}");
            factor
        };
        assert_eq!([of(1, 32), of(999, 32), of(1000, 32), of(u16::MAX, 32)], [6, 6, 5, 4]);
        assert_eq!([of(1, 48), of(999, 48), of(1000, 48), of(u16::MAX, 48)], [8, 8, 8, 6]);
    }
}
