//! `google.protobuf.Timestamp`.

use crate::protobuf::wire::{MOST_VARINT, Wire, put_varint, varint_key};

const NANOS: f64 = 1e9;

/// The most bytes of a time's fields.
pub(super) const MOST_TIME: usize = 2 * (1 + MOST_VARINT);

/// Writes a time, in seconds since the Unix epoch, as a message.
pub(super) fn write_time(wire: &mut Wire<'_>, field: u32, seconds: f64) {
    wire.message(field, |wire| {
        let room = wire.page().room(MOST_TIME);
        let bytes = put_time(room, seconds);
        wire.page().take(bytes);
    });
}

/// Writes the fields of a time to the beginning of `room`; returns how many bytes
/// they take.
pub(super) fn put_time(room: &mut [u8], seconds: f64) -> usize {
    let whole = seconds as i64;
    // A cast rounds towards zero: before 1970 it is one second less.
    let whole = if whole as f64 > seconds {
        whole - 1
    } else {
        whole
    };
    // A fraction just below 1 would round up to it.
    let nanos = ((seconds - whole as f64) * NANOS + 0.5).min(NANOS - 1.0);
    room[0] = varint_key(1);
    let at = 1 + put_varint(&mut room[1..], whole.cast_unsigned());
    room[at] = varint_key(2);
    at + 1 + put_varint(&mut room[at + 1..], (nanos as i64).cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(seconds: f64) -> Vec<u8> {
        let mut room = [0; MOST_TIME];
        let bytes = put_time(&mut room, seconds);
        room[..bytes].to_vec()
    }

    #[test]
    fn a_time_is_whole_seconds_and_nanoseconds_upwards() {
        assert_eq!(written(0.0), [0x08, 0, 0x10, 0]);
        assert_eq!(written(1.0 + 100e-9), [0x08, 1, 0x10, 100]);
        let half = [0x80, 0xca, 0xb5, 0xee, 0x01];
        assert_eq!(written(2.5), [&[0x08, 2, 0x10], &half[..]].concat());
        let before = [&[0x08], &[0xff; 9][..], &[0x01, 0x10], &half[..]].concat();
        assert_eq!(written(-0.5), before);
        // Never a whole second of nanoseconds.
        let most = [0xff, 0x93, 0xeb, 0xdc, 0x03];
        assert_eq!(
            written(1.0_f64.next_down()),
            [&[0x08, 0, 0x10], &most[..]].concat()
        );
    }
}
