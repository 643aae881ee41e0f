//! Families and their series: what exists, under which name.

mod column;
mod expiry;
mod families;
mod family;
mod hash;
mod instrument;
mod labels;
mod members;
mod name;
mod reading;
mod remote;
mod request;
mod schema;
mod snapshot;
mod states;

pub(crate) use families::Registry;
pub(crate) use family::{Family, Origin};
pub(crate) use instrument::{Instrument, Layout};
pub(crate) use labels::{check_label_name, check_labels};
pub(crate) use members::{SeriesDense, SeriesTable, is_removed, series_in_process};
pub(crate) use name::{Name, Prefix};
pub(crate) use remote::{Grant, Remote, RemoteFamily};
pub(crate) use request::{FamilyOptions, Request};
pub(crate) use schema::Schema;
pub(crate) use states::{States, check_label};
