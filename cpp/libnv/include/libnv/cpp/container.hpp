/* Where metrics are declared. */
#ifndef LIBNV_CPP_CONTAINER_HPP
#define LIBNV_CPP_CONTAINER_HPP

#include "family.hpp"
#include "source.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* How a page is written. */
enum class Format : std::uint32_t {
    kText = LIBNV_TEXT,
    kOpenMetrics = LIBNV_OPENMETRICS,
    kJson = LIBNV_JSON
};

/* A place for metrics, with a page of its own; or a scope in one.
 *
 * `Container()` is that of the process: of the Rust or Python program around, with its names and
 * labels, where there is one, and else libnv's own. Copies are the same container.
 *
 * Declaring the same thing twice gives the same series. What is declared without `try_` never
 * fails: where there was a mistake it is reported, and the handle is in no container. */
class Container {
public:
    /* The container of the process. */
    Container() noexcept : registry_(detail::process_registry()) {}

    /* A container of its own, whose names begin with that of the service. */
    static Container open(std::string_view service_name) {
        Result<Container> opened = try_open(service_name);
        if (opened) return *std::move(opened);
        Container nowhere;
        nowhere.registry_.report(service_name, opened.error());
        nowhere.registry_ = {};
        return nowhere;
    }

    static Result<Container> try_open(std::string_view service_name) {
        const libnv_api_v1 *api = libnv_api();
        if (!api) return detail::unavailable();
        void *self = nullptr;
        libnv_status status = api->open(detail::to_c(service_name), &self);
        if (status != LIBNV_OK) return detail::error_of(status, api->last_error());
        Container container;
        container.registry_ = {api->registry, self};
        container.opened_ = std::make_shared<const detail::OpenedRegistry>(api, self);
        return container.try_scope(service_name);
    }

    /* A view with a longer prefix and more constant labels. A prefix or label that can not be used
     * is reported and left out. */
    Container scope(std::string_view prefix, const Labels &labels = {}) const;

    /* A view with a longer prefix and more constant labels, or what is wrong with them. */
    Result<Container> try_scope(std::string_view prefix, const Labels &labels = {}) const;

    // One by one: counter, float_counter, up_down_counter, gauge, histogram,
    // exponential_histogram, info and state_set.

    Counter counter(std::string_view name, std::string_view help = {},
                    const Labels &labels = {}) const {
        return declare<Counter>(name, described(help, labels));
    }
    Counter counter(std::string_view name, const Options &options) const {
        return declare<Counter>(name, options);
    }
    FloatCounter float_counter(std::string_view name, std::string_view help = {},
                               const Labels &labels = {}) const {
        return declare<FloatCounter>(name, described(help, labels));
    }
    FloatCounter float_counter(std::string_view name, const Options &options) const {
        return declare<FloatCounter>(name, options);
    }
    UpDownCounter up_down_counter(std::string_view name, std::string_view help = {},
                                  const Labels &labels = {}) const {
        return declare<UpDownCounter>(name, described(help, labels));
    }
    UpDownCounter up_down_counter(std::string_view name, const Options &options) const {
        return declare<UpDownCounter>(name, options);
    }
    Gauge gauge(std::string_view name, std::string_view help = {},
                const Labels &labels = {}) const {
        return declare<Gauge>(name, described(help, labels));
    }
    Gauge gauge(std::string_view name, const Options &options) const {
        return declare<Gauge>(name, options);
    }
    Histogram histogram(std::string_view name, std::string_view help = {},
                        const std::vector<double> &buckets = {}, const Labels &labels = {}) const {
        Options options = described(help, labels);
        options.buckets = buckets;
        return declare<Histogram>(name, options);
    }
    Histogram histogram(std::string_view name, const Options &options) const {
        return declare<Histogram>(name, options);
    }
    ExponentialHistogram exponential_histogram(std::string_view name, std::string_view help = {},
                                               const Labels &labels = {}) const {
        return declare<ExponentialHistogram>(name, described(help, labels));
    }
    ExponentialHistogram exponential_histogram(std::string_view name,
                                               const Options &options) const {
        return declare<ExponentialHistogram>(name, options);
    }
    Info info(std::string_view name, std::string_view help = {}, const Labels &labels = {}) const {
        return declare<Info>(name, described(help, labels));
    }
    Info info(std::string_view name, const Options &options) const {
        return declare<Info>(name, options);
    }
    StateSet state_set(std::string_view name, const std::vector<std::string> &states,
                       std::string_view help = {}, const Labels &labels = {}) const {
        Options options = described(help, labels);
        options.states = states;
        return declare<StateSet>(name, options);
    }
    StateSet state_set(std::string_view name, const std::vector<std::string> &states,
                       Options options) const {
        options.states = states;
        return declare<StateSet>(name, options);
    }

    // By the values of labels.

    CounterFamily counter_family(std::string_view name, const std::vector<std::string> &label_names,
                                 const Options &options = {}) const {
        return declare_family<Counter>(name, label_names, options);
    }
    FloatCounterFamily float_counter_family(std::string_view name,
                                            const std::vector<std::string> &label_names,
                                            const Options &options = {}) const {
        return declare_family<FloatCounter>(name, label_names, options);
    }
    UpDownCounterFamily up_down_counter_family(std::string_view name,
                                               const std::vector<std::string> &label_names,
                                               const Options &options = {}) const {
        return declare_family<UpDownCounter>(name, label_names, options);
    }
    GaugeFamily gauge_family(std::string_view name, const std::vector<std::string> &label_names,
                             const Options &options = {}) const {
        return declare_family<Gauge>(name, label_names, options);
    }
    HistogramFamily histogram_family(std::string_view name,
                                     const std::vector<std::string> &label_names,
                                     const Options &options = {}) const {
        return declare_family<Histogram>(name, label_names, options);
    }
    ExponentialHistogramFamily
    exponential_histogram_family(std::string_view name, const std::vector<std::string> &label_names,
                                 const Options &options = {}) const {
        return declare_family<ExponentialHistogram>(name, label_names, options);
    }
    InfoFamily info_family(std::string_view name, const std::vector<std::string> &label_names,
                           const Options &options = {}) const {
        return declare_family<Info>(name, label_names, options);
    }
    StateSetFamily state_set_family(std::string_view name,
                                    const std::vector<std::string> &label_names,
                                    const std::vector<std::string> &states,
                                    Options options = {}) const {
        options.states = states;
        return declare_family<StateSet>(name, label_names, options);
    }

