"""A visit that failed, told to somebody who does not read stack traces."""

import os
import traceback

import aiohttp


def in_words(failed: Exception) -> str:  # noqa: PLR0911  one line a failure
    """Return what went wrong with a connection, to follow the name of its feed."""
    match failed:
        case aiohttp.ClientConnectorDNSError():
            return f"cannot be found: there is no host {failed.host}, or its name cannot be looked up now"
        case aiohttp.ClientConnectorCertificateError():
            return f"shows a certificate that does not hold: {failed.certificate_error}"
        case aiohttp.ClientSSLError():
            return "gave no secure connection"
        case aiohttp.ClientConnectorError():
            return _no_connection(failed.os_error)
        case aiohttp.ServerDisconnectedError() | ConnectionError():
            return "broke off the connection"
        case aiohttp.ClientPayloadError():
            return "broke off in the middle of its answer"
        case aiohttp.ClientResponseError():
            return "answered with something that is not proper HTTP"
        case _:
            return f"could not be read ({type(failed).__name__})"


def _no_connection(failed: OSError) -> str:
    if isinstance(failed, ConnectionRefusedError):
        return "refused the connection"
    return f"cannot be reached ({os.strerror(failed.errno).lower() if failed.errno else failed})"


def forget_frames(failed: BaseException) -> None:
    """Let go of what the frames of an error and of its causes hold.

    aiohttp's errors and the frames that raised them hold each other, and a
    megabyte of a hostile answer with them, until the next look for garbage.
    """
    chain: list[BaseException] = []
    cause: BaseException | None = failed
    while cause is not None and cause not in chain:
        chain.append(cause)
        traceback.clear_frames(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
