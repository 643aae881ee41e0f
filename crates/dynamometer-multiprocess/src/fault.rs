//! Why a file could not be read.

use std::error::Error;
use std::{fmt, io};

/// What is wrong with a file. All of it is left out then: what stands before the
/// fault may be as wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Fault {
    /// Its name is not one of `prometheus_client`.
    Name,
    /// It is shorter than it says that it is.
    Truncated {
        /// The bytes that it says it uses.
        used: u64,
        /// The bytes that it has.
        found: u64,
    },
    /// It says that it uses a number of bytes that is below zero.
    Header {
        /// The number.
        used: i32,
    },
    /// An entry ends behind the end of what is used.
    Entry {
        /// Where the entry begins, in bytes.
        offset: usize,
    },
    /// The system did not let it be read.
    Unreadable(io::Error),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("its name is not TYPE_PID.db or gauge_MODE_PID.db"),
            Self::Truncated { used, found } => {
                write!(f, "it says it uses {used} bytes and has {found}")
            }
            Self::Header { used } => write!(f, "it says it uses {used} bytes"),
            Self::Entry { offset } => {
                write!(f, "the entry at byte {offset} ends behind what is used")
            }
            Self::Unreadable(error) => write!(f, "it can not be read: {error}"),
        }
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}
