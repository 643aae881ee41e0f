//! The connections that are open, at most so many of them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use tokio::sync::{Notify, watch};
use tokio::task::{AbortHandle, spawn_local};

use crate::connection::progress::Progress;

/// The open connections, each a task of the server's thread.
#[derive(Debug)]
pub(crate) struct Connections {
    open: RefCell<BTreeMap<u64, Open>>,
    limit: usize,
    next: Cell<u64>,
    /// Said whenever the last one has ended.
    emptied: Notify,
    stopping: watch::Sender<bool>,
}

#[derive(Debug)]
struct Open {
    progress: Rc<Progress>,
    task: AbortHandle,
}

/// Takes a connection off the table however its task ends.
struct Seat {
    table: Rc<Connections>,
    id: u64,
}

impl Connections {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            open: RefCell::default(),
            limit,
            next: Cell::new(0),
            emptied: Notify::new(),
            stopping: watch::Sender::new(false),
        }
    }

    /// Makes room for one more; false where all are being answered.
    pub(crate) fn make_room(&self) -> bool {
        let is_full = self.open.borrow().len() >= self.limit;
        !is_full || self.evict()
    }

    /// Closes the connection that waits longest; false where none waits.
    pub(crate) fn evict(&self) -> bool {
        let mut open = self.open.borrow_mut();
        let waiting = open
            .iter()
            .filter_map(|(id, open)| Some((open.progress.waiting_since()?, *id)));
        let longest = waiting.min().and_then(|(_, id)| open.remove(&id));
        longest.map(|evicted| evicted.task.abort()).is_some()
    }

    /// Runs a connection as a task.
    pub(crate) fn run(
        self: &Rc<Self>,
        progress: Rc<Progress>,
        connection: impl Future<Output = ()> + 'static,
    ) {
        let id = self.next.get();
        self.next.set(id + 1);
        let seat = Seat {
            table: Rc::clone(self),
            id,
        };
        let task = spawn_local(async move {
            let _seat = seat;
            connection.await;
        });
        let task = task.abort_handle();
        self.open.borrow_mut().insert(id, Open { progress, task });
    }

    /// Turns true when the server stops, for connections to end after the request
    /// in flight.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Closes what waits, and waits for the rest to end.
    pub(crate) async fn finish(&self) {
        self.stopping.send_replace(true);
        while self.evict() {}
        while !self.open.borrow().is_empty() {
            self.emptied.notified().await;
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.table.open.borrow_mut();
        open.remove(&self.id);
        if open.is_empty() {
            self.table.emptied.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::time::Duration;

    use tokio::task::LocalSet;
    use tokio::time::advance;

    use super::*;
    use crate::connection::progress::Phase;

    /// Says on its drop that it was dropped.
    struct Closed(Rc<Cell<bool>>);

    impl Drop for Closed {
        fn drop(&mut self) {
            self.0.set(true);
        }
    }

    fn open(table: &Rc<Connections>, phase: Phase) -> (Rc<Progress>, Rc<Cell<bool>>) {
        let (progress, closed) = (Rc::new(Progress::new(phase)), Rc::default());
        let guard = Closed(Rc::clone(&closed));
        table.run(Rc::clone(&progress), async move {
            let _guard = guard;
            pending::<()>().await;
        });
        (progress, closed)
    }

    #[tokio::test(start_paused = true)]
    async fn the_connection_that_waits_longest_makes_room() {
        let test = async {
            let table = Rc::new(Connections::new(3));
            let (_, busy) = open(&table, Phase::Answering);
            advance(Duration::from_secs(1)).await;
            let (asked, idle) = open(&table, Phase::Idle);
            advance(Duration::from_secs(1)).await;
            let (_, reading) = open(&table, Phase::Reading);
            advance(Duration::from_secs(1)).await;
            asked.has_read();

            assert!(table.make_room());
            tokio::task::yield_now().await;
            let closed = [&busy, &idle, &reading].map(|closed| closed.get());
            assert_eq!(closed, [false, false, true], "it has waited longest now");
        };
        LocalSet::new().run_until(test).await;
    }

    #[tokio::test(start_paused = true)]
    async fn no_room_is_made_where_all_are_being_answered() {
        let test = async {
            let table = Rc::new(Connections::new(1));
            assert!(table.make_room());
            let (progress, closed) = open(&table, Phase::Answering);
            assert!(!table.make_room());
            progress.has_handed_over();
            progress.has_flushed();
            assert!(table.make_room());
            tokio::task::yield_now().await;
            assert!(closed.get());
        };
        LocalSet::new().run_until(test).await;
    }
}
