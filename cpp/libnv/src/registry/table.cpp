#include "registry/table.hpp"

#include <string>

#include "api/last_error.hpp"
#include "exposition/formats.hpp"
#include "exposition/visiting.hpp"
#include "registry/error.hpp"
#include "registry/reading.hpp"
#include "registry/registry.hpp"
#include "registry/self_metrics.hpp"
#include "registry/text_argument.hpp"

namespace libnv::registry {
namespace {

/// Runs `body`, and turns whatever it throws into a status.
template <class Body>
libnv_status guarded(Body body) noexcept {
    return api::guarded([&]() -> libnv_status {
        try {
            body();
            return LIBNV_OK;
        } catch (const Error &error) {
            return api::refuse(error.status, error.message, error.existing);
        }
    });
}

/// The thing that a pointer must lead to.
template <class Thing>
Thing &given(Thing *pointer) {
    if (pointer == nullptr) {
        throw Error(LIBNV_INVALID_ARGUMENT, "nothing can be done with a null pointer");
    }
    return *pointer;
}

Registry &registry(void *self) {
    return given(static_cast<Registry *>(self));
}

/// Label values, as far as it needs a look to find them.
const libnv_str *values_of(const libnv_str *values, std::size_t count) {
    for (std::size_t at = 0; at < count; ++at) {
        const libnv_str &value = given(values + at);
        const bool is_wrong = value.data == nullptr && value.len != 0;
        if (is_wrong || value.len > LIBNV_LONGEST_TEXT) {
            text_argument(value, "the value of a label");
        }
    }
    return values;
}

libnv_status check_scope_of(void *, const libnv_request_v1 *request) {
    return guarded([&] { check_scope(given(request)); });
}

libnv_status family(void *self, const libnv_request_v1 *request, libnv_family **out) {
    return guarded(
        [&] { given(out) = registry(self).family(given(request)).release()->as_handle(); });
}

void release_family(void *, libnv_family *family) {
    if (family != nullptr) {
        delete &LookUp::of(family);
    }
}

libnv_status look_up(void *self, libnv_family *family, const libnv_str *values, std::size_t count,
                     libnv_slot_v1 **out) {
    return guarded([&] {
        given(out) =
            registry(self).look_up(LookUp::of(&given(family)), values_of(values, count), count);
    });
}

libnv_status remove(void *self, libnv_family *family, const libnv_str *values, std::size_t count,
                    std::uint32_t *removed) {
    return guarded([&] {
        given(removed) =
            registry(self).remove(LookUp::of(&given(family)), values_of(values, count), count) ? 1
                                                                                               : 0;
    });
}

void drop_slot(libnv_slot_v1 *slot) {
    if (slot != nullptr) {
        Series::of(*slot).end();
    }
}

void notify(libnv_slot_v1 *) {}

libnv_status value(void *, const libnv_slot_v1 *slot, libnv_value_v1 *out) {
    return guarded([&] { read_one(Series::of(given(slot)), given(out)); });
}

void write(const Snapshot &snapshot, std::uint32_t format, libnv_sink sink, void *context) {
    if (sink == nullptr) {
        throw Error(LIBNV_INVALID_ARGUMENT, "a page can not be written without a sink");
    }
    const std::string page = exposition::write_page(snapshot, format);
    sink(context, page.data(), page.size());
}

libnv_status write_page(void *self, std::uint32_t format, libnv_sink sink, void *context) {
    return guarded([&] { write(registry(self).snapshot(), format, sink, context); });
}

libnv_status write_self_page(void *, std::uint32_t format, libnv_sink sink, void *context) {
    return guarded([&] { write(self_metrics().snapshot(), format, sink, context); });
}

libnv_status add_source(void *self, const libnv_source_v1 *source) {
    return guarded([&] { registry(self).sources().add(given(source)); });
}

libnv_status remove_source(void *self, libnv_str name, std::uint32_t *removed) {
    return guarded([&] {
        const auto text = text_argument(name, "the name of a source");
        given(removed) = registry(self).sources().remove(text) ? 1 : 0;
    });
}

libnv_status adopt(void *self, libnv_family *family, const libnv_str *values, std::size_t count,
                   std::int64_t offset, std::uint64_t *cells, libnv_slot_v1 **out) {
    return guarded([&] {
        given(out) = registry(self).adopt(LookUp::of(&given(family)), values_of(values, count),
                                          count, {offset, cells});
    });
}

void report(void *, libnv_str name, const libnv_error_v1 *error) {
    guarded([&] {
        const libnv_error_v1 &what = given(error);
        const Error known(what.status, std::string(text_argument(what.message, "a message")),
                          std::string(text_argument(what.existing, "a message")));
        self_metrics().report(text_argument(name, "the name of a family"), known);
    });
}

void count_dropped(void *, std::uint32_t reason, std::uint64_t values) {
    guarded([&] {
        if (reason <= LIBNV_DROPPED_UNKNOWN_STATE) {
            self_metrics().count_dropped(static_cast<Dropped>(reason), values);
        }
    });
}

libnv_status each_family(void *self,
                         void (*visit)(void *context, const libnv_family_values_v1 *family),
                         void *context) {
    return guarded([&] {
        given(visit);
        exposition::visit_families(registry(self).snapshot(), visit, context);
    });
}

libnv_status write_labels(void *, const libnv_slot_v1 *slot, libnv_sink sink, void *context) {
    return guarded([&] {
        const std::string &labels = *Series::of(given(slot)).labels();
        given(sink)(context, labels.data(), labels.size());
    });
}

libnv_status remove_written(void *self, libnv_str family, libnv_str labels,
                            std::uint32_t spares_kept, std::uint32_t *removed) {
    return guarded([&] {
        const std::string name(text_argument(family, "the name of a family"));
        const std::string written(text_argument(labels, "the labels of a series"));
        given(removed) = registry(self).remove_written(name, written, spares_kept != 0) ? 1 : 0;
    });
}

} // namespace

const libnv_registry_v1 &table() noexcept {
    static const libnv_registry_v1 functions = [] {
        libnv_registry_v1 all{};
        all.struct_size = sizeof all;
        all.abi = LIBNV_ABI;
        all.language = "c++";
        all.backend = "libnv";
        all.check_scope = check_scope_of;
        all.family = family;
        all.release_family = release_family;
        all.look_up = look_up;
        all.remove = remove;
        all.drop_slot = drop_slot;
        all.notify = notify;
        all.value = value;
        all.write_page = write_page;
        all.add_source = add_source;
        all.remove_source = remove_source;
        all.adopt = adopt;
        all.report = report;
        all.last_error = api::last_error;
        all.count_dropped = count_dropped;
        all.write_self_page = write_self_page;
        all.each_family = each_family;
        all.write_labels = write_labels;
        all.remove_written = remove_written;
        return all;
    }();
    return functions;
}

} // namespace libnv::registry
