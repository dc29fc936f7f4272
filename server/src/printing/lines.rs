//! Lines of text: as characters where the printer's code page has them, else as a picture.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use crate::assets;

/// The families of the print fonts: Latin first, then Arabic.
const FAMILIES: &str = "IBM Plex Sans, IBM Plex Sans Arabic";

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for name in ["plex-sans-regular", "plex-sans-bold", "plex-sans-arabic-regular", "plex-sans-arabic-bold"] {
        if let Some(bytes) = assets::bytes(&format!("print-fonts/{name}.ttf")) {
            fonts.load_font_data(bytes.to_vec());
        } else {
            tracing::warn!(name, "this build lacks a print font: texts in other scripts stay off receipts");
        }
    }
    Arc::new(fonts)
});

/// A text as the printer's own characters (Windows-1252), if it has all of them.
pub(super) fn as_characters(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'))
        .map(|c| if matches!(c, '\u{202f}' | '\u{a0}' | '\u{2009}') { ' ' } else { c })
        .collect();
    let (_, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&plain);
    (!unmappable).then_some(plain)
}

/// Breaks a text at spaces into lines of at most `width` characters; a longer word gets a line of its own.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
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

/// One centred line as a picture, `dots` wide. Smaller where it would not fit.
pub(super) fn as_picture(text: &str, size: f32, bold: bool, dots: u32) -> Option<Picture> {
    let height = size * 1.5;
    let weight = if bold { 700 } else { 400 };
    let (middle, baseline) = (dots / 2, size * 1.1);
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{dots}" height="{height}"><text x="{middle}" y="{baseline}" text-anchor="middle" font-family="{FAMILIES}" font-size="{size}" font-weight="{weight}">{escaped}</text></svg>"#
    );
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(&svg, &options).ok()?;
    let width = tree.root().abs_bounding_box().width();
    #[allow(clippy::cast_precision_loss)] // dots are a few hundred
    let most = dots as f32;
    if width > most && size > 12.0 {
        return as_picture(text, (size * most / width).floor().max(12.0), bold, dots);
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a line is a few dozen dots high
    let mut pixmap = Pixmap::new(dots, height.ceil() as u32)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    Some(black_and_white(&pixmap))
}

fn black_and_white(pixmap: &Pixmap) -> Picture {
    let row = pixmap.width().div_ceil(8) as usize;
    let mut dots = vec![0_u8; row * pixmap.height() as usize];
    for (at, pixel) in pixmap.pixels().iter().enumerate() {
        let (x, y) = (at % pixmap.width() as usize, at / pixmap.width() as usize);
        if pixel.alpha() > 127 {
            dots[y * row + x / 8] |= 0x80 >> (x % 8);
        }
    }
    let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    Picture { row: small(row), rows: small(pixmap.height() as usize), dots }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn accents_are_characters_and_arabic_is_not() {
        assert_eq!(
            as_characters("Créé à 11\u{202f}h\u{a0}42 · « œuvre » 5 €").unwrap(),
            "Créé à 11 h 42 · « œuvre » 5 €"
        );
        assert_eq!(as_characters("\u{2068}C 042\u{2069}").unwrap(), "C 042");
        assert!(as_characters("قبلك 4 أشخاص").is_none());
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_stand_alone() {
        assert_eq!(wrap("près du triangle rouge", 12), ["près du", "triangle", "rouge"]);
        assert_eq!(wrap("Arbeitsplatzvermittlung hier", 10), ["Arbeitsplatzvermittlung", "hier"]);
        assert!(wrap("  ", 10).is_empty());
    }

    #[test]
    fn arabic_becomes_black_dots_within_the_paper() {
        let picture = as_picture("قبلك 4 أشخاص", 30.0, false, 384).unwrap();
        assert_eq!(picture.row, 48);
        assert_eq!(picture.dots.len(), 48 * usize::from(picture.rows));
        let black: u32 = picture.dots.iter().map(|b| b.count_ones()).sum();
        assert!(black > 400, "only {black} black dots: are the print fonts in dist/ (cargo xtask bundle)?");
    }

    #[test]
    fn a_line_too_long_for_the_paper_is_made_smaller() {
        let long = "متابعة الدور على الهاتف من دون اسم أو رقم هاتف وينتهي الرابط مساء اليوم";
        let picture = as_picture(long, 40.0, true, 384).unwrap();
        let edge =
            (0..usize::from(picture.rows)).filter(|y| picture.dots[y * 48] != 0 && picture.dots[y * 48 + 47] != 0);
        assert!(edge.count() < usize::from(picture.rows) / 2);
        assert!(picture.rows < 60);
    }
}
