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


ROUNDS, CXX, PYTHON = 10, 4, 2


def main() -> None:
    """Count in both languages, and print the page."""
    container = dynamometer.Container("engine")
    tokens = container.counter("tokens_total", "Tokens.", ["language"])
    with tempfile.TemporaryDirectory() as folder:
        decoder = ctypes.CDLL(str(build(Path(folder))))
        for _ in range(ROUNDS):
            decoder.decode(CXX)
            tokens.labels("all").inc(PYTHON)
            tokens.labels("python").inc(PYTHON)
    print(container.export_prometheus())
    assert tokens.labels("all").value == ROUNDS * (CXX + PYTHON)
    assert tokens.labels("cxx").value == ROUNDS * CXX


if __name__ == "__main__":
    main()
