"""The package as it is installed."""

import importlib.metadata

import dynamometer


def test_the_package_has_the_version_that_is_installed() -> None:
    assert dynamometer.__version__ == importlib.metadata.version("dynamometer")
