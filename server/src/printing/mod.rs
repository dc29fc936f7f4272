//! Receipts on paper.
