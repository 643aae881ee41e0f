//! The value of a series.

/// `libnv_value_v1`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Value {
    pub struct_size: usize,
    pub kind: u32,
    pub bucket_count: u32,
    pub number: u64,
    pub difference: i64,
    pub amount: f64,
    pub observations: u64,
    pub buckets: *mut u64,
    pub capacity: usize,
}
