#include "source/text.hpp"

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "registry/quoted.hpp"
#include "source/draft.hpp"
#include "source/scanner.hpp"

namespace libnv::source {
namespace {

using registry::Kind;
using registry::quoted;

std::optional<Kind> kind_of(std::string_view word) {
    constexpr std::pair<std::string_view, Kind> kKinds[] = {
        {"counter", Kind::kCounter},     {"gauge", Kind::kGauge},     {"untyped", Kind::kUnknown},
        {"histogram", Kind::kHistogram}, {"summary", Kind::kSummary},
    };
    for (const auto &[known, kind] : kKinds) {
        if (known == word) {
            return kind;
        }
    }
    return std::nullopt;
}

/// A help text without its escapes.
std::string unescaped(std::string_view text) {
    std::string help;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_escape = text[at] == '\\' && at + 1 < text.size();
        if (is_escape && text[at + 1] == 'n') {
            help += '\n';
            ++at;
        } else {
            help += text[at];
            at += is_escape && text[at + 1] == '\\' ? 1 : 0;
        }
    }
    return help;
}

/// A page that is being read.
class Page {
public:
    void read(std::string_view line, std::size_t number) {
        Scanner scanner(line, number);
        if (line.empty() || line.find_first_not_of(" \t") == std::string_view::npos) {
            return;
        }
        if (line[0] == '#') {
            read_comment(scanner);
            return;
        }
        Sample sample = scanner.sample();
        const auto [family, suffix] = owner(sample.name);
        family->add(std::move(sample), suffix, scanner);
    }

    registry::Snapshot finish() const {
        registry::Snapshot snapshot;
        for (const auto &[name, draft] : drafts_) {
            if (draft.has_lines()) {
                snapshot.families.push_back(draft.finish());
            }
        }
        return snapshot;
    }

private:
    void read_comment(Scanner &scanner) {
        if (scanner.token() != "#") {
            return;
        }
        const std::string_view what = scanner.token();
        if (what == "HELP") {
            draft(scanner).set_help(unescaped(scanner.rest()));
        } else if (what == "TYPE") {
            Draft &own = draft(scanner);
            const std::string word(scanner.token());
            const auto kind = kind_of(word);
            if (!kind.has_value() || !scanner.rest().empty()) {
                scanner.fail(quoted(word) + " is no type");
            }
            const bool is_other = own.kind() != *kind && (own.is_typed() || own.has_lines());
            if (is_other) {
                scanner.fail("a type is given to a family that has another");
            }
            own.set_kind(*kind);
        }
    }

    Draft &draft(Scanner &scanner) {
        std::string name = scanner.name();
        // Blanks end the name.
        if (!scanner.rest().empty() && scanner.rest()[0] != ' ' && scanner.rest()[0] != '\t') {
            scanner.fail(quoted(name) + " goes on with what no name has");
        }
        Draft &own = named(name);
        std::string_view rest = scanner.rest();
        rest.remove_prefix(rest.empty() ? 0 : 1);
        scanner.skip_to(rest);
        return own;
    }

    Draft &named(const std::string &name) { return drafts_.try_emplace(name, name).first->second; }

    /// The family that a line of this name belongs to, and what its name has behind that.
    std::pair<Draft *, std::string_view> owner(const std::string &name) {
        constexpr std::array<std::string_view, 3> kSuffixes = {"_bucket", "_sum", "_count"};
        for (const std::string_view suffix : kSuffixes) {
            if (name.size() <= suffix.size() ||
                std::string_view(name).substr(name.size() - suffix.size()) != suffix) {
                continue;
            }
            const auto known = drafts_.find(name.substr(0, name.size() - suffix.size()));
            if (known == drafts_.end()) {
                continue;
            }
            const Kind kind = known->second.kind();
            if (kind == Kind::kHistogram || (kind == Kind::kSummary && suffix != "_bucket")) {
                return {&known->second, suffix};
            }
        }
        return {&named(name), {}};
    }

    std::map<std::string, Draft> drafts_;
};

bool is_openmetrics(std::string_view page) {
    constexpr std::string_view kEnd = "# EOF";
    if (!page.empty() && page.back() == '\n') {
        page.remove_suffix(1);
    }
    const bool ends_so =
        page.size() >= kEnd.size() && page.substr(page.size() - kEnd.size()) == kEnd;
    return ends_so && (page.size() == kEnd.size() || page[page.size() - kEnd.size() - 1] == '\n');
}

} // namespace

registry::Snapshot read_text(std::string_view text) {
    if (!registry::is_utf8(text)) {
        throw FormatError(1, "the page is not UTF-8");
    }
    if (is_openmetrics(text)) {
        throw FormatError(1, "the page is OpenMetrics, which is not read; Prometheus text is");
    }
    Page page;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) {
            throw FormatError(number, "the last line is not ended");
        }
        page.read(text.substr(0, end), number);
        text.remove_prefix(end + 1);
    }
    return page.finish();
}

} // namespace libnv::source
