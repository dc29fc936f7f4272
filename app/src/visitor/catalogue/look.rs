//! Where somebody is who looks around.

use domain::catalogue::{EntryId, Feature, Interest, Sector, Workplace, explorer::Replies};
use services::catalogue::Facet;
use uuid::Uuid;

/// By which door somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The kiosk of the centre, which forgets everything and gives tickets.
    Kiosk,
    /// Any browser, a phone for example.
    Open,
}

/// What somebody likes, and would rather not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Liked {
    /// Likes.
    pub likes: Vec<Feature>,
    /// Would rather not.
    pub dislikes: Vec<Feature>,
}

/// A page of the catalogue. What narrows a list comes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Ways to look around.
    Home,
    /// What was found for a text.
    Search(String, Vec<Facet>),
    /// One entry, and the page where it was found.
    Entry(EntryId, Option<Box<Look>>),
    /// All sectors.
    Sectors,
    /// The occupations of a sector.
    Sector(Sector, Vec<Facet>),
    /// All places of work.
    Places,
    /// The occupations of a place of work.
    Place(Workplace, Vec<Facet>),
    /// What one likes.
    Likes(Liked),
    /// The interest explorer, after these replies.
    Explorer(Replies),
    /// All interests, and the themes of interest of the sources.
    Interests,
    /// The occupations that serve an interest.
    Interest(Interest, Vec<Facet>),
    /// "What do you do, or did you do?", and the occupations of these words.
    Job(String),
    /// Where an occupation can lead; it was found for these words.
    From(EntryId, String),
    /// Everything on the shelves.
    Documents,
    /// What was kept.
    Notebook,
    /// The same on paper, by a browser.
    NotebookOnPaper,
    /// The same, printed by the form with this id.
    NotebookPrinted(Uuid),
    /// A document was taken from its shelf.
    Taken,
    /// An entry is printed, by the form with this id.
    Printed(EntryId, Uuid),
}

/// Names and values of a query.
type Pairs = [(String, String)];

impl Look {
    /// The end of its path.
    pub fn path(&self) -> String {
        format!("/look{}", self.end())
    }

    /// The end of its path after what all pages share.
    fn end(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::Search(..) => "/search".into(),
            Self::Entry(id, _) => format!("/entry/{id}"),
            Self::Sectors => "/sectors".into(),
            Self::Sector(sector, _) => format!("/sectors/{}", sector.code()),
            Self::Places => "/places".into(),
            Self::Place(place, _) => format!("/places/{}", place.code()),
            Self::Likes(_) => "/likes".into(),
            Self::Explorer(_) => "/explorer".into(),
            Self::Interests => "/interests".into(),
            Self::Interest(interest, _) => format!("/interests/{interest}"),
            Self::Job(_) => "/job".into(),
            Self::From(id, _) => format!("/job/{id}"),
            Self::Documents => "/documents".into(),
            Self::Printed(id, form) => format!("/entry/{id}/printed/{form}"),
            Self::Taken => "/taken".into(),
            Self::Notebook => "/notebook".into(),
            Self::NotebookOnPaper => "/notebook/print".into(),
            Self::NotebookPrinted(form) => format!("/notebook/printed/{form}"),
        }
    }

    /// What its query holds.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let facets = self.facets().iter().map(|f| (f.name(), f.code()));
        match self {
            Self::Search(text, _) => std::iter::once(("q", text.clone())).chain(facets).collect(),
            Self::Job(text) | Self::From(_, text) if !text.is_empty() => vec![("q", text.clone())],
            Self::Entry(_, Some(from)) => std::iter::once(("from", from.end())).chain(from.pairs()).collect(),
            Self::Likes(Liked { likes, dislikes }) => {
                let likes = likes.iter().map(|f| ("like", f.code().to_owned()));
                likes.chain(dislikes.iter().map(|f| ("dislike", f.code().to_owned()))).collect()
            }
            Self::Explorer(replies) if replies.given() > 0 => vec![("replies", replies.letters())],
            _ => facets.collect(),
        }
    }

    /// What narrows its list.
    pub fn facets(&self) -> &[Facet] {
        match self {
            Self::Search(_, facets) | Self::Sector(_, facets) | Self::Place(_, facets) | Self::Interest(_, facets) => {
                facets
            }
            _ => &[],
        }
    }

    /// The same list, narrowed by these.
    #[must_use]
    pub fn narrowed(&self, by: Vec<Facet>) -> Self {
        match self {
            Self::Search(text, _) => Self::Search(text.clone(), by),
            Self::Sector(sector, _) => Self::Sector(*sector, by),
            Self::Place(place, _) => Self::Place(*place, by),
            Self::Interest(interest, _) => Self::Interest(*interest, by),
            other => other.clone(),
        }
    }

    /// The page where an entry was found, out of the query of the entry's own address.
    pub fn origin(pairs: &Pairs) -> Option<Box<Self>> {
        let all = |name: &'static str| pairs.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str());
        let features = |name| all(name).filter_map(|code| code.parse().ok()).collect();
        let text = || all("q").next().unwrap_or_default().to_owned();
        let from = all("from").next()?;
        let (page, of) = from.trim_start_matches('/').split_once('/').unwrap_or((from.trim_start_matches('/'), ""));
        Some(Box::new(match page {
            "search" => Self::Search(text(), facets(pairs)),
            "sectors" => Self::Sector(of.parse().ok()?, facets(pairs)),
            "places" => Self::Place(of.parse().ok()?, facets(pairs)),
            "likes" => Self::Likes(Liked { likes: features("like"), dislikes: features("dislike") }),
            "explorer" => Self::Explorer(Replies::read(all("replies").next().unwrap_or_default())),
            "interests" if of.is_empty() => Self::Interests,
            "interests" => Self::Interest(of.parse().ok()?, facets(pairs)),
            "job" if of.is_empty() => Self::Job(text()),
            "job" => Self::From(of.parse().ok()?, text()),
            "documents" => Self::Documents,
            _ => return None,
        }))
    }
}

