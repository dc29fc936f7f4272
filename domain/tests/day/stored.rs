//! What is stored has to be readable as long as a day can last: an upgrade in the middle of a day reads the log that
//! the version before wrote. `stored/` holds samples of every event as each version stored it.

use std::{collections::BTreeMap, fs, path::PathBuf};

use domain::day::Event;
use serde_json::Value;

use crate::table::every_event;

/// The samples of one version, by what they are samples of.
type Samples = BTreeMap<String, Value>;

fn folder() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/day/stored").into()
}

/// Every version's samples, the newest last.
fn versions() -> Vec<(PathBuf, Samples)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    let read = |file: PathBuf| {
        let samples = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        (file, samples)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn what_an_older_version_stored_is_still_read() {
    for (file, samples) in versions() {
        for (name, sample) in samples {
            let read: Result<Event, _> = serde_json::from_value(sample);
            assert!(
                read.is_ok(),
                "{}: {name}: {read:?}\nAn event's shape changed: give the old one a reader, and add a file of samples.",
                file.display()
            );
        }
    }
}

#[test]
fn the_newest_samples_are_of_every_event_as_it_is_stored_today() {
    let today: Samples =
        every_event().into_iter().map(|(name, event)| (name, serde_json::to_value(event).unwrap())).collect();
    let (file, newest) = versions().pop().unwrap();
    if newest == today {
        return;
    }
    let next = folder().join("next.json.new");
    fs::write(&next, serde_json::to_string_pretty(&today).unwrap() + "\n").unwrap();
    panic!(
        "{} is not what is stored today. Keep it, look at the difference to {}, and name that one after the version.",
        file.display(),
        next.display()
    );
}
