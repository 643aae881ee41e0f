#include "text.hpp"

#include <iomanip>
#include <ostream>

#include "problems.hpp"

namespace doctor {
namespace {

constexpr const char *kBold = "\033[1m";
constexpr const char *kGreen = "\033[32m";
constexpr const char *kRed = "\033[31m";

class Writer {
public:
    Writer(std::ostream &out, bool has_colours) : out_(out), has_colours_(has_colours) {}

    void title(const std::string &text) { out_ << painted(text, kBold) << '\n'; }

    template <typename T>
    void row(const std::string &name, const T &value) {
        out_ << "  " << std::left << std::setw(kColumn) << name << value << '\n';
    }

    void line(const std::string &mark, const std::string &text, const char *colour) {
        out_ << "  " << painted(mark, colour) << ' ' << text << '\n';
    }

private:
    std::string painted(const std::string &text, const char *colour) const {
        return has_colours_ ? colour + text + "\033[0m" : text;
    }

    static constexpr int kColumn = 18;
    std::ostream &out_;
    bool has_colours_;
};

void write_copies(Writer &writer, const Findings &findings) {
    writer.title("copies");
    for (const Copy &copy : findings.copies) {
        const std::string abi = "  (ABI " + std::to_string(copy.abi) + ")";
        if (copy.is_refused) {
            writer.line("refused", copy.path + abi, kRed);
        } else if (copy.is_owner) {
            writer.line("owner  ", copy.path + abi, kGreen);
        } else {
            writer.line("joined ", copy.path + abi, "");
        }
    }
    if (findings.copies.empty()) writer.row("none", "");
}

void write_statistics(Writer &writer, const Statistics &counts) {
    writer.title("registry");
    writer.row("host", counts.is_hosted ? counts.host_language + ", " + counts.host_backend
                                        : std::string("none: libnv's own"));
    if (!counts.service_name.empty()) writer.row("service", counts.service_name);
    writer.row("series", counts.series);
    writer.row("detached handles", counts.detached);
    writer.row("unbound handles", counts.unbound);
    writer.row("refusals", counts.refusals);
    writer.title("cells");
    writer.row("slabs", counts.slabs);
    writer.row("leased now", counts.leased);
    writer.row("leases so far", counts.leases);
    writer.row("without a slab", std::to_string(counts.fallback_records) + " records");
}

} // namespace

void write_text(std::ostream &out, const Findings &findings, bool has_colours) {
    Writer writer(out, has_colours);
    write_copies(writer, findings);
    if (findings.table != 0) {
        writer.title("in force");
        writer.row("version", findings.version);
        if (!findings.cells_language.empty()) writer.row("cells", findings.cells_language);
        if (!findings.cells_path.empty()) writer.row("cells of", findings.cells_path);
    }
    if (findings.statistics) write_statistics(writer, *findings.statistics);
    if (!findings.latest_refusals.empty()) writer.title("latest refusals");
    for (const Refusal &refusal : findings.latest_refusals) {
        writer.line(refusal.name + ":", refusal.message, kRed);
    }
    const auto problems = problems_of(findings);
    writer.title(problems.empty() ? "all is well" : "problems");
    for (const std::string &problem : problems) {
        writer.line("-", problem, kRed);
    }
}

void write_text(std::ostream &out, const Explanation &explanation, bool has_colours) {
    Writer writer(out, has_colours);
    writer.title(explanation.name + (explanation.is_present ? ": present" : ": absent"));
    for (const std::string &reason : explanation.reasons) {
        writer.line("-", reason, explanation.is_present ? kGreen : kRed);
    }
}

} // namespace doctor
