//! ROME 4.0 as France Travail gives it: `unix_TABLE_vNNN_utf8.csv`, one file a table.
//!
//! Read are: occupations with their names, definition, access, mobility, interests, themes, transitions and skills; the
//! skills; the domains as groups; the themes.

use std::collections::BTreeMap;

use domain::{
    Language,
    catalogue::{EntryId, Kind, Record, Relation, Section, Sector, Source, Transition, Words},
};

use super::{
    Found, Sink,
    folder::Folder,
    report::{ImportError, Reason},
    table::{Column, Row, Separator, Table, Wrong},
};

const NAME: &str = "ROME";

/// The tables of one release.
pub(super) struct Rome {
    version: String,
    occupations: Table,
    names: Table,
    texts: Table,
    interests: Table,
    mobility: Table,
    themes: Table,
    theme_links: Table,
    domains: Table,
    skills: Table,
    skill_links: Table,
}

impl Rome {
    pub(super) fn open(folder: &Folder) -> Result<Self, ImportError> {
        let main = "referentiel_code_rome";
        let first = folder
            .matching(|n| table_and_version(n).is_some_and(|(table, _)| table == main))
            .into_iter()
            .next()
            .ok_or_else(|| folder.holds_none(NAME, format!("unix_{main}_v….csv")))?;
        let version = table_and_version(&first).map(|(_, version)| version.to_owned()).unwrap_or_default();
        if let Some(other) = folder.matching(|n| table_and_version(n).is_some_and(|(_, v)| v != version)).first() {
            return Err(folder.mixed(&first, other));
        }
        let table = |wanted: &str| {
            let name = folder.matching(|n| table_and_version(n).is_some_and(|(table, _)| table == wanted)).pop();
            let name = name.ok_or_else(|| folder.holds_none(NAME, format!("unix_{wanted}_{version}_utf8.csv")))?;
            folder.table(&name, Separator::Comma)
        };
        Ok(Self {
            occupations: table(main)?,
            names: table("referentiel_appellation")?,
            texts: table("texte")?,
            interests: table("referentiel_code_rome_riasec")?,
            mobility: table("rubrique_mobilite")?,
            themes: table("centre_interet")?,
            theme_links: table("arborescence_centre_interet")?,
            domains: table("cr_gd_dp")?,
            skills: table("referentiel_competence")?,
            skill_links: table("liens_rome_referentiels")?,
            version,
        })
    }

    pub(super) fn found(&self) -> Found {
        Found { source: Source::Rome, version: self.version.clone() }
    }

    /// Reads all tables. Columns are looked up before the first record is given.
    pub(super) fn read(&self, sink: &mut Sink) -> Result<(), ImportError> {
        let mut occupations = self.read_occupations(sink)?;
        self.read_names(sink, &mut occupations)?;
        self.read_texts(sink, &mut occupations)?;
        self.read_interests(sink, &mut occupations)?;
        self.read_mobility(sink, &mut occupations)?;
        self.read_domains(sink, &mut occupations)?;
        self.read_themes(sink, &mut occupations)?;
        self.read_skills(sink, &mut occupations)?;
        sink.give_all(occupations.into_values())
    }

    fn read_occupations(&self, sink: &mut Sink) -> Result<Occupations, ImportError> {
        let t = &self.occupations;
        let (code, title) = (t.column(&["code_rome"])?, t.column(&["libelle_rome"])?);
        let (eco, digital, age) =
            (t.column(&["transition_eco"])?, t.column(&["transition_num"])?, t.column(&["transition_demo"])?);
        let mut all = Occupations::new();
        sink.each(t, |row| {
            let mut record = Record::new(Kind::Occupation, row.code(code)?);
            let words = Words { title: plain(row.filled(title)?), ..Words::default() };
            record.words.insert(Language::french(), words);
            let green = ["Emploi Vert", "Emploi stratégique pour la Transition écologique"];
            let marks = [
                (green.contains(&row.get(eco)), Transition::Ecological),
                (row.get(digital) == "O", Transition::Digital),
                (row.get(age) == "O", Transition::Demographic),
            ];
            record.transitions = marks.into_iter().filter(|(is, _)| *is).map(|(_, transition)| transition).collect();
            record.sector = sector(&record.code);
            match all.insert(record.code.clone(), record) {
                None => Ok(()),
                Some(_) => Err(Wrong::cell(code, Reason::Twice)),
            }
        })?;
        Ok(all)
    }