    // Any kind, by the type of its handle; and what says what is wrong.

    template <class Handle>
    Handle declare(std::string_view name, const Options &options) const {
        Result<Handle> declared = try_declare<Handle>(name, options);
        if (declared) return *std::move(declared);
        registry_.report(name, declared.error());
        return detail::Maker::detached<Handle>(options);
    }

    template <class Handle>
    Result<Handle> try_declare(std::string_view name, const Options &options = {}) const {
        Result<detail::FamilyHold> hold =
            detail::declare<Handle>(registry_, opened_, scope_, name, options, {});
        if (!hold) return hold.error();
        libnv_slot_v1 *slot = nullptr;
        libnv_status status = hold->look_up(nullptr, 0, &slot);
        if (status != LIBNV_OK) return registry_.last_error(status);
        return detail::Maker::make<Handle>(slot, hold->states());
    }

    template <class Handle>
    Family<Handle> declare_family(std::string_view name,
                                  const std::vector<std::string> &label_names,
                                  const Options &options = {}) const {
        Result<Family<Handle>> declared = try_declare_family<Handle>(name, label_names, options);
        if (declared) return *std::move(declared);
        registry_.report(name, declared.error());
        return Family<Handle>();
    }

    template <class Handle>
    Result<Family<Handle>> try_declare_family(std::string_view name,
                                              const std::vector<std::string> &label_names,
                                              const Options &options = {}) const {
        Result<detail::FamilyHold> hold =
            detail::declare<Handle>(registry_, opened_, scope_, name, options, label_names);
        if (!hold) return hold.error();
        return Family<Handle>(*std::move(hold));
    }

    /* Puts on the page what `read` returns each time: exposition text, as a `std::string`.
     *
     * Whatever it throws only leaves the source out of that page, as does a read that takes longer
     * than the timeout; zero is the default one, a second. Names of sources are unique in the
     * process: where this one is taken, the mistake is reported, and no source is made. */
    template <class Read>
    Source source(std::string_view name, Read read,
                  std::chrono::duration<double> timeout = {}) const {
        Result<Source> made = try_source(name, std::move(read), timeout);
        if (made) return *std::move(made);
        registry_.report(name, made.error());
        return Source();
    }

    template <class Read>
    Result<Source> try_source(std::string_view name, Read read,
                              std::chrono::duration<double> timeout = {}) const {
        if (!registry_) return detail::unavailable();
        using Functions = detail::SourceFunctions<Read>;
        auto context = std::make_unique<Read>(std::move(read));
        libnv_source_v1 source = {sizeof source,   detail::to_c(name), timeout.count(),
                                  Functions::read, Functions::drop,    context.get()};
        libnv_status status = registry_.functions->add_source(registry_.self, &source);
        if (status != LIBNV_OK) return registry_.last_error(status);
        (void)context.release();
        return Source(registry_, opened_, std::string(name));
    }

    /* The page in Prometheus text, of the container and not only of this scope. */
    std::string text() const { return page(Format::kText).value_or({}); }

    /* The page in JSON. */
    std::string json() const { return page(Format::kJson).value_or({}); }

    /* The page in a format, which a host may not have. */
    Result<std::string> page(Format format) const {
        if (!registry_) return detail::unavailable();
        std::string text;
        libnv_status status = registry_.functions->write_page(
            registry_.self, static_cast<std::uint32_t>(format), detail::append_to_string, &text);
        if (status != LIBNV_OK) return registry_.last_error(status);
        return text;
    }

private:
    static Options described(std::string_view help, const Labels &labels) {
        Options options;
        options.help = help;
        options.labels = labels;
        return options;
    }

    /* Says what is wrong with the scope. */
    std::optional<Error> check() const {
        if (!registry_) return detail::unavailable();
        detail::Request request(LIBNV_COUNTER, scope_, {}, {}, {});
        libnv_status status = registry_.functions->check_scope(registry_.self, request.get());
        if (status != LIBNV_OK) return registry_.last_error(status);
        return std::nullopt;
    }

    detail::Registry registry_;
    detail::Opened opened_;
    detail::Scope scope_;
};

inline Result<Container> Container::try_scope(std::string_view prefix, const Labels &labels) const {
    Container scope = *this;
    if (!prefix.empty()) scope.scope_.prefixes.emplace_back(prefix);
    scope.scope_.labels.insert(scope.scope_.labels.end(), labels.begin(), labels.end());
    if (std::optional<Error> error = scope.check()) return *std::move(error);
    return scope;
}

inline Container Container::scope(std::string_view prefix, const Labels &labels) const {
    Container scope = *this;
    auto widen = [&scope](std::string_view name, std::string_view by, const Labels &with) {
        Result<Container> wider = scope.try_scope(by, with);
        if (wider)
            scope = *std::move(wider);
        else
            scope.registry_.report(name, wider.error());
    };
    widen(prefix, prefix, {});
    for (const Label &label : labels) widen(label.name, {}, {label});
    return scope;
}

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
