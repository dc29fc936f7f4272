//! The names of what is chosen from fixed lists.

use domain::catalogue::{Company, Feature, Interest, Kind, Lending, Level, Record, Sector, Source, Workplace};

use crate::texts::{Texts, look};

/// The picture of an entry.
pub(super) fn icon(record: &Record) -> String {
    match (record.kind, record.sector) {
        (Kind::Occupation | Kind::Training, Some(sector)) => format!("sector-{}", sector.code()),
        (Kind::Document, _) => "book".into(),
        (Kind::Training, None) => "school".into(),
        (Kind::Service | Kind::Workshop, _) => "interest-s".into(),
        (Kind::Theme, _) => "heart".into(),
        _ => "compass".into(),
    }
}

/// The heading of entries of a kind.
pub(super) fn kind(t: &Texts, kind: Kind) -> String {
    match kind {
        Kind::Occupation => look::kind_occupation(t),
        Kind::Group => look::kind_group(t),
        Kind::Skill => look::kind_skill(t),
        Kind::Training => look::kind_training(t),
        Kind::Sector => look::kind_sector(t),
        Kind::Theme => look::kind_theme(t),
        Kind::Document => look::kind_document(t),
        Kind::Link => look::kind_link(t),
        Kind::Offer => look::kind_offer(t),
        Kind::Service => look::kind_service(t),
        Kind::Workshop => look::kind_workshop(t),
    }
}

/// What one entry of a kind is.
pub(crate) fn one_of_kind(t: &Texts, kind: Kind) -> String {
    match kind {
        Kind::Occupation => look::one_occupation(t),
        Kind::Group => look::one_group(t),
        Kind::Skill => look::one_skill(t),
        Kind::Training => look::one_training(t),
        Kind::Sector => look::one_sector(t),
        Kind::Theme => look::one_theme(t),
        Kind::Document => look::one_document(t),
        Kind::Link => look::one_link(t),
        Kind::Offer => look::one_offer(t),
        Kind::Service => look::one_service(t),
        Kind::Workshop => look::one_workshop(t),
    }
}

/// A sector.
pub(crate) fn sector(t: &Texts, sector: Sector) -> String {
    match sector {
        Sector::Agriculture => look::sector_agriculture(t),
        Sector::Food => look::sector_food(t),
        Sector::Hotel => look::sector_hotel(t),
        Sector::Building => look::sector_building(t),
        Sector::Industry => look::sector_industry(t),
        Sector::Maintenance => look::sector_maintenance(t),
        Sector::Transport => look::sector_transport(t),
        Sector::Trade => look::sector_trade(t),
        Sector::Office => look::sector_office(t),
        Sector::Digital => look::sector_digital(t),
        Sector::Health => look::sector_health(t),
        Sector::Care => look::sector_care(t),
        Sector::Education => look::sector_education(t),
        Sector::Security => look::sector_security(t),
        Sector::Arts => look::sector_arts(t),
        Sector::Communication => look::sector_communication(t),
        Sector::Law => look::sector_law(t),
        Sector::Science => look::sector_science(t),
        Sector::Environment => look::sector_environment(t),
        Sector::Sport => look::sector_sport(t),
        Sector::Beauty => look::sector_beauty(t),
        Sector::Crafts => look::sector_crafts(t),
    }
}

/// A place of work.
pub(crate) fn place(t: &Texts, place: Workplace) -> String {
    match place {
        Workplace::Office => look::place_office(t),
        Workplace::Workshop => look::place_workshop(t),
        Workplace::Site => look::place_site(t),
        Workplace::Shop => look::place_shop(t),
        Workplace::Kitchen => look::place_kitchen(t),
        Workplace::Hospital => look::place_hospital(t),
        Workplace::School => look::place_school(t),
        Workplace::Nature => look::place_nature(t),
        Workplace::Road => look::place_road(t),
        Workplace::Home => look::place_home(t),
        Workplace::Stage => look::place_stage(t),
        Workplace::Lab => look::place_lab(t),
        Workplace::Water => look::place_water(t),
        Workplace::Factory => look::place_factory(t),
    }
}

/// What is asked to begin.
pub(crate) fn level(t: &Texts, level: Level) -> String {
    match level {
        Level::None => look::level_none(t),
        Level::Short => look::level_short(t),
        Level::Vocational => look::level_vocational(t),
        Level::Degree2 => look::level_degree2(t),
        Level::Degree5 => look::level_degree5(t),
    }
}

