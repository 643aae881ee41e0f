//! Taking connections, as long as there is room.

use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{spawn_local, yield_now};
use tokio::time::{sleep, timeout};

use crate::connection::{Connections, Phase, Progress, refuse, serve};
use crate::site::Site;

/// Refusals under way at once; beyond it, a connection is closed without a word.
const REFUSALS: usize = 32;

/// First pause after the system gave no connection; it doubles up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(5);

/// Longest pause after the system gave no connection.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Accepts connections for ever.
pub(crate) async fn accept(listener: &TcpListener, site: &Rc<Site>, table: &Rc<Connections>) {
    let refusals = Rc::new(Cell::new(0));
    let mut pause = FIRST_PAUSE;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                pause = FIRST_PAUSE;
                if table.make_room() {
                    open(stream, site, table);
                } else if !site.guard().is_secure() {
                    turn_away(stream, &refusals);
                }
                // What was closed in favour of this one gives back its descriptor.
                yield_now().await;
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                log::warn!("status server: no connection can be accepted: {error}");
                table.evict();
                sleep(pause).await;
                pause = LONGEST_PAUSE.min(pause * 2);
            }
        }
    }
}

/// True where the next connection may fare better; false where the system lacks
/// descriptors or memory.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

fn open(stream: TcpStream, site: &Rc<Site>, table: &Rc<Connections>) {
    if let Err(error) = stream.set_nodelay(true) {
        log::debug!("status server: a connection's delay can not be set: {error}");
    }
    // A client has to shake hands at once, but may wait with its request.
    let is_secure = site.guard().is_secure();
    let phase = if is_secure {
        Phase::Reading
    } else {
        Phase::Idle
    };
    let progress = Rc::new(Progress::new(phase));
    let (site, stopping) = (Rc::clone(site), table.stopping());
    table.run(Rc::clone(&progress), async move {
        let received = site.guard().receive(stream);
        match timeout(site.limits().request, received).await {
            Ok(Ok(stream)) => {
                progress.has_opened();
                serve(stream, &site, &progress, stopping).await;
            }
            Ok(Err(error)) => log::debug!("status server: a handshake failed: {error}"),
            Err(_) => log::debug!("status server: a handshake was too slow"),
        }
    });
}

fn turn_away(stream: TcpStream, refusals: &Rc<Cell<usize>>) {
    if refusals.get() >= REFUSALS {
        return;
    }
    refusals.set(refusals.get() + 1);
    let refusals = Rc::clone(refusals);
    spawn_local(async move {
        refuse(stream).await;
        refusals.set(refusals.get() - 1);
    });
}
