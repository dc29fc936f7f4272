//! From what a file says to a centre, its staff and its devices: every reference is looked up, every mistake kept.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use chrono::{NaiveDate, NaiveTime};
use domain::{
    CentreId, DeskId, DeviceId, Language, NeedId, NetworkId, OrganisationId, PlaceId, SpaceId, StaffId, Text,
    centre::{
        Centre, Desk, Letter, Need, NotHours, OpeningHours, Organisation, Period, Place, Policies, SafeguardingCard,
        Shelf, Space, SpecialDay, in_order, read_closing,
    },
    staff::{Abilities, Device, DeviceKind, Role, Staff},
};
use toml::Spanned;
use uuid::Uuid;

use crate::settings::is_login;

use super::{
    Mistake,
    file::{DeskEntry, DeviceEntry, File, Periods, SpaceEntry, Special, StaffEntry, line_of, too_long},
};

/// What is in the registers already, so that everything keeps its identifier.
#[derive(Default)]
pub(super) struct Known {
    pub centre: Option<Centre>,
    pub networks: Vec<(NetworkId, Text)>,
    pub staff: Vec<Staff>,
    pub devices: Vec<Device>,
}

/// What the file says, ready to be kept.
pub(super) struct Built {
    pub network: Option<(NetworkId, Text)>,
    pub centre: Centre,
    pub staff: Vec<Staff>,
    pub devices: Vec<Device>,
}

/// Looks every reference of a file up.
///
/// # Errors
/// All mistakes, in the order of their lines.
pub(super) fn build(file: File, text: &str, known: &Known, new_id: &dyn Fn() -> Uuid) -> Result<Built, Vec<Mistake>> {
    let mut builder = Builder { text, known, new_id, mistakes: too_long(text) };
    let built = builder.all(file);
    builder.mistakes.sort_by_key(|m| m.line);
    if builder.mistakes.is_empty() { Ok(built) } else { Err(builder.mistakes) }
}

struct Builder<'a> {
    text: &'a str,
    known: &'a Known,
    new_id: &'a dyn Fn() -> Uuid,
    mistakes: Vec<Mistake>,
}

