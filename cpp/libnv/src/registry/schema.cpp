#include "registry/schema.hpp"

#include <algorithm>
#include <cstring>

namespace libnv::registry {
namespace {

bool take(std::string_view &rest, const char *data, std::size_t length) noexcept {
    if (rest.size() < length || (length != 0 && std::memcmp(rest.data(), data, length) != 0)) {
        return false;
    }
    rest.remove_prefix(length);
    return true;
}

} // namespace

Schema::Schema(std::vector<Label> constant, std::vector<std::string> names)
    : constant_(std::move(constant)), names_(std::move(names)) {
    for (const auto &[name, value] : constant_) {
        constant_hash_ += LabelHash(name)(value);
    }
    struct Place {
        std::string_view name;
        const std::string *value;
        std::size_t at;
    };
    std::vector<Place> places;
    for (const auto &[name, value] : constant_) {
        places.push_back({name, &value, 0});
    }
    for (std::size_t at = 0; at < names_.size(); ++at) {
        places.push_back({names_[at], nullptr, at});
    }
    std::sort(places.begin(), places.end(),
              [](const Place &a, const Place &b) { return a.name < b.name; });
    std::string before = places.empty() ? " " : "{";
    for (const Place &place : places) {
        if (&place != &places.front()) {
            before += ',';
        }
        if (place.value != nullptr) {
            const std::string one = label_text({{place.name, *place.value}});
            before += pairs_of(one);
            continue;
        }
        before.append(place.name).append("=\"");
        fixed_ += before.size();
        form_.append(before).push_back('\0');
        parts_.push_back({place.at, LabelHash(place.name), std::move(before)});
        before = "\"";
    }
    behind_ = places.empty() ? before : before + "} ";
    form_ += behind_;
    fixed_ += behind_.size();
}

std::uint64_t Schema::hash(const libnv_str *values) const noexcept {
    std::uint64_t sum = constant_hash_;
    for (const Part &part : parts_) {
        sum += part.hash({values[part.at].data, values[part.at].len});
    }
    return sum;
}

std::string Schema::text(const libnv_str *values) const {
    std::vector<std::pair<std::string_view, std::string_view>> all(constant_.begin(),
                                                                   constant_.end());
    for (std::size_t at = 0; at < names_.size(); ++at) {
        all.emplace_back(names_[at], std::string_view(values[at].data, values[at].len));
    }
    return label_text(std::move(all));
}

bool Schema::matches(const std::string &text, const libnv_str *values) const noexcept {
    std::size_t length = fixed_;
    for (const Part &part : parts_) {
        length += values[part.at].len;
    }
    if (text.size() != length) {
        return false;
    }
    std::string_view rest = text;
    for (const Part &part : parts_) {
        const libnv_str &value = values[part.at];
        if (!take(rest, part.before.data(), part.before.size()) ||
            !take(rest, value.data, value.len)) {
            return false;
        }
    }
    return true;
}

} // namespace libnv::registry
