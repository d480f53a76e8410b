"""Gateways that check addresses put a link into one of theirs: `https://gateway/?url=https%3A%2F%2Fhost%2Fwizard%2F%23v%3D1...`
and their own parts around it. What is inside is the link."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ROUNDS = 8
_PIECE = re.compile(r"[&?#;]+(?:amp;)*")
_INSIDE = re.compile(r"^<?[a-z]+:/+[^#?]*(?:[#?](?:[^&#?]*[&#?])*?|/)(v=\d.*)", re.IGNORECASE | re.DOTALL)
"""The address of a page with answers: in its fragment, or in its query."""

_DASHED = re.compile(r"https?-3A_[^&#;]*", re.IGNORECASE)
_DASHED_SIGN = re.compile(r"-([0-9a-f]{2})", re.IGNORECASE)
_STARRED = re.compile(r"(?<=/)\*(?=v=\d)", re.IGNORECASE)
"""How a gateway writes "#" where it writes all else as it was."""


def unwrapped(text: str) -> tuple[str, list[str]]:
    """The link inside a gateway's address, and the names of what the gateway has put around it; a link that is in none
    as it is. A text that has answers outside too has those."""
    text = _STARRED.sub("#", text)
    pieces = [piece.partition("=") for piece in _PIECE.split(text)]
    if any(name.lower() == "v" for name, _, _ in pieces):
        return text, []
    for number, (around, _, value) in enumerate(pieces):
        if not (found := _INSIDE.search(_plain(value))):
            continue
        others = pieces[:number] + pieces[number + 1 :]
        if "&" in found[1]:
            return found[1], [around, *(name for name, sign, _ in others if sign)]
        # It was decoded on its way: the parts of the link are among those of the gateway.
        return "&".join([found[1], *map("".join, others)]), [around]
    return text, []


def _plain(value: str) -> str:
    """A value as it was before it was encoded."""
    for _ in range(_ROUNDS):
        before, value = value, unquote(_DASHED.sub(_percent, value))
        if value == before:
            break
    return value


def _percent(found: re.Match[str]) -> str:
    """An address in which "-" was written for "%" and "_" for "/"."""
    return _DASHED_SIGN.sub(r"%\1", found[0].replace("_", "/"))