impl Builder<'_> {
    fn all(&mut self, file: File) -> Built {
        self.unique("spaces.letter", file.spaces.iter().map(|s| &s.letter));
        self.unique("spaces.needs.code", file.spaces.iter().flat_map(|s| s.needs.iter().map(|n| &n.code)));
        self.unique("organisations.code", file.organisations.iter().map(|o| &o.code));
        self.unique("desks.name", file.desks.iter().map(|d| &d.name));
        self.unique("devices.name", file.devices.iter().map(|d| &d.name));
        self.unique("organisations.name", file.organisations.iter().map(|o| &o.name));
        // As they are kept: `Anna` and `anna` are one.
        let logins: Vec<_> =
            file.staff.iter().map(|s| Spanned::new(s.login.span(), s.login.get_ref().to_lowercase())).collect();
        self.unique("staff.login", logins.iter());

        let organisations: HashMap<String, Organisation> = file
            .organisations
            .iter()
            .map(|o| (o.code.get_ref().clone(), self.organisation(o.name.get_ref())))
            .collect();
        let network = file.centre.network.as_deref().map(|name| self.network(name, &file.centre.languages));
        let (spaces, needs) = self.spaces(&file.spaces);
        let desks = file.desks.iter().map(|d| self.desk(d, &spaces)).collect();
        let centre = Centre {
            id: self.known.centre.as_ref().map_or_else(|| CentreId((self.new_id)()), |c| c.id),
            slug: self.slug(&file.centre.slug),
            network: network.as_ref().map(|n| n.0),
            name: file.centre.name,
            time_zone: self.time_zone(&file.centre.time_zone),
            talk_languages: or(file.centre.talk_languages, file.centre.languages.get_ref()),
            languages: self.languages(file.centre.languages),
            hours: self.hours(file.hours),
            policies: self.policies(file.policies),
            spaces,
            needs,
            organisations: file
                .organisations
                .iter()
                .filter_map(|o| organisations.get(o.code.get_ref()).cloned())
                .collect(),
            desks,
            safeguarding: file
                .safeguarding
                .into_iter()
                .map(|s| SafeguardingCard { code: s.code, title: s.title, steps: s.steps, phone: s.phone })
                .collect(),
            shelves: self.shelves(file.shelves),
        };
        self.welcome_letter(&centre, &file.spaces);
        let staff = file.staff.iter().map(|s| self.person(s, &centre, &organisations)).collect();
        let devices = self.devices(&file.devices, centre.id);
        Built { network, centre, staff, devices }
    }

    fn mistake(&mut self, span: &Range<usize>, field: &str, what: impl Into<String>) {
        let line = line_of(self.text, span.start);
        self.mistakes.push(Mistake { line, field: field.to_owned(), what: what.into() });
    }

    fn unique<'f, T: Eq + std::hash::Hash + ToString + 'f>(
        &mut self,
        field: &str,
        values: impl Iterator<Item = &'f Spanned<T>>,
    ) {
        let mut first: HashMap<&T, usize> = HashMap::new();
        for value in values {
            let line = line_of(self.text, value.span().start);
            if let Some(before) = first.insert(value.get_ref(), line) {
                let what =
                    format!("“{}” is in line {before} already: each must be there once", value.get_ref().to_string());
                self.mistake(&value.span(), field, what);
            }
        }
    }

    fn slug(&mut self, slug: &Spanned<String>) -> String {
        let right = |s: &str| {
            (2..=40).contains(&s.len())
                && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && !s.starts_with('-')
        };
        if !right(slug.get_ref()) {
            self.mistake(
                &slug.span(),
                "centre.slug",
                "must be 2 to 40 lower-case letters, digits and hyphens: it is part of addresses",
            );
        }
        slug.get_ref().clone()
    }

    fn time_zone(&mut self, zone: &Spanned<String>) -> String {
        if zone.get_ref().parse::<chrono_tz::Tz>().is_err() {
            let what = format!("“{}” is no time zone of the IANA database, such as Europe/Paris", zone.get_ref());
            self.mistake(&zone.span(), "centre.time_zone", what);
        }
        zone.get_ref().clone()
    }

    fn languages(&mut self, languages: Spanned<Vec<Language>>) -> Vec<Language> {
        if languages.get_ref().is_empty() {
            self.mistake(&languages.span(), "centre.languages", "needs at least one language, the centre's own first");
        }
        languages.into_inner()
    }

    fn policies(&mut self, entry: Option<Spanned<Policies>>) -> Policies {
        let Some(entry) = entry else { return Policies::default() };
        if let Err(wrong) = entry.get_ref().check() {
            self.mistake(&entry.span(), wrong.field, format!("must be {}", wrong.must));
        }
        entry.into_inner()
    }

    fn network(&self, name: &str, languages: &Spanned<Vec<Language>>) -> (NetworkId, Text) {
        let found = self.known.networks.iter().find(|(_, n)| n.0.values().any(|n| n == name));
        found.cloned().unwrap_or_else(|| {
            let language = languages.get_ref().first().cloned().unwrap_or_else(Language::french);
            (NetworkId((self.new_id)()), Text([(language, name.to_owned())].into()))
        })
    }

    fn organisation(&self, name: &str) -> Organisation {
        let before = self.known.centre.iter().flat_map(|c| &c.organisations).find(|o| o.name == name);
        before.cloned().unwrap_or_else(|| Organisation { id: OrganisationId((self.new_id)()), name: name.to_owned() })
    }

    fn spaces(&mut self, entries: &[SpaceEntry]) -> (Vec<Space>, Vec<Need>) {
        let (mut spaces, mut needs) = (Vec::new(), Vec::new());
        for entry in entries {
            if !(1..=5).contains(entry.sign.get_ref()) {
                self.mistake(
                    &entry.sign.span(),
                    "spaces.sign",
                    "must be 1 to 5: circle, square, triangle, diamond, hexagon",
                );
            }
            let letter = *entry.letter.get_ref();
            let before = self.known.centre.iter().flat_map(|c| &c.spaces).find(|s| s.letter == letter);
            let id = before.map_or_else(|| SpaceId((self.new_id)()), |s| s.id);
            spaces.push(Space {
                id,
                letter,
                sign: *entry.sign.get_ref(),
                name: entry.name.clone(),
                question: entry.question.clone(),
                hint: entry.hint.clone(),
                directions: entry.directions.clone(),
            });
            for need in &entry.needs {
                let code = need.code.get_ref();
                let before = self.known.centre.iter().flat_map(|c| &c.needs).find(|n| n.code == *code);
                needs.push(Need {
                    id: before.map_or_else(|| NeedId((self.new_id)()), |n| n.id),
                    code: code.clone(),
                    space: id,
                    question: need.question.clone(),
                    label: need.label.clone(),
                    helps_with: need.helps_with.clone(),
                });
            }
        }
        (spaces, needs)
    }

    fn welcome_letter(&mut self, centre: &Centre, entries: &[SpaceEntry]) {
        let letter = centre.policies.welcome_letter;
        if let Some(entry) = entries.iter().find(|s| *s.letter.get_ref() == letter) {
            let what =
                format!("“{letter}” is the letter of the welcome desk: choose another, or set policies.welcome_letter");
            self.mistake(&entry.letter.span(), "spaces.letter", what);
        }
    }

    fn space(&mut self, letter: &Spanned<Letter>, spaces: &[Space], field: &str) -> Option<SpaceId> {
        let found = spaces.iter().find(|s| s.letter == *letter.get_ref()).map(|s| s.id);
        if found.is_none() {
            self.mistake(&letter.span(), field, format!("there is no space “{}”", letter.get_ref()));
        }
        found
    }

    fn desk(&mut self, entry: &DeskEntry, spaces: &[Space]) -> Desk {
        let name = entry.name.get_ref();
        let before = self.known.centre.as_ref().and_then(|c| c.desks.iter().find(|d| d.name == *name));
        let names: BTreeSet<&str> = entry.places.iter().map(|p| p.name.as_str()).collect();
        if entry.places.is_empty() || names.len() != entry.places.len() {
            self.mistake(&entry.name.span(), "desks.places", "a desk has one place or more, each with its own name");
        }
        let place_id = |name: &str| {
            let before = before.and_then(|d| d.places.iter().find(|p| p.name == name));
            before.map_or_else(|| PlaceId((self.new_id)()), |p| p.id)
        };
        let places = entry
            .places
            .iter()
            .map(|p| Place { id: place_id(&p.name), name: p.name.clone(), accommodations: p.accommodations.clone() })
            .collect();
        Desk {
            id: before.map_or_else(|| DeskId((self.new_id)()), |d| d.id),
            name: name.clone(),
            space: entry.space.as_ref().and_then(|s| self.space(s, spaces, "desks.space")),
            places,
        }
    }

    fn person(&mut self, entry: &StaffEntry, centre: &Centre, organisations: &HashMap<String, Organisation>) -> Staff {
        let login = entry.login.get_ref().to_lowercase();
        let before = self.known.staff.iter().find(|s| s.login == login);
        if before.is_some_and(|s| s.centre.is_some_and(|c| c != centre.id)) {
            self.mistake(
                &entry.login.span(),
                "staff.login",
                format!("“{login}” belongs to somebody of another centre"),
            );
        }
        if !is_login(&login) {
            let what = "must be 2 to 40 lower-case letters, digits, dots, hyphens and underscores";
            self.mistake(&entry.login.span(), "staff.login", what);
        }
        if entry.organisation.is_none() && entry.roles.contains(&Role::Counsellor) {
            let what = format!("“{login}” receives visitors for an organisation: say which");
            self.mistake(&entry.login.span(), "staff.organisation", what);
        }
        let organisation = entry.organisation.as_ref().and_then(|code| {
            let found = organisations.get(code.get_ref()).map(|o| o.id);
            if found.is_none() {
                self.mistake(
                    &code.span(),
                    "staff.organisation",
                    format!("there is no organisation “{}”", code.get_ref()),
                );
            }
            found
        });
        Staff {
            id: before.map_or_else(|| StaffId((self.new_id)()), |s| s.id),
            login,
            name: entry.name.clone(),
            centre: Some(centre.id),
            organisation,
            roles: entry.roles.clone(),
            abilities: Abilities {
                needs: self.needs(entry, centre),
                welcome: entry.welcome,
                languages: entry.languages.clone(),
                accommodations: entry.accommodations.clone(),
            },
            language: entry.language.clone().unwrap_or_else(|| centre.language()),
            must_change_password: before.is_none_or(|s| s.must_change_password),
            letter_keys: before.is_none_or(|s| s.letter_keys),
            active: before.is_none_or(|s| s.active),
        }
    }

    fn needs(&mut self, entry: &StaffEntry, centre: &Centre) -> BTreeSet<NeedId> {
        let mut needs = BTreeSet::new();
        for letter in &entry.spaces {
            if let Some(space) = self.space(letter, &centre.spaces, "staff.spaces") {
                needs.extend(centre.needs_of(space).map(|n| n.id));
            }
        }
        for code in &entry.needs {
            match centre.needs.iter().find(|n| n.code == *code.get_ref()) {
                Some(need) => drop(needs.insert(need.id)),
                None => self.mistake(&code.span(), "staff.needs", format!("there is no need “{}”", code.get_ref())),
            }
        }
        needs
    }

    fn devices(&mut self, entries: &[DeviceEntry], centre: CentreId) -> Vec<Device> {
        let ids: HashMap<&str, DeviceId> = entries
            .iter()
            .map(|e| {
                let name = e.name.get_ref().as_str();
                let before = self.known.devices.iter().find(|d| d.name == name && d.kind == e.kind);
                (name, before.map_or_else(|| DeviceId((self.new_id)()), |d| d.id))
            })
            .collect();
        let printers: BTreeSet<&str> =
            entries.iter().filter(|e| e.kind == DeviceKind::Printer).map(|e| e.name.get_ref().as_str()).collect();
        let mut devices = Vec::new();
        for entry in entries {
            let printer = entry.printer.as_ref().filter(|p| {
                let known = printers.contains(p.get_ref().as_str());
                if !known {
                    self.mistake(&p.span(), "devices.printer", format!("there is no printer “{}”", p.get_ref()));
                }
                known
            });
            let name = entry.name.get_ref();
            devices.extend(ids.get(name.as_str()).map(|id| Device {
                id: *id,
                centre,
                kind: entry.kind,
                name: name.clone(),
                arrow: entry.arrow,
                printer: printer.and_then(|p| ids.get(p.get_ref().as_str()).copied()),
                connection: entry.connection.clone(),
                paper: entry.paper,
                active: true,
            }));
        }
        // A kiosk points to its printer, so printers are kept first.
        devices.sort_by_key(|d| d.kind != DeviceKind::Printer);
        devices
    }

    fn shelves(&mut self, entries: Vec<Spanned<Shelf>>) -> Vec<Shelf> {
        let mut kept: Vec<Shelf> = Vec::new();
        for entry in entries {
            let drawn = entry.get_ref();
            if let Err(wrong) = drawn.check() {
                self.mistake(&entry.span(), "shelves", format!("“{}”: {wrong}", drawn.mark));
            } else if kept.iter().any(|s| s.mark == drawn.mark) {
                self.mistake(&entry.span(), "shelves.mark", format!("“{}” is there already: each once", drawn.mark));
            } else if let Some(other) = kept.iter().find(|s| s.overlaps(drawn)) {
                let what = format!("“{}” stands where “{}” does: move one of them", drawn.mark, other.mark);
                self.mistake(&entry.span(), "shelves", what);
            } else {
                kept.push(entry.into_inner());
            }
        }
        kept
    }

    fn hours(&mut self, hours: super::file::Hours) -> OpeningHours {
        let week =
            [hours.monday, hours.tuesday, hours.wednesday, hours.thursday, hours.friday, hours.saturday, hours.sunday];
        self.unique("hours.special.date", hours.special.iter().map(|s| &s.date));
        let special = hours.special.iter().filter_map(|day| {
            let date = day.date.get_ref().parse::<NaiveDate>();
            if date.is_err() {
                let what = format!("“{}” is no date such as 2026-12-25", day.date.get_ref());
                self.mistake(&day.date.span(), "hours.special.date", what);
            }
            Some(SpecialDay { date: date.ok()?, periods: self.periods(&day.periods) })
        });
        let special = special.collect();
        let built = OpeningHours { week: week.each_ref().map(|periods| self.periods(periods)), special };
        self.neighbours(&built, &week, &hours.special);
        built
    }

    /// An evening that goes on after midnight ends before the next day begins.
    fn neighbours(&mut self, built: &OpeningHours, week: &[Periods; 7], special: &[Special]) {
        let what = "goes on after midnight while the day after is open already: end it sooner, or begin that later";
        match built.check() {
            Err(NotHours::WeekOverlap(day)) => {
                if let Some(last) = week.get(day).and_then(|periods| periods.last()) {
                    self.mistake(&last.span(), "hours", format!("“{}” {what}", last.get_ref()));
                }
            }
            Err(NotHours::SpecialOverlap(date)) => {
                let written = date.to_string();
                if let Some(day) = special.iter().find(|s| *s.date.get_ref() == written) {
                    self.mistake(&day.date.span(), "hours.special", format!("{written} or the day before it {what}"));
                }
            }
            // Told already, with the line of each.
            Err(NotHours::WeekOrder(_) | NotHours::SpecialOrder(_) | NotHours::DateTwice(_)) | Ok(()) => {}
        }
    }

    fn periods(&mut self, entries: &Periods) -> Vec<Period> {
        let mut periods: Vec<Period> = Vec::new();
        for entry in entries {
            let Some(period) = period(entry.get_ref()) else {
                let what =
                    format!("“{}” is no period such as 09:00-12:30, 18:00-24:00 or 22:00-02:00", entry.get_ref());
                self.mistake(&entry.span(), "hours", what);
                continue;
            };
            periods.push(period);
            if !in_order(&periods) {
                periods.pop();
                self.mistake(&entry.span(), "hours", "periods of a day must follow each other");
            }
        }
        periods
    }
}

