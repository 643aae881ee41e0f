// The steps that expect.

#include <algorithm>
#include <map>

#include "mismatch.hpp"
#include "registry/exponential.hpp"
#include "world.hpp"

namespace libnv::conformance {
namespace {

void same(const Number &wanted, const Number &found) {
    expect(wanted.is(found), wanted.text(), found.text());
}

/// A handle's histogram as a page has it.
Json histogram_of(const Handle &handle) {
    const auto [value, counts] = handle.read();
    Json buckets = Json::array();
    std::uint64_t total = 0;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        total += counts[at];
        const double bound = handle.slot()->buckets->upper[at];
        const Json le = std::isfinite(bound) ? Json(bound) : Json("+Inf");
        buckets.push_back({{"le", le}, {"count", total}});
    }
    const Json sum = std::isfinite(value.amount) ? Json(value.amount)
                     : std::isnan(value.amount)  ? Json("NaN")
                     : value.amount > 0          ? Json("+Inf")
                                                 : Json("-Inf");
    return {{"count", value.observations}, {"sum", sum}, {"buckets", buckets}};
}

Json side_of(const registry::ExponentialCounts &counts) {
    return {{"first", counts.first}, {"counts", counts.counts}};
}

/// A handle's exponential histogram as a page has it.
Json exponential_of(const Handle &handle) {
    const auto [value, counts] = handle.read();
    const libnv_buckets_v1 &buckets = *handle.slot()->buckets;
    const registry::ExponentialBuckets layout(
        "read",
        {buckets.schema, buckets.min_exponent, buckets.max_exponent, buckets.is_signed != 0});
    const auto read = layout.value(value.amount, counts.data());
    return {{"count", value.observations},
            {"sum", value.amount},
            {"schema", read.schema},
            {"zero_count", read.zero_count},
            {"negative", side_of(read.negative)},
            {"positive", side_of(read.positive)}};
}

void same_totals(const Json &shape, const Json &found) {
    same(Number(shape["count"]), Number(found["count"]));
    same(Number(shape["sum"]), Number(found["sum"]));
}

void same_histogram(const Json &shape, const Json &found) {
    const Json &wanted = shape["buckets"];
    const Json &buckets = found["buckets"];
    bool is_same = wanted.size() == buckets.size();
    for (std::size_t at = 0; is_same && at < wanted.size(); ++at) {
        is_same = Number(wanted[at][0]).is(Number(buckets[at]["le"])) &&
                  Number(wanted[at][1]).is(Number(buckets[at]["count"]));
    }
    expect(is_same, wanted.dump(), buckets.dump());
    same_totals(shape, found);
}

using Counts = std::map<std::int64_t, std::uint64_t>;

Counts wanted_side(const Json &shape, const char *side) {
    Counts counts;
    if (shape.contains(side)) {
        for (const Json &bucket : shape[side]) counts[bucket[0]] = bucket[1];
    }
    return counts;
}

Counts found_side(const Json &side) {
    Counts counts;
    std::int64_t index = side["first"];
    for (const Json &count : side["counts"]) {
        if (count.get<std::uint64_t>() > 0) counts[index] = count;
        ++index;
    }
    return counts;
}

void same_exponential(const Json &shape, const Json &found) {
    same(Number(shape["schema"]), Number(found["schema"]));
    same(Number(shape["zero_count"]), Number(found["zero_count"]));
    for (const char *side : {"positive", "negative"}) {
        expect(wanted_side(shape, side) == found_side(found[side]),
               shape.contains(side) ? shape[side].dump() : "[]", found[side].dump());
    }
    same_totals(shape, found);
}

const Json *find_family(const Json &page, const std::string &name) {
    for (const Json &family : page["families"]) {
        if (family["name"] == name) return &family;
    }
    return nullptr;
}

/// The series of exactly these labels, or null.
const Json *find_series(const Json &page, const std::string &name, const Json &labels) {
    const Json *family = find_family(page, name);
    if (family == nullptr) return nullptr;
    for (const Json &series : (*family)["series"]) {
        const Json &own = series["labels"];
        const bool is_it = own.size() == labels.size() &&
                           std::all_of(labels.begin(), labels.end(), [&](const Json &label) {
                               const std::string key = label[0];
                               return own.contains(key) && own[key] == label[1];
                           });
        if (is_it) return &series;
    }
    return nullptr;
}

Json labels_of(const Json &shape) {
    return shape.contains("labels") ? shape["labels"] : Json::array();
}

void expect_value(const Handle &handle, const Json &wanted) {
    const libnv_value_v1 value = handle.read().first;
    switch (handle.kind()) {
    case LIBNV_COUNTER:
        return same(Number(wanted), Number(value.number));
    case LIBNV_UP_DOWN_COUNTER:
        return same(Number(wanted), Number(value.difference));
    default:
        return same(Number(wanted), Number(value.amount));
    }
}

void expect_states(const Handle &handle, const Json &wanted) {
    Json on = Json::array();
    const std::uint64_t bits = handle.read().first.number;
    for (std::size_t at = 0; at < handle.states().size(); ++at) {
        if ((bits >> at & 1) == 1) on.push_back(handle.states()[at]);
    }
    expect(on == wanted, wanted.dump(), on.dump());
}

void expect_series(const Json &page, const Json &shape) {
    const Json *found = find_series(page, shape["name"], labels_of(shape));
    if (found == nullptr) throw Mismatch(shape.dump(), page.dump());
    if (shape.contains("histogram")) {
        same_histogram(shape["histogram"], *found);
    } else if (shape.contains("exponential")) {
        same_exponential(shape["exponential"], *found);
    } else {
        expect(found->contains("value"), shape["value"].dump(), found->dump());
        same(Number(shape["value"]), Number((*found)["value"]));
    }
}

void expect_family(const Json &page, const Json &shape) {
    const Json *found = find_family(page, shape["name"]);
    if (found == nullptr) throw Mismatch(shape.dump(), page.dump());
    expect((*found)["type"] == shape["kind"], shape.dump(), found->dump());
    for (const char *key : {"help", "unit"}) {
        const Json text = found->contains(key) ? (*found)[key] : Json("");
        expect(!shape.contains(key) || shape[key] == text, shape.dump(), text.dump());
    }
    if (shape.contains("series")) {
        same(Number(shape["series"]), Number(std::uint64_t{(*found)["series"].size()}));
    }
}

std::vector<std::string> lasting_lines(const std::string &page) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    for (std::size_t end = page.find('\n'); end != std::string::npos;
         end = page.find('\n', begin)) {
        std::string line = page.substr(begin, end - begin);
        begin = end + 1;
        // What is measured when somebody looks, the process itself, may change.
        if (line.compare(0, 8, "process_") != 0) lines.push_back(std::move(line));
    }
    return lines;
}

