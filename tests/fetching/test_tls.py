"""https: the certificate and the server's name go by the host, whatever address it has."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from claims.errors import FetchError
from claims.fetching import Fetcher
from claims.settings import Settings
from tests.fetching.server import answer


def make_certificate(folder: Path, host: str) -> Path:
    """A file with a key and a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[int, Path, list[str | None]]]:
    """Port, certificate file, and the names that were asked for, of a server on this machine."""
    file = make_certificate(tmp_path, "news.example")
    names: list[str | None] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self, 200, b"secure")

        def log_message(self, format: str, *args: object) -> None:
            return

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.sni_callback = lambda _socket, name, _context: names.append(name)

    class Server(HTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            return  # a client that doesn't trust the certificate

    with Server(("127.0.0.1", 0), Page) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.server_address[1], file, names
        server.shutdown()
        thread.join()


def fetcher(port: int) -> Fetcher:
    knobs = Settings(
        fetch_allow=f"news.example:{port},other.example:{port}", fetch_delay_seconds=0.0
    )
    return Fetcher(knobs, resolver=lambda *_: ["127.0.0.1"])


def test_the_name_is_proven(
    secure: tuple[int, Path, list[str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, file, names = secure
    with pytest.raises(FetchError, match="certificate isn't valid") as error:
        fetcher(port).feed(f"https://news.example:{port}/")
    assert error.value.is_lasting and "SSL_CERT_FILE" in error.value.repair
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert fetcher(port).feed(f"https://news.example:{port}/").data == b"secure"
    assert names == ["news.example", "news.example"]
    with pytest.raises(FetchError, match="certificate isn't valid"):
        fetcher(port).feed(f"https://other.example:{port}/")