/// With whom or what one works.
pub(crate) fn company(t: &Texts, company: Company) -> String {
    match company {
        Company::People => look::with_people(t),
        Company::Things => look::with_things(t),
        Company::Ideas => look::with_ideas(t),
        Company::Data => look::with_data(t),
    }
}

/// What is true of a work, as a phrase after "I like …" and "I'd rather not …".
pub(crate) fn feature(t: &Texts, feature: Feature) -> String {
    match feature {
        Feature::Children => look::feature_children(t),
        Feature::Elderly => look::feature_elderly(t),
        Feature::Animals => look::feature_animals(t),
        Feature::Plants => look::feature_plants(t),
        Feature::Cooking => look::feature_cooking(t),
        Feature::Numbers => look::feature_numbers(t),
        Feature::Writing => look::feature_writing(t),
        Feature::Drawing => look::feature_drawing(t),
        Feature::Hands => look::feature_hands(t),
        Feature::Machines => look::feature_machines(t),
        Feature::Computer => look::feature_computer(t),
        Feature::Selling => look::feature_selling(t),
        Feature::Helping => look::feature_helping(t),
        Feature::Explaining => look::feature_explaining(t),
        Feature::Organising => look::feature_organising(t),
        Feature::Driving => look::feature_driving(t),
        Feature::Team => look::feature_team(t),
        Feature::Alone => look::feature_alone(t),
        Feature::Standing => look::feature_standing(t),
        Feature::Heavy => look::feature_heavy(t),
        Feature::Noise => look::feature_noise(t),
        Feature::Heights => look::feature_heights(t),
        Feature::Cold => look::feature_cold(t),
        Feature::Dirt => look::feature_dirt(t),
        Feature::Night => look::feature_night(t),
        Feature::Weekend => look::feature_weekend(t),
        Feature::Outdoors => look::feature_outdoors(t),
        Feature::Travel => look::feature_travel(t),
        Feature::Screen => look::feature_screen(t),
        Feature::Rules => look::feature_rules(t),
        Feature::Crisis => look::feature_crisis(t),
        Feature::Blood => look::feature_blood(t),
        Feature::Uniform => look::feature_uniform(t),
        Feature::Seasonal => look::feature_seasonal(t),
        Feature::Calm => look::feature_calm(t),
        Feature::Languages => look::feature_languages(t),
    }
}

/// What may be done with a document.
pub(crate) fn lending(t: &Texts, lending: Lending) -> String {
    match lending {
        Lending::Consult => look::lending_consult(t),
        Lending::Lend => look::lending_lend(t),
        Lending::Take => look::lending_take(t),
    }
}

/// A source that others know by this name.
pub(super) fn source(source: Source) -> &'static str {
    match source {
        Source::Rome => "ROME",
        Source::Esco => "ESCO",
        Source::Onet => "O*NET",
        Source::Own | Source::Starter | Source::Crosswalk => "Parvis",
    }
}

/// What people with an interest like.
pub(super) fn interest_about(t: &Texts, interest: Interest) -> String {
    match interest {
        Interest::R => look::interest_r_about(t),
        Interest::I => look::interest_i_about(t),
        Interest::A => look::interest_a_about(t),
        Interest::S => look::interest_s_about(t),
        Interest::E => look::interest_e_about(t),
        Interest::C => look::interest_c_about(t),
    }
}

/// A statement of the interest explorer, by its place from 0.
pub(super) fn activity(t: &Texts, place: usize) -> String {
    const ALL: [fn(&Texts) -> String; 30] = [
        look::do_01,
        look::do_02,
        look::do_03,
        look::do_04,
        look::do_05,
        look::do_06,
        look::do_07,
        look::do_08,
        look::do_09,
        look::do_10,
        look::do_11,
        look::do_12,
        look::do_13,
        look::do_14,
        look::do_15,
        look::do_16,
        look::do_17,
        look::do_18,
        look::do_19,
        look::do_20,
        look::do_21,
        look::do_22,
        look::do_23,
        look::do_24,
        look::do_25,
        look::do_26,
        look::do_27,
        look::do_28,
        look::do_29,
        look::do_30,
    ];
    ALL.get(place).map_or_else(String::new, |words| words(t))
}
