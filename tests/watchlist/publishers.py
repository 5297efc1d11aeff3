"""A publisher on this machine, over TLS, with an authority of its own, that does what real servers do wrong."""

from __future__ import annotations

import datetime
import gzip
import ipaddress
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LIST = "id,name,programme,country\nP-1,Wonsan Trading,DPRK,KP\nP-2,Ryugyong Fishery,DPRK,KP\n"
CHANGED = "Wed, 04 Nov 2026 07:28:00 GMT"
HUGE = 120_000_000


def certificate(folder):
    """A certificate for this machine that signs itself: the file of it with its key, and the file to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "publisher")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, both = folder / "trusted.pem", folder / "server.pem"
    pem = signed.public_bytes(serialization.Encoding.PEM)
    trusted.write_bytes(pem)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both.write_bytes(private + pem)
    return both, trusted


class Publisher(BaseHTTPRequestHandler):
    """Each path has its own way to go wrong; `asked` counts requests by path, `texts` are what lists say now."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        """Say nothing."""

    def do_GET(self):
        path = self.path.lstrip("/")
        self.server.asked[path] = self.server.asked.get(path, 0) + 1
        getattr(self, path.partition(".")[0].replace("-", "_"), self.whole)()

    def whole(self):
        """A file as it stands, with what is needed to ask for it conditionally."""
        body = self.server.texts.get(self.path.lstrip("/"), LIST).encode()
        tag = f'"{hash(body)}"'
        if self.headers.get("If-None-Match") == tag:
            self.answer(304)
        else:
            self.answer(200, body, ETag=tag, **{"Last-Modified": self.server.changed})

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def cut(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(LIST)))
        self.end_headers()
        self.wfile.write(LIST[:40].encode())
        self.close_connection = True

    def stalls(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(LIST)))
        self.end_headers()
        self.wfile.flush()
        time.sleep(1.5)
        self.close_connection = True

    def drips(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass
        self.close_connection = True

    def page(self):
        self.answer(200, b"<!DOCTYPE html><html><body>We are sorry</body></html>")

    def moved(self):
        self.answer(302, Location="/own.csv")

    def loops(self):
        self.answer(302, Location=self.path)

    def elsewhere(self):
        self.answer(302, Location="https://lists.example.org/own.csv")

    def downgraded(self):
        self.answer(302, Location="http://127.0.0.1/own.csv")

    def nonsense(self):
        self.answer(302, Location="https://[::bad/")

    def busy(self):
        if self.server.asked["busy.csv"] <= 2:
            self.answer(503, **{"Retry-After": 2})
        else:
            self.whole()

    def closed(self):
        self.answer(429, **{"Retry-After": 86400})

    def gone(self):
        self.answer(404)

    def bomb(self):
        self.answer(200, gzip.compress(bytes(20_000_000)), **{"Content-Encoding": "gzip"})

    def packed(self):
        self.answer(200, gzip.compress(LIST.encode()), **{"Content-Encoding": "gzip"})

    def damaged(self):
        self.answer(200, b"\x1f\x8bnonsense", **{"Content-Encoding": "gzip"})

    def brotli(self):
        self.answer(200, b"nonsense", **{"Content-Encoding": "br"})

    def letters(self):
        self.answer(200, '<?xml version="1.0" encoding="utf-8"?><CONSOLIDATED_LIST>é'.encode("latin-1"))

    def claims(self):
        self.answer(200, b"", **{"Content-Length": 5_000_000_000})
        self.close_connection = True

    def huge(self):
        self.send_response(200)
        self.send_header("Content-Length", str(HUGE))
        self.end_headers()
        part = bytes(1_000_000)
        for _ in range(HUGE // len(part)):
            self.wfile.write(part)


def serve(folder):
    """Start the publisher; give the server, its address and the file of its authority."""
    both, trusted = certificate(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.daemon_threads = True
    server.asked, server.texts, server.changed = {}, {}, CHANGED
    server.handle_error = lambda *words: None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"https://127.0.0.1:{server.server_address[1]}", trusted
