"""Nobody but the page itself may read it or type into it."""

import pytest
from aiohttp import ClientSession

from tests.platforms.web.house import open_house

HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST", 200),
        ("[::1]:{port}", 200),
        ("evil.example", 421),
        ("evil.example:{port}", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:{port}", 421),
        ("evil@localhost", 421),
        ("localhost:x", 421),
        ("8.8.8.8", 421),
        ("", 421),
    ],
)
async def test_the_host_must_be_this_machine_or_the_bound_address(host: str, status: int) -> None:
    async with open_house() as house:
        port = house.origin.rpartition(":")[2]

        found, _ = await house.get("/health", Host=host.format(port=port))

    assert found == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost"}, 403),
        ({"Origin": "https://{host}"}, 403),
        ({"Origin": "http://evil.example", "Host": "evil.example"}, 421),
    ],
)
async def test_a_command_must_come_from_this_very_page(headers: dict[str, str], status: int) -> None:
    async with open_house() as house:
        host = house.origin.removeprefix("http://")
        sent = {name: value.format(host=host) for name, value in headers.items()}

        found, _ = await house.type("/stories", **sent)

    assert found == status
    assert bool(house.desk.calls) is (status == 200)


async def test_a_command_that_does_not_say_where_it_comes_from_is_refused() -> None:
    async with open_house() as house, ClientSession() as program:
        async with program.post(f"{house.origin}/ask", data={"line": "/stories"}) as answer:
            assert answer.status == 403
        headers = {"Sec-Fetch-Site": "same-origin"}
        async with program.post(f"{house.origin}/ask", data={"line": "/stories"}, headers=headers) as answer:
            assert answer.status == 200


async def test_another_page_may_link_here_but_not_embed_or_read() -> None:
    async with open_house() as house:
        linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        read = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}

        assert (await house.get("/", **linked))[0] == 200
        assert (await house.get("/events", **read))[0] == 403


@pytest.mark.parametrize("path", ["/", "/health", "/nowhere", "/static/page.js", "/stories/nope"])
async def test_every_answer_carries_the_strict_headers(path: str) -> None:
    async with open_house() as house, house.browser.get(house.origin + path) as answer:
        assert all(answer.headers.get(name) for name in HEADERS)
        policy = answer.headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy


async def test_a_form_larger_than_any_line_is_refused() -> None:
    async with open_house() as house:
        status, _ = await house.type("x" * 100_000)

    assert status == 413
