"""Makes a program of every C++ block of a page in Markdown.

usage: extract.py PAGE FOLDER

A block without a `main` becomes the body of one, after the line of MAIN that
makes a container; its includes are put before. Prints the names of the files, one a line. They keep the lines of
the page, for the messages of the compiler.
"""

import re
import sys
from pathlib import Path

BLOCK = re.compile(r"^```cpp\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BEFORE = """#undef NDEBUG
#include <cassert>
#include <libnv/libnv.hpp>
"""
MAIN = """int main() {
libnv::Container container = libnv::Container::open("worker").scope("llm");
"""


def program(block, line, page):
    """Returns the source of one block that begins at a line of the page."""
    place = f'#line {line} "{page}"\n'
    if re.search(r"^int main\(", block, re.MULTILINE):
        return BEFORE + place + block
    lines = block.splitlines(keepends=True)
    includes = [text for text in lines if text.startswith("#include")]
    body = [text if text not in includes else "\n" for text in lines]
    return BEFORE + "".join(includes) + MAIN + place + "".join(body) + "}\n"


def main():
    page, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    text = page.read_text()
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start(1)) + 1
        path = folder / f"line_{line}.cpp"
        source = program(found.group(1), line, page)
        if not path.exists() or path.read_text() != source:
            path.write_text(source)
        print(path.name)


if __name__ == "__main__":
    main()
