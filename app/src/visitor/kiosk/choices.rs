//! What a visitor chose so far. It lives in the address, works without script and ends with the visit.

use std::collections::BTreeSet;

use domain::{
    Language, NeedId,
    catalogue::Notebook,
    centre::Accommodation,
    day::{Channel, ForWhom, PartySize, Remedy, Request, TalkLanguage},
};

/// Size of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSize {
    /// As designed.
    #[default]
    Normal,
    /// Half as large again.
    Large,
    /// Twice as large.
    Largest,
}

impl TextSize {
    /// The next larger size, after the largest the normal one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Normal => Self::Large,
            Self::Large => Self::Largest,
            Self::Largest => Self::Normal,
        }
    }
}

/// How the talk gets its language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// The counsellor speaks it.
    #[default]
    Speaks,
    /// Somebody who came along translates.
    Accompanied,
    /// An interpreter is needed.
    Interpreter,
}

/// What a visitor chose so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Size of the text.
    pub text: TextSize,
    /// Whether everything that is touched is in the lower half of the screen.
    pub low: bool,
    /// The code of a priority slip.
    pub slip: Option<String>,
    /// How the talk gets its language.
    pub how: How,
    /// The language of the talk.
    pub talk: Option<Language>,
    /// How many come together.
    pub party: PartySize,
    /// For whom.
    pub for_whom: ForWhom,
    /// What the place or the counsellor must offer.
    pub accommodations: BTreeSet<Accommodation>,
    /// What was kept while looking around.
    pub notebook: Notebook,
    /// Whether the counsellor may see it.
    pub shows_notebook: bool,
}

/// The longest slip code that is carried along.
const LONGEST_SLIP: usize = 64;

impl Choices {
    /// Reads a query or a form. What is not understood is left out: a kiosk has nobody to complain to.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut choices = Self::default();
        for (name, value) in pairs {
            choices.take(name, value);
        }
        choices
    }

    fn take(&mut self, name: &str, value: &str) {
        match (name, value) {
            ("text", "large") => self.text = TextSize::Large,
            ("text", "largest") => self.text = TextSize::Largest,
            ("low", "yes") => self.low = true,
            ("slip", code) => self.slip = slip(code),
            ("how", "accompanied") => self.how = How::Accompanied,
            ("how", "interpreter") => self.how = How::Interpreter,
            ("talk", code) => self.talk = code.parse().ok(),
            ("party", n) => self.party = n.parse::<u8>().ok().and_then(|n| n.try_into().ok()).unwrap_or_default(),
            ("for", "my_child") => self.for_whom = ForWhom::MyChild,
            ("for", "someone_i_help") => self.for_whom = ForWhom::SomeoneIHelp,
            ("access", code) => self.accommodations.extend(Accommodation::ALL.into_iter().find(|a| a.code() == code)),
            ("keep", id) => self.notebook.keep(id.parse().ok()),
            ("profile", profile) => self.notebook.profile = profile.parse().ok(),
            ("notebook", "show") => self.shows_notebook = true,
            _ => {}
        }
    }

    /// The choices as a query or as hidden fields; those of a fresh visit are left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: &str| pairs.push((name, value.to_owned()));
        match self.text {
            TextSize::Normal => {}
            TextSize::Large => add("text", "large"),
            TextSize::Largest => add("text", "largest"),
        }
        if self.low {
            add("low", "yes");
        }
        if let Some(slip) = &self.slip {
            add("slip", slip);
        }
        match self.how {
            How::Speaks => {}
            How::Accompanied => add("how", "accompanied"),
            How::Interpreter => add("how", "interpreter"),
        }
        if let Some(talk) = &self.talk {
            add("talk", talk.code());
        }
        if self.party != PartySize::default() {
            add("party", &u8::from(self.party).to_string());
        }
        if let Some(code) = for_whom_code(self.for_whom) {
            add("for", code);
        }
        for accommodation in &self.accommodations {
            add("access", accommodation.code());
        }
        for kept in &self.notebook.kept {
            add("keep", &kept.to_string());
        }
        if let Some(profile) = &self.notebook.profile {
            add("profile", &profile.to_string());
        }
        if self.shows_notebook {
            add("notebook", "show");
        }
        pairs
    }

    /// How the screen is set and what was kept, without anything about a ticket.
    #[must_use]
    pub fn without_ticket(&self) -> Self {
        Self { text: self.text, low: self.low, notebook: self.notebook.clone(), ..Self::default() }
    }

    /// The same with the slip, without anything about the question.
    #[must_use]
    pub fn before_the_question(&self) -> Self {
        Self { slip: self.slip.clone(), ..self.without_ticket() }
    }

    /// As a remedy changes them: what it lifts is asked no more.
    #[must_use]
    pub fn remedied(&self, remedy: Remedy) -> Self {
        let none = BTreeSet::new();
        match remedy {
            Remedy::Accompanied => Self { how: How::Accompanied, ..self.clone() },
            Remedy::Interpreter => Self { how: How::Interpreter, ..self.clone() },
            // The welcome finds a way to understand whoever comes.
            Remedy::Welcome if self.how == How::Speaks => {
                Self { how: How::Interpreter, accommodations: none, ..self.clone() }
            }
            Remedy::WithoutAccommodations | Remedy::Welcome => Self { accommodations: none, ..self.clone() },
        }
    }

    /// The language of the talk, if it was chosen.
    pub fn talk_language(&self) -> Option<TalkLanguage> {
        let language = self.talk.clone()?;
        Some(match self.how {
            How::Speaks => TalkLanguage::Speaks(language),
            How::Accompanied => TalkLanguage::Accompanied(language),
            How::Interpreter => TalkLanguage::NeedsInterpreter(language),
        })
    }

    /// What is asked for, once the language of the talk is known.
    pub fn request(&self, need: Option<NeedId>, language: Language) -> Option<Request> {
        Some(Request {
            need,
            language,
            talk: self.talk_language()?,
            party: self.party,
            for_whom: self.for_whom,
            channel: Channel::Here,
            accommodations: self.accommodations.clone(),
            notebook: if self.shows_notebook { self.notebook.clone() } else { Notebook::default() },
        })
    }
}

