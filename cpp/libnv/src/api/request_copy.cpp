#include "api/request_copy.hpp"

#include <algorithm>
#include <cstring>

#include "api/text.hpp"

namespace libnv::api {

RequestCopy::RequestCopy(const libnv_request_v1 &request) {
    std::memcpy(&request_, &request, std::min(request.struct_size, sizeof request_));
    request_.struct_size = sizeof request_;
    request_.prefixes = kept(request_.prefixes, request_.prefix_count);
    request_.name = kept(request_.name);
    request_.asked = kept(request_.asked);
    request_.help = kept(request_.help);
    request_.unit = kept(request_.unit);
    request_.labels = kept(request_.labels, request_.label_count);
    request_.label_names = kept(request_.label_names, request_.label_name_count);
    request_.states = kept(request_.states, request_.state_count);
    request_.aliases = kept(request_.aliases, request_.alias_count);
    if (request_.bounds != nullptr) {
        bounds_.assign(request_.bounds, request_.bounds + request_.bound_count);
        // An empty list of bounds is not the absence of one.
        bounds_.reserve(1);
        request_.bounds = bounds_.data();
    }
}

libnv_str RequestCopy::kept(const libnv_str &text) {
    return to_str(texts_.emplace_back(to_view(text)));
}

const libnv_str *RequestCopy::kept(const libnv_str *texts, std::size_t count) {
    if (texts == nullptr || count == 0) return nullptr;
    auto &list = text_lists_.emplace_back();
    list.reserve(count);
    for (std::size_t at = 0; at < count; ++at) list.push_back(kept(texts[at]));
    return list.data();
}

const libnv_label *RequestCopy::kept(const libnv_label *labels, std::size_t count) {
    if (labels == nullptr || count == 0) return nullptr;
    labels_.reserve(count);
    for (std::size_t at = 0; at < count; ++at) {
        labels_.push_back({kept(labels[at].name), kept(labels[at].value)});
    }
    return labels_.data();
}

} // namespace libnv::api
