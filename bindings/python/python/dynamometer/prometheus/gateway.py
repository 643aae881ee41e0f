"""Pushes a page to a Pushgateway."""

from __future__ import annotations

import base64
import gzip
import socket
import ssl
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any, Literal, TypeAlias
from urllib.error import HTTPError
from urllib.parse import quote_plus, urlparse
from urllib.request import (
    BaseHandler,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    Request,
    build_opener,
)

from .registry import REGISTRY, Collector
from .text import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

try:
    import snappy

    SNAPPY_AVAILABLE = True
except ImportError:
    snappy = None
    SNAPPY_AVAILABLE = False

CompressionType: TypeAlias = Literal["gzip", "snappy"] | None

_FIRST_ERROR = 400

_Headers: TypeAlias = list[tuple[str, Any]]
_Request: TypeAlias = Callable[[], None]


class _PrometheusRedirectHandler(HTTPRedirectHandler):
    """Follows redirects of any method, and sends the data again.

    HTTP asks for the user's consent to that: to use this handler is to give it.
    """

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request:
        """Return the same request for the new address; raises for other codes."""
        method = req.get_method()
        follows_reading = code in (301, 302, 303, 307) and method in ("GET", "HEAD")
        follows_writing = code in (301, 302, 303) and method in ("POST", "PUT")
        if not (follows_reading or follows_writing):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        return Request(
            newurl.replace(" ", "%20"),
            headers=req.headers,
            origin_req_host=req.origin_req_host,
            unverifiable=True,
            data=req.data,
            method=method,
        )


def _make_handler(
    url: str,
    method: str,
    timeout: float | None,
    headers: Iterable[tuple[str, Any]],
    data: bytes,
    base_handler: BaseHandler | type[BaseHandler],
) -> _Request:
    def handle() -> None:
        request = Request(url, data=data, method=method)
        for name, value in headers:
            request.add_header(name, value)
        response = build_opener(base_handler).open(request, timeout=timeout)
        if response.code >= _FIRST_ERROR:
            raise OSError(f"error talking to pushgateway: {response.code} {response.msg}")

    return handle


def default_handler(
    url: str,
    method: str,
    timeout: float | None,
    headers: list[tuple[str, Any]],
    data: bytes,
) -> _Request:
    """Return what sends a request over HTTP or HTTPS."""
    return _make_handler(url, method, timeout, headers, data, HTTPHandler)


def passthrough_redirect_handler(
    url: str,
    method: str,
    timeout: float | None,
    headers: list[tuple[str, Any]],
    data: bytes,
) -> _Request:
    """Return what sends a request, and sends it again where it is redirected to.

    Method, headers and data go to whatever address the answer names: only for a
    server whose redirects are trusted.
    """
    return _make_handler(url, method, timeout, headers, data, _PrometheusRedirectHandler)


def basic_auth_handler(
    url: str,
    method: str,
    timeout: float | None,
    headers: list[tuple[str, Any]],
    data: bytes,
    username: str | None = None,
    password: str | None = None,
) -> _Request:
    """Return what sends a request with a name and a password, if both are given."""

    def handle() -> None:
        sent = list(headers)
        if username is not None and password is not None:
            token = base64.b64encode(f"{username}:{password}".encode())
            sent.append(("Authorization", b"Basic " + token))
        default_handler(url, method, timeout, sent, data)()

    return handle


def tls_auth_handler(
    url: str,
    method: str,
    timeout: float | None,
    headers: list[tuple[str, Any]],
    data: bytes,
    certfile: str,
    keyfile: str,
    cafile: str | None = None,
    protocol: int = ssl.PROTOCOL_TLS_CLIENT,
    insecure_skip_verify: bool = False,
) -> _Request:
    """Return what sends a request over TLS, with a certificate of its own.

    The certificate of the server and its name are checked, unless
    `insecure_skip_verify` says otherwise.
    """
    context = ssl.SSLContext(protocol=protocol)
    if cafile is not None:
        context.load_verify_locations(cafile)
    else:
        context.load_default_certs()
    if insecure_skip_verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(certfile=certfile, keyfile=keyfile)
    return _make_handler(url, method, timeout, headers, data, HTTPSHandler(context=context))


