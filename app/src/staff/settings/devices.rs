//! Kiosks, displays and printers: enrolled by the code that they show.

use domain::{
    DeviceId,
    staff::{Arrow, Connection, Device, DeviceKind, Paper, PrinterWays},
};
use futures::future::try_join;
use leptos::prelude::*;

use super::{
    Saved,
    api::{enrol, load_devices, load_printer_ways, revoke_device, save_device},
};
use crate::{
    staff::use_acts,
    texts::{Texts, settings, use_texts},
    trouble::Trouble,
};

#[component]
pub(super) fn Devices() -> impl IntoView {
    let t = use_texts();
    let acts = use_acts();
    let centre = acts.centre();
    // Together, not one after the other: whose request it is is only known when a load begins.
    let devices = Resource::new(|| (), move |()| try_join(load_devices(centre), load_printer_ways(centre)));
    let list = move || {
        let t = StoredValue::new(use_texts());
        Suspend::new(async move {
            match devices.await {
                Ok((all, ways)) => view! { <List all ways=StoredValue::new(ways.unwrap_or_default()) reload=Callback::new(move |()| devices.refetch()) /> }.into_any(),
                Err(trouble) => view! { <p class="soft">{trouble.sentence(&t.get_value())}</p> }.into_any(),
            }
        })
    };
    view! {
        <section class="card">
            <h2>{settings::enrol(&t)}</h2>
            <p class="lead">{settings::enrol_lead(&t)}</p>
            <Enrol done=Callback::new(move |()| devices.refetch()) />
        </section>
        <section class="card">
            <h2>{settings::devices(&t)}</h2>
            <Transition>{list}</Transition>
        </section>
    }
    .into_any()
}

fn kind_word(t: &Texts, kind: DeviceKind) -> String {
    match kind {
        DeviceKind::Kiosk => settings::kiosk(t),
        DeviceKind::Display => settings::display(t),
        DeviceKind::Printer => settings::printer(t),
    }
}

