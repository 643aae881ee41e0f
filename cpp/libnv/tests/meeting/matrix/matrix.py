"""Builds the copies of libnv by both compilers with both visibilities, and lets them meet.

matrix.py build VARIANT DIRECTORY   builds one variant, such as g++-hidden
matrix.py run DIRECTORY             runs all pairs of choices; all choices where DYN_TEST_FULL=1
"""

import itertools
import os
import pathlib
import subprocess
import sys

VARIANTS = ["g++-default", "g++-hidden", "clang++-default", "clang++-hidden"]
CHOICES = [
    VARIANTS,  # the executable
    VARIANTS,  # the library that it links
    VARIANTS,  # the library that it opens
    ["own", "one", "two", "late"],
    ["".join(order) for order in itertools.permutations("elo")],
]


def build(variant, directory):
    compiler, visibility = variant.rsplit("-", 1)
    source = pathlib.Path(__file__).parent
    subprocess.run(
        ["cmake", "-S", source, "-B", directory, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug"]
        + [f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_CXX_VISIBILITY_PRESET={visibility}"]
        + ["-DCMAKE_CXX_FLAGS_DEBUG=-O0"],
        check=True,
    )
    subprocess.run(["cmake", "--build", directory, "--parallel", "2"], check=True)


def pairs(case):
    return {pair for pair in itertools.combinations(enumerate(case), 2)}


def pairwise(cases):
    """Picks cases until every pair of choices is in one of them."""
    missing = set().union(*map(pairs, cases))
    while missing:
        best = max(cases, key=lambda case: len(pairs(case) & missing))
        missing -= pairs(best)
        yield best


def run(directory):
    cases = list(itertools.product(*CHOICES))
    is_full = os.environ.get("DYN_TEST_FULL") == "1"
    chosen = cases if is_full else list(pairwise(cases))
    failed = 0
    for executable, linked, loaded, sharing, order in chosen:
        paths = [directory / linked, directory / loaded]
        environment = dict(os.environ, LD_LIBRARY_PATH=":".join(map(str, paths)))
        command = [
            directory / executable / f"matrix_{sharing}",
            order,
            directory / loaded / f"libloaded_{sharing}.so",
        ]
        result = subprocess.run(
            command, env=environment, stderr=subprocess.PIPE, text=True, timeout=60
        )
        if result.returncode != 0:
            failed += 1
            print(
                f"executable {executable}, linked {linked}, loaded {loaded}, {sharing}, {order}: "
                f"exit status {result.returncode}\n{result.stderr}"
            )
    print(f"{len(chosen)} of {len(cases)} combinations ran, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(sys.argv[2], pathlib.Path(sys.argv[3]))
    else:
        sys.exit(run(pathlib.Path(sys.argv[2])))
