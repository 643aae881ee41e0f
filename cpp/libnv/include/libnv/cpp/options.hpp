/* What a metric is declared with, besides its name. */
#ifndef LIBNV_CPP_OPTIONS_HPP
#define LIBNV_CPP_OPTIONS_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "namespace.hpp"

namespace libnv {
inline namespace LIBNV_NAMESPACE {

/* A constant label. */
struct Label {
    std::string name;
    std::string value;
};

using Labels = std::vector<Label>;

/* Resolution and range of the buckets of an exponential histogram. */
struct ExponentialLayout {
    /* 2^schema buckets for each doubling; from 0 to 5. */
    std::int32_t schema = 3;
    /* Magnitudes up to two to this power count as zero; at least -1022. */
    std::int32_t min_exponent = -30;
    /* Magnitudes beyond two to this power share one bucket; at most 1023. */
    std::int32_t max_exponent = 34;
    /* Negative values have buckets too, mirrored. */
    bool is_signed = false;
};

/* How a metric is declared; all of it may be left out.
 *
 * In C++20: `container.gauge("load", {.help = "Work per second.", .unit = "ratio"})`. */
struct Options {
    std::string help = {};
    /* A base unit, such as "seconds" or "bytes"; appended to the name. */
    std::string unit = {};
    Labels labels = {};
    /* Upper bounds of a histogram: finite, increasing, without +Inf. Empty: the default ones,
     * from 5 ms to 10 s. */
    std::vector<double> buckets = {};
    /* Of an exponential histogram. */
    ExponentialLayout layout = {};
    /* Of a state set: at most 64. */
    std::vector<std::string> states = {};
    /* Further names for the same values. */
    std::vector<std::string> aliases = {};
    /* The most series of the family; those beyond share one. 0: a million. */
    std::uint64_t limit = 0;
    /* One set of cells for all threads, changed by atomic adds: for families of very many series
     * that are recorded to seldom, and for code on stackful fibres. */
    bool shared_cells = false;
};

} // namespace LIBNV_NAMESPACE
} // namespace libnv

#endif
