#include "subject.hpp"

#include <algorithm>
#include <stdexcept>

namespace libnv::conformance {
namespace {

libnv_str borrowed(const std::string &text) {
    return {text.data(), text.size()};
}

std::vector<libnv_str> borrowed(const std::vector<std::string> &texts) {
    std::vector<libnv_str> all;
    for (const std::string &text : texts) all.push_back(borrowed(text));
    return all;
}

std::vector<libnv_label> borrowed(const Pairs &pairs) {
    std::vector<libnv_label> all;
    for (const auto &[name, value] : pairs) all.push_back({borrowed(name), borrowed(value)});
    return all;
}

std::string owned(const libnv_str &text) {
    return text.len == 0 ? std::string() : std::string(text.data, text.len);
}

Refusal refusal(const Endpoint &of, libnv_status status) {
    const libnv_error_v1 &error = *of.functions->last_error();
    if (error.status != status) throw std::runtime_error("last_error tells of another call");
    return {status, owned(error.message), owned(error.existing)};
}

void report(const Endpoint &of, const std::string &name, const Refusal &refusal) {
    const libnv_error_v1 error = {sizeof error, refusal.status, borrowed(refusal.message),
                                  borrowed(refusal.existing)};
    of.functions->report(of.self.get(), borrowed(name), &error);
}

/// A request, with the arrays that it points to.
class Request {
public:
    Request(const Declaration &declared, const std::vector<std::string> &prefixes,
            const Pairs &scope)
        : prefixes_(borrowed(prefixes)), labels_(borrowed(scope)),
          label_names_(borrowed(declared.label_names)), states_(borrowed(declared.states)),
          aliases_(borrowed(declared.aliases)) {
        for (const libnv_label &label : borrowed(declared.labels)) labels_.push_back(label);
        request_.struct_size = sizeof request_;
        request_.kind = declared.kind;
        request_.prefixes = prefixes_.data();
        request_.prefix_count = prefixes_.size();
        request_.name = borrowed(declared.name);
        request_.help = borrowed(declared.help);
        request_.unit = borrowed(declared.unit);
        request_.labels = labels_.data();
        request_.label_count = labels_.size();
        request_.label_names = label_names_.data();
        request_.label_name_count = label_names_.size();
        if (declared.buckets) {
            // A list without a bound is not the one that nobody gave.
            static const double kNone = 0;
            request_.bounds = declared.buckets->empty() ? &kNone : declared.buckets->data();
            request_.bound_count = declared.buckets->size();
        }
        request_.schema = declared.schema;
        request_.min_exponent = declared.min_exponent;
        request_.max_exponent = declared.max_exponent;
        request_.is_signed = declared.is_signed ? 1 : 0;
        request_.states = states_.data();
        request_.state_count = states_.size();
        request_.aliases = aliases_.data();
        request_.alias_count = aliases_.size();
        request_.limit = declared.limit;
    }
    Request(const Request &) = delete;
    Request &operator=(const Request &) = delete;