    fn read_names(&self, sink: &mut Sink, all: &mut Occupations) -> Result<(), ImportError> {
        let t = &self.names;
        let (code, name) = (t.column(&["code_rome"])?, t.column(&["libelle_appellation_court"])?);
        sink.each(t, |row| {
            let name = plain(row.filled(name)?);
            let words = words(of(all, row, code)?);
            if name != words.title && !words.names.contains(&name) {
                words.names.push(name);
            }
            Ok(())
        })
    }

    fn read_texts(&self, sink: &mut Sink, all: &mut Occupations) -> Result<(), ImportError> {
        let t = &self.texts;
        let (code, kind) = (t.column(&["code_rome"])?, t.column(&["libelle_type_texte"])?);
        let (place, text) = (t.column(&["position_phrase"])?, t.column(&["libelle_texte"])?);
        let mut lines: BTreeMap<(String, Section), Vec<(u32, String)>> = BTreeMap::new();
        sink.each(t, |row| {
            let section = match row.get(kind) {
                "definition" => Section::Definition,
                "acces_metier" => Section::WaysIn,
                other => return Err(Wrong::cell(kind, Reason::not_in(other, "definition, acces_metier"))),
            };
            let place = row.get(place).parse().map_err(|_| Wrong::cell(place, Reason::NotANumber))?;
            let of = of(all, row, code)?.code.clone();
            lines.entry((of, section)).or_default().push((place, plain(row.filled(text)?)));
            Ok(())
        })?;
        for ((code, section), mut lines) in lines {
            lines.sort_by_key(|(place, _)| *place);
            let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
            if let Some(record) = all.get_mut(&code) {
                let words = words(record);
                if section == Section::Definition {
                    words.summary = lines.first().cloned();
                }
                words.sections.insert(section, lines);
            }
        }
        Ok(())
    }

    fn read_interests(&self, sink: &mut Sink, all: &mut Occupations) -> Result<(), ImportError> {
        let t = &self.interests;
        let (code, major) = (t.column(&["code_rome"])?, t.column(&["riasec_majeur"])?);
        let minor = t.column(&["riasec_mineur"])?;
        sink.each(t, |row| {
            let mut interests = Vec::new();
            for column in [major, minor] {
                interests.extend(row.interests(column)?);
            }
            of(all, row, code)?.interests = interests;
            Ok(())
        })
    }

    fn read_mobility(&self, sink: &mut Sink, all: &mut Occupations) -> Result<(), ImportError> {
        let t = &self.mobility;
        let (from, to) = (t.column(&["code_rome"])?, t.column(&["code_rome_cible"])?);
        sink.each(t, |row| {
            let target = EntryId::new(Source::Rome, row.code(to)?);
            of(all, row, from)?.link(Relation::Mobility, target);
            Ok(())
        })
    }

    fn read_domains(&self, sink: &mut Sink, all: &mut Occupations) -> Result<(), ImportError> {
        let t = &self.domains;
        let code = t.column(&["code_rome"])?;
        let (wide, wide_title) = (t.column(&["code_grand_domaine"])?, t.column(&["libelle_grand_domaine"])?);
        let narrow = t.column(&["code_domaine_professionnel", "code_domaine_professionel"])?;
        let narrow_title = t.column(&["libelle_domaine_professionnel", "libelle_domaine_professionel"])?;
        let mut groups: BTreeMap<String, Record> = BTreeMap::new();
        sink.each(t, |row| {
            let above = group(&mut groups, row, wide, wide_title)?;
            let own = group(&mut groups, row, narrow, narrow_title)?;
            if let Some(group) = groups.get_mut(&own.code) {
                group.link(Relation::Broader, above);
            }
            of(all, row, code)?.link(Relation::Broader, own);
            Ok(())
        })?;
        sink.give_all(groups.into_values())
    }

