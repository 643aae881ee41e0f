"""What the test runs in processes of its own, one scenario each.

The last line that it prints has the values of the page as JSON, once all that
happened is on it.
"""

import json
import os
import sys
import tempfile
import time
import urllib.request

from libnv import Library, samples

# Long enough for any machine; nobody waits for it where events arrive.
PATIENCE = 60.0

# Post time, transfer time, bytes, request: all are dropped or none.
EVENTS_OF_A_TRANSFER = 4


def wait_for(library, condition):
    """Returns the values of the page, once they fulfil a condition."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        values = library.samples()
        if condition(values):
            return values
        time.sleep(0.001)
    raise SystemExit(f"what was expected did not come within {PATIENCE} s:\n{library.page()}")


def of_agent(values, agent, metric):
    """Returns the value of a metric of an agent."""
    labels = ("agent_name", agent.name), ("hostname", os.uname().nodename)
    return values.get((metric, *labels), 0)


def settled(library, agents):
    """Returns the values of the page, once each agent's last event is on it."""
    for agent in agents:
        agent.close()
    for agent in agents:
        metric, last = "agent_memory_deregistered_total", 2 * agent.size
        wait_for(library, lambda values: of_agent(values, agent, metric) == last)
    # Events come in order, and so a page made after the last has all.
    return library.samples()


def transfers(library):
    """Two agents that write and read, each its own amount."""
    from agent import Agent

    first, second = Agent("first", 1 << 16), Agent("second", 1 << 12)
    for _ in range(40):
        assert first.transfer("WRITE", 12345) == "DONE"
    for _ in range(25):
        assert first.transfer("READ", 4096) == "DONE"
    assert second.transfer("READ", 1) == "DONE"
    return settled(library(), [first, second])


def served(library):
    """The same transfers, read by HTTP as Prometheus does."""
    loaded = library()
    url = loaded.serve()
    transfers(lambda: loaded)
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        return samples(answer.read().decode())


def many(library):
    """More transfers than NIXL's buffer holds, so that it drops events."""
    from agent import Agent

    agent, count = Agent("busy", 4096), int(os.environ["TRANSFERS"])
    for _ in range(count):
        agent.transfer("WRITE", 4096)

    def is_all(values):
        counted = of_agent(values, agent, "agent_tx_requests_num_total")
        dropped = of_agent(values, agent, "agent_telemetry_events_dropped_total")
        return counted + dropped / EVENTS_OF_A_TRANSFER >= count

    # What comes next must not be dropped.
    wait_for(library(), is_all)
    return settled(library(), [agent])


def errors(library):
    """Transfers that NIXL refuses, and one that the file refuses."""
    from agent import Agent

    agent = Agent("failing", 4096)
    for _ in range(3):
        try:
            agent.transfer("WRITE", 4096, remote="nobody")
        except Exception:
            pass
    with tempfile.NamedTemporaryFile() as file:
        os.ftruncate(file.fileno(), 4096)
        read_only = os.open(file.name, os.O_RDONLY)
        agent.agent.register_memory([(0, 4096, read_only, "read-only")], "FILE")
        try:
            agent.transfer("WRITE", 4096, fd=read_only)
        except Exception:
            pass
    return settled(library(), [agent])


def main():
    scenario, path, when = sys.argv[1:]
    if when == "before":
        loaded = Library(path)
        values = globals()[scenario](lambda: loaded)
    else:
        values = globals()[scenario](lambda: Library(path))
    print(json.dumps([[list(key), value] for key, value in values.items()]))


if __name__ == "__main__":
    main()