#[component]
fn Enrol(done: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let acts = use_acts();
    let (code, name, kind) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(DeviceKind::Kiosk));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (c, n, k) = (code.get_untracked(), name.get_untracked(), kind.get_untracked());
        let centre = acts.centre();
        acts.ask_then(
            move || enrol(centre, c.clone(), k, n.clone()),
            move |_| {
                code.try_set(String::new());
                name.try_set(String::new());
                done.try_run(());
            },
        );
    };
    let kinds = [DeviceKind::Kiosk, DeviceKind::Display, DeviceKind::Printer].map(|k| {
        view! {
            <label class="tick">
                <input type="radio" name="kind" prop:checked=move || kind.get() == k on:change=move |_| kind.set(k) />
                {kind_word(&t, k)}
            </label>
        }
        .into_any()
    });
    view! {
        <form class="form" on:submit=submit>
            <div class="ticks">{kinds.into_iter().collect_view()}</div>
            <div class="fields">
                <label class="field">
                    {settings::code(&t)}
                    <input class="code" dir="ltr" required maxlength="8" autocomplete="off" autocapitalize="characters" prop:value=code on:input=move |e| code.set(event_target_value(&e)) />
                </label>
                <label class="field">
                    {settings::device_name(&t)}
                    <input required maxlength="80" prop:value=name on:input=move |e| name.set(event_target_value(&e)) />
                </label>
                <button type="submit" class="action main">{settings::enrol_now(&t)}</button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn List(all: Vec<Device>, ways: StoredValue<PrinterWays>, reload: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let printers: Vec<(DeviceId, String)> =
        all.iter().filter(|d| d.kind == DeviceKind::Printer && d.active).map(|d| (d.id, d.name.clone())).collect();
    if all.is_empty() {
        return view! { <p class="soft">{settings::no_devices(&t)}</p> }.into_any();
    }
    let rows = all
        .into_iter()
        .map(|device| view! { <Row device printers=printers.clone() ways reload /> }.into_any())
        .collect_view();
    view! { <ul class="entries">{rows}</ul> }.into_any()
}

#[component]
fn Row(
    device: Device,
    printers: Vec<(DeviceId, String)>,
    ways: StoredValue<PrinterWays>,
    reload: Callback<()>,
) -> impl IntoView {
    let t = use_texts();
    let acts = use_acts();
    let saved = RwSignal::new(false);
    let (id, kind, active) = (device.id, device.kind, device.active);
    let edited = RwSignal::new(device);
    let connection = RwSignal::new(String::from(edited.with_untracked(|d| d.connection.clone())));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let way = Connection::try_from(connection.get_untracked());
        let device = way.map(|connection| edited.with_untracked(|d| Device { connection, ..d.clone() }));
        acts.ask_then(
            move || {
                let device = device.clone();
                // What is no address at all is none that is allowed.
                async move { save_device(device.map_err(|_| Trouble::PrinterNotAllowed)?).await }
            },
            move |_| {
                saved.try_set(true);
            },
        );
    };
    let revoke = move |_| {
        acts.ask_then(
            move || revoke_device(id),
            move |()| {
                reload.try_run(());
            },
        )
    };
    let state =
        if active { kind_word(&t, kind) } else { format!("{} · {}", kind_word(&t, kind), settings::revoked(&t)) };
    let more = match kind {
        DeviceKind::Display => view! { <ArrowChoice edited /> }.into_any(),
        DeviceKind::Kiosk => view! { <PrinterChoice edited printers connection /> }.into_any(),
        DeviceKind::Printer => view! { <ConnectionChoice connection ways /><PaperChoice edited /> }.into_any(),
    };
    let controls = active.then(|| {
        view! {
            {more}
            <button type="submit" class="pill">{settings::save(&t)}</button>
            <button type="button" class="pill stop" on:click=revoke>{settings::revoke(&t)}</button>
            <Saved saved />
        }
        .into_any()
    });
    let name = edited.with_untracked(|d| d.name.clone());
    let name = if active {
        view! {
            <label class="field">
                {settings::device_name(&t)}
                <input required maxlength="80" value=name on:input=move |e| edited.update(|d| d.name = event_target_value(&e)) />
            </label>
        }
        .into_any()
    } else {
        view! { <b>{name}</b> }.into_any()
    };
    view! {
        <li class="entry" class:off=!active>
            <form class="entry-form" on:submit=save on:input=move |_| saved.set(false)>
                <span class="chip">{state}</span>
                {name}
                {controls}
            </form>
        </li>
    }
    .into_any()
}

#[component]
fn ArrowChoice(edited: RwSignal<Device>) -> impl IntoView {
    let t = use_texts();
    let all = [
        (Arrow::Right, settings::arrow_right(&t)),
        (Arrow::Left, settings::arrow_left(&t)),
        (Arrow::Ahead, settings::arrow_ahead(&t)),
        (Arrow::Behind, settings::arrow_behind(&t)),
        (Arrow::Up, settings::arrow_up(&t)),
        (Arrow::Down, settings::arrow_down(&t)),
        (Arrow::None, settings::arrow_none(&t)),
    ];
    let now = edited.with_untracked(|d| d.arrow);
    let options = all
        .iter()
        .enumerate()
        .map(|(i, (arrow, word))| {
            view! { <option value=i.to_string() selected=*arrow == now>{word.clone()}</option> }.into_any()
        })
        .collect_view();
    let arrows = all.map(|(a, _)| a);
    let set = move |e| {
        if let Some(arrow) = event_target_value(&e).parse::<usize>().ok().and_then(|i| arrows.get(i).copied()) {
            edited.update(|d| d.arrow = arrow);
        }
    };
    view! { <label class="field">{settings::arrow(&t)}<select on:change=set>{options}</select></label> }.into_any()
}