def push_to_gateway(
    gateway: str,
    job: str,
    registry: Collector | None,
    grouping_key: dict[str, Any] | None = None,
    timeout: float | None = 30,
    handler: Callable[..., _Request] = default_handler,
    compression: CompressionType = None,
) -> None:
    """Put the page of a registry in the place of all that the gateway has of the job.

    That is, of the job and the `grouping_key`. `gateway` is a host with its port,
    or an address with `http` or `https`. `timeout` is in seconds; None waits for
    ever. `handler(url, method, timeout, headers, data)` returns what sends the
    request, and raises where that fails.
    """
    _use_gateway("PUT", gateway, job, registry, grouping_key, timeout, handler, compression)


def pushadd_to_gateway(
    gateway: str,
    job: str,
    registry: Collector | None,
    grouping_key: dict[str, Any] | None = None,
    timeout: float | None = 30,
    handler: Callable[..., _Request] = default_handler,
    compression: CompressionType = None,
) -> None:
    """Put each family in the place of the one of that name that the gateway has.

    The arguments are those of `push_to_gateway`.
    """
    _use_gateway("POST", gateway, job, registry, grouping_key, timeout, handler, compression)


def delete_from_gateway(
    gateway: str,
    job: str,
    grouping_key: dict[str, Any] | None = None,
    timeout: float | None = 30,
    handler: Callable[..., _Request] = default_handler,
) -> None:
    """Take out all that the gateway has of the job and the `grouping_key`.

    The arguments are those of `push_to_gateway`.
    """
    _use_gateway("DELETE", gateway, job, None, grouping_key, timeout, handler)


def _use_gateway(
    method: str,
    gateway: str,
    job: str,
    registry: Collector | None,
    grouping_key: dict[str, Any] | None,
    timeout: float | None,
    handler: Callable[..., _Request],
    compression: CompressionType = None,
) -> None:
    data = b""
    headers: _Headers = [("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)]
    if method != "DELETE":
        page = generate_latest(REGISTRY if registry is None else registry)
        data, headers = _compress_payload(page, compression)
    elif compression is not None:
        raise ValueError("Compression is not supported for DELETE requests.")
    url = _url(gateway, job, grouping_key or {})
    handler(url=url, method=method, timeout=timeout, headers=headers, data=data)()


def _url(gateway: str, job: str, grouping_key: dict[str, Any]) -> str:
    if urlparse(gateway).scheme not in ("http", "https"):
        gateway = f"http://{gateway}"
    pairs = [("job", job), *((str(key), str(value)) for key, value in sorted(grouping_key.items()))]
    path = "".join("/{}/{}".format(*_escape_grouping_key(key, value)) for key, value in pairs)
    return f"{gateway.rstrip('/')}/metrics{path}"


def _compress_payload(data: bytes, compression: CompressionType) -> tuple[bytes, _Headers]:
    headers: _Headers = [("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)]
    if compression is None:
        return data, headers
    coding = compression.lower()
    if coding == "gzip":
        compressed = gzip.compress(data)
    elif coding == "snappy":
        compressed = _snappy(data)
    else:
        raise ValueError(f"Unsupported compression type: {compression}")
    return compressed, [*headers, ("Content-Encoding", coding)]


def _snappy(data: bytes) -> bytes:
    if not SNAPPY_AVAILABLE:
        raise RuntimeError("Snappy compression requires the python-snappy package to be installed.")
    compressor = snappy.StreamCompressor()
    compressed: bytes = compressor.compress(data)
    # Versions of the package differ in whether they have it.
    flush = getattr(compressor, "flush", None)
    return compressed + flush() if callable(flush) else compressed


def _escape_grouping_key(k: str, v: str) -> tuple[str, str]:
    """Return both as parts of a path: in base64 where a path can not hold the value."""
    if v == "":
        # One character of padding stands for nothing: an empty part would be lost.
        return k + "@base64", "="
    if "/" in v or " " in v:
        return k + "@base64", base64.urlsafe_b64encode(v.encode("utf-8")).decode("ascii")
    return k, quote_plus(v)


def instance_ip_grouping_key() -> dict[str, Any]:
    """Return a grouping key with the address of this host as `instance`."""
    # Nothing is sent. On macOS the way to localhost would name localhost.
    target = ("10.255.255.255", 1) if sys.platform == "darwin" else ("localhost", 0)
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        probe.connect(target)
        return {"instance": probe.getsockname()[0]}