fn slip(code: &str) -> Option<String> {
    let code = code.trim();
    let sane =
        !code.is_empty() && code.len() <= LONGEST_SLIP && code.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    sane.then(|| code.to_owned())
}

/// The stable code of whom a visitor comes for; none for the visitor.
fn for_whom_code(for_whom: ForWhom) -> Option<&'static str> {
    match for_whom {
        ForWhom::Me => None,
        ForWhom::MyChild => Some("my_child"),
        ForWhom::SomeoneIHelp => Some("someone_i_help"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYTHING: [(&str, &str); 14] = [
        ("text", "largest"),
        ("low", "yes"),
        ("slip", "7K2P-9QXM"),
        ("how", "accompanied"),
        ("talk", "prs"),
        ("party", "4"),
        ("for", "my_child"),
        ("access", "wheelchair"),
        ("access", "hearing_loop"),
        ("access", "quiet"),
        ("keep", "rome:J1501"),
        ("keep", "starter:baker"),
        ("profile", "100-0-50-20-10-0"),
        ("notebook", "show"),
    ];

    #[test]
    fn what_is_read_is_what_is_written() {
        let choices = Choices::read(EVERYTHING);
        let pairs = choices.pairs();
        let written: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(written, EVERYTHING);
        assert_eq!(Choices::read(written), choices);
    }

    #[test]
    fn a_fresh_visit_needs_no_query() {
        assert!(Choices::default().pairs().is_empty());
    }

    #[test]
    fn nonsense_is_left_out() {
        let hostile = [
            ("text", "huge"),
            ("party", "0"),
            ("party", "4294967297"),
            ("talk", "FRENCH<script>"),
            ("access", "throne"),
            ("slip", "   "),
            ("slip", "é\u{202e}"),
            ("how", ""),
            ("keep", "elsewhere:x"),
            ("profile", "1-2-3"),
            ("notebook", "yes"),
            ("unknown", "x"),
        ];
        assert_eq!(Choices::read(hostile), Choices::default());
        let long = "A".repeat(LONGEST_SLIP + 1);
        assert_eq!(Choices::read([("slip", long.as_str())]).slip, None);
    }

    #[test]
    fn the_screen_and_the_notebook_stay_without_the_ticket() {
        let left = Choices::read(EVERYTHING).without_ticket();
        let names: Vec<_> = left.pairs().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["text", "low", "keep", "keep", "profile"]);
    }

    #[test]
    fn a_notebook_goes_along_only_with_a_yes() {
        let mut choices = Choices::read(EVERYTHING);
        let notebook = |choices: &Choices| choices.request(None, Language::french()).map(|r| r.notebook);
        assert_eq!(notebook(&choices), Some(choices.notebook.clone()));
        choices.shows_notebook = false;
        assert_eq!(notebook(&choices), Some(Notebook::default()));
    }

    #[test]
    fn a_request_needs_the_language_of_the_talk() {
        assert_eq!(Choices::default().request(None, Language::french()), None);
        let request = Choices::read(EVERYTHING).request(None, Language::arabic());
        let talk = request.map(|r| r.talk);
        assert_eq!(talk, "prs".parse().ok().map(TalkLanguage::Accompanied));
    }
}