/// What narrows a list, out of its query: of each name the first.
pub fn facets(pairs: &Pairs) -> Vec<Facet> {
    let mut all: Vec<Facet> = Vec::new();
    for facet in pairs.iter().filter_map(|(name, code)| Facet::read(name, code)) {
        if all.iter().all(|f| f.name() != facet.name()) {
            all.push(facet);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use domain::catalogue::{Company, Kind, Level};

    use super::*;

    #[test]
    fn an_entry_knows_the_way_back_to_where_it_was_found() {
        let narrow = || vec![Facet::Level(Level::None), Facet::With(Company::People)];
        let replies = Replies::read("nnnyny");
        for from in [
            Look::Search("pain & lait".into(), vec![Facet::Kind(Kind::Training)]),
            Look::Search(String::new(), Vec::new()),
            Look::Sector(Sector::Food, narrow()),
            Look::Place(Workplace::Nature, narrow()),
            Look::Likes(Liked { likes: vec![Feature::Animals], dislikes: vec![Feature::Night, Feature::Cold] }),
            Look::Explorer(replies),
            Look::Interests,
            Look::Interest(Interest::A, narrow()),
            Look::Job("maçon".into()),
            Look::From("rome:F1703".parse().unwrap(), "maçon".into()),
            Look::Documents,
        ] {
            let entry = Look::Entry("starter:baker".parse().unwrap(), Some(Box::new(from.clone())));
            let pairs: Vec<_> = entry.pairs().into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
            assert_eq!(Look::origin(&pairs), Some(Box::new(from)));
        }
        for nonsense in ["", "entry/starter:baker", "sectors/nothing", "//evil.example", "search/../x"] {
            let origin = Look::origin(&[("from".to_owned(), nonsense.to_owned())]);
            assert!(origin.is_none_or(|page| page.path().starts_with("/look/search")), "{nonsense}");
        }
    }

    #[test]
    fn a_list_is_narrowed_by_one_facet_of_each_name() {
        let pairs = [("level", "none"), ("level", "short"), ("with", "nobody"), ("outdoors", "no")];
        let pairs = pairs.map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(facets(&pairs), [Facet::Level(Level::None), Facet::Outdoors(false)]);
    }
}
