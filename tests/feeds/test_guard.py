import asyncio
import socket
from ipaddress import ip_address

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import ForbiddenAddressError
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import METADATA, Guard, GuardedResolver
from bot.feeds.manners import Manners

REFUSED = [
    "http://127.0.0.1/",
    "http://127.0.0.53/",
    "http://127.255.255.254/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://192.168.255.255/",
    "http://100.64.0.1/",
    "http://100.127.255.255/",
    "http://169.254.0.1/",
    "http://169.254.169.254/",
    "http://169.254.170.2/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.0.1/",
    "http://192.0.2.1/",
    "http://198.51.100.7/",
    "http://203.0.113.9/",
    "http://198.18.0.1/",
    "http://198.19.255.255/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[::8.8.8.8]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::8.8.8.8]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:0808:0808::1]/",
    "http://[2001:0:4136:e378::1]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[2001:10::1]/",
    "http://[fc00::1]/",
    "http://[fd00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fd20:ce::254]/",
    "http://[fe80::1]/",
    "http://[febf::1]/",
    "http://[fec0::1]/",
    "http://[feff::1]/",
    "http://[ff02::1]/",
    "http://[ff0e::1]/",
    "http://[100::1]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
    "http://[4000::1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[2a00:1450::5efe:7f00:1]/",
    "http://[2a00:1450::200:5efe:7f00:1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7F000001/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://1/",
    "http://0/",
    "http://0x/",
    "http://127.0.0.1./",
    "http://127.0.0.01/",
    "http://00127.0.0.1/",
    "http://127.0.0.0x1/",
    "http://example.org.1/",
    "http://3232235777/",
    "http://192.168.257/",
    "http://8.8.8.8./",
    "http://１２７.0.0.1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://:word@example.org/",
    "http://@127.0.0.1/",
    "http://example.org@127.0.0.1/",
    "http://example.org:word@127.0.0.1/",
    "http://example.org\\@127.0.0.1/",
    "http://8.8.8.8:22/",
    "http://8.8.8.8:8080/",
    "http://8.8.8.8:0/",
    "https://8.8.8.8:6379/",
    "http://[2a00:1450:4001::1]:25/",
    "http://8.8.8.8:99999/",
    "http://8.8.8.8:port/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "javascript:alert(1)",
    "data:text/xml,<rss/>",
    "ws://example.org/",
    "http:///path",
    "http://",
    "//",
    "example.org/feed",
    "mailto:desk@example.org",
    "http://[::1/",
]
WITH_SPACES = [
    "",
    "http://exa\tmple.org/",
    "http://exa\nmple.org/",
    "http://example.org/ feed",
    "http://example.org\0/",
]


@pytest.mark.parametrize("url", [*REFUSED, *WITH_SPACES])
def test_no_spelling_of_a_forbidden_address_passes(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        Guard().check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/feed",
        "https://example.org:443/feed?a=b&c=%20d#e",
        "https://8.8.8.8/",
        "http://[2a00:1450:4001:80b::200e]/",
        "https://новости.example/лента",
        "https://1.example.org/",
        "https://0x.example/",
    ],
)
def test_public_addresses_pass(url: str) -> None:
    assert Guard().check_url(url).host


def test_an_allowed_range_opens_any_port_there_and_nothing_beside_it() -> None:
    guard = Guard(["10.1.2.0/24", "fd12::/16"])

    assert guard.check_url("http://10.1.2.3:8080/").port == 8080
    assert guard.check_url("http://[fd12::9]:99/").port == 99
    with pytest.raises(ForbiddenAddressError, match="private"):
        guard.check_url("http://10.1.3.3/")


@pytest.mark.parametrize("address", sorted(map(str, METADATA)))
def test_no_allow_list_opens_a_metadata_service(address: str) -> None:
    guard = Guard(["0.0.0.0/0", "::/0"])

    with pytest.raises(ForbiddenAddressError, match="metadata"):
        guard.check_address("example.org", ip_address(address), 80)


