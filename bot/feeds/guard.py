"""Which addresses a feed may lead to: public ones, and the internal ones that the operator allows.

A name is checked after DNS and an address once more when its socket is made,
on every hop, so that neither a redirect, nor a literal, nor a name that
changes its answer gets past.
"""

import re
import socket
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import ForbiddenAddressError
from bot.feeds.resolve import CachingResolver

Address = IPv4Address | IPv6Address
AddrInfo = tuple[socket.AddressFamily | int, socket.SocketKind | int, int, str, tuple[object, ...]]

# Where clouds answer with their machines' credentials. No allow-list opens these.
METADATA = frozenset(
    map(
        ip_address,
        (
            "169.254.169.254",  # most clouds
            "169.254.170.2",  # containers on AWS
            "169.254.170.23",
            "169.254.0.23",  # Tencent
            "100.100.100.200",  # Alibaba
            "168.63.129.16",  # Azure
            "192.0.0.192",  # Oracle
            "fd00:ec2::254",
            "fd00:ec2::23",
            "fd20:ce::254",  # Google
        ),
    )
)

# The first row that holds an address names why it is refused.
REFUSED = tuple(
    (ip_network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's inner network"),
        ("127.0.0.0/8", "this machine (loopback)"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.31.196.0/24", "reserved for AS112"),
        ("192.52.193.0/24", "reserved for AMT"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "reserved for AS112"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "this machine"),
        ("::1/128", "this machine (loopback)"),
        ("::ffff:0:0/96", "an IPv4 address in IPv6 dress"),
        ("::ffff:0:0:0/96", "a translated IPv4 address"),
        ("::/96", "an IPv4-compatible address"),
        ("64:ff9b::/96", "a NAT64 address"),
        ("64:ff9b:1::/48", "a NAT64 address"),
        ("100::/64", "a discard address"),
        ("2001::/32", "a Teredo address"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "reserved for documentation"),
        ("2002::/16", "a 6to4 address"),
        ("2620:4f:8000::/48", "reserved for AS112"),
        ("3fff::/20", "reserved for documentation"),
        ("5f00::/16", "a segment-routing address"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    )
)
#: What the system takes in ahead of us; asyncio reads all of it at once.
RECEIVE_BYTES = 65_536
GLOBAL_UNICAST = IPv6Network("2000::/3")
#: The third quarter of an ISATAP address, its universal bit left out (RFC 5214).
ISATAP = 0x5EFE

# What a resolver takes for an address though it is not written as one: 127.1,
# 0x7f.0.0.1, 017700000001, 2130706433.
_NUMBER_AT_END = re.compile(r"(?:^|\.)(?:\d+|0[xX][0-9a-fA-F]*)\.?$")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


class Guard:
    """Refuses addresses that a stranger's feed has no business to lead to."""

    def __init__(self, internal: Sequence[str] = (), ports: Sequence[int] = (80, 443)) -> None:
        self._internal = tuple(ip_network(network) for network in internal)
        self._ports = frozenset(ports)
        self._internal_hosts: set[str] = set()

    def check_url(self, text: str) -> URL:
        """Return the address parsed, if its spelling is in order.

        Raises:
            ForbiddenAddressError: With the reason in words.
        """
        if _UNSAFE.search(text):
            raise ForbiddenAddressError(text, "holds a space, a backslash or a control character")
        try:
            url = URL(text)
            host, port = url.raw_host, url.port
        except (ValueError, UnicodeError) as broken:
            raise ForbiddenAddressError(text, f"is no web address ({broken})") from broken
        if url.scheme not in {"http", "https"}:
            raise ForbiddenAddressError(text, "starts with neither http:// nor https://")
        if not host:
            raise ForbiddenAddressError(text, "names no host")
        if url.raw_user is not None or url.raw_password is not None:
            raise ForbiddenAddressError(
                str(url.with_user(None)), "has a user name or password in it, which we do not send"
            )
        self._check_host(url, host, port or 0)
        return url

    def _check_host(self, url: URL, host: str, port: int) -> None:
        if "%" in host:
            raise ForbiddenAddressError(str(url), "has a zone or an escaped sign in its host")
        number = literal(host)
        if number is not None:
            self.check_address(str(url), number, port)
        elif ":" in host or _NUMBER_AT_END.search(host):
            raise ForbiddenAddressError(str(url), f"names its host by an unusual spelling of an address ({host})")

    def check_address(self, place: str, address: Address, port: int) -> None:
        """Let an address pass.

        Raises:
            ForbiddenAddressError: If it is refused; ``place`` is what the message names.
        """
        if address in METADATA or _embedded(address) in METADATA:
            raise ForbiddenAddressError(
                place, f"leads to {address}, a cloud's metadata service, which no feed may reach"
            )
        if self._allows(address):
            return
        why = why_refused(address)
        if why is not None:
            raise ForbiddenAddressError(place, f"leads to {address}, {why}, and only the operator can allow that")
        if port not in self._ports:
            allowed = ", ".join(map(str, sorted(self._ports)))
            raise ForbiddenAddressError(place, f"leads to port {port}, and feeds may come only from {allowed}")

    def _allows(self, address: Address) -> bool:
        return any(address in network for network in self._internal)

    def is_internal(self, host: str) -> bool:
        """Tell whether a host is known to stand in an allowed internal range."""
        number = literal(host)
        return host in self._internal_hosts if number is None else self._allows(number)

    def check_resolved(self, host: str, addresses: Iterable[str], port: int) -> None:
        """Let a name pass only if all that it stands for may be reached.

        Raises:
            ForbiddenAddressError: If one of the addresses is refused.
        """
        found = [_parsed(address) for address in addresses]
        for address in found:
            self.check_address(host, address, port)
        if any(map(self._allows, found)):
            self._internal_hosts.add(host)
        else:
            self._internal_hosts.discard(host)

    def make_socket(self, info: AddrInfo) -> socket.socket:
        """Make the socket for a connection that is about to happen, the last place to say no."""
        family, kind, protocol, _, where = info
        address, port = str(where[0]).partition("%")[0], where[1]
        self.check_address(address, _parsed(address), int(str(port)))
        made = socket.socket(family=family, type=kind, proto=protocol)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
        return made


class GuardedResolver(AbstractResolver):
    """Asks the system for a name's addresses, and the guard whether they may be used."""

    def __init__(self, guard: Guard, inner: AbstractResolver | None = None) -> None:
        self._guard = guard
        self._inner = inner or CachingResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name.

        Raises:
            ForbiddenAddressError: If one of them is refused.
        """
        found = await self._inner.resolve(host, port, family)
        self._guard.check_resolved(host, (row["host"] for row in found), port)
        return found

    async def close(self) -> None:
        """Let go of the system's resolver."""
        await self._inner.close()


@lru_cache(maxsize=10_000)
def _parsed(address: str) -> Address:
    """Return a numeric address without its zone."""
    return ip_address(address.partition("%")[0])


@lru_cache(maxsize=10_000)
def why_refused(address: Address) -> str | None:
    """Return what is wrong with an address in words, ``None`` if it is public."""
    for network, why in REFUSED:
        if address in network:
            return why
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return "not a public address"
    if isinstance(address, IPv6Address) and (int(address) >> 32) & 0xFCFF_FFFF == ISATAP:
        return "an ISATAP address"
    return None if address.is_global else "not a public address"


def _embedded(address: Address) -> Address | None:
    """Return the IPv4 address that an IPv6 address carries inside, if any."""
    if isinstance(address, IPv4Address):
        return None
    carried = address.ipv4_mapped or address.sixtofour
    if carried is None and address.teredo is not None:
        carried = address.teredo[1]
    return carried or IPv4Address(int(address) & 0xFFFF_FFFF)


def literal(host: str) -> Address | None:
    """Return the address that a host is, ``None`` for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None
