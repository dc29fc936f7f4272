//! Lines of text: as characters where the printer's code page has them, else as pictures.

use std::sync::{LazyLock, Mutex, PoisonError};

use cosmic_text::{
    Align, Attrs, Buffer, Color, Family, FontSystem, LayoutRun, Metrics, Shaping, SwashCache, Weight, Wrap,
    fontdb::Database,
};
use domain::runs_left;

use crate::assets;

/// The print fonts: what the first lacks is taken from the others.
const FONTS: [&str; 6] = [
    "plex-sans-regular",
    "plex-sans-bold",
    "plex-sans-arabic-regular",
    "plex-sans-arabic-bold",
    "plex-sans-hebrew-regular",
    "plex-sans-hebrew-bold",
];
/// The family of the first.
const FAMILY: Family = Family::Name("IBM Plex Sans");
/// Height of a line of a picture, for a letter's size of 1.
const LINE_HEIGHT: f32 = 1.5;
/// Says that what follows runs from right to left.
const RIGHT_TO_LEFT_MARK: char = '\u{200f}';

static LETTERS: LazyLock<Mutex<FontSystem>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for name in FONTS {
        if let Some(bytes) = assets::bytes(&format!("print-fonts/{name}.ttf")) {
            fonts.load_font_data(bytes.to_vec());
        } else {
            tracing::warn!(name, "this build lacks a print font: texts in other scripts stay off receipts");
        }
    }
    Mutex::new(FontSystem::new_with_locale_and_db(String::new(), fonts))
});

/// Which way a page is read. Every line of it has this base direction, whatever it begins with, unless none of its
/// letters is of such a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    LeftToRight,
    RightToLeft,
}

/// A text without what a printer would take for a command, its white space as single spaces. Spaces that do not break
/// stay.
pub(super) fn printable(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() && !is_unbroken(c));
    let words = words.map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A space at which no line ends.
