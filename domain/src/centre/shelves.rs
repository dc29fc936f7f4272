//! Where the shelves of a centre stand, as on a small plan.

use serde::{Deserialize, Serialize};

use crate::Text;

/// A shelf, or several side by side, on the plan of the room. One looks from the entrance, which is at the plan's lower
/// edge: `x` grows to the right, `y` towards the entrance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shelf {
    /// What the marks of its documents begin with: `A` for `A-01` and `A-02`.
    pub mark: String,
    /// What it is called, such as "Trainings".
    pub name: Text,
    /// Its left edge, in squares of the plan.
    pub x: u8,
    /// Its upper edge.
    pub y: u8,
    /// How wide it is.
    pub w: u8,
    /// How deep it is.
    pub h: u8,
}

/// A shelf that cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAShelf {
    /// Its mark is no mark.
    #[error("a mark is 1 to 8 letters, digits and hyphens, such as A or B-2")]
    Mark,
    /// It is outside the plan, or has no size.
    #[error("x + w and y + h must be at most {}, w and h at least 1", Shelf::PLAN)]
    Outside,
}

/// Where on the plan something is, in the words of somebody who stands at the entrance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// From the left: first, second or last third.
    pub across: u8,
    /// From the entrance: first, second or last third.
    pub deep: u8,
}

impl Shelf {
    /// Squares of the plan on each side at most.
    pub const PLAN: u8 = 60;

    /// Whether it can be drawn.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), NotAShelf> {
        let is_mark = |c: char| c.is_alphanumeric() || c == '-';
        if !(1..=8).contains(&self.mark.chars().count()) || !self.mark.chars().all(is_mark) {
            return Err(NotAShelf::Mark);
        }
        let inside = |at: u8, size: u8| size > 0 && at.checked_add(size).is_some_and(|end| end <= Self::PLAN);
        if inside(self.x, self.w) && inside(self.y, self.h) { Ok(()) } else { Err(NotAShelf::Outside) }
    }

    /// Whether it stands where another does.
    pub fn overlaps(&self, other: &Self) -> bool {
        let apart = |a: u8, size: u8, b: u8, other: u8| a + size <= b || b + other <= a;
        !apart(self.x, self.w, other.x, other.w) && !apart(self.y, self.h, other.y, other.h)
    }

    /// Whether a document with this mark stands on it.
    pub fn holds(&self, mark: &str) -> bool {
        let Some(rest) = mark.strip_prefix(self.mark.as_str()) else { return false };
        // `A` holds A-01 and A1, not AB-1; `A-1` does not hold A-12.
        let goes_on = |is: fn(char) -> bool| self.mark.ends_with(is) && rest.starts_with(is);
        !goes_on(char::is_alphabetic) && !goes_on(char::is_numeric)
    }

    /// Where it is on a plan of this width and depth.
    pub fn whereabouts(&self, width: u8, depth: u8) -> Whereabouts {
        let third = |at: u8, size: u8, all: u8| {
            let middle = 2 * u16::from(at) + u16::from(size);
            u8::try_from((3 * middle / (2 * u16::from(all).max(1))).min(2)).unwrap_or(2)
        };
        Whereabouts { across: third(self.x, self.w, width), deep: 2 - third(self.y, self.h, depth) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(mark: &str, x: u8, y: u8, w: u8, h: u8) -> Shelf {
        Shelf { mark: mark.into(), name: Text::default(), x, y, w, h }
    }

    #[test]
    fn a_mark_is_held_by_the_shelf_whose_mark_it_begins_with() {
        let a = shelf("A", 0, 0, 1, 1);
        assert!(a.holds("A-01") && a.holds("A1") && a.holds("A"));
        assert!(!a.holds("AB-1") && !a.holds("B-01") && !a.holds("a-01"));
        let one = shelf("A-1", 0, 0, 1, 1);
        assert!(one.holds("A-1") && one.holds("A-1-2") && !one.holds("A-12") && !one.holds("A-2"));
    }

    #[test]
    fn what_cannot_be_drawn_is_none() {
        assert_eq!(shelf("A", 0, 0, 60, 60).check(), Ok(()));
        for (wrong, why) in [
            (shelf("", 0, 0, 1, 1), NotAShelf::Mark),
            (shelf("A B", 0, 0, 1, 1), NotAShelf::Mark),
            (shelf("ABCDEFGHI", 0, 0, 1, 1), NotAShelf::Mark),
            (shelf("A", 0, 0, 0, 1), NotAShelf::Outside),
            (shelf("A", 59, 0, 2, 1), NotAShelf::Outside),
            (shelf("A", 0, 250, 1, 10), NotAShelf::Outside),
        ] {
            assert_eq!(wrong.check(), Err(why), "{wrong:?}");
        }
    }

    #[test]
    fn two_shelves_do_not_stand_in_one_place() {
        let one = shelf("A", 10, 10, 5, 5);
        assert!(one.overlaps(&shelf("B", 14, 14, 5, 5)) && one.overlaps(&one));
        assert!(!one.overlaps(&shelf("B", 15, 10, 5, 5)) && !one.overlaps(&shelf("B", 10, 5, 5, 5)));
    }

    #[test]
    fn one_stands_at_the_entrance_and_looks_in() {
        let of = |x, y| shelf("A", x, y, 10, 10).whereabouts(40, 30);
        assert_eq!(of(0, 20), Whereabouts { across: 0, deep: 0 });
        assert_eq!(of(15, 10), Whereabouts { across: 1, deep: 1 });
        assert_eq!(of(30, 0), Whereabouts { across: 2, deep: 2 });
    }
}
