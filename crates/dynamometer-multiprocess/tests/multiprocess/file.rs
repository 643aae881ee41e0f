//! Files, written by hand.

/// The bytes of a file.
#[derive(Clone, Debug)]
pub(crate) struct File(pub(crate) Vec<u8>);

impl File {
    /// A file without entries.
    pub(crate) fn new() -> Self {
        let mut file = Self(vec![0; 8]);
        file.set_used(8);
        file
    }

    /// Adds an entry whose key is as it should be.
    pub(crate) fn with(self, metric: &str, sample: &str, labels: &str, value: f64) -> Self {
        self.with_time(metric, sample, labels, value, 0.0)
    }

    /// Adds an entry that was set at a time.
    pub(crate) fn with_time(
        self,
        metric: &str,
        sample: &str,
        labels: &str,
        value: f64,
        timestamp: f64,
    ) -> Self {
        let key = format!("[\"{metric}\", \"{sample}\", {labels}, \"Help of {metric}.\"]");
        self.with_key(key.as_bytes(), value, timestamp)
    }

    /// Adds an entry with any key.
    pub(crate) fn with_key(mut self, key: &[u8], value: f64, timestamp: f64) -> Self {
        let length = i32::try_from(key.len()).expect("keys are short");
        self.0.extend(length.to_ne_bytes());
        self.0.extend(key);
        let blanks = 8 - (key.len() + 4) % 8;
        self.0.extend(std::iter::repeat_n(b' ', blanks));
        self.0.extend(value.to_ne_bytes());
        self.0.extend(timestamp.to_ne_bytes());
        let used = i32::try_from(self.0.len()).expect("files are small");
        self.set_used(used);
        self
    }

    /// Says that so many bytes are in use.
    pub(crate) fn set_used(&mut self, used: i32) {
        self.0[..4].copy_from_slice(&used.to_ne_bytes());
    }
}
