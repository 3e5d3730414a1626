"""Who is let in: this page has no log-in, so every request must come from itself.

A page of somebody else, open in the same browser, can neither read this one
(DNS rebinding: its name would stand in ``Host``) nor send it commands (its
address would stand in ``Origin``).
"""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.platforms.web.hooks import PREFIX

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # With `no-referrer` browsers would hide the Origin of our own form.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FRESH = {"Cache-Control": "no-store"}

_WRONG_HOST = "This page answers only under the address that it was opened on, and as localhost.\n"
_FOREIGN = "Commands are taken from this page alone. Open it in a browser and type there.\n"


@web.middleware
async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what does not come from this page itself; hubs have addresses of their own, and secrets."""
    if request.path.startswith(PREFIX):
        return await handler(request)
    if not _is_own_host(request):
        return web.Response(status=421, text=_WRONG_HOST)
    if not _is_from_here(request):
        return web.Response(status=403, text=_FOREIGN)
    return await handler(request)


async def seal(request: web.Request, response: web.StreamResponse) -> None:
    """Give every answer the headers that keep it to itself; a signal of aiohttp."""
    for name, value in {**HEADERS, **FRESH}.items():
        response.headers.setdefault(name, value)


def is_local(request: web.Request) -> bool:
    """Return whether the request comes from this machine, so from its operator."""
    return _is_loopback(request.remote or "")


def _is_own_host(request: web.Request) -> bool:
    """Return whether ``Host`` names this machine or the address that was reached."""
    host = _hostname(request.headers.get(hdrs.HOST, ""))
    if host is None:
        return False
    reached = request.transport.get_extra_info("sockname") if request.transport else None
    return host == "localhost" or _is_loopback(host) or bool(reached and host == reached[0])


def _is_from_here(request: web.Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if request.method in {hdrs.METH_GET, hdrs.METH_HEAD}:
        # Following a link to here is fine; being embedded or read is not.
        return site in {None, "same-origin", "none"} or request.headers.get("Sec-Fetch-Mode") == "navigate"
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is None:
        return site == "same-origin"
    return origin == f"http://{request.headers.get(hdrs.HOST, '')}"


def _hostname(host: str) -> str | None:
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname if parts.netloc == host and "@" not in host else None


def _is_loopback(host: str) -> bool:
    try:
        number = ip_address(host)
    except ValueError:
        return False
    # A socket of both families writes 127.0.0.1 as ::ffff:127.0.0.1.
    mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    return (mapped or number).is_loopback