/// What can be meant as a period by itself.
fn period(text: &str) -> Option<Period> {
    let (from, to) = text.split_once('-')?;
    let from = NaiveTime::parse_from_str(from.trim(), "%H:%M").ok()?;
    let period = Period { from, to: read_closing(to.trim()).ok()? };
    in_order(&[period]).then_some(period)
}

fn or<T: Clone>(list: Vec<T>, otherwise: &[T]) -> Vec<T> {
    if list.is_empty() { otherwise.to_vec() } else { list }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::cell::Cell;

    use domain::catalogue::Kind;

    use super::super::file;
    use super::*;

    const DEMO: &str = include_str!("../../../server/src/demo/centre.toml");

    fn build_with(text: &str, known: &Known, from: u128) -> Result<Built, Vec<Mistake>> {
        let next = Cell::new(from);
        let new_id = || Uuid::from_u128(next.replace(next.get() + 1));
        build(file::read(text).unwrap(), text, known, &new_id)
    }

    #[test]
    fn the_demo_centre_is_whole() {
        let built = build_with(DEMO, &Known::default(), 1).unwrap_or_else(|m| panic!("{m:?}"));
        let centre = &built.centre;
        assert_eq!((centre.spaces.len(), centre.needs.len(), centre.desks.len()), (5, 26, 14));
        assert_eq!(centre.organisations.len(), 12);
        let counsellors = built.staff.iter().filter(|s| s.login.starts_with("counsellor")).count();
        assert_eq!(counsellors, 30);
        for need in &centre.needs {
            assert!(
                built.staff.iter().any(|s| s.abilities.needs.contains(&need.id)),
                "nobody can help with {}",
                need.code
            );
        }
        assert_eq!(centre.safeguarding.len(), 4);
        for mark in ["A-01", "A-20", "B-02", "C-03", "D-04", "E-01"] {
            assert!(centre.shelf_of(mark).is_some(), "{mark} is not on the plan");
        }
        for kind in [Kind::Occupation, Kind::Training, Kind::Theme, Kind::Offer] {
            assert!(centre.needs_about(kind).next().is_some(), "no need is about {kind:?}");
        }
    }

    #[test]
    fn importing_again_keeps_every_identifier() {
        let first = build_with(DEMO, &Known::default(), 1).unwrap_or_else(|m| panic!("{m:?}"));
        let known = Known {
            centre: Some(first.centre.clone()),
            networks: first.network.clone().into_iter().collect(),
            staff: first.staff.clone(),
            devices: first.devices.clone(),
        };
        let second = build_with(DEMO, &known, 1_000_000).unwrap_or_else(|m| panic!("{m:?}"));
        assert_eq!(first.centre, second.centre);
        assert_eq!(first.staff, second.staff);
        assert_eq!(first.devices, second.devices);
        assert_eq!(first.network, second.network);
    }

    #[test]
    fn every_mistake_has_its_line() {
        let text = r#"[centre]
slug = "Val mont"
name = { fr = "Valmont" }
time_zone = "Europe/Valmont"
languages = []
[hours]
monday = ["12:00-09:00"]
[[spaces]]
letter = "W"
sign = 6
name = { fr = "Emploi" }
question = { fr = "Je cherche du travail" }
needs = [{ code = "cv", question = { fr = "CV ?" }, label = { fr = "CV" } }]
[[desks]]
name = "4"
space = "Z"
[[staff]]
login = "anna"
name = "A"
organisation = "nobody"
roles = ["counsellor"]
needs = ["cb"]
"#;
        let mistakes = build_with(text, &Known::default(), 1).map(|_| ()).unwrap_err();
        let lines: Vec<(usize, &str)> = mistakes.iter().map(|m| (m.line, m.field.as_str())).collect();
        let expected = [
            (2, "centre.slug"),
            (4, "centre.time_zone"),
            (5, "centre.languages"),
            (7, "hours"),
            (9, "spaces.letter"),
            (10, "spaces.sign"),
            (16, "desks.space"),
            (20, "staff.organisation"),
            (22, "staff.needs"),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_shelf_that_cannot_be_drawn_is_said_with_its_line() {
        let text = format!(
            "{DEMO}{}",
            [("Q", 0, 50, 0), ("A", 0, 40, 1), ("R", 55, 50, 9), ("S", 0, 50, 5), ("T", 4, 52, 5)]
                .map(|(mark, x, y, w)| format!(
                    "\n[[shelves]]\nmark = \"{mark}\"\nname = {{}}\nx = {x}\ny = {y}\nw = {w}\nh = 3\n"
                ))
                .concat()
        );
        let mistakes = build_with(&text, &Known::default(), 1).map(|_| ()).unwrap_err();
        let said: Vec<_> = mistakes.iter().map(|m| m.what.split('”').next().unwrap().trim_start_matches('“')).collect();
        assert_eq!(said, ["Q", "A", "R", "T"], "{mistakes:?}");
        assert!(mistakes.iter().all(|m| m.field.starts_with("shelves") && m.line > 500));
        assert!(mistakes[3].what.contains("“S”"));
    }

    #[test]
    fn a_kind_that_is_none_is_said_with_its_line_and_those_there_are() {
        let text = DEMO.replacen("helps_with = [", "helps_with = [\"jobs\", ", 1);
        let mistake = file::read(&text).map(|_| ()).unwrap_err();
        assert!(text.lines().nth(mistake.line - 1).unwrap().contains("\"jobs\""), "{}", mistake.line);
        assert!(mistake.what.contains("`jobs`") && mistake.what.contains("`occupation`"), "{}", mistake.what);
    }

    #[test]
    fn an_unknown_field_is_said_with_its_line() {
        let mistake = file::read("[centre]\nslug = \"a\"\ncolour = \"red\"\n").map(|_| ()).unwrap_err();
        assert_eq!(mistake.line, 3);
        assert!(mistake.what.contains("colour"), "{}", mistake.what);
    }
}
