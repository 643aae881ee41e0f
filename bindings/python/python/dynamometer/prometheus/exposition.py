"""Serves pages: the encoder that a reader asks for, WSGI, a server, a file."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingMixIn
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlparse
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from .gateway import (
    SNAPPY_AVAILABLE,
    CompressionType,
    _compress_payload,
    _escape_grouping_key,
    _make_handler,
    _PrometheusRedirectHandler,
    _use_gateway,
    basic_auth_handler,
    default_handler,
    delete_from_gateway,
    instance_ip_grouping_key,
    passthrough_redirect_handler,
    push_to_gateway,
    pushadd_to_gateway,
    tls_auth_handler,
)
from .openmetrics import exposition as openmetrics
from .registry import REGISTRY, Collector
from .text import CONTENT_TYPE_PLAIN_0_0_4, CONTENT_TYPE_PLAIN_1_0_0, generate_latest
from .tls import _get_ssl_ctx
from .utils import floatToGoString, parse_version

__all__ = (
    "CONTENT_TYPE_LATEST",
    "CONTENT_TYPE_PLAIN_0_0_4",
    "CONTENT_TYPE_PLAIN_1_0_0",
    "SNAPPY_AVAILABLE",
    "CompressionType",
    "MetricsHandler",
    "_PrometheusRedirectHandler",
    "_compress_payload",
    "_escape_grouping_key",
    "_make_handler",
    "_use_gateway",
    "basic_auth_handler",
    "choose_encoder",
    "default_handler",
    "delete_from_gateway",
    "floatToGoString",
    "generate_latest",
    "gzip_accepted",
    "instance_ip_grouping_key",
    "make_asgi_app",
    "make_wsgi_app",
    "passthrough_redirect_handler",
    "push_to_gateway",
    "pushadd_to_gateway",
    "start_http_server",
    "start_wsgi_server",
    "tls_auth_handler",
    "write_to_textfile",
)

CONTENT_TYPE_LATEST = CONTENT_TYPE_PLAIN_1_0_0
"""The content type of the latest text format."""

_Encoder: TypeAlias = Callable[[Collector], bytes]
_Headers: TypeAlias = list[tuple[str, str]]

_FIRST_WITH_ESCAPING = (1, 0, 0)
_SCHEMES = (
    openmetrics.ALLOWUTF8,
    openmetrics.UNDERSCORES,
    openmetrics.DOTS,
    openmetrics.VALUES,
)
_ALLOW = [("Allow", "OPTIONS,GET")]


def choose_encoder(accept_header: str | None) -> tuple[_Encoder, str]:
    """Return what writes the page that a reader accepts, and its content type.

    The first of the accepted types that we write, in the order of the header;
    weights are not looked at. Without any it is the text format 0.0.4.
    """
    for accepted in (accept_header or "").split(","):
        kind, *parameters = accepted.split(";")
        version = _get_version(parameters)
        escaping = _get_escaping(parameters)
        names_version = bool(version) and parse_version(version) >= _FIRST_WITH_ESCAPING
        if kind.strip() == "application/openmetrics-text":
            if not version:
                encoder = partial(
                    openmetrics.generate_latest, escaping=openmetrics.UNDERSCORES, version="1.0.0"
                )
                return encoder, openmetrics.CONTENT_TYPE_LATEST
            if names_version:
                content_type = f"application/openmetrics-text; version={version}; charset=utf-8"
                return (
                    partial(openmetrics.generate_latest, escaping=escaping, version=version),
                    f"{content_type}; {openmetrics.ESCAPING_HEADER_TAG}={escaping}",
                )
        elif kind.strip() == "text/plain" and names_version:
            return (
                partial(generate_latest, escaping=escaping),
                f"{CONTENT_TYPE_LATEST}; {openmetrics.ESCAPING_HEADER_TAG}={escaping}",
            )
    return generate_latest, CONTENT_TYPE_PLAIN_0_0_4


def _parameter(parameters: Iterable[str], name: str) -> str:
    for parameter in parameters:
        key, equals, value = parameter.strip().partition("=")
        if equals and key == name:
            return value
    return ""


def _get_version(accept_header: Iterable[str]) -> str:
    """Return the version among the parameters of an accepted type, or nothing."""
    return _parameter(accept_header, "version")


def _get_escaping(accept_header: Iterable[str]) -> str:
    """Return the escaping among the parameters of an accepted type, or underscores."""
    asked = _parameter(accept_header, openmetrics.ESCAPING_HEADER_TAG)
    return asked if asked in _SCHEMES else openmetrics.UNDERSCORES


def gzip_accepted(accept_encoding_header: str | None) -> bool:
    """Says whether a reader takes gzip."""
    accepted = (accept_encoding_header or "").split(",")
    return any(coding.split(";")[0].strip().lower() == "gzip" for coding in accepted)


def _bake_output(
    registry: Any,
    accept_header: str | None,
    accept_encoding_header: str | None,
    params: Mapping[str, Any],
    disable_compression: bool,
) -> tuple[str, _Headers, bytes]:
    """Return status, headers and body for a request of the page.

    `params` are those of the query; `name[]` are names of samples to show alone.
    """
    encoder, content_type = choose_encoder(accept_header)
    if "name[]" in params:
        registry = registry.restricted_registry(params["name[]"])
    output = encoder(registry)
    headers = [("Content-Type", content_type)]
    if not disable_compression and gzip_accepted(accept_encoding_header):
        output = gzip.compress(output)
        headers.append(("Content-Encoding", "gzip"))
    return "200 OK", headers, output


def make_wsgi_app(
    registry: Collector = REGISTRY, disable_compression: bool = False
) -> Callable[..., Any]:
    """Return a WSGI application that serves a registry, whatever the path."""

    def prometheus_app(environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Any:
        method = environ["REQUEST_METHOD"]
        status, headers, output = "200 OK", _ALLOW, b""
        if method == "OPTIONS":
            pass
        elif method != "GET":
            status = "405 Method Not Allowed"
            output = f"# HTTP {status}: {method}; use OPTIONS or GET\n".encode()
        elif environ["PATH_INFO"] == "/favicon.ico":
            # Browsers ask for it: not worth a page.
            headers = []
        else:
            status, headers, output = _bake_output(
                registry,
                environ.get("HTTP_ACCEPT"),
                environ.get("HTTP_ACCEPT_ENCODING"),
                parse_qs(environ.get("QUERY_STRING", "")),
                disable_compression,
            )
        start_response(status, list(headers))
        return [output]

    return prometheus_app


class _SilentHandler(WSGIRequestHandler):
    """Serves without a line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class ThreadingWSGIServer(ThreadingMixIn, WSGIServer):
    """A server with a thread for each request, none of which keeps it from ending."""

    daemon_threads = True


