//! What a page counted itself: remembered by its tab, so that it can be undone after the page was loaded again.

use domain::{CountId, StaffId};
use leptos::prelude::*;

use crate::staff::tab::{read, write};

/// Touches that a page remembers.
const REMEMBERED: usize = 20;

/// The page's own touches, newest last.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    own: RwSignal<Vec<CountId>>,
    staff: StaffId,
}

impl Counted {
    /// What this tab remembers of whoever is signed in.
    pub(super) fn new(staff: StaffId) -> Self {
        let counted = Self { own: RwSignal::new(Vec::new()), staff };
        Effect::new(move |_| counted.own.set(counted.remembered()));
        counted
    }
    /// One more.
    pub(super) fn add(self, id: CountId) {
        self.own.update(|own| {
            own.push(id);
            own.drain(..own.len().saturating_sub(REMEMBERED));
        });
        self.remember();
    }
    /// The newest of those that still count.
    pub(super) fn last_of(self, still: &[CountId]) -> Option<CountId> {
        self.own.with(|own| own.iter().rev().find(|id| still.contains(id)).copied())
    }

    fn name(self) -> String {
        format!("counted-{}", self.staff)
    }
    fn remembered(self) -> Vec<CountId> {
        read(&self.name()).split(' ').filter_map(|id| id.parse().ok()).collect()
    }
    fn remember(self) {
        let ids = self.own.with_untracked(|own| own.iter().map(ToString::to_string).collect::<Vec<_>>());
        write(&self.name(), &ids.join(" "));
    }
}
