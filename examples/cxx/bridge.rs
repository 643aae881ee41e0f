//! What Rust and the C++ of this program call of each other.
#![allow(unsafe_code, unreachable_pub, reason = "a bridge of cxx")]

pub(crate) use self::ffi::make_engine;

#[cxx::bridge(namespace = "engine")]
mod ffi {
    unsafe extern "C++" {
        include!("dynamometer-examples/cxx/engine.hpp");

        #[namespace = "libnv::rust"]
        type Container = dynamometer_libnv::container::Container;
        type Engine;

        fn make_engine(container: &Container) -> Result<UniquePtr<Engine>>;
        fn generate(self: &Engine, tokens: u64);
    }
}
