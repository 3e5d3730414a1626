"""Which encoding a body is in, and the small breakages that can be mended at once."""

import codecs
import re
from html.entities import html5

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-16 without a mark shows by the zero beside each ASCII sign.
_ZEROS = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
# Publishers say ISO and write Windows, whose curly quotes ISO does not have;
# browsers read it so too (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Python reads these too; no feed is written in them, and some take long.
_NO_TEXTS = frozenset({"punycode", "idna", "utf-7", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
# The five that XML knows itself stay as they are.
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# An open section takes all that follows, so that many of them cost no more than one.
_CDATA_OR_ENTITY = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z][A-Za-z0-9]*);|&(?!#?\w+;)", re.DOTALL)


def as_utf8(body: bytes, content_type: str) -> bytes | None:
    """Return the body in UTF-8, ``None`` if none of the encodings it may be in reads it.

    A byte order mark wins; then UTF-8 if the body is that and anybody says so;
    then the XML declaration, the server's word, and UTF-8.
    """
    for mark, name in (*_BOMS, *_ZEROS):
        if body.startswith(mark):
            return _decode(body, name)
    declared = _DECLARED.match(body[:500])
    charset = _CHARSET.search(content_type)
    said = [name for name in (declared and declared[1].decode("ascii"), charset and charset[1]) if name]
    # A declaration that was left behind by a conversion is common; text that
    # is valid UTF-8 with more than ASCII in it is never anything else.
    said.sort(key=lambda name: _codec(name) != "utf-8")
    for name in (*said, "utf-8"):
        text = _decode(body, name)
        if text is not None:
            return text
    return None


def mend(text: bytes) -> bytes:
    """Return the XML without what most often breaks it.

    That is: noise before the first tag, control characters, names of HTML
    entities that XML does not know, and ampersands that stand alone.
    """
    words = _NOT_XML.sub("", text.decode())
    start = words.find("<")
    return _CDATA_OR_ENTITY.sub(_entity, words[max(start, 0) :]).encode()


def _entity(found: re.Match[str]) -> str:
    if found[0].startswith("<"):
        return found[0]
    name = found[1]
    if name is None:
        return "&amp;"
    return found[0] if name in _XML_OWN else html5.get(f"{name};", f"&amp;{name};")


def _codec(name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec in _NO_TEXTS else codec


def _decode(body: bytes, name: str) -> bytes | None:
    codec = _codec(name)
    if codec is None:
        return None
    try:
        if codec == "utf-8":
            body.decode()
            return body
        return body.decode(_MEANT.get(codec, codec)).encode()
    except (UnicodeError, LookupError, TypeError, ValueError):
        return None