/// The lines of the page; read twice, because reading changes nothing.
std::vector<std::string> lines_of(const Subject &subject) {
    const std::string page = subject.text();
    const std::string again = subject.text();
    expect(lasting_lines(page) == lasting_lines(again), page, again);
    return lasting_lines(page);
}

void expect_lines(const Subject &subject, const Json &wanted) {
    const std::vector<std::string> lines = lines_of(subject);
    for (const Json &line : wanted) {
        const auto times = std::count(lines.begin(), lines.end(), line.get<std::string>());
        expect(times == 1, "once the line " + line.dump(), subject.text());
    }
}

void expect_text(const Subject &subject, const Json &wanted) {
    std::string text;
    for (const Json &line : wanted) text += line.get<std::string>() + "\n";
    lines_of(subject);
    expect(subject.text() == text, text, subject.text());
}

std::uint64_t counted(const Json &self_metrics, const Json &shape) {
    const Json labels = Json::array({Json::array({"reason", shape["reason"]})});
    const Json *found = find_series(self_metrics, shape["name"], labels);
    return found == nullptr ? 0 : (*found)["value"].get<std::uint64_t>();
}

} // namespace

void World::expect_step(const std::string &verb, const Json &what) const {
    if (verb == "expect_value") {
        expect_value(handle(what[0]), what[1]);
    } else if (verb == "expect_histogram") {
        same_histogram(what[1], histogram_of(handle(what[0])));
    } else if (verb == "expect_exponential") {
        same_exponential(what[1], exponential_of(handle(what[0])));
    } else if (verb == "expect_states") {
        expect_states(handle(what[0]), what[1]);
    } else if (verb == "expect_series") {
        expect_series(root_.page(), what);
    } else if (verb == "expect_family") {
        expect_family(root_.page(), what);
    } else if (verb == "expect_absent") {
        const Json page = root_.page();
        const Json *found = what.contains("labels")
                                ? find_series(page, what["name"], what["labels"])
                                : find_family(page, what["name"]);
        expect(found == nullptr, "no " + what.dump(), page.dump());
    } else if (verb == "expect_lines") {
        expect_lines(root_, what);
    } else if (verb == "expect_text") {
        expect_text(root_, what);
    } else {
        const auto grown = counted(root_.self_page(), what) - counted(self_metrics_, what);
        expect(grown >= what["at_least"].get<std::uint64_t>(), what.dump(), std::to_string(grown));
    }
}

} // namespace libnv::conformance
