"""The outlets: a TLS server in a process of its own that answers one request a connection.

``python -m benchmarks.poller.server CERTIFICATE KEY`` prints its port.
``/<size>/<number>`` is a feed of so many entries, ``/version/<n>`` moves all
feeds on; a request with the current ETag gets a 304.
"""

import asyncio
import ssl
import sys
from functools import lru_cache

from benchmarks.poller import feeds

version = 0


def etag(number: int) -> str:
    """Return what a feed's current version is called."""
    return f'"{number}-{version if feeds.changes(number) else 0}"'


@lru_cache(maxsize=20_000)
def _body(number: int, size: int, of_version: int) -> bytes:
    return feeds.body(number, size, of_version)


def answer(head: str) -> bytes:
    """Return the whole answer to a request."""
    global version  # noqa: PLW0603 - it is all this process knows
    request, *lines = head.split("\r\n")
    first, second = request.split(" ")[1].strip("/").split("/")
    if first == "version":
        version = int(second)
        return _answer("200 OK", b"moved on")
    size, number = int(first), int(second)
    given = next((line[15:].strip() for line in lines if line.lower().startswith("if-none-match:")), "")
    headers = f"ETag: {etag(number)}\r\nLast-Modified: Wed, 14 May 2025 12:00:0{version} GMT\r\nCache-Control: max-age=300\r\n"
    if given == etag(number):
        return f"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n{headers}\r\n".encode()
    return _answer("200 OK", _body(number, size, version), f"Content-Type: application/xml\r\n{headers}")


def _answer(status: str, body: bytes, headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        writer.write(answer((await reader.readuntil(b"\r\n\r\n")).decode("latin-1")))
        await writer.drain()
    except (asyncio.IncompleteReadError, OSError):
        pass
    finally:
        writer.close()


async def main() -> None:
    """Serve until killed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    # No session is taken up again: each visit pays for a connection of its own.
    context.num_tickets = 0
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
