"""A certificate for all hosts of the benchmark, from an authority that only the benchmark trusts."""

import subprocess
from pathlib import Path

import certifi

#: Each host below it is a registered domain of its own, and none is on the internet (RFC 8375).
ZONE = "home.arpa"


def host_of(number: int) -> str:
    """Return the host of a feed."""
    return f"outlet-{number}.{ZONE}"


def make(folder: Path) -> tuple[Path, Path, Path]:
    """Return the files of all trusted authorities, of the server's certificate and of its key; made by openssl.

    Whoever makes a context for each connection reads all authorities each
    time, as on a usual machine, so ours is added to the public ones.
    """
    authority, certificate, key = folder / "authority.pem", folder / "server.pem", folder / "server.key"
    request, extensions = folder / "server.csr", folder / "server.ext"
    extensions.write_text(f"subjectAltName=DNS:*.{ZONE}\nbasicConstraints=CA:FALSE\n", encoding="ascii")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    signer = folder / "authority.key"
    _openssl("req", "-x509", *curve, "-keyout", signer, "-out", authority, "-days", "2", "-subj", "/CN=Benchmark")
    _openssl("req", *curve, "-keyout", key, "-out", request, "-subj", f"/CN=*.{ZONE}")
    _openssl(
        *("x509", "-req", "-in", request, "-CA", authority, "-CAkey", signer, "-CAcreateserial"),
        *("-out", certificate, "-days", "2", "-extfile", extensions),
    )
    trusted = folder / "trusted.pem"
    trusted.write_bytes(Path(certifi.where()).read_bytes() + b"\n" + authority.read_bytes())
    return trusted, certificate, key


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)  # noqa: S603, S607 - our own words
