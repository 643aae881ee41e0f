//! Errors on their way between the languages: the same kinds and messages.

use dynamometer_libnv as libnv;
use dynamometer_libnv::abi::Status;

use crate::error::{Error, ErrorKind};

/// The status of each kind: their numbers are those of [`ErrorKind::ALL`], from 1 on.
fn status_of(kind: ErrorKind) -> Status {
    let place = ErrorKind::ALL.iter().position(|known| *known == kind);
    place.map_or(Status::INTERNAL, |place| Status(place as i32 + 1))
}

impl From<Error> for libnv::Error {
    fn from(error: Error) -> Self {
        let status = status_of(error.kind());
        let said = Self::new(status, error.message());
        match error.existing() {
            Some(existing) => said.with_existing(existing),
            None => said,
        }
    }
}

impl From<libnv::Error> for Error {
    fn from(error: libnv::Error) -> Self {
        let kinds = ErrorKind::ALL.iter();
        let mut kinds = kinds.filter(|kind| status_of(**kind) == error.status());
        let kind = kinds.next().copied().unwrap_or(ErrorKind::Backend);
        let said = Self::new(kind, error.message());
        match error.existing() {
            Some(existing) => said.with_existing(existing),
            None => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_the_way_there_and_back() {
        for &kind in ErrorKind::ALL {
            let error = Error::new(kind, "it can not be").with_existing("a gauge");
            assert_eq!(Error::from(libnv::Error::from(error.clone())), error);
        }
        assert_eq!(status_of(ErrorKind::InvalidName), Status::INVALID_NAME);
        assert_eq!(status_of(ErrorKind::SourceInUse), Status::SOURCE_IN_USE);
    }

    #[test]
    fn what_only_the_boundary_knows_is_a_fault_of_the_backend() {
        let error = libnv::Error::new(Status::UNAVAILABLE, "there is none");
        assert_eq!(Error::from(error).kind(), ErrorKind::Backend);
    }
}
