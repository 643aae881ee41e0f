"""What a record costs in Python, beside other libraries, in one run.

`cargo xtask bench python` runs it, with a wheel that is built for release.
"""

import sys

from cli import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