def _get_best_family(address: str, port: int) -> tuple[socket.AddressFamily, str]:
    """Return the family of an address, and the address: a server knows IPv4 alone."""
    infos = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, sockaddr = infos[0]
    return family, str(sockaddr[0])


def start_wsgi_server(
    port: int,
    addr: str = "0.0.0.0",
    registry: Collector = REGISTRY,
    certfile: str | None = None,
    keyfile: str | None = None,
    client_cafile: str | None = None,
    client_capath: str | None = None,
    protocol: int = ssl.PROTOCOL_TLS_SERVER,
    client_auth_required: bool = False,
    tls_min_version: ssl.TLSVersion | None = None,
    tls_max_version: ssl.TLSVersion | None = None,
) -> tuple[WSGIServer, threading.Thread]:
    """Serve a registry from a thread of its own, and return server and thread.

    With a certificate and its key, over TLS; with `client_auth_required`, to
    clients with a certificate of these authorities only. Port 0 takes a free one.
    """

    class Server(ThreadingWSGIServer):
        """A server of the family of this address."""

    Server.address_family, addr = _get_best_family(addr, port)
    app = make_wsgi_app(registry)
    httpd = make_server(addr, port, app, Server, handler_class=_SilentHandler)
    if certfile and keyfile:
        context = _get_ssl_ctx(
            certfile,
            keyfile,
            protocol,
            client_cafile,
            client_capath,
            client_auth_required,
            tls_min_version,
            tls_max_version,
        )
        httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    return httpd, thread


start_http_server = start_wsgi_server


class MetricsHandler(BaseHTTPRequestHandler):
    """A handler of `http.server` that serves a registry."""

    registry: Collector = REGISTRY

    def do_GET(self) -> None:
        """Serve the page, whatever the path."""
        status, headers, output = _bake_output(
            self.registry,
            self.headers.get("Accept"),
            self.headers.get("Accept-Encoding"),
            parse_qs(urlparse(self.path).query),
            False,
        )
        self.send_response(int(status.split(" ")[0]))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(output)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    @classmethod
    def factory(cls, registry: Collector) -> type[MetricsHandler]:
        """Return a class of handlers that serve this registry."""
        return type(cls.__name__, (cls,), {"registry": registry})


def write_to_textfile(
    path: str,
    registry: Collector,
    escaping: str = openmetrics.ALLOWUTF8,
    tmpdir: str | None = None,
) -> None:
    """Write the page to a file, which is there as a whole or not at all.

    For the textfile collector of the node exporter, which takes names that end
    with `.prom`. It is written under another name first, in `tmpdir` if given;
    that has to be on the same file system.
    """
    beside = path if tmpdir is None else os.path.join(tmpdir, os.path.basename(path))
    temporary = f"{beside}.{os.getpid()}.{threading.get_ident()}"
    try:
        with open(temporary, "wb") as file:
            file.write(generate_latest(registry, escaping))
        os.replace(temporary, path)
    except Exception:
        if os.path.exists(temporary):
            os.remove(temporary)
        raise


# It needs `_bake_output` of this module.
from .asgi import make_asgi_app  # noqa: E402
