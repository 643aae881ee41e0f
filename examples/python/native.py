"""Python and C++ in one process count into one series."""

import ctypes
import subprocess
import tempfile
from pathlib import Path

import dynamometer

INCLUDE = Path(__file__).parents[2] / "cpp" / "libnv" / "include"

LIBRARY = """
#include <libnv/libnv.hpp>

extern "C" void decode(unsigned tokens) {
    static const auto family = libnv::Container().counter_family("tokens_total", {"language"});
    family.with_label_values({"all"}).inc_by(tokens);
    family.with_label_values({"cxx"}).inc_by(tokens);
}
"""


def build(folder: Path) -> Path:
    """Compile a library against the headers; it links nothing of ours."""
    source, library = folder / "decoder.cpp", folder / "libdecoder.so"
    source.write_text(LIBRARY)
    flags = ["-std=c++17", "-O2", "-fPIC", "-shared", "-DLIBNV_LATE_BIND"]
    subprocess.run(["c++", *flags, source, "-I", INCLUDE, "-o", library], check=True)
    return library


def main() -> None:
    """Count in both languages, and print the page."""
    container = dynamometer.Container("engine")
    tokens = container.counter("tokens_total", "Tokens.", ["language"])
    with tempfile.TemporaryDirectory() as folder:
        decoder = ctypes.CDLL(str(build(Path(folder))))
        for _ in range(10):
            decoder.decode(4)
            tokens.labels("all").inc(2)
            tokens.labels("python").inc(2)
    print(container.export_prometheus())
    assert tokens.labels("all").value == 60
    assert tokens.labels("cxx").value == 40


if __name__ == "__main__":
    main()
