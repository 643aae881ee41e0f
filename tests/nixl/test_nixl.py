"""NIXL's telemetry comes to libnv, exactly.

usage: test_nixl.py --library FILE --command FILE --packages FOLDER

Real NIXL moves real bytes between memory and files on this machine, in processes
of their own. Exits with 77 where NIXL cannot be had, unless it is required.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import packages
import scenarios

HERE = Path(__file__).parent
VERSION = "1.5.1"
OLDEST = "1.3.0"
TOO_OLD = "1.2.0"
SKIPPED = 77
BOUNDS = "10 25 50 100 250 500 1000 2500 5000 10000 25000 50000 100000 250000 500000".split()
BOUNDS += ["1000000", "5000000", "10000000"]

options = None


def run(scenario, version=VERSION, when="before", **variables):
    """Runs a scenario with one NIXL, and returns how it ended."""
    place = packages.fetch(options.packages, version)
    environment = {
        **os.environ,
        "PYTHONPATH": str(place),
        "NIXL_TELEMETRY_ENABLE": "y",
        "NIXL_TELEMETRY_EXPORTER": "libnv",
        "NIXL_TELEMETRY_RUN_INTERVAL": "1",
        "NIXL_TELEMETRY_BUFFER_SIZE": "1048576",
        **variables,
    }
    install(place)
    command = [sys.executable, HERE / "scenarios.py", scenario, options.library, when]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)


def install(place):
    """Links the plug-in into a NIXL by the command that users have."""
    environment = {**os.environ, "PYTHONPATH": str(place)}
    environment.pop("NIXL_PLUGIN_DIR", None)
    command = [options.command, "--install", "--python", sys.executable]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def printed(done):
    """Returns what a scenario printed: its last line, after those of NIXL."""
    if done.returncode != 0:
        raise AssertionError(f"exit code {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def values(done):
    """Reads what a scenario printed, by name and labels but the host's name."""
    found = {}
    for (name, *labels), value in printed(done):
        kept = {label: text for label, text in labels if label != "hostname"}
        found[name, *sorted(kept.items())] = value
    return found


def agent(found, name, **labels):
    """Returns the values of an agent, by name of the metric."""
    wanted = sorted({"agent_name": name, **labels}.items())
    return {key[0]: value for key, value in found.items() if list(key[1:]) == wanted}


class Telemetry(unittest.TestCase):
    maxDiff = None

    def check_transfers(self, found):
        first = agent(found, "first")
        self.assertEqual(first["agent_tx_bytes_total"], 40 * 12345)
        self.assertEqual(first["agent_tx_requests_num_total"], 40)
        self.assertEqual(first["agent_rx_bytes_total"], 25 * 4096)
        self.assertEqual(first["agent_rx_requests_num_total"], 25)
        self.assertEqual(first["agent_memory_registered_total"], 2 << 16)
        self.assertEqual(first["agent_memory_deregistered_total"], 2 << 16)
        self.assertEqual(first["agent_xfer_time_count"], 65)
        self.assertEqual(first["agent_xfer_post_time_count"], 65)
        self.assertGreater(first["agent_xfer_time_sum"], 0)
        self.assertEqual(first["agent_telemetry_events_dropped_total"], 0)
        self.assertEqual(first["agent_telemetry_events_unknown_total"], 0)
        second = agent(found, "second")
        self.assertEqual(second["agent_tx_bytes_total"], 0)
        self.assertEqual(second["agent_rx_bytes_total"], 1)
        self.assertEqual(second["agent_rx_requests_num_total"], 1)
        self.assertEqual(second["agent_memory_registered_total"], 2 << 12)

    def test_bytes_and_requests_are_exact(self):
        self.check_transfers(values(run("transfers")))

    def test_histograms_have_the_bounds_of_nixl(self):
        found = values(run("transfers"))
        for name in ("agent_xfer_time_bucket", "agent_xfer_post_time_bucket"):
            bounds = [dict(key[1:])["le"] for key in found if key[:2] == (name, ("agent_name", "first"))]
            self.assertEqual([float(bound) for bound in bounds[:-1]], [float(b) for b in BOUNDS])
            self.assertEqual(bounds[-1], "+Inf")
            self.assertEqual(found[name, ("agent_name", "first"), ("le", "+Inf")], 65)

    def test_a_library_that_comes_after_the_transfers_loses_nothing(self):
        self.check_transfers(values(run("transfers", when="after")))

    def test_the_page_is_served_to_scrapers(self):
        self.check_transfers(values(run("served")))

    def test_the_machine_is_named(self):
        done = run("transfers")
        hosts = {dict(labels)["hostname"] for (name, *labels), _ in printed(done)
                 if name.startswith("agent_")}
        self.assertEqual(hosts, {os.uname().nodename})

    def test_errors_are_counted_by_status(self):
        found = values(run("errors"))
        by_status = {
            dict(key[1:])["status"]: value
            for key, value in found.items()
            if key[0] == "agent_errors_total"
        }
        self.assertEqual(len(by_status), 12)
        raised = {status: value for status, value in by_status.items() if value}
        self.assertEqual(raised, {"not_found": 3, "backend": 1})

    def test_events_that_nixl_drops_are_counted(self):
        found = agent(values(run("many", TRANSFERS="2000", NIXL_TELEMETRY_BUFFER_SIZE="64",
                                 NIXL_TELEMETRY_RUN_INTERVAL="20")), "busy")
        dropped = found["agent_telemetry_events_dropped_total"]
        self.assertGreater(dropped, 0)
        counted = found["agent_tx_requests_num_total"]
        self.assertEqual(counted + dropped / scenarios.EVENTS_OF_A_TRANSFER, 2000)

    @unittest.skipUnless(os.environ.get("DYN_TEST_FULL") == "1", "fetches another NIXL")
    def test_a_nixl_that_is_too_old_is_refused(self):
        done = run("transfers", version=TOO_OLD)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("older than NIXL 1.3", done.stderr)
        self.assertIn("Failed to load telemetry plugin: libnv", done.stderr)

    @unittest.skipUnless(os.environ.get("DYN_TEST_FULL") == "1", "fetches another NIXL")
    def test_the_oldest_nixl_that_is_not_refused_works(self):
        self.check_transfers(values(run("transfers", version=OLDEST)))


def main():
    global options
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("library", "command", "packages"):
        parser.add_argument(f"--{name}", required=True)
    options, rest = parser.parse_known_args()
    try:
        packages.fetch(options.packages, VERSION)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{'FAILED' if packages.is_required() else 'SKIPPED'}: no NIXL here: {error}")
        sys.exit(1 if packages.is_required() else SKIPPED)
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)


if __name__ == "__main__":
    main()
