//! A form over one part of the centre, which is saved as a whole.

use domain::{CentreId, centre::Centre};
use leptos::{ev::SubmitEvent, prelude::*};

use super::Saved;
use crate::{
    staff::{use_acts, use_start},
    texts::{settings, use_texts},
    trouble::Trouble,
};

/// The form around `fields`, which change `edited`. What was saved is shown from then on.
pub(super) fn form<T, F>(
    edited: RwSignal<T>,
    fields: impl IntoView + 'static,
    save: fn(CentreId, T) -> F,
    keep: fn(&mut Centre, T),
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), Trouble>> + 'static,
{
    let (t, acts, start) = (use_texts(), use_acts(), use_start());
    let saved = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (centre, new) = (acts.centre(), edited.get_untracked());
        let kept = new.clone();
        acts.ask_then(
            move || save(centre, new.clone()),
            move |()| {
                start.update_value(|s| keep(&mut s.centre, kept));
                saved.try_set(true);
            },
        );
    };
    view! {
        <form class="rules-form" on:submit=submit on:input=move |_| saved.set(false)>
            {fields}
            <footer class="save-bar">
                <button type="submit" class="action main">{settings::save(&t)}</button>
                <Saved saved />
            </footer>
        </form>
    }
    .into_any()
}
