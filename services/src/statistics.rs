//! What remains of days.