@pytest.mark.parametrize("dressed", ["::ffff:169.254.169.254", "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::1"])
def test_a_metadata_service_in_ipv6_dress_is_recognised(dressed: str) -> None:
    with pytest.raises(ForbiddenAddressError, match="metadata"):
        Guard(["::/0"]).check_address("example.org", ip_address(dressed), 80)


def test_the_socket_itself_is_refused_whatever_was_checked_before() -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))

    with pytest.raises(ForbiddenAddressError, match="loopback"):
        Guard().make_socket(info)


class _Names(AbstractResolver):
    """A name server with answers of its own."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self.addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::ffff:7f00:1",), ("fe80::1%2",)])
async def test_a_name_that_stands_for_one_forbidden_address_is_refused(addresses: tuple[str, ...]) -> None:
    resolver = GuardedResolver(Guard(), _Names(*addresses))

    with pytest.raises(ForbiddenAddressError, match=r"example\.org"):
        await resolver.resolve("example.org", 80)


async def test_a_name_in_an_allowed_range_is_known_as_internal_afterwards() -> None:
    guard = Guard(["10.0.0.0/8"])

    await asyncio.wait_for(GuardedResolver(guard, _Names("10.9.9.9")).resolve("feeds.office", 8080), 1)

    assert guard.is_internal("feeds.office")
    assert not guard.is_internal("example.org")


async def test_a_name_that_changes_its_answer_after_it_was_let_in_is_refused() -> None:
    names = _Names("8.8.8.8")
    resolver = GuardedResolver(Guard(), names)
    await resolver.resolve("example.org", 80)

    names.addresses = ("169.254.169.254",)
    with pytest.raises(ForbiddenAddressError, match="metadata"):
        await resolver.resolve("example.org", 80)


async def test_a_name_that_left_an_allowed_range_is_internal_no_more() -> None:
    guard = Guard(["10.0.0.0/8"])
    names = _Names("10.9.9.9")
    resolver = GuardedResolver(guard, names)
    await resolver.resolve("feeds.office", 80)

    names.addresses = ("8.8.8.8",)
    await resolver.resolve("feeds.office", 80)

    assert not guard.is_internal("feeds.office")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://10.0.0.1/", "a private network"),
        ("http://127.0.0.1/", "loopback"),
        ("http://[::1]/", "loopback"),
        ("http://169.254.7.7/", "link-local"),
        ("http://[fe80::1]/", "link-local"),
        ("http://169.254.169.254/", "metadata"),
        ("http://[fd00:ec2::254]/", "metadata"),
        ("http://224.0.0.1/", "multicast"),
        ("http://[ff02::1]/", "multicast"),
        ("http://[64:ff9b::a00:1]/", "NAT64"),
        ("http://[64:ff9b:1::a00:1]/", "NAT64"),
        ("http://[2002:a00:1::]/", "6to4"),
        ("http://192.88.99.1/", "6to4"),
        ("http://[2001:0:4136:e378::1]/", "Teredo"),
        ("http://[::ffff:10.0.0.1]/", "IPv4 address in IPv6 dress"),
        ("http://0x0a.0.0.1/", "unusual spelling"),
        ("http://167772161/", "unusual spelling"),
        ("http://desk:word@example.org/", "user name or password"),
        ("http://8.8.8.8:8080/", "port 8080, and feeds may come only from 80, 443"),
        ("gopher://example.org/", "neither http:// nor https://"),
        ("file:///etc/passwd", "neither http:// nor https://"),
    ],
)
def test_each_refusal_says_clearly_why(url: str, reason: str) -> None:
    with pytest.raises(ForbiddenAddressError) as refused:
        Guard().check_url(url)
    assert reason in refused.value.what


async def test_a_literal_is_refused_where_its_socket_is_made_though_no_name_is_looked_up() -> None:
    """The library asks no resolver about a literal, so the connector itself must ask the guard."""

    class Trusting(Guard):
        def check_url(self, text: str) -> URL:
            return URL(text)

    guard = Trusting()
    fetcher = Fetcher(guard, Manners(guard), "desk@example.org")
    async with await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ForbiddenAddressError, match="loopback"):
            await fetcher.get(f"http://127.0.0.1:{port}/")
    await fetcher.close()
