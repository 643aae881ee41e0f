//! What a call came to.

/// `libnv_status`: 0, or why a call was refused.
///
/// A number and not an enum: the other side may know more of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Status(pub i32);

impl Status {
    pub const OK: Self = Self(0);
    pub const INVALID_NAME: Self = Self(1);
    pub const INVALID_LABEL: Self = Self(2);
    pub const RESERVED_LABEL: Self = Self(3);
    pub const DUPLICATE_LABEL: Self = Self(4);
    pub const INVALID_BUCKETS: Self = Self(5);
    pub const NAME_COLLISION: Self = Self(6);
    pub const KIND_MISMATCH: Self = Self(7);
    pub const UNIT_MISMATCH: Self = Self(8);
    pub const BUCKETS_MISMATCH: Self = Self(9);
    pub const LABEL_COUNT: Self = Self(10);
    pub const LABELS_MISMATCH: Self = Self(11);
    pub const INVALID_STATES: Self = Self(12);
    pub const STATES_MISMATCH: Self = Self(13);
    pub const EXHAUSTED: Self = Self(14);
    pub const BACKEND: Self = Self(15);
    pub const SOURCE_IN_USE: Self = Self(16);
    pub const INVALID_ARGUMENT: Self = Self(100);
    pub const ABI_MISMATCH: Self = Self(101);
    pub const UNAVAILABLE: Self = Self(102);
    pub const INTERNAL: Self = Self(103);
    pub const IO: Self = Self(104);
}
