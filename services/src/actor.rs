//! Who asks for something.

use std::sync::Arc;

use domain::{
    CentreId, StaffId,
    staff::{Device, Role, Staff},
};

/// Who asks for something. Made by [`crate::Parvis::actor_of_session`] and [`crate::Parvis::actor_of_device`] only,
/// from a secret that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody without credentials.
    Anyone,
    /// An enrolled device.
    Device(Arc<Device>),
    /// A member of staff who signed in.
    Staff(Arc<Staff>),
}

impl Actor {
    /// The member of staff, if it is one.
    pub fn staff(&self) -> Option<&Arc<Staff>> {
        match self {
            Self::Staff(staff) => Some(staff),
            _ => None,
        }
    }
    /// The member of staff's id, if it is one.
    pub fn staff_id(&self) -> Option<StaffId> {
        self.staff().map(|s| s.id)
    }
    /// The centre where the actor is at home.
    pub fn centre(&self) -> Option<CentreId> {
        match self {
            Self::Anyone => None,
            Self::Device(device) => Some(device.centre),
            Self::Staff(staff) => staff.centre,
        }
    }
    /// Whether the actor holds a role.
    pub fn is(&self, role: Role) -> bool {
        self.staff().is_some_and(|s| s.roles.contains(&role))
    }
}
