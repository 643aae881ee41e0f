"""TLS for the server."""

from __future__ import annotations

import ssl


def _get_ssl_ctx(
    certfile: str,
    keyfile: str,
    protocol: int,
    cafile: str | None = None,
    capath: str | None = None,
    client_auth_required: bool = False,
    tls_min_version: ssl.TLSVersion | None = None,
    tls_max_version: ssl.TLSVersion | None = None,
) -> ssl.SSLContext:
    """Return a context with these certificates.

    Raises what the `ssl` module raises, with the files in the message.
    """
    context = ssl.SSLContext(protocol=protocol)
    if cafile is None and capath is None:
        with _Attempt("Cannot load default CA certificate chain"):
            context.load_default_certs(purpose=ssl.Purpose.CLIENT_AUTH)
    else:
        with _Attempt(
            f"Cannot load CA certificate chain from file {cafile!r} or directory {capath!r}"
        ):
            context.load_verify_locations(cafile, capath)
    if client_auth_required:
        context.verify_mode = ssl.CERT_REQUIRED
    with _Attempt(
        f"Cannot load server certificate file {certfile!r} or its private key file {keyfile!r}"
    ):
        context.load_cert_chain(certfile=certfile, keyfile=keyfile)
    if tls_min_version is not None:
        context.minimum_version = tls_min_version
    if tls_max_version is not None:
        context.maximum_version = tls_max_version
    return context


class _Attempt:
    """Says what was attempted in front of an `OSError`, which `ssl` leaves out."""

    def __init__(self, attempted: str) -> None:
        self._attempted = attempted

    def __enter__(self) -> None:
        pass

    def __exit__(self, typ: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, OSError):
            raise type(error)(f"{self._attempted}: {error}") from error
