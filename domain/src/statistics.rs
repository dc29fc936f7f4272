//! What remains of a day: counts, never visitors.
