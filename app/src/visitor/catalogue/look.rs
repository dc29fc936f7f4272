//! Where somebody is who looks around.

use domain::catalogue::{EntryId, Feature, Sector, Workplace, explorer::Replies};

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

/// A page of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Ways to look around.
    Home,
    /// What was found for a text.
    Search(String),
    /// One entry; found for this text, if it was looked for.
    Entry(EntryId, Option<String>),
    /// All sectors.
    Sectors,
    /// The occupations of a sector.
    Sector(Sector),
    /// All places of work.
    Places,
    /// The occupations of a place of work.
    Place(Workplace),
    /// What one likes.
    Likes(Liked),
    /// The interest explorer, after these replies.
    Explorer(Replies),
    /// Everything on the shelves.
    Documents,
    /// What was kept.
    Notebook,
    /// The same on paper.
    NotebookOnPaper,
}

impl Look {
    /// The end of its path.
    pub fn path(&self) -> String {
        match self {
            Self::Home => "/look".into(),
            Self::Search(_) => "/look/search".into(),
            Self::Entry(id, _) => format!("/look/entry/{id}"),
            Self::Sectors => "/look/sectors".into(),
            Self::Sector(sector) => format!("/look/sectors/{}", sector.code()),
            Self::Places => "/look/places".into(),
            Self::Place(place) => format!("/look/places/{}", place.code()),
            Self::Likes(_) => "/look/likes".into(),
            Self::Explorer(_) => "/look/explorer".into(),
            Self::Documents => "/look/documents".into(),
            Self::Notebook => "/look/notebook".into(),
            Self::NotebookOnPaper => "/look/notebook/print".into(),
        }
    }

    /// What its query holds.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Search(text) | Self::Entry(_, Some(text)) => vec![("q", text.clone())],
            Self::Likes(Liked { likes, dislikes }) => {
                let likes = likes.iter().map(|f| ("like", f.code().to_owned()));
                likes.chain(dislikes.iter().map(|f| ("dislike", f.code().to_owned()))).collect()
            }
            Self::Explorer(replies) if replies.given() > 0 => vec![("replies", replies.letters())],
            _ => Vec::new(),
        }
    }
}
