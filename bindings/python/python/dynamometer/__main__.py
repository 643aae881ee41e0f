"""`python -m dynamometer`."""

import sys

from dynamometer.cli import run

if __name__ == "__main__":
    sys.exit(run())
