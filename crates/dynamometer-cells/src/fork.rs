//! What `fork` must not break: locks held elsewhere, leases of vanished threads.
#![allow(
    unsafe_code,
    reason = "registers pthread_atfork handlers and defines a lock over them"
)]

use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};
use std::sync::Mutex;
use std::sync::MutexGuard;

use crate::owner::OwnerTable;
use crate::sync::lock;

/// The one lock of every cold path: creation, removal, copying what to sum.
static REGISTRY: Mutex<()> = Mutex::new(());

/// Held while the engine is made, so that a child finds all of it or nothing.
static FIRST_USE: Mutex<()> = Mutex::new(());

/// Data behind the process-wide registry lock, which `fork` cannot leave held.
///
/// A plain mutex that another thread holds during `fork` stays locked in the
/// child for ever. This one is taken before the fork and released on both
/// sides. All of them share one lock: do not lock a second one while holding a
/// first, and run no foreign code under it.
#[derive(Debug, Default)]
pub struct ForkLock<T> {
    data: UnsafeCell<T>,
}

// SAFETY: the data is reached under the registry lock only.
unsafe impl<T: Send> Sync for ForkLock<T> {}

impl<T> ForkLock<T> {
    /// Puts `data` behind the registry lock.
    pub const fn new(data: T) -> Self {
        Self {
            data: UnsafeCell::new(data),
        }
    }

    /// Waits for the registry lock.
    pub fn lock(&self) -> ForkGuard<'_, T> {
        install_handlers();
        ForkGuard {
            _held: lock(&REGISTRY),
            data: &self.data,
        }
    }
}

/// Access to the data of a [`ForkLock`] until it is dropped.
#[derive(Debug)]
pub struct ForkGuard<'a, T> {
    _held: MutexGuard<'static, ()>,
    data: &'a UnsafeCell<T>,
}

impl<T> Deref for ForkGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the registry lock is held, so nobody else reaches the data.
        unsafe { &*self.data.get() }
    }
}

impl<T> DerefMut for ForkGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the registry lock is held, and `self` is borrowed exclusively.
        unsafe { &mut *self.data.get() }
    }
}

/// Holds off forks until the guard is dropped, for what is made once.
///
/// May be called under the registry lock, not the other way round. What is left
/// is the registration of the handlers itself: a fork in the middle of that one
/// call leaves a child that waits at its first use.
pub(crate) fn hold_off() -> MutexGuard<'static, ()> {
    install_handlers();
    lock(&FIRST_USE)
}

/// Has the locks of this copy taken before those of another, whose cells it uses from
/// now on: cells are taken under the registry lock.
pub(crate) fn lock_before(owner: &OwnerTable) {
    // An engine has its handlers once it is in use; they run last one first.
    // SAFETY: the owner vouched for its functions.
    unsafe { (owner.shared_base)() };
    register_handlers();
}

#[cfg(miri)]
fn install_handlers() {}

#[cfg(miri)]
fn register_handlers() {}

#[cfg(not(miri))]
use handlers::{install_handlers, register_handlers};

#[cfg(not(miri))]
mod handlers {
    use std::cell::Cell;
    use std::sync::Once;

    use super::{FIRST_USE, MutexGuard, REGISTRY, UnsafeCell, lock};
    use crate::engine::Engine;
    use crate::native;
    use crate::slab::Slab;
    use crate::space::Spaces;
    use crate::thread;

    /// The locks that the forking thread holds over the fork.
    struct Held {
        _registry: MutexGuard<'static, ()>,
        _first_use: MutexGuard<'static, ()>,
        engine: Option<HeldEngine>,
    }

    struct HeldEngine {
        engine: &'static Engine,
        _spaces: MutexGuard<'static, Spaces>,
        idle: MutexGuard<'static, Vec<&'static Slab>>,
    }

    struct HeldCell(UnsafeCell<Option<Held>>);

    // SAFETY: reached by the thread that holds the registry lock only, from its
    // `prepare` to its `parent` or `child`.
    unsafe impl Sync for HeldCell {}

    static HELD: HeldCell = HeldCell(UnsafeCell::new(None));

    thread_local! {
        /// How often the handlers that were registered last ran before others of ours.
        static AGAIN: Cell<u32> = const { Cell::new(0) };
        /// Whether this thread forks, and holds the locks.
        static HOLDS: Cell<bool> = const { Cell::new(false) };
    }

    pub(super) fn install_handlers() {
        static ONCE: Once = Once::new();
        ONCE.call_once(register_handlers);
    }

    /// May be called again: of those that run in one fork, the ones that were
    /// registered last do the work.
    pub(super) fn register_handlers() {
        // SAFETY: the handlers keep to what is allowed between fork and exec: they
        // take and release locks and give pages back.
        unsafe { libc::pthread_atfork(Some(prepare), Some(parent), Some(child)) };
    }

    unsafe extern "C" fn prepare() {
        if HOLDS.replace(true) {
            AGAIN.set(AGAIN.get() + 1);
            return;
        }
        let registry = lock(&REGISTRY);
        let first_use = lock(&FIRST_USE);
        let engine = native::engine_in_use().map(|engine| HeldEngine {
            engine,
            _spaces: lock(&engine.spaces),
            idle: engine.pool.idle(),
        });
        // SAFETY: the registry lock is held by this thread.
        unsafe {
            *HELD.0.get() = Some(Held {
                _registry: registry,
                _first_use: first_use,
                engine,
            });
        }
    }

    /// What is to be released, once only those that were registered last are left.
    fn take_held() -> Option<Held> {
        if let Some(left) = AGAIN.get().checked_sub(1) {
            AGAIN.set(left);
            return None;
        }
        HOLDS.set(false);
        // SAFETY: called by the thread that `prepare` ran on, which holds the lock.
        unsafe { (*HELD.0.get()).take() }
    }

    unsafe extern "C" fn parent() {
        drop(take_held());
    }

    /// The child starts counting at zero, with the slab of its only thread.
    unsafe extern "C" fn child() {
        let Some(held) = take_held() else { return };
        let Some(HeldEngine {
            engine, mut idle, ..
        }) = held.engine
        else {
            return;
        };
        let mine = thread::current_slab();
        // A gauge is a statement that still holds; a count belongs to the parent.
        engine.shared.discard(0, engine.layout.shared_end);
        for slab in engine.pool.slabs() {
            slab.region().discard(0, engine.layout.thread_end);
            let is_mine = mine.is_some_and(|mine| std::ptr::eq(mine, slab));
            let is_idle = idle.iter().any(|known| std::ptr::eq(*known, slab));
            if !is_mine && !is_idle && !slab.is_leased_to_lock() {
                slab.exit.forget();
                idle.push(slab);
            }
        }
    }
}
