//! The value of one label.

use std::borrow::Cow;
use std::sync::Arc;

/// The value of one label: a text, out of a closed list or any.
///
/// Implemented for strings, integers, `char` and `bool`, and for what borrows or
/// owns one of them. `#[derive(Labels)]` implements it for an enum whose variants
/// carry no data. There is none for floats: a label of measured values never
/// stops growing.
///
/// ```
/// use dynamometer::{LabelValue, Labels};
///
/// #[derive(Labels)]
/// enum Status {
///     Ok,
///     NotFound,
/// }
///
/// assert_eq!(Status::VALUES, Some(&["ok", "not_found"][..]));
/// assert_eq!(Status::NotFound.index(), 1);
/// assert_eq!(404.with_str(str::len), 3);
/// ```
///
/// # For implementors
///
/// Where there is a closed list, [`index`](Self::index) is the position in it of
/// the text that [`with_str`](Self::with_str) passes on, and no text is in it
/// twice. A list is worth it where it is short: a family keeps room for every
/// combination. Otherwise leave `VALUES` and `index` as they are.
///
/// `with_str` calls its argument exactly once, and a value gives the same text
/// every time. Both methods may be called from any thread, on every record: they
/// may not block or panic.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a label value",
    label = "not a label value",
    note = "use a string, an integer, a `char`, a `bool`, or an enum with `#[derive(Labels)]`"
)]
pub trait LabelValue {
    /// All values there are, where they are known.
    const VALUES: Option<&'static [&'static str]> = None;

    /// Returns the position in [`VALUES`](Self::VALUES); 0 without a list.
    #[inline]
    fn index(&self) -> usize {
        0
    }

    /// Calls `with` with the text.
    ///
    /// # Cost
    ///
    /// No allocation.
    fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R;
}

impl LabelValue for str {
    #[inline]
    fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R {
        with(self)
    }
}

impl LabelValue for String {
    #[inline]
    fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R {
        with(self)
    }
}

impl LabelValue for Cow<'_, str> {
    #[inline]
    fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R {
        with(self)
    }
}

impl LabelValue for char {
    #[inline]
    fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R {
        with(self.encode_utf8(&mut [0; char::MAX_LEN_UTF8]))
    }
}

impl LabelValue for bool {
    const VALUES: Option<&'static [&'static str]> = Some(&["false", "true"]);

    #[inline]
    fn index(&self) -> usize {
        usize::from(*self)
    }

    #[inline]
    fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R {
        with(if *self { "true" } else { "false" })
    }
}

/// Integers, in decimal.
macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl LabelValue for $integer {
            #[inline]
            fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R {
                with(itoa::Buffer::new().format(*self))
            }
        }
    )*};
}

integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

/// What points to a value is that value.
macro_rules! pointers {
    ($($pointer:ty)*) => {$(
        impl<T: LabelValue + ?Sized> LabelValue for $pointer {
            const VALUES: Option<&'static [&'static str]> = T::VALUES;

            #[inline]
            fn index(&self) -> usize {
                T::index(self)
            }

            #[inline]
            fn with_str<R>(&self, with: impl FnOnce(&str) -> R) -> R {
                T::with_str(self, with)
            }
        }
    )*};
}

pointers!(&T Box<T> Arc<T>);
