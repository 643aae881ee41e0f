"""The metrics of this process, read through libnv's C ABI."""

import ctypes
import re

OK = 0
TEXT = 0


class Registry(ctypes.Structure):
    """`libnv_registry_v1`, as far as it is used here."""

    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("abi", ctypes.c_uint32),
        ("language", ctypes.c_char_p),
        ("backend", ctypes.c_char_p),
        ("check_scope", ctypes.c_void_p),
        ("family", ctypes.c_void_p),
        ("release_family", ctypes.c_void_p),
        ("look_up", ctypes.c_void_p),
        ("remove", ctypes.c_void_p),
        ("drop_slot", ctypes.c_void_p),
        ("notify", ctypes.c_void_p),
        ("value", ctypes.c_void_p),
        ("write_page", ctypes.c_void_p),
    ]


class Api(ctypes.Structure):
    """`libnv_api_v1`, as far as it is used here."""

    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("abi", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
        ("version", ctypes.c_char_p),
        ("cells", ctypes.c_void_p),
        ("registry", ctypes.POINTER(Registry)),
        ("process", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("close", ctypes.c_void_p),
        ("attach", ctypes.c_void_p),
        ("detach", ctypes.c_void_p),
        ("doctor", ctypes.c_void_p),
        ("each_copy", ctypes.c_void_p),
        ("each_refusal", ctypes.c_void_p),
        ("count_unbound", ctypes.c_void_p),
        ("serve", ctypes.c_void_p),
        ("port", ctypes.c_void_p),
        ("stop", ctypes.c_void_p),
    ]


class ServeOptions(ctypes.Structure):
    """`libnv_serve_v1`."""

    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("host", ctypes.c_char_p),
        ("host_length", ctypes.c_size_t),
        ("port", ctypes.c_uint16),
    ]


SINK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
WRITE_PAGE = ctypes.CFUNCTYPE(
    ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint32, SINK, ctypes.c_void_p
)
SERVE = ctypes.CFUNCTYPE(
    ctypes.c_int32, ctypes.POINTER(ServeOptions), ctypes.POINTER(ctypes.c_void_p)
)
PORT = ctypes.CFUNCTYPE(ctypes.c_uint16, ctypes.c_void_p)


class Library:
    """A loaded libnv.so."""

    def __init__(self, path):
        library = ctypes.CDLL(path)
        library.libnv_get_api.restype = ctypes.POINTER(Api)
        library.libnv_get_api.argtypes = [ctypes.c_uint32]
        api = library.libnv_get_api(1)
        if not api:
            raise RuntimeError(f"{path} speaks another version of the ABI")
        self.api = api.contents
        self.write_page = WRITE_PAGE(self.api.registry.contents.write_page)

    def page(self):
        """Returns the page of the process as text."""
        parts = []
        sink = SINK(lambda _, data, size: parts.append(ctypes.string_at(data, size)))
        status = self.write_page(self.api.process, TEXT, sink, None)
        if status != OK:
            raise RuntimeError(f"cannot write the page: status {status}")
        return b"".join(parts).decode()

    def serve(self):
        """Serves the page until the process ends; returns its URL."""
        options = ServeOptions(ctypes.sizeof(ServeOptions), None, 0, 0)
        server = ctypes.c_void_p()
        status = SERVE(self.api.serve)(ctypes.byref(options), ctypes.byref(server))
        if status != OK:
            raise RuntimeError(f"cannot serve the page: status {status}")
        return f"http://127.0.0.1:{PORT(self.api.port)(server)}/metrics"

    def samples(self):
        """Returns the values of the page, by name and labels as written there."""
        return samples(self.page())


def samples(page):
    """Reads the values of a page, by name and sorted labels."""
    values = {}
    for line in page.splitlines():
        if line and not line.startswith("#"):
            name, labels, value = re.fullmatch(r"([^{ ]+)(?:\{(.*)\})? (\S+)", line).groups()
            pairs = re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels or "")
            values[name, *sorted(pairs)] = float(value)
    return values
