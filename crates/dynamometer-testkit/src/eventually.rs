//! Waiting for what happens elsewhere: a server that starts, a page that changes.

use std::thread;
use std::time::{Duration, Instant};

/// How long to wait between two looks: short beside any patience, long enough to
/// leave the processor to what is waited for.
const PAUSE: Duration = Duration::from_millis(2);

/// Asserts that a condition comes true within a stated patience.
///
/// Takes the patience, a [`Duration`](std::time::Duration), the condition, and,
/// like `assert!`, a message. The condition is looked at every 2 ms, and once
/// more when the patience is spent.
///
/// ```
/// use std::sync::atomic::{AtomicBool, Ordering};
/// use std::time::Duration;
///
/// use dynamometer_testkit::eventually;
///
/// static DONE: AtomicBool = AtomicBool::new(false);
/// std::thread::spawn(|| DONE.store(true, Ordering::Release));
/// eventually!(Duration::from_secs(10), DONE.load(Ordering::Acquire));
/// ```
///
/// # Panics
///
/// When the condition is still false after the patience.
#[macro_export]
macro_rules! eventually {
    ($patience:expr, $condition:expr $(,)?) => {
        $crate::eventually!($patience, $condition, "{}", stringify!($condition))
    };
    ($patience:expr, $condition:expr, $($message:tt)+) => {{
        let patience: ::std::time::Duration = $patience;
        assert!(
            $crate::wait_until(patience, || $condition),
            "not within {patience:?}: {}",
            format_args!($($message)+)
        );
    }};
}

/// Returns whether `condition` comes true within `patience`.
///
/// The function behind [`eventually!`](crate::eventually), for tests that have
/// more to say than a message when it does not.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where tests wait: what they wait for is outside of this process \
              and follows no clock of ours"
)]
pub fn wait_until(patience: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let started = Instant::now();
    loop {
        // Read before the look, so that the last look comes after the patience.
        let is_last = started.elapsed() >= patience;
        if condition() {
            return true;
        }
        if is_last {
            return false;
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_looked_at_until_it_holds() {
        let mut looks = 0;
        let comes_true = wait_until(Duration::from_mins(1), || {
            looks += 1;
            looks == 3
        });
        assert!(comes_true);
        assert_eq!(looks, 3);
    }

    #[test]
    fn without_patience_the_condition_is_looked_at_once() {
        let mut looks = 0;
        assert!(!wait_until(Duration::ZERO, || {
            looks += 1;
            false
        }));
        assert_eq!(looks, 1);
    }

    #[test]
    #[should_panic(expected = "not within 0ns: 1 > 2")]
    fn spent_patience_names_the_condition() {
        eventually!(Duration::ZERO, 1 > 2);
    }

    #[test]
    #[should_panic(expected = "not within 0ns: page of 3 bytes")]
    fn spent_patience_gives_the_message() {
        eventually!(Duration::ZERO, false, "page of {} bytes", 3);
    }
}
