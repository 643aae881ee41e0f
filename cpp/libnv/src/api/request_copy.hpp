// A request that outlives the call it came with.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include <libnv/libnv.h>

namespace libnv::api {

// Copies a request with all its texts and numbers. Fields that the sender's header did
// not have yet are zero.
class RequestCopy {
public:
    explicit RequestCopy(const libnv_request_v1 &request);
    RequestCopy(const RequestCopy &) = delete;
    RequestCopy &operator=(const RequestCopy &) = delete;

    const libnv_request_v1 &get() const noexcept { return request_; }

private:
    libnv_str kept(const libnv_str &text);
    const libnv_str *kept(const libnv_str *texts, std::size_t count);
    const libnv_label *kept(const libnv_label *labels, std::size_t count);

    libnv_request_v1 request_{};
    // Lists whose elements do not move when more are added.
    std::deque<std::string> texts_;
    std::deque<std::vector<libnv_str>> text_lists_;
    std::vector<libnv_label> labels_;
    std::vector<double> bounds_;
};

} // namespace libnv::api
