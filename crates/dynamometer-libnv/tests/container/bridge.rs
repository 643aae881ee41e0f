//! What cxx carries to the C++ of the test.
#![allow(unsafe_code, unreachable_pub, reason = "a bridge of cxx")]

pub(crate) use self::ffi::*;

#[cxx::bridge(namespace = "declaring")]
mod ffi {
    unsafe extern "C++" {
        include!("dynamometer-libnv/tests/container/declaring.hpp");

        #[namespace = "libnv::rust"]
        type Container = dynamometer_libnv::container::Container;
        type Metrics;

        fn make_metrics(container: &Container) -> Result<UniquePtr<Metrics>>;
        fn work(self: &Metrics, times: u64);
        fn count_in_scope(container: &Container, prefix: &str, label: &str) -> Result<()>;
        fn record_to_families(container: &Container) -> Result<()>;
        fn page(container: &Container) -> Result<String>;
        fn declare_gauge(container: &Container, name: &str) -> Result<()>;
        fn refusal(container: &Container, name: &str) -> String;
        fn remove_chat(container: &Container) -> Result<bool>;
    }
}
