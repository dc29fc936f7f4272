//! What a visitor sees when an address leads nowhere or the server cannot do what was asked: in every language at once,
//! because nobody knows yet which one is read here.

use domain::Language;
use leptos::prelude::*;

use super::{Head, document};
use crate::texts::{Texts, home, screen_languages};

/// What went wrong, as visitors need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such page, or no longer.
    NotFound,
    /// It is for somebody else.
    NotAllowed,
    /// Too many requests.
    TooMany,
    /// The server failed.
    Broken,
    /// Nothing can be stored: the disk is full or cannot be written.
    Full,
    /// The database does not answer.
    Away,
}

impl Wrong {
    /// Everything that can go wrong.
    pub const ALL: [Self; 6] = [Self::NotFound, Self::NotAllowed, Self::TooMany, Self::Broken, Self::Full, Self::Away];

    fn sentences(self, t: &Texts) -> (String, String) {
        match self {
            Self::NotFound => (home::trouble_not_found(t), home::trouble_not_found_help(t)),
            Self::NotAllowed => (home::trouble_not_allowed(t), home::trouble_not_allowed_help(t)),
            Self::TooMany => (home::trouble_too_many(t), home::trouble_too_many_help(t)),
            Self::Broken => (home::trouble_broken(t), home::trouble_broken_help(t)),
            Self::Full => (home::trouble_full(t), home::trouble_full_help(t)),
            Self::Away => (home::trouble_away(t), home::trouble_away_help(t)),
        }
    }
}

/// The page, `first` being the language that is most likely read. Its style is that of the first page.
pub fn page(wrong: Wrong, first: &Language, head: Head) -> String {
    let t = Texts::of(first);
    let mut languages = screen_languages().to_vec();
    languages.sort_by_key(|l| l != t.language());
    let one = |language: Language| {
        let t = Texts::of(&language);
        let (what, help) = wrong.sentences(&t);
        view! {
            <section lang=language.code().to_owned() dir=t.direction()>
                <h1>{what}</h1>
                <p>{help}</p>
                <p><a href=format!("/?lang={language}")>{home::trouble_back(&t)}</a></p>
            </section>
        }
    };
    let head = Head { title: wrong.sentences(&t).0, script: None, refresh: None, ..head };
    document(&t, head, || {
        view! { <body class="trouble"><main>{languages.into_iter().map(one).collect_view()}</main></body> }.into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_is_told_in_every_language_the_readers_first() {
        for wrong in Wrong::ALL {
            let html = page(wrong, &Language::arabic(), Head::default());
            let told: Vec<usize> = screen_languages()
                .iter()
                .map(|l| html.find(&wrong.sentences(&Texts::of(l)).1).unwrap_or(usize::MAX))
                .collect();
            assert!(told.iter().all(|at| *at < html.len()), "{wrong:?}: {html}");
            assert!(told[2] < told[0] && told[2] < told[1], "Arabic comes first: {told:?}");
        }
    }
}