    fn read_themes(&self, sink: &mut Sink, all: &mut Occupations) -> Result<(), ImportError> {
        let t = &self.themes;
        let (code, title) = (t.column(&["code_centre_interet"])?, t.column(&["libelle_centre_interet"])?);
        let definition = t.column(&["definition_centre_interet"])?;
        let mut themes = BTreeMap::new();
        sink.each(t, |row| {
            let mut record = Record::new(Kind::Theme, theme_code(row.code(code)?));
            let text = plain(row.get(definition));
            let words = words(&mut record);
            words.title = plain(row.filled(title)?);
            words.summary = text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned);
            themes.insert(record.code.clone(), record);
            Ok(())
        })?;
        let t = &self.theme_links;
        let (theme, code) = (t.column(&["code_centre_interet"])?, t.column(&["code_rome"])?);
        sink.each(t, |row| {
            let target = theme_code(row.code(theme)?);
            if !themes.contains_key(&target) {
                return Err(Wrong::cell(theme, Reason::Undefined(row.get(theme).to_owned())));
            }
            of(all, row, code)?.link(Relation::Theme, EntryId::new(Source::Rome, target));
            Ok(())
        })?;
        sink.give_all(themes.into_values())
    }

    fn read_skills(&self, sink: &mut Sink, all: &mut Occupations) -> Result<(), ImportError> {
        let t = &self.skills;
        let (code, title) = (t.column(&["code_ogr"])?, t.column(&["libelle_competence"])?);
        let mut skills = BTreeMap::new();
        sink.each(t, |row| {
            let mut record = Record::new(Kind::Skill, row.code(code)?);
            words(&mut record).title = plain(row.filled(title)?);
            skills.insert(record.code.clone(), record);
            Ok(())
        })?;
        let t = &self.skill_links;
        let (from, to) = (t.column(&["code_rome"])?, t.column(&["code_ogr"])?);
        let block = t.column(&["code_compo_bloc"])?;
        sink.each(t, |row| {
            // The table links names and contexts of work too; only skills are read from it.
            if row.get(block) == "5" && skills.contains_key(row.get(to)) {
                of(all, row, from)?.link(Relation::Skill, EntryId::new(Source::Rome, row.code(to)?));
            }
            Ok(())
        })?;
        sink.give_all(skills.into_values())
    }
}

type Occupations = BTreeMap<String, Record>;

/// The occupation that a row is about.
fn of<'a>(all: &'a mut Occupations, row: &Row, code: Column) -> Result<&'a mut Record, Wrong> {
    let name = row.filled(code)?;
    all.get_mut(name).ok_or_else(|| Wrong::cell(code, Reason::Undefined(name.to_owned())))
}

fn words(record: &mut Record) -> &mut Words {
    record.words.entry(Language::french()).or_default()
}

fn group(groups: &mut BTreeMap<String, Record>, row: &Row, code: Column, title: Column) -> Result<EntryId, Wrong> {
    let code = row.code(code)?;
    let title = plain(row.filled(title)?);
    let group = groups.entry(code.to_owned()).or_insert_with(|| Record::new(Kind::Group, code));
    words(group).title = title;
    Ok(EntryId::new(Source::Rome, code))
}

/// Themes and skills both have numbers.
fn theme_code(number: &str) -> String {
    format!("theme-{number}")
}

/// The release writes some apostrophes twice.
fn plain(text: &str) -> String {
    text.replace("''", "'")
}

/// `referentiel_code_rome` and `v460` of `unix_referentiel_code_rome_v460_utf8.csv`.
fn table_and_version(file: &str) -> Option<(&str, &str)> {
    let (table, version) = file.strip_prefix("unix_")?.strip_suffix("_utf8.csv")?.rsplit_once('_')?;
    version.strip_prefix('v').filter(|v| v.bytes().all(|b| b.is_ascii_digit()))?;
    Some((table, version))
}

/// The sector of the starter list that occupations belong to, by how their code begins, as nearly as can be said: the
/// first that fits.
const SECTORS: [(&str, Sector); 29] = [
    ("A", Sector::Agriculture),
    ("B", Sector::Crafts),
    ("C", Sector::Office),
    ("D11", Sector::Food),
    ("D1202", Sector::Beauty),
    ("D1208", Sector::Beauty),
    ("D", Sector::Trade),
    ("E", Sector::Communication),
    ("F", Sector::Building),
    ("G", Sector::Hotel),
    ("H", Sector::Industry),
    ("I", Sector::Maintenance),
    ("J", Sector::Health),
    ("K11", Sector::Care),
    ("K12", Sector::Care),
    ("K13", Sector::Care),
    ("K16", Sector::Communication),
    ("K17", Sector::Security),
    ("K19", Sector::Law),
    ("K21", Sector::Education),
    ("K22", Sector::Environment),
    ("K23", Sector::Environment),
    ("K24", Sector::Science),
    ("K25", Sector::Security),
    ("L14", Sector::Sport),
    ("L", Sector::Arts),
    ("M18", Sector::Digital),
    ("M", Sector::Office),
    ("N", Sector::Transport),
];

fn sector(code: &str) -> Option<Sector> {
    SECTORS.iter().find(|(start, _)| code.starts_with(start)).map(|(_, sector)| *sector)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_says_table_and_release() {
        assert_eq!(
            table_and_version("unix_referentiel_code_rome_v460_utf8.csv"),
            Some(("referentiel_code_rome", "v460"))
        );
        for other in ["unix_texte_utf8.csv", "texte_v460_utf8.csv", "unix_texte_vx_utf8.csv", "unix_texte_v460.csv"] {
            assert_eq!(table_and_version(other), None, "{other}");
        }
    }
}
