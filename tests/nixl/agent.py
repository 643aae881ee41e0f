"""Agents that write to files and read them by NIXL's POSIX backend."""

import os
import sys
import tempfile
import types

import numpy

# NIXL before 1.4 imports torch, for the name of a type.
sys.modules.setdefault("torch", types.SimpleNamespace(Tensor=numpy.ndarray))

from nixl_cu12._api import nixl_agent, nixl_agent_config  # noqa: E402


class Agent:
    """An agent with a buffer and a file of the same size."""

    def __init__(self, name, size):
        self.name, self.size = name, size
        self.agent = nixl_agent(name, nixl_agent_config(backends=[]))
        self.agent.create_backend("POSIX")
        self.buffer = numpy.full(size, 7, dtype=numpy.uint8)
        self.file = tempfile.TemporaryFile()
        os.ftruncate(self.file.fileno(), size)
        memory = [(self.buffer.ctypes.data, size, 0, "buffer")]
        self.memory = self.agent.register_memory(memory, "DRAM")
        self.storage = self.agent.register_memory([(0, size, self.file.fileno(), "file")], "FILE")

    def transfer(self, operation, size, remote=None, fd=None):
        """Moves the first bytes; returns how it ended: "DONE" or "ERR"."""
        fd = self.file.fileno() if fd is None else fd
        local = self.agent.get_xfer_descs([(self.buffer.ctypes.data, size, 0)], "DRAM")
        file = self.agent.get_xfer_descs([(0, size, fd)], "FILE")
        handle = self.agent.initialize_xfer(operation, local, file, remote or self.name)
        state = self.agent.transfer(handle)
        while state == "PROC":
            state = self.agent.check_xfer_state(handle)
        self.agent.release_xfer_handle(handle)
        return state

    def close(self):
        """Deregisters what was registered. That is the last event that this agent makes."""
        self.agent.deregister_memory(self.memory)
        self.agent.deregister_memory(self.storage)
