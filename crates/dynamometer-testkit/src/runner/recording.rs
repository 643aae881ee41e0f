//! Recording, on this thread and on many.

use std::collections::HashMap;
use std::sync::Barrier;
use std::thread;

use crate::handle::Handle;
use crate::runner::mismatch::Mismatch;
use crate::runner::world::World;
use crate::scenario::{Action, Number, OnThreads, Record};

impl World {
    /// Runs the steps on threads that begin together, and waits for their end.
    pub(crate) fn on_threads(&self, step: &OnThreads) -> Result<(), Mismatch> {
        let barrier = Barrier::new(step.threads);
        let work = || {
            barrier.wait();
            self.on_one_thread(step)
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..step.threads).map(|_| scope.spawn(work)).collect();
            threads.into_iter().try_for_each(|thread| {
                let joined = thread.join();
                joined.unwrap_or_else(|_| Err(Mismatch::new("no panic", "a panic in a thread")))
            })
        })
    }

    fn on_one_thread(&self, step: &OnThreads) -> Result<(), Mismatch> {
        let mut own = HashMap::new();
        for _ in 0..step.repeat {
            for inner in &step.steps {
                match &inner.action {
                    Action::Create(create) => own.extend(self.create(create)?),
                    Action::LookUp(look_up) => own.extend(self.look_up(look_up)?),
                    Action::Record(record) => self.record(record, Some(&own))?,
                    _ => return Err(Mismatch::new("to create, look up or record", &inner.source)),
                }
            }
        }
        Ok(())
    }

    /// Records through a handle of the thread's `own`, or of the scenario.
    pub(crate) fn record(
        &self,
        record: &Record,
        own: Option<&HashMap<String, Handle>>,
    ) -> Result<(), Mismatch> {
        let (Record::Inc(name)
        | Record::IncBy(name, _)
        | Record::Add(name, _)
        | Record::Set(name, _)
        | Record::GaugeInc(name, _)
        | Record::GaugeDec(name, _)
        | Record::Observe(name, _)
        | Record::ObserveN(name, _, _)
        | Record::SetOnly(name, _)
        | Record::Enable(name, _)
        | Record::Disable(name, _)) = record;
        let handle = match own.and_then(|own| own.get(name)) {
            Some(handle) => handle,
            None => self.handle(name)?,
        };
        apply(record, handle)
    }
}

fn apply(record: &Record, handle: &Handle) -> Result<(), Mismatch> {
    match (record, handle) {
        (Record::Inc(_), Handle::Counter(handle)) => handle.inc(),
        (Record::Inc(_), Handle::FloatCounter(handle)) => handle.inc(),
        (Record::IncBy(_, n), Handle::Counter(handle)) => handle.inc_by(unsigned(*n)?),
        (Record::IncBy(_, n), Handle::FloatCounter(handle)) => handle.inc_by(n.as_f64()),
        (Record::Add(_, n), Handle::UpDownCounter(handle)) => handle.add(signed(*n)?),
        (Record::Set(_, v), Handle::Gauge(handle)) => handle.set(v.as_f64()),
        (Record::GaugeInc(_, by), Handle::Gauge(handle)) => handle.inc(by.as_f64()),
        (Record::GaugeDec(_, by), Handle::Gauge(handle)) => handle.dec(by.as_f64()),
        (Record::Observe(_, v), Handle::Histogram(handle)) => handle.observe(v.as_f64()),
        (Record::ObserveN(_, v, n), Handle::Histogram(handle)) => {
            handle.observe_n(v.as_f64(), *n);
        }
        (Record::Observe(_, v), Handle::ExponentialHistogram(handle)) => {
            handle.observe_n(v.as_f64(), 1);
        }
        (Record::ObserveN(_, v, n), Handle::ExponentialHistogram(handle)) => {
            handle.observe_n(v.as_f64(), *n);
        }
        (Record::SetOnly(_, state), Handle::StateSet(handle)) => handle.set_only(state),
        (Record::Enable(_, state), Handle::StateSet(handle)) => handle.enable(state),
        (Record::Disable(_, state), Handle::StateSet(handle)) => handle.disable(state),
        (_, handle) => {
            return Err(Mismatch::new(
                "a handle that can do this",
                format!("a {}", handle.kind()),
            ));
        }
    }
    Ok(())
}

fn unsigned(number: Number) -> Result<u64, Mismatch> {
    let whole = number.as_u64();
    whole.ok_or_else(|| Mismatch::new("a whole number from 0 to 2^64-1", number))
}

fn signed(number: Number) -> Result<i64, Mismatch> {
    let whole = number.as_i64();
    whole.ok_or_else(|| Mismatch::new("a whole number from -2^63 to 2^63-1", number))
}
