//! Paper that a browser prints: a ticket's receipt and a priority slip, 80 mm wide. The same content as on a receipt
//! printer.

#[cfg(test)]
mod tests;

use domain::{
    day::Channel,
    view::{ReceiptData, SlipData},
};
use leptos::prelude::*;

use super::{Head, document};
use crate::{
    components::{Number, Sign, spaced},
    texts::{Texts, receipt, use_texts},
};

/// A ticket's receipt. It prints itself `on_load`, and then goes `back` if there is a way.
pub fn page(data: &ReceiptData, on_load: bool, back: Option<&str>, head: Head) -> String {
    let t = Texts::of(&data.language);
    let head = Head { title: receipt::title(&t, spaced(data.number)), ..head };
    document(&t, head, || paper("receipt", on_load, back, ticket(data)))
}

/// A priority slip. It prints itself `on_load`, and then goes `back` if there is a way.
pub fn slip_page(data: &SlipData, on_load: bool, back: Option<&str>, head: Head) -> String {
    let t = Texts::of(&data.language);
    let head = Head { title: receipt::slip_title(&t), ..head };
    document(&t, head, || paper("receipt slip", on_load, back, slip(data)))
}

fn ticket(data: &ReceiptData) -> AnyView {
    let t = use_texts();
    let space = data.space.clone().unwrap_or_else(|| receipt::welcome(&t));
    let ahead = data.ahead.map(|n| view! { <p class="ahead">{receipt::ahead(&t, n)}</p> });
    let called = if data.channel == Channel::Here { receipt::called_here(&t) } else { receipt::called_far(&t) };
    let directions = (!data.directions.is_empty()).then(|| {
        view! {
            <section>
                <h2>{receipt::r#where(&t)}</h2>
                <p>{data.directions.clone()}</p>
            </section>
        }
    });
    view! {
        <main>
                <p class="centre">{data.centre.clone()}</p>
                <h1>{receipt::your_number(&t)}</h1>
                <p class="hero"><Number of=data.number /></p>
                <p class="space"><Sign sign=data.sign letter=Some(data.number.letter.get()) /><span>{space}</span></p>
                {data.need.clone().map(|need| view! { <p class="need">{need}</p> })}
                {ahead}
                <p class="taken">{receipt::taken(&t, data.taken.clone())}</p>
                {directions}
                <section class="follow">
                    {qr(&data.follow_url)}
                    <h2>{receipt::follow(&t)}</h2>
                    <p>{receipt::anonymous(&t)}</p>
                </section>
                <p>{called}</p>
        </main>
    }
    .into_any()
}

fn slip(data: &SlipData) -> AnyView {
    let t = use_texts();
    view! {
        <main>
                <p class="centre">{data.centre.clone()}</p>
                <h1 class="big">{receipt::slip_title(&t)}</h1>
                <p>{receipt::slip_what(&t)}</p>
                <p>{receipt::slip_how(&t)}</p>
                <section class="follow">
                    {qr(&data.code)}
                    <h2>{receipt::slip_code(&t)}</h2>
                    <p class="code"><bdi dir="ltr">{data.code.clone()}</bdi></p>
                </section>
                <p class="ahead">{receipt::slip_until(&t, data.valid_until.clone())}</p>
                <p>{receipt::slip_anonymous(&t)}</p>
        </main>
    }
    .into_any()
}

/// The paper and what its script needs to know. The button is for a person at a screen.
pub(super) fn paper(class: &'static str, on_load: bool, back: Option<&str>, content: AnyView) -> AnyView {
    let t = use_texts();
    let back = back.map(str::to_owned);
    let auto = on_load.then_some("");
    view! {
        <body class=format!("paper {class}") data-auto=auto data-back=back>
            {content}
            <button type="button" data-print="" hidden=true>{receipt::print(&t)}</button>
        </body>
    }
    .into_any()
}

/// A QR code as one path, a module being one unit; nothing where the text is too long for any code.
pub fn qr(text: &str) -> Option<AnyView> {
    use fast_qr::{ECL, QRBuilder};
    use std::fmt::Write;

    const QUIET: usize = 4;
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        for (x, _) in code[y].iter().enumerate().take(code.size).filter(|(_, module)| module.value()) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let side = code.size + 2 * QUIET;
    let code = view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges" aria-hidden="true">
            <rect width=side height=side fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    };
    Some(code.into_any())
}
