"""Patterns of evidence are valid, bounded in time, and look at something.

PASS
    find: [{kind: Thing, value: {spec.size: '[0-9]+'}}, {path: '**/*.txt', line: '^size='}]
FAIL
    find: [{kind: Thing, value: {spec.size: '[0-9+'}}]
    find: [{line: '^size='}]
    find: [{path: '**/*.txt', line: '(a+)+b'}]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from hooks.source.alike import nearest
from hooks.source.problems import Problem, one_of, quote
from selector.detect.evidence import any_of, named

from .common.draft import Draft, Node

FINDS = ("evidence.*.find.*", "reading.units.find.*")
GLOBS = (
    "reading.documents|aside.*", "evidence.*.per", "evidence.*.but.*",
    *(f"{find}.path" for find in FINDS), *(f"{find}.path.*" for find in FINDS),
)  # fmt: skip
FAULTS = (re.error, OverflowError, RecursionError)
"""What Python's module re raises for an expression that it cannot use."""

ENDLESS = _constants.MAXREPEAT


def check(draft: Draft) -> Iterator[Problem]:
    """Paths, then each pattern's parts, then its expressions."""
    for name in GLOBS:
        for node in draft.each(name):
            yield from _glob(draft, node)
    shared = draft.root.at("reading", "values")
    for node in shared.items():
        yield from _expression(draft, node)
    for find in FINDS:
        for pattern in draft.each(find):
            yield from _parts(draft, pattern)
            for given in [pattern.at("line"), *pattern.at("value").items()]:
                listed = [given] if given.text else list(given.items())
                for node in listed:
                    if node.text.startswith("@") and given.path[-2:-1] == ("value",):
                        yield from _shared(draft, node, shared.fields())
                    else:
                        yield from _expression(draft, node)
                yield from _together(draft, listed, shared.value if given.path[-2:-1] == ("value",) else {})


def _glob(draft: Draft, node: Node) -> Iterator[Problem]:
    text = node.text
    if text.startswith(("/", "./", "../")) or "\\" in text:
        yield draft.problem(
            node,
            f"the path {quote(text)} leads out of the visitor's folder, below which paths are looked for"
            if "\\" not in text
            else f"the path {quote(text)} has a backslash",
            expected=quote(_below(text)).strip("'"),
        )
    elif text.count("{") != text.count("}") or re.search(r"\{[^{}]*\{", text):
        yield draft.problem(node, f"the path {quote(text)} has braces that do not match", expected="{a,b}, not nested")


def _below(path: str) -> str:
    """The same path as seen from the folder that is read."""
    return re.sub(r"\A(\.{0,2}/)+", "", path.replace("\\", "/")) or "**"


def _parts(draft: Draft, pattern: Node) -> Iterator[Problem]:
    fields = set(pattern.fields())
    if "line" in fields and "path" not in fields:
        yield draft.problem(
            pattern.at("line"), "lines are looked for in every file", at_key=True, expected="'path' beside it"
        )
    both = sorted(fields & {"api", "kind", "has", "single", "lacks", "value"})
    if "line" in fields and both:
        yield draft.problem(
            pattern.at("line"), f"a pattern with both 'line' and '{both[0]}'", at_key=True,
            expected="two patterns, one for lines and one for documents",
        )  # fmt: skip
    if fields and not fields - {"lacks", "contains"}:
        yield draft.problem(
            draft.first(pattern),
            "nothing to look for",
            expected="'path', 'kind' or 'has' beside it: what files or documents to look at",
        )


def _shared(draft: Draft, node: Node, known: Any) -> Iterator[Problem]:
    if node.text[1:] not in known:
        best = nearest(node.text[1:], known)
        yield draft.problem(
            node, f"there is no expression {quote(node.text)}",
            expected=one_of([f"@{name}" for name in known], node.text) if known else "one in 'reading.values'",
            nearest=best and f"@{best}",
        )  # fmt: skip


def _expression(draft: Draft, node: Node) -> Iterator[Problem]:
    if not node.text:
        return
    try:
        parsed = _parser.parse(node.text)
        any_of([node.text])
    except FAULTS as error:
        said, expected = _broken(node.text, error)
        yield draft.problem(node, f"no valid expression: {said}", expected=expected)
        return
    if _explodes(parsed, inside=False):
        yield draft.problem(
            node, "an expression that might never finish: * or + inside a group that is repeated by * or +, too",
            expected="a limit for one of the two, as in {0,20} in place of *",
        )  # fmt: skip


def _together(draft: Draft, nodes: list[Node], shared: Any) -> Iterator[Problem]:
    """Expressions of one list are one expression to the selector, so a group's name or number is for all of them."""
    known = shared if isinstance(shared, dict) else {}
    try:
        listed = [named(node.text, known) for node in nodes]
        for text in listed:
            any_of([text])
    except (*FAULTS, LookupError):
        return  # told at the expression
    for count, node in enumerate(nodes[1:], 2):
        try:
            any_of(listed[:count])
        except FAULTS as error:
            said = f"no valid expression after those before it in this list: {getattr(error, 'msg', error)}"
            yield draft.problem(node, said, expected="groups without names, as in (?:a|b); or names that differ")
            return


def _broken(text: str, error: Exception) -> tuple[str, str]:
    """What is wrong with an expression, with the character at fault, and what to write."""
    if isinstance(error, RecursionError):
        return "its groups nest too deep", "fewer brackets within brackets"
    said, at = getattr(error, "msg", str(error)), getattr(error, "pos", None)
    if said.startswith("global flags not at the start"):  # it is part of a longer one, in which only groups have flags
        flags = re.search(r"\(\?([a-zA-Z]+)\)", text)
        shown = flags[1] if flags else "i"
        return (
            f"the flags (?{shown}) would be for the whole list, of which this is a part",
            f"(?{shown}:...) around what they are for",
        )
    if said.startswith("look-behind"):
        return (
            "what is looked for behind, in (?<=...) or (?<!...), must always have the same number of characters",
            "no * + ? {1,2} within it",
        )
    bracket = text[at : at + 1] if at is not None else ""
    if said.startswith(("missing )", "unbalanced parenthesis")) and bracket in ("(", ")"):
        other = "closed" if bracket == "(" else "opened"
        return (
            f"the {bracket} at character {at + 1} is never {other}",
            f"\\{bracket} for this character in a text (within single quotes: one backslash); or the other bracket",
        )
    if said.startswith(("nothing to repeat", "multiple repeat")) and bracket:
        return f"nothing that {bracket} at character {at + 1} can repeat", f"\\{bracket} for this character in a text"
    where = f", at character {at + 1}" if at is not None else ""
    return (
        f"{said}{where}",
        "a regular expression as Python's module re reads it, with \\ before ( ) [ ] . * + ? in a text",
    )


def _explodes(parsed: Any, *, inside: bool) -> bool:
    """True when a repetition without limit is inside another."""
    for operator, argument in parsed:
        if operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            endless = argument[1] is ENDLESS
            if (endless and inside) or _explodes(argument[2], inside=inside or endless):
                return True
        elif operator is _constants.SUBPATTERN:
            if _explodes(argument[3], inside=inside):
                return True
        elif operator is _constants.BRANCH:
            if any(_explodes(branch, inside=inside) for branch in argument[1]):
                return True
        elif operator in (_constants.ASSERT, _constants.ASSERT_NOT) and _explodes(argument[1], inside=inside):
            return True
    return False