fn is_unbroken(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Whether a printer's own characters (Windows-1252) say all of a text.
pub(super) fn has_characters(text: &str) -> bool {
    let (_, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&as_characters(text));
    !unmappable
}

/// A text without what only says how it runs, every space as the printer knows it.
pub(super) fn as_characters(text: &str) -> String {
    let seen = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'));
    seen.map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

/// Breaks a text at single spaces into lines of at most `width` characters; a longer word gets a line of its own.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A black and white picture, one bit a dot, each row padded to whole bytes.
pub(super) struct Picture {
    /// Bytes a row.
    pub(super) row: u16,
    /// Rows.
    pub(super) rows: u16,
    /// The dots, most significant bit first, 1 = black.
    pub(super) dots: Vec<u8>,
}

impl Picture {
    fn blank(across: u16, rows: u16) -> Self {
        let row = across.div_ceil(8);
        Self { row, rows, dots: vec![0; usize::from(row) * usize::from(rows)] }
    }

    /// Makes a dot black; what lies outside is left out.
    fn blacken(&mut self, x: i32, y: i32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        let row = usize::from(self.row);
        if x < row * 8 && y < usize::from(self.rows) {
            self.dots[y * row + x / 8] |= 0x80 >> (x % 8);
        }
    }
}

/// A text as centred lines, each a picture as wide as the paper (`dots`), laid out as browsers do: broken between words,
/// every line in the order in which it is read (Unicode's bidirectional algorithm). `size` is a letter's, in dots.
pub(super) fn as_pictures(text: &str, reading: Reading, size: f32, bold: bool, dots: u16) -> Vec<Picture> {
    let mut fonts = LETTERS.lock().unwrap_or_else(PoisonError::into_inner);
    // Before the first bundle there are no letters to draw with.
    if fonts.db().is_empty() {
        return Vec::new();
    }
    let mut laid_out = Buffer::new(&mut fonts, Metrics::relative(size, LINE_HEIGHT));
    laid_out.set_wrap(Wrap::WordOrGlyph);
    laid_out.set_size(Some(f32::from(dots)), None);
    let attributes = Attrs::new().family(FAMILY).weight(if bold { Weight::BOLD } else { Weight::NORMAL });
    laid_out.set_text(&with_base(text, reading), &attributes, Shaping::Advanced, Some(Align::Center));
    laid_out.shape_until_scroll(&mut fonts, false);
    // Kept by nobody: which letters a visitor's receipt has ends with it.
    let mut shapes = SwashCache::new();
    laid_out.layout_runs().map(|line| draw(&line, dots, &mut fonts, &mut shapes)).collect()
}

/// A text whose first letter says its base direction.
fn with_base(text: &str, reading: Reading) -> String {
    if reading == Reading::RightToLeft && text.chars().any(runs_left) {
        format!("{RIGHT_TO_LEFT_MARK}{text}")
    } else {
        text.to_owned()
    }
}

fn draw(line: &LayoutRun, dots: u16, fonts: &mut FontSystem, shapes: &mut SwashCache) -> Picture {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a line is a few dozen dots high
    let mut picture = Picture::blank(dots, line.line_height.ceil() as u16);
    for glyph in line.glyphs {
        let glyph = glyph.physical((0.0, line.line_y - line.line_top), 1.0);
        shapes.with_pixels(fonts, glyph.cache_key, Color::rgb(0, 0, 0), |x, y, ink| {
            if ink.a() > 127 {
                picture.blacken(glyph.x + x, glyph.y + y);
            }
        });
    }
    picture
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn accents_are_characters_and_arabic_is_not() {
        let accents = "Créé à 11\u{202f}h\u{a0}42 · « œuvre » 5 €";
        assert!(has_characters(accents));
        assert_eq!(as_characters(accents), "Créé à 11 h 42 · « œuvre » 5 €");
        assert_eq!(as_characters("\u{2068}C 042\u{2069}"), "C 042");
        assert!(!has_characters("قبلك 4 أشخاص"));
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_stand_alone() {
        assert_eq!(wrap("près du triangle rouge", 12), ["près du", "triangle", "rouge"]);
        assert_eq!(wrap("Arbeitsplatzvermittlung hier", 10), ["Arbeitsplatzvermittlung", "hier"]);
        assert_eq!(wrap("vers 10\u{a0}h", 7), ["vers", "10\u{a0}h"]);
        assert!(wrap("  ", 10).is_empty());
    }

    #[test]
    fn no_text_commands_the_printer() {
        let hostile = "C\u{1b}@V\u{1d}V0 \u{0}\u{9b}31m\u{7f}\tà\n droite 10\u{202f}h\u{85}";
        assert_eq!(printable(hostile), "C@VV0 31m à droite 10\u{202f}h");
    }

    fn pictures(text: &str, reading: Reading) -> Vec<Picture> {
        as_pictures(text, reading, 28.0, false, 384)
    }

    #[test]
    fn arabic_becomes_black_dots_within_the_paper() {
        let lines = pictures("قبلك 4 أشخاص", Reading::RightToLeft);
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].row, lines[0].dots.len()), (48, 48 * usize::from(lines[0].rows)));
        assert!(black(&lines[0]) > 400, "are the print fonts in dist/ (cargo xtask bundle)?");
    }

    fn black(picture: &Picture) -> u32 {
        picture.dots.iter().map(|b| b.count_ones()).sum()
    }

    #[test]
    fn every_script_of_a_receipt_has_letters() {
        for text in ["أُخذ الاثنين", "آیا رزومه‌ام خوب است؟", "האם קורות החיים טובים?", "Работа", "Εργασία"]
        {
            // What a font lacks is printed as the same box again and again.
            let boxes = pictures(&"\u{10fffd}".repeat(text.chars().count()), Reading::LeftToRight);
            let lines = pictures(text, Reading::RightToLeft);
            assert!(lines.len() == 1 && lines[0].dots != boxes[0].dots && black(&lines[0]) > 300, "{text}");
        }
    }

    #[test]
    fn a_text_too_long_for_the_paper_is_broken_between_words() {
        let long = "متابعة الدور على الهاتف من دون اسم أو رقم هاتف وينتهي الرابط مساء اليوم";
        let lines = pictures(long, Reading::RightToLeft);
        assert_eq!(lines.len(), 3);
        for line in lines {
            assert!((0..usize::from(line.rows)).all(|y| line.dots[y * 48] == 0 && line.dots[y * 48 + 47] == 0));
        }
    }

    /// The words of the only line of a text from left to right, by where their letters stand.
    fn seen(text: &str, reading: Reading) -> Vec<String> {
        let text = with_base(text, reading);
        let mut fonts = LETTERS.lock().unwrap();
        let mut laid_out = Buffer::new(&mut fonts, Metrics::relative(20.0, LINE_HEIGHT));
        laid_out.set_text(&text, &Attrs::new().family(FAMILY), Shaping::Advanced, None);
        laid_out.shape_until_scroll(&mut fonts, false);
        let line = laid_out.layout_runs().next().unwrap();
        let place = |word: &str| {
            let from = word.as_ptr() as usize - text.as_ptr() as usize;
            let letters = line.glyphs.iter().filter(|g| (from..from + word.len()).contains(&g.start));
            letters.map(|g| g.x).fold(f32::INFINITY, f32::min)
        };
        let is_mark = |c: char| matches!(c, RIGHT_TO_LEFT_MARK | '\u{2066}'..='\u{2069}');
        let words = text.split(|c: char| c == ' ' || is_mark(c)).filter(|w| !w.is_empty());
        let mut placed: Vec<_> = words.map(|word| (place(word), word.to_owned())).collect();
        placed.sort_by(|a, b| a.0.total_cmp(&b.0));
        placed.into_iter().map(|(_, word)| word).collect()
    }

    #[test]
    fn a_line_is_in_the_order_in_which_it_is_read() {
        use Reading::{LeftToRight, RightToLeft};
        for (text, reading, order) in [
            ("هل ملف CV عبر Word جيد ؟", RightToLeft, "؟ جيد Word عبر CV ملف هل"),
            ("CV Word جيد ؟", RightToLeft, "؟ جيد CV Word"),
            ("CV Word جيد ؟", LeftToRight, "CV Word ؟ جيد"),
            ("4 أشخاص قبلكم", RightToLeft, "قبلكم أشخاص 4"),
            ("في 30 نوفمبر 2026 ، 10:07", RightToLeft, "10:07 ، 2026 نوفمبر 30 في"),
            ("\u{2068}C 042\u{2069} رقمكم", RightToLeft, "رقمكم C 042"),
            ("آیا CV من در Word خوب است ؟", RightToLeft, "؟ است خوب Word در من CV آیا"),
            ("האם CV עם Word טוב ?", RightToLeft, "? טוב Word עם CV האם"),
            ("Работа ?", RightToLeft, "Работа ?"),
        ] {
            assert_eq!(seen(text, reading).join(" "), order, "{text}");
        }
    }
}