#[component]
fn PrinterChoice(
    edited: RwSignal<Device>,
    printers: Vec<(DeviceId, String)>,
    connection: RwSignal<String>,
) -> impl IntoView {
    let t = use_texts();
    let (now, browser) = edited.with_untracked(|d| (d.printer, d.connection == Connection::Browser));
    let options = printers
        .into_iter()
        .map(|(id, name)| view! { <option value=id.to_string() selected=now == Some(id)>{name}</option> }.into_any())
        .collect_view();
    let set = move |e| {
        let value = event_target_value(&e);
        connection.set(if value == "browser" { "browser".into() } else { "none".into() });
        edited.update(|d| d.printer = value.parse().ok());
    };
    view! {
        <label class="field">
            {settings::prints_on(&t)}
            <select on:change=set>
                <option value="">{settings::prints_nowhere(&t)}</option>
                <option value="browser" selected=browser>{settings::prints_browser(&t)}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// How receipts reach a printer: among what whoever started the server allowed.
#[component]
fn ConnectionChoice(connection: RwSignal<String>, ways: StoredValue<PrinterWays>) -> impl IntoView {
    const NETWORK: &str = "tcp://";
    let t = use_texts();
    let now = connection.get_untracked();
    let known = |c: &str, word: String| (c.to_owned(), word);
    let (fixed, networks) = ways.with_value(|w| (w.fixed.clone(), w.networks.join(" · ")));
    let mut all = vec![known("none", settings::connection_none(&t)), known("agent", settings::connection_agent(&t))];
    all.extend(fixed.into_iter().map(String::from).map(|way| (way.clone(), way)));
    // What is kept and would not be allowed again is seen, and can be left as it is.
    let in_network = now.starts_with(NETWORK) && !networks.is_empty() && all.iter().all(|(way, _)| *way != now);
    if !in_network && all.iter().all(|(way, _)| *way != now) {
        all.push((now.clone(), settings::connection_refused(&t, now.clone())));
    }
    if !networks.is_empty() {
        all.push(known(NETWORK, settings::connection_network(&t)));
    }
    let typed = RwSignal::new(in_network);
    let options = all
        .into_iter()
        .map(|(way, word)| {
            let selected = if in_network { way == NETWORK } else { way == now };
            view! { <option value=way selected=selected>{word}</option> }.into_any()
        })
        .collect_view();
    let choose = move |e| {
        let way = event_target_value(&e);
        typed.set(way == NETWORK);
        connection.set(way);
    };
    let address = move || {
        let t = use_texts();
        let networks = networks.clone();
        typed.get().then(move || {
            let value = move || connection.with(|c| c.trim_start_matches(NETWORK).to_owned());
            view! {
                <label class="field">
                    {settings::connection_address(&t)}
                    <input dir="ltr" required placeholder="192.0.2.10:9100" prop:value=value on:input=move |e| connection.set(format!("{NETWORK}{}", event_target_value(&e).trim())) />
                    <small class="soft">{settings::connection_networks(&t, networks)}</small>
                </label>
            }
            .into_any()
        })
    };
    view! {
        <label class="field">
            {settings::connection(&t)}
            <select on:change=choose>{options}</select>
        </label>
        {address}
    }
    .into_any()
}

#[component]
fn PaperChoice(edited: RwSignal<Device>) -> impl IntoView {
    let t = use_texts();
    let narrow = edited.with_untracked(|d| d.paper == Paper::Narrow);
    let set = move |e| {
        let paper = if event_target_value(&e) == "58" { Paper::Narrow } else { Paper::Wide };
        edited.update(|d| d.paper = paper);
    };
    view! {
        <label class="field">
            {settings::paper(&t)}
            <select on:change=set>
                <option value="80">"80 mm"</option>
                <option value="58" selected=narrow>"58 mm"</option>
            </select>
        </label>
    }
    .into_any()
}
