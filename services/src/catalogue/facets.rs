//! What results can be narrowed by, as people choose it from a short list.

use domain::catalogue::{Company, Feature, Interest, Kind, Level, Record, Sector};

use super::{Entry, Filter};

/// One thing that can be wanted of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Of this kind.
    Kind(Kind),
    /// Can be begun with no more than this.
    Level(Level),
    /// Mostly with these.
    With(Company),
    /// Outdoors, or not.
    Outdoors(bool),
    /// Of this sector.
    Sector(Sector),
    /// Serves this interest first or second.
    Interest(Interest),
}

impl Facet {
    /// Every facet, in the order in which they are offered.
    pub fn all() -> Vec<Self> {
        let kinds = Kind::ALL.iter().map(|k| Self::Kind(*k));
        let levels = Level::ALL.iter().map(|l| Self::Level(*l));
        let with = Company::ALL.iter().map(|w| Self::With(*w));
        let outdoors = [true, false].map(Self::Outdoors);
        let sectors = Sector::ALL.iter().map(|s| Self::Sector(*s));
        let interests = Interest::ALL.map(Self::Interest);
        kinds.chain(levels).chain(with).chain(outdoors).chain(sectors).chain(interests).collect()
    }

    /// Its name in addresses: two facets with the same name exclude each other.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind(_) => "kind",
            Self::Level(_) => "level",
            Self::With(_) => "with",
            Self::Outdoors(_) => "outdoors",
            Self::Sector(_) => "sector",
            Self::Interest(_) => "interest",
        }
    }

    /// Its value in addresses.
    pub fn code(self) -> String {
        match self {
            Self::Kind(kind) => kind.code().into(),
            Self::Level(level) => level.code().into(),
            Self::With(with) => with.code().into(),
            Self::Outdoors(true) => "yes".into(),
            Self::Outdoors(false) => "no".into(),
            Self::Sector(sector) => sector.code().into(),
            Self::Interest(interest) => interest.to_string(),
        }
    }

    /// The facet with this name and value.
    pub fn read(name: &str, code: &str) -> Option<Self> {
        Some(match (name, code) {
            ("kind", code) => Self::Kind(code.parse().ok()?),
            ("level", code) => Self::Level(code.parse().ok()?),
            ("with", code) => Self::With(code.parse().ok()?),
            ("outdoors", "yes") => Self::Outdoors(true),
            ("outdoors", "no") => Self::Outdoors(false),
            ("sector", code) => Self::Sector(code.parse().ok()?),
            ("interest", code) => Self::Interest(code.parse().ok()?),
            _ => return None,
        })
    }
}

impl Filter {
    /// The same, with one thing more that is wanted.
    #[must_use]
    pub fn and(mut self, facet: Facet) -> Self {
        match facet {
            Facet::Kind(kind) => self.kind = Some(kind),
            Facet::Level(level) => self.level = Some(level),
            Facet::With(with) => self.with = Some(with),
            Facet::Outdoors(outdoors) => self.outdoors = Some(outdoors),
            Facet::Sector(sector) => self.sector = Some(sector),
            Facet::Interest(interest) => self.interest = Some(interest),
        }
        self
    }

    /// The facets by which these entries can be narrowed further, with how many would be left: some, and not all.
    pub fn further(&self, entries: &[&Entry]) -> Vec<(Facet, usize)> {
        let left = |facet: Facet| {
            let only = Filter::default().and(facet);
            entries.iter().filter(|e| only.takes(&e.record)).count()
        };
        let further = Facet::all().into_iter().filter(|facet| !self.wants(facet.name()));
        further.map(|facet| (facet, left(facet))).filter(|(_, n)| *n > 0 && *n < entries.len()).collect()
    }

    fn wants(&self, name: &str) -> bool {
        match name {
            "kind" => self.kind.is_some(),
            "level" => self.level.is_some(),
            "with" => self.with.is_some(),
            "outdoors" => self.outdoors.is_some(),
            "sector" => self.sector.is_some(),
            "interest" => self.interest.is_some(),
            _ => false,
        }
    }
}

/// Whether a work is outdoors; unknown where nothing is said of what the work is like.
pub(super) fn is_outdoors(record: &Record) -> Option<bool> {
    (!record.features.is_empty()).then(|| record.features.contains(&Feature::Outdoors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_an_address_is_read_again() {
        for facet in Facet::all() {
            assert_eq!(Facet::read(facet.name(), &facet.code()), Some(facet));
            assert!(Filter::default().and(facet).wants(facet.name()));
        }
        assert_eq!(Facet::read("kind", "nothing"), None);
        assert_eq!(Facet::read("q", "yes"), None);
    }
}
