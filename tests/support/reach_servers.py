#!/usr/bin/python3
"""A real SMTP server (aiosmtpd) and a small HTTP server on spare loopback ports, for the senders' tests.

Prints "SMTP_PORT HTTP_PORT" and serves until its standard input closes. What arrives is written to DIR as JSON lines:
mails.jsonl and posts.jsonl. The local part of a recipient and the path of a request say how to answer."""
import asyncio
import json
import logging
import pathlib
import ssl
import sys
import threading
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.smtp import SMTP, AuthResult

warnings.filterwarnings("ignore")
logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # refused handshakes are part of the tests
directory = pathlib.Path(sys.argv[1])
tls = len(sys.argv) > 2
lock = threading.Lock()


def record(name, thing):
    with lock, open(directory / name, "a", encoding="utf-8") as file:
        file.write(json.dumps(thing) + "\n")


class Mails:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown@"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later@"):
            return "451 4.3.0 try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        record("mails.jsonl", {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
                               "user": getattr(session.auth_data, "login", b"").decode(),
                               "text": envelope.content.decode("utf-8", "surrogateescape")})
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == b"right", auth_data=data, handled=True)


class Posts(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        record("posts.jsonl", {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()},
                               "body": body.decode("utf-8", "surrogateescape")})
        status = int(self.path.rsplit("/", 1)[1])
        answer = b'{"code":0}' if "good" in self.path else b'{"code":7}'
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


async def main():
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(directory / "cert.pem", directory / "key.pem")
    smtp = await asyncio.get_running_loop().create_server(
        lambda: SMTP(Mails(), tls_context=context, authenticator=authenticate, auth_require_tls=False, hostname="test"),
        "127.0.0.1", 0)
    http = ThreadingHTTPServer(("127.0.0.1", 0), Posts)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    print(smtp.sockets[0].getsockname()[1], http.server_address[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