    const libnv_request_v1 *get() const { return &request_; }

private:
    std::vector<libnv_str> prefixes_;
    std::vector<libnv_label> labels_;
    std::vector<libnv_str> label_names_;
    std::vector<libnv_str> states_;
    std::vector<libnv_str> aliases_;
    libnv_request_v1 request_{};
};

/// What there is room for in a set, each once and none empty.
std::vector<std::string> usable(const std::vector<std::string> &states) {
    std::vector<std::string> all;
    for (const std::string &state : states) {
        const bool is_there = std::find(all.begin(), all.end(), state) != all.end();
        if (!state.empty() && !is_there && all.size() < 64) all.push_back(state);
    }
    if (all.empty()) all.emplace_back("none");
    return all;
}

/// A family of that kind in a registry that nobody reads.
FamilyHandle detached(const Open &open, const Declaration &declared) {
    Declaration usable_one;
    usable_one.kind = declared.kind;
    usable_one.name = "detached";
    if (declared.kind == LIBNV_STATE_SET) usable_one.states = usable(declared.states);
    for (std::size_t at = 0; at < declared.label_names.size(); ++at) {
        usable_one.label_names.push_back("label_" + std::to_string(at));
    }
    return std::get<FamilyHandle>(Subject(open(), open).try_family(usable_one));
}

std::string page_of(const Endpoint &of,
                    libnv_status (*write)(void *, std::uint32_t, libnv_sink, void *),
                    std::uint32_t format) {
    std::string page;
    const auto sink = [](void *context, const char *data, std::size_t len) {
        static_cast<std::string *>(context)->append(data, len);
    };
    const libnv_status status = write(of.self.get(), format, sink, &page);
    if (status != LIBNV_OK) throw std::runtime_error("no page: " + refusal(of, status).whole());
    return page;
}

} // namespace

std::pair<libnv_value_v1, std::vector<std::uint64_t>> Handle::read() const {
    std::vector<std::uint64_t> counts(slot_->buckets != nullptr ? slot_->buckets->count : 0);
    libnv_value_v1 value{};
    value.struct_size = sizeof value;
    value.buckets = counts.data();
    value.capacity = counts.size();
    const libnv_status status = slot_->registry->value(of_.self.get(), slot_.get(), &value);
    if (status != LIBNV_OK) throw std::runtime_error("no value: " + refusal(of_, status).whole());
    return {value, std::move(counts)};
}

FamilyHandle::FamilyHandle(Endpoint of, Open open, libnv_family *family, Declaration declaration)
    : of_(of), open_(std::move(open)),
      family_(family,
              [of](libnv_family *last) { of.functions->release_family(of.self.get(), last); }),
      declaration_(std::move(declaration)),
      states_(std::make_shared<const std::vector<std::string>>(declaration_.states)) {}

Outcome<Handle> FamilyHandle::try_look_up(const std::vector<std::string> &values) const {
    const std::vector<libnv_str> all = borrowed(values);
    libnv_slot_v1 *slot = nullptr;
    const libnv_status status =
        of_.functions->look_up(of_.self.get(), family_.get(), all.data(), all.size(), &slot);
    if (status != LIBNV_OK) return refusal(of_, status);
    return Handle(of_, slot, states_);
}

Handle FamilyHandle::look_up(const std::vector<std::string> &values) const {
    Outcome<Handle> found = try_look_up(values);
    if (const Refusal *refused = refusal_of(found)) {
        report(of_, declaration_.name, *refused);
        Declaration single = declaration_;
        single.label_names.clear();
        return std::get<Handle>(detached(open_, single).try_look_up({}));
    }
    return std::get<Handle>(std::move(found));
}

bool FamilyHandle::remove(const std::vector<std::string> &values) const {
    const std::vector<libnv_str> all = borrowed(values);
    std::uint32_t removed = 0;
    const libnv_status status =
        of_.functions->remove(of_.self.get(), family_.get(), all.data(), all.size(), &removed);
    if (status != LIBNV_OK) throw std::runtime_error(refusal(of_, status).whole());
    return removed != 0;
}

Outcome<FamilyHandle> Subject::try_family(const Declaration &declaration) const {
    const Request request(declaration, prefixes_, labels_);
    libnv_family *family = nullptr;
    const libnv_status status = of_.functions->family(of_.self.get(), request.get(), &family);
    if (status != LIBNV_OK) return refusal(of_, status);
    return FamilyHandle(of_, open_, family, declaration);
}

FamilyHandle Subject::family(const Declaration &declaration) const {
    Outcome<FamilyHandle> made = try_family(declaration);
    if (const Refusal *refused = refusal_of(made)) {
        report(of_, declaration.name, *refused);
        return detached(open_, declaration);
    }
    return std::get<FamilyHandle>(std::move(made));
}

Outcome<Handle> Subject::try_create(const Declaration &declaration) const {
    Outcome<FamilyHandle> made = try_family(declaration);
    if (const Refusal *refused = refusal_of(made)) return *refused;
    return std::get<FamilyHandle>(made).try_look_up({});
}

Handle Subject::create(const Declaration &declaration) const {
    Outcome<Handle> made = try_create(declaration);
    if (const Refusal *refused = refusal_of(made)) {
        report(of_, declaration.name, *refused);
        return std::get<Handle>(detached(open_, declaration).try_look_up({}));
    }
    return std::get<Handle>(std::move(made));
}

std::optional<Refusal> Subject::refused() const {
    const Request request(Declaration(), prefixes_, labels_);
    const libnv_status status = of_.functions->check_scope(of_.self.get(), request.get());
    if (status == LIBNV_OK) return std::nullopt;
    return refusal(of_, status);
}

Outcome<Subject> Subject::try_scope(const std::string &prefix, const Pairs &labels) const {
    Subject scope = *this;
    scope.prefixes_.push_back(prefix);
    scope.labels_.insert(scope.labels_.end(), labels.begin(), labels.end());
    if (auto refused = scope.refused()) return *refused;
    return scope;
}

Subject Subject::scope(const std::string &prefix, const Pairs &labels) const {
    Subject scope = *this;
    const auto widen = [&](const std::string &name, const std::string &by, const Pairs &with) {
        Outcome<Subject> wider = scope.try_scope(by, with);
        if (const Refusal *refused = refusal_of(wider)) {
            report(of_, name, *refused);
        } else {
            scope = std::get<Subject>(std::move(wider));
        }
    };
    widen(prefix, prefix, {});
    for (const auto &label : labels) widen(label.first, "", {label});
    return scope;
}

std::string Subject::text() const {
    return page_of(of_, of_.functions->write_page, LIBNV_TEXT);
}

Json Subject::page() const {
    return Json::parse(page_of(of_, of_.functions->write_page, LIBNV_JSON));
}

Json Subject::self_page() const {
    return Json::parse(page_of(of_, of_.functions->write_self_page, LIBNV_JSON));
}

} // namespace libnv::conformance
