// The registry of the process through the table, and hosts to attach to it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <libnv/libnv.h>
#include <libnv/record.h>

namespace libnv::api::test {

inline libnv_str str(std::string_view text) {
    return {text.data(), text.size()};
}

inline std::string text(const libnv_str &of) {
    return of.len == 0 ? std::string() : std::string(of.data, of.len);
}

inline const libnv_api_v1 &api() {
    return *libnv_get_api(LIBNV_ABI);
}

inline void append(void *context, const char *data, size_t len) {
    static_cast<std::string *>(context)->append(data, len);
}

// A registry: that of the process, or one that was opened.
struct Registry {
    const libnv_registry_v1 *functions = api().registry;
    void *self = api().process;

    std::string page() const {
        std::string page;
        EXPECT_EQ(functions->write_page(self, LIBNV_TEXT, append, &page), LIBNV_OK)
            << text(functions->last_error()->message);
        return page;
    }
};

// Declares a family and holds it.
class Family {
public:
    Family(std::uint32_t kind, std::string_view name, std::vector<libnv_str> label_names = {},
           const Registry &registry = {})
        : registry_(registry) {
        libnv_request_v1 request{};
        request.struct_size = sizeof request;
        request.kind = kind;
        request.name = str(name);
        request.label_names = label_names.data();
        request.label_name_count = label_names.size();
        status = registry.functions->family(registry.self, &request, &family_);
    }
    Family(const Family &) = delete;
    Family &operator=(const Family &) = delete;
    ~Family() { registry_.functions->release_family(registry_.self, family_); }

    libnv_family *get() const { return family_; }

    // A series, whose reference is never released: the process ends soon.
    libnv_slot_v1 *series(std::initializer_list<std::string_view> values = {}) const {
        std::vector<libnv_str> given;
        for (const auto value : values) given.push_back(str(value));
        libnv_slot_v1 *slot = nullptr;
        EXPECT_EQ(registry_.functions->look_up(registry_.self, family_, given.data(), given.size(),
                                               &slot),
                  LIBNV_OK)
            << text(registry_.functions->last_error()->message);
        return slot;
    }

    libnv_status status;

private:
    Registry registry_;
    libnv_family *family_ = nullptr;
};

// A registry to attach as a host: another one of libnv.
class Host {
public:
    Host() { EXPECT_EQ(api().open(str("host"), &self_), LIBNV_OK); }
    Host(const Host &) = delete;
    Host &operator=(const Host &) = delete;

    libnv_status attach(const libnv_registry_v1 *functions = api().registry) {
        return api().attach(functions, self_, str("service"));
    }
    libnv_status detach() { return api().detach(self_); }
    Registry registry() const { return {api().registry, self_}; }

private:
    void *self_ = nullptr;
};

} // namespace libnv::api::test
