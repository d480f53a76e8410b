"""Bytes as text, in the encodings that programs write. Small enough for the page: nothing of the network, no codec
that Python does not have built in."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SAMPLE = 8000
"""Bytes by which a text is told from a binary file."""

_SPACE = "\t\n\r\f"


def marked(data: bytes) -> tuple[bytes, str]:
    """The bytes and the encoding to decode them with: as their byte order mark says, UTF-16 without one too (as Windows
    PowerShell and many editors write it), else UTF-8. "utf-16" and "utf-32" read the mark that the bytes begin with."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (data.removeprefix(mark) if encoding == "utf-8" else data), encoding
    if b"\0" in data[:_SAMPLE]:
        for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            if _is_text((mark + data[:_SAMPLE]).decode("utf-16", "replace")):
                return mark + data, "utf-16"
    return data, "utf-8"


def _is_text(sample: str) -> bool:
    """True for what people write: no control characters, no halves of characters, and a third of it in ASCII, as the
    keys of every manifest are. The last character may be cut."""
    if any((char < " " and char not in _SPACE) or "\x7f" <= char <= "\x9f" or char == "\ufffd" for char in sample[:-1]):
        return False
    return 3 * sum(char.isascii() for char in sample) >= len(sample)


def tolerant_text(data: bytes) -> str | None:
    """The text of a file of a stranger's, or of its beginning; None for a binary file."""
    data, encoding = marked(data)
    text = data.decode(encoding, "replace")
    return None if "\0" in text[:_SAMPLE] else text
