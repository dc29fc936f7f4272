//! Words for everybody who waits: on the display and on their phones.

use domain::day::{Command, Message, ReadyMessage};
use leptos::prelude::*;

use super::WelcomeState;
use crate::{
    staff::parts::Panel,
    texts::{use_texts, welcome, words},
};

#[component]
pub(super) fn SayToAll() -> impl IntoView {
    let state = expect_context::<WelcomeState>();
    let t = use_texts();
    let typed = RwSignal::new(String::new());
    let now = Memo::new(move |_| state.view.with(|v| v.message.clone()));
    let say = move |message: Option<Message>| {
        state.send(Command::SendMessage { message });
        state.panel.set(None);
    };
    let ready = ReadyMessage::ALL.map(|m| {
        let pressed = move || (now.get() == Some(Message::Ready(m))).to_string();
        view! {
            <button type="button" class="action" aria-pressed=pressed on:click=move |_| say(Some(Message::Ready(m)))>
                {words::ready_message(&t, m)}
            </button>
        }
        .into_any()
    });
    let own = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        say(Some(Message::Words(typed.get_untracked().trim().to_owned())));
    };
    let take_away = move || {
        now.get().map(|m| {
            let t = state.t();
            view! {
                <div class="banner note">
                    <p>{words::message(&t, &m)}</p>
                    <button type="button" class="pill" on:click=move |_| say(None)>{welcome::message_take_away(&t)}</button>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <Panel title=welcome::message(&t) close=state.close_panel()>
            <p class="lead">{welcome::message_lead(&t)}</p>
            {take_away}
            <div class="choices">{ready.into_iter().collect_view()}</div>
            <form class="inline-form" on:submit=own>
                <label class="own-words">
                    {welcome::message_own(&t)}
                    <input required maxlength="200" on:input=move |e| typed.set(event_target_value(&e)) />
                </label>
                <button type="submit" class="pill">{welcome::message_send(&t)}</button>
            </form>
            <p class="soft">{welcome::message_own_lead(&t)}</p>
        </Panel>
    }
    .into_any()
}
