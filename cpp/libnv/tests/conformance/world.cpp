#include "world.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "mismatch.hpp"
#include "words.hpp"

namespace libnv::conformance {
namespace {

Pairs pairs_of(const Json &step) {
    Pairs pairs;
    if (step.contains("labels")) {
        for (const Json &pair : step["labels"]) pairs.emplace_back(pair[0], pair[1]);
    }
    return pairs;
}

template <class Value>
Value field_or(const Json &json, const char *key, Value otherwise) {
    return json.contains(key) ? json[key].get<Value>() : otherwise;
}

Declaration declaration_of(const Json &step) {
    using Texts = std::vector<std::string>;
    Declaration declared;
    declared.kind = kind_of(step["create"]);
    declared.name = step["name"];
    declared.help = field_or<std::string>(step, "help", "");
    declared.unit = field_or<std::string>(step, "unit", "");
    declared.labels = pairs_of(step);
    if (step.contains("buckets")) {
        declared.buckets.emplace();
        for (const Json &bound : step["buckets"]) {
            declared.buckets->push_back(Number(bound).as_double());
        }
    }
    if (step.contains("layout")) {
        const Json &layout = step["layout"];
        declared.schema = field_or(layout, "schema", declared.schema);
        declared.min_exponent = field_or(layout, "min_exponent", declared.min_exponent);
        declared.max_exponent = field_or(layout, "max_exponent", declared.max_exponent);
        declared.is_signed = field_or(layout, "signed", false);
    }
    declared.states = field_or<Texts>(step, "states", {});
    declared.aliases = field_or<Texts>(step, "aliases", {});
    declared.label_names = field_or<Texts>(step, "label_names", {});
    declared.limit = field_or<std::uint64_t>(step, "limit", 0);
    return declared;
}

/// A mismatch unless the call failed as the step says, or, where it says nothing, did not fail.
void check_outcome(const Refusal *refusal, const Json &step) {
    const std::string wanted = field_or<std::string>(step, "error", "no error");
    const std::string found = refusal != nullptr ? kind_name(refusal->status) : "no error";
    expect(found == wanted, wanted, refusal != nullptr ? found + ": " + refusal->whole() : found);
    if (refusal == nullptr) return;
    if (step.contains("message")) {
        const std::string message = step["message"];
        expect(refusal->whole() == message, message, refusal->whole());
    }
    expect(!field_or(step, "existing", false) || !refusal->existing.empty(),
           "an error that describes what the name stands for", refusal->whole());
}

} // namespace

World::World(const Open &open, const std::string &prefix)
    : root_(Subject(open(), open).scope(prefix, {})), self_metrics_(root_.self_page()) {}

void World::run(const Json &step) {
    const std::string verb = verb_of(step);
    if (verb == "create" && step.contains("label_names")) {
        create_family(step);
    } else if (verb == "create" || verb == "look_up") {
        if (auto made = verb == "create" ? create(step) : look_up(step)) {
            handles_.insert_or_assign(made->first, std::move(made->second));
        }
    } else if (verb == "remove") {
        remove(step);
    } else if (verb == "scope") {
        scope(step);
    } else if (verb == "drop") {
        expect(handles_.erase(step["drop"]) == 1, "a handle to drop", "none");
    } else if (verb == "on_threads") {
        on_threads(step);
    } else if (verb.compare(0, 7, "expect_") == 0) {
        expect_step(verb, step[verb]);
    } else {
        record(verb, step, nullptr);
    }
}

World::MadeHandle World::create(const Json &step) const {
    const Declaration declared = declaration_of(step);
    const bool is_refused = step.contains("error");
    // Only a refusal is counted: threads that create at the same time make series of their own.
    const std::size_t before = is_refused ? series() : 0;
    const Outcome<Handle> attempt = subject(step).try_create(declared);
    check_outcome(refusal_of(attempt), step);
    MadeHandle made;
    if (step.contains("as")) made.emplace(step["as"], subject(step).create(declared));
    expect(!is_refused || series() == before, "as many series as before", "more or fewer");
    return made;
}

void World::create_family(const Json &step) {
    const Declaration declared = declaration_of(step);
    const std::size_t before = series();
    const Outcome<FamilyHandle> attempt = subject(step).try_family(declared);
    check_outcome(refusal_of(attempt), step);
    if (step.contains("as")) {
        families_.insert_or_assign(step["as"], subject(step).family(declared));
    }
    expect(series() == before, "as many series as before", "more or fewer");
}

World::MadeHandle World::look_up(const Json &step) const {
    const FamilyHandle &of = family(step["look_up"]);
    const std::vector<std::string> values = step["values"];
    const bool is_refused = step.contains("error");
    const std::size_t before = is_refused ? series() : 0;
    const Outcome<Handle> attempt = of.try_look_up(values);
    check_outcome(refusal_of(attempt), step);
    MadeHandle made;
    if (step.contains("as")) made.emplace(step["as"], of.look_up(values));
    expect(!is_refused || series() == before, "as many series as before", "more or fewer");
    return made;
}

void World::remove(const Json &step) const {
    const bool is_removed = family(step["remove"]).remove(step["values"]);
    expect(is_removed == step["removed"].get<bool>(), step["removed"].dump(),
           is_removed ? "true" : "false");
}

void World::scope(const Json &step) {
    const Subject &parent = subject(step);
    const std::string prefix = step["scope"];
    const Pairs labels = pairs_of(step);
    const Outcome<Subject> attempt = parent.try_scope(prefix, labels);
    check_outcome(refusal_of(attempt), step);
    if (step.contains("as")) {
        Subject scope = parent.scope(prefix, labels);
        scopes_.insert_or_assign(step["as"], std::move(scope));
    }
}

void World::on_threads(const Json &step) const {
    const auto count = step["on_threads"].get<std::size_t>();
    std::mutex mutex;
    std::condition_variable begun;
    std::size_t waiting = 0;
    std::exception_ptr failure;
    const auto work = [&] {
        {
            std::unique_lock<std::mutex> held(mutex);
            ++waiting;
            begun.notify_all();
            begun.wait(held, [&] { return waiting == count; });
        }
        try {
            on_one_thread(step);
        } catch (...) {
            const std::lock_guard<std::mutex> held(mutex);
            failure = std::current_exception();
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t at = 0; at < count; ++at) threads.emplace_back(work);
    for (std::thread &thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
}

void World::on_one_thread(const Json &step) const {
    Handles own;
    const auto repeat = field_or<std::size_t>(step, "repeat", 1);
    for (std::size_t round = 0; round < repeat; ++round) {
        for (const Json &inner : step["steps"]) {
            const std::string verb = verb_of(inner);
            if (verb != "create" && verb != "look_up") {
                record(verb, inner, &own);
            } else if (auto made = verb == "create" ? create(inner) : look_up(inner)) {
                own.insert_or_assign(made->first, std::move(made->second));
            }
        }
    }
}

const Subject &World::subject(const Json &step) const {
    return step.contains("in") ? scopes_.at(step["in"]) : root_;
}

const FamilyHandle &World::family(const std::string &name) const {
    return families_.at(name);
}

const Handle &World::handle(const std::string &name) const {
    return handles_.at(name);
}

std::size_t World::series() const {
    std::size_t all = 0;
    const Json page = root_.page();
    for (const Json &family : page["families"]) all += family["series"].size();
    return all;
}

} // namespace libnv::conformance
