//! A family with a fault.

use std::sync::Arc;

use dynamometer::Error;
use dynamometer_testkit::{FamilyHandle, Handle};

use crate::fault::Fault;

pub(crate) struct FaultyFamily {
    pub(crate) inner: Arc<dyn FamilyHandle>,
    pub(crate) fault: Fault,
}

impl FaultyFamily {
    /// Values whose borders are lost, where that is the fault.
    fn values<'a>(&self, values: &[&'a str], joined: &'a str) -> Vec<&'a str> {
        let mut values = values.to_vec();
        if self.fault == Fault::JoinsLabelValues && values.len() > 1 {
            values.fill("");
            values[0] = joined;
        }
        values
    }
}

impl FamilyHandle for FaultyFamily {
    fn try_look_up(&self, values: &[&str]) -> Result<Handle, Error> {
        let joined = values.concat();
        self.inner.try_look_up(&self.values(values, &joined))
    }

    fn look_up(&self, values: &[&str]) -> Handle {
        let joined = values.concat();
        self.inner.look_up(&self.values(values, &joined))
    }

    fn remove(&self, values: &[&str]) -> bool {
        match self.fault {
            Fault::RemovesNothing => true,
            _ => self.inner.remove(values),
        }
    }
}
