"""Texts that `guide new` wrote and that are still in a guide, told by comparing it with the same template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from hooks.source.load import Loaded, load
from hooks.source.positions import Path, trail
from hooks.source.problems import NOTICE, Problem, on_lines, plural

from .new_guide import TEMPLATE

CODE = "starter"

ADDRESSES = ("home", "url")
"""Fields that are not read as texts and are still the starter's."""

TELLING = ("options", "examples", "sources")
"""Sections whose texts no other guide has; short texts of the others may be anyone's."""

FEW = 3
"""Sections that are told one by one."""

MOST_NAMED = 6
"""Entries of a section that are named."""


def findings(loaded: Loaded, *, everything: bool = False) -> Iterator[Problem]:
    """A notice for each section that still has such texts; when there are many, one for all, unless everything is asked for."""
    known = _starter_texts()
    found = [path for path, text in _texts(loaded).items() if _kind(loaded, path, text) in known]
    if not (any(path[0] in TELLING for path in found) or _opening() in loaded.text):
        return  # a chance resemblance
    left: dict[str, list[Path]] = {}
    for path in found:
        left.setdefault(str(path[0]), []).append(path)
    ordered = sorted((sorted(paths, key=loaded.positions.line) for paths in left.values()), key=lambda paths: loaded.positions.line(paths[0]))  # fmt: skip
    if len(ordered) > FEW and not everything:
        yield _in_one(loaded, ordered)
        return
    for paths in ordered:
        yield _of_section(loaded, paths)


def _in_one(loaded: Loaded, sections: Sequence[list[Path]]) -> Problem:
    count = sum(map(len, sections))
    named = ", ".join(f"{paths[0][0]} ({len(paths)})" for paths in sections)
    said = (
        f"{plural(count, 'text')} in {plural(len(sections), 'section')} are still those that `guide new` wrote: {named}"
    )
    expected = "your own words, or no such entries (--all shows the lines)"
    return loaded.positions.problem(
        sections[0][0], CODE, said, expected=expected, where=str(sections[0][0][0]), severity=NOTICE
    )


def _of_section(loaded: Loaded, paths: Sequence[Path]) -> Problem:
    entries = list(dict.fromkeys(trail(loaded.draft, path[:2]).split(" › ")[-1] for path in paths))
    more = f" and {len(entries) - MOST_NAMED} more" if len(entries) > MOST_NAMED else ""
    lines = on_lines(loaded.positions.line(path) for path in paths)
    section = str(paths[0][0])
    said = f"'{section}' still has {plural(len(paths), 'text')} that `guide new` wrote, in {', '.join(entries[:MOST_NAMED])}{more}"
    expected = f"your own words on {lines}; or no such entries"
    return loaded.positions.problem(paths[0], CODE, said, expected=expected, where=section, severity=NOTICE)


@lru_cache(maxsize=1)
def _starter_texts() -> frozenset[tuple[str, tuple[str, ...], str]]:
    """Texts of several words and addresses of the template, each with the entry and the field that has it."""
    starter = load(TEMPLATE)
    found = _texts(starter)
    return frozenset(_kind(starter, path, text) for path, text in found.items() if " " in text or path[-1] in ADDRESSES)


@lru_cache(maxsize=1)
def _opening() -> str:
    """The first sentence of the template's comments."""
    lines = TEMPLATE.read_text(encoding="utf-8").split("\n")
    return next(line for line in lines[1:] if len(line) > len("# "))


def _texts(loaded: Loaded) -> Mapping[Path, str]:
    paths = {*loaded.texts, *(path for path in loaded.marks if path and path[-1] in ADDRESSES)}
    found = {path: _at(loaded, path) for path in paths}
    return {path: text for path, text in found.items() if text}


def _at(loaded: Loaded, path: Path) -> str:
    value = loaded.draft
    for step in path:
        value = value.get(step) if isinstance(value, dict) else value[step]
    return value if isinstance(value, str) else ""


def _kind(loaded: Loaded, path: Path, text: str) -> tuple[str, tuple[str, ...], str]:
    """A text with the id of its entry, "" where entries have none, and the field that it is in, whatever its position."""
    entry = _at(loaded, (*path[:2], "id")) if len(path) > 2 and isinstance(path[1], int) else ""
    return entry, tuple(step for step in path if isinstance(step, str)), text
