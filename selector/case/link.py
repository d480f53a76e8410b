"""Share links: a case as a short readable text for the fragment of an address, and back.

`v=1&r=0123456789ab&question=answer&many=a,b&number=12&w.criterion=20&relax=id,id&made=link_snapshot`
Version 1 is the only one so far; a later version must go on reading older ones.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

from selector.guide.guide import Guide

from .answers import Case, check_case

VERSION = "1"
RESERVED_NAMES = ("v", "r", "relax", "made")
"""Names that are not questions; a question of such a name goes by `q.name`."""

MOST_CHARACTERS = 8000
"""Longer links are not ours: all answers of a large guide fit in a quarter of this."""


def encode(case: Case, revision: str, made: str = "") -> str:
    """The link text of a case. Two equal cases give the same text.

    `made` is a keepsake of the decision (see `drift.link_snapshot`): whoever opens the link later is told whether it holds.
    """
    pairs = [("v", VERSION), ("r", revision)]
    for name, value in sorted(case.answers.items()):
        key = f"q.{name}" if name in RESERVED_NAMES else name
        pairs.append((key, ",".join(value) if isinstance(value, tuple) else str(value)))
    pairs.extend((f"w.{name}", str(points)) for name, points in sorted(case.weights.items()))
    if case.relax:
        pairs.append(("relax", ",".join(sorted(case.relax))))
    if made:
        pairs.append(("made", made))
    return "&".join(f"{quote(name, safe='.-')}={quote(value, safe='.,-')}" for name, value in pairs)


def decode(text: str, guide: Guide) -> tuple[Case, str | None, list[str]]:
    """Read a link text.

    Returns:
        The case with everything that the guide understands, the revision that the link was made with (None when it
        carries none), and a notice for each part set aside. Never raises: a link is foreign input.
    """
    text = text.removeprefix("#").strip()
    if not text:
        return Case(), None, []
    if len(text) > MOST_CHARACTERS:
        return Case(), None, ["The link is too long to be one of ours and was ignored."]
    try:
        pairs = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=500))
    except ValueError:
        return Case(), None, ["The link could not be read and was ignored."]
    if pairs.pop("v", None) != VERSION:
        return Case(), None, ["The link has a format that this page does not know and was ignored."]
    revision = pairs.pop("r", None)
    pairs.pop("made", None)
    relax = [name for name in pairs.pop("relax", "").split(",") if name]
    weights = {name[2:]: _number(value) for name, value in pairs.items() if name.startswith("w.")}
    answers = {name.removeprefix("q."): value for name, value in pairs.items() if not name.startswith("w.")}
    notices: list[str] = []
    case = check_case(guide, _typed(guide, answers), weights, relax, notices=notices)
    return case, revision if revision and revision.isalnum() and len(revision) <= 64 else None, notices


def snapshot_in(text: str) -> str:
    """The keepsake that a link carries; empty when it carries none or cannot be read."""
    if len(text) > MOST_CHARACTERS:
        return ""
    try:
        return dict(parse_qsl(text.removeprefix("#"), max_num_fields=500)).get("made", "")
    except ValueError:
        return ""


def _typed(guide: Guide, answers: dict[str, str]) -> dict[str, object]:
    """Lists and numbers as the question's kind wants them; the rest as text for `check_case` to judge."""
    typed: dict[str, object] = {}
    for name, value in answers.items():
        try:
            kind = guide.question(name).kind
        except KeyError:
            kind = "one"
        if kind == "many" and value != "unsure":
            typed[name] = [item for item in value.split(",") if item]
        else:
            typed[name] = _number(value) if kind == "number" else value
    return typed


def _number(value: str) -> int | str:
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 12 else value
