//! What happens by itself, once a second.

use crate::Parvis;

impl Parvis {
    /// One round of the timer: signs of life, days that open or close by themselves, everything due in each day.
    pub async fn pulse(&self) {
        todo!()
    }
}
