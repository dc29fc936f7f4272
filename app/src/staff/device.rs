//! What is wrong with a device, by its name and place.

use crate::texts::{Texts, staff as texts};

/// A kiosk gives suspiciously many numbers. A device that was enrolled after the page was opened has no name here.
/// One that is stopped gives no more until the host has looked.
pub(super) fn kiosk_busy(t: &Texts, name: Option<String>, stopped: bool) -> String {
    let name = name.unwrap_or_else(|| texts::a_kiosk(t));
    if stopped { texts::kiosk_stopped(t, name) } else { texts::kiosk_busy(t, name) }
}

/// The server itself may not print on a printer.
pub(super) fn printer_refused(t: &Texts, name: Option<String>) -> String {
    texts::printer_refused(t, name.unwrap_or_else(|| texts::a_printer(t)))
}

/// A second agent asks for a printer's receipts.
pub(super) fn printer_doubled(t: &Texts, name: Option<String>) -> String {
    texts::printer_doubled(t, name.unwrap_or_else(|| texts::a_printer(t)))
}

/// A printer is out of reach or out of paper.
pub(super) fn printer_down(t: &Texts, name: Option<String>) -> String {
    texts::printer_down(t, name.unwrap_or_else(|| texts::a_printer(t)))
}
