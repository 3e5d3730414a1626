"""Good servers and bad ones, in a process of their own: ``python -m benchmarks.poller.hostile`` prints the port.

``/good/<n>`` is a feed of 20 entries; ``/bad/<way>/<n>`` is a server that means harm.
"""

import asyncio
import contextlib
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable
from functools import lru_cache

from benchmarks.poller import feeds

DRIP_SECONDS = 0.5
Answers = Callable[[asyncio.StreamWriter], Awaitable[None]]

BOMB = gzip.compress(bytes(50_000_000), 9)
ATTRIBUTES = (
    b"<rss><channel><item " + b" ".join(b'a%d="x"' % number for number in range(100_000)) + b"/></channel></rss>"
)
NESTED = b"<rss version='2.0'><channel><item><title>x" + b"<b>" * 200_000
ENTITIES = (
    b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss version='2.0'><channel><title>&j;</title></channel></rss>"
)


async def loris(writer: asyncio.StreamWriter) -> None:
    """Send headers, a letter at a time, without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(DRIP_SECONDS)


async def silence(writer: asyncio.StreamWriter) -> None:
    """Say nothing."""
    await asyncio.sleep(3600)


async def drip(writer: asyncio.StreamWriter) -> None:
    """Send a body, a letter at a time, without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n<rss>")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(DRIP_SECONDS)


async def endless(writer: asyncio.StreamWriter) -> None:
    """Send a body as fast as it is taken, without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n<rss><channel>")
    while True:
        writer.write(b"<item><title>again and again</title></item>" * 1_000)
        await writer.drain()


async def half_endless(writer: asyncio.StreamWriter) -> None:
    """Send two megabytes at once, and the rest a letter at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n<rss>" + bytes(2_000_000))
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(DRIP_SECONDS)


async def bomb(writer: asyncio.StreamWriter) -> None:
    """Send 50 KB that become 50 MB."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB)


def body(data: bytes) -> Answers:
    """Return a server of one body."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n" % len(data) + data
        )

    return answer


async def circle(writer: asyncio.StreamWriter) -> None:
    """Send visitors round and round."""
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: ?again\r\nContent-Length: 0\r\n\r\n")


async def headers(writer: asyncio.StreamWriter) -> None:
    """Send headers without end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: " + b"a" * 8_000 + b"\r\n")
        await writer.drain()


async def reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection off in the middle of a body."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")
    await writer.drain()
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


WAYS: dict[str, Answers] = {
    "loris": loris,
    "silence": silence,
    "drip": drip,
    "endless": endless,
    "half-endless": half_endless,
    "bomb": bomb,
    "circle": circle,
    "headers": headers,
    "reset": reset,
    "entities": body(ENTITIES),
    "attributes": body(ATTRIBUTES),
    "nested": body(NESTED),
}


@lru_cache(maxsize=2_000)
def _feed(number: int) -> bytes:
    return feeds.body(number, 20, 0)


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        head = await reader.readuntil(b"\r\n\r\n")
        parts = head.split(b" ")[1].decode().partition("?")[0].strip("/").split("/")
        if parts[0] == "good":
            await body(_feed(int(parts[1])))(writer)
        else:
            await WAYS[parts[1]](writer)
        await writer.drain()
    with contextlib.suppress(OSError):
        writer.close()


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
