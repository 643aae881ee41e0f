//! What the containers of all backends have in common.

/// Makes a type whose first field is a [`Container`](crate::Container) work as one.
macro_rules! is_container {
    ($container:ident) => {
        impl std::ops::Deref for $container {
            type Target = $crate::Container;

            fn deref(&self) -> &$crate::Container {
                &self.0
            }
        }

        impl From<$container> for $crate::Container {
            fn from(container: $container) -> Self {
                container.0
            }
        }

        impl $crate::MetricContainer for $container {
            fn try_create_counter(
                &self,
                name: &str,
                help: &str,
                labels: &[(&str, &str)],
            ) -> Result<Box<dyn $crate::MetricCounter>, $crate::Error> {
                self.0.try_create_counter(name, help, labels)
            }

            fn try_create_gauge(
                &self,
                name: &str,
                help: &str,
                labels: &[(&str, &str)],
            ) -> Result<Box<dyn $crate::MetricGauge>, $crate::Error> {
                self.0.try_create_gauge(name, help, labels)
            }

            fn try_create_histogram_with_buckets(
                &self,
                name: &str,
                help: &str,
                labels: &[(&str, &str)],
                buckets: &[f64],
            ) -> Result<Box<dyn $crate::MetricHistogram>, $crate::Error> {
                self.0
                    .try_create_histogram_with_buckets(name, help, labels, buckets)
            }

            fn get_metrics(&self) -> $crate::Snapshot {
                self.0.get_metrics()
            }
        }
    };
}

pub(super) use is_container;
