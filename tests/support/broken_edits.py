"""Reads the table of broken edits in tests/guides/broken.txt."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from hooks import ROOT

GUIDES = ROOT / "tests" / "guides"


@dataclass(frozen=True)
class Broken:
    """An edit of a valid guide, and the report that it must give."""

    code: str
    what: str
    edits: tuple[tuple[str, str], ...]
    report: str

    def apply(self, text: str) -> str:
        """The broken text; each replaced text must stand there exactly once."""
        for old, new in self.edits:
            assert text.count(old) == 1, f"{self.what}: {old!r} stands there {text.count(old)} times"
            text = text.replace(old, new)
        return text


def broken_edits() -> Iterator[Broken]:
    """All entries of the table."""
    for block in (GUIDES / "broken.txt").read_text(encoding="utf-8").split("\n### ")[1:]:
        lines = block.split("\n")
        code, _, what = lines[0].partition(": ")
        count = next(number for number, line in enumerate(lines[1:], 1) if line[:1] not in ("-", "+"))
        yield Broken(code, what, tuple(_edits(lines[1:count])), "\n".join(lines[count:]).rstrip("\n") + "\n")


def _edits(lines: list[str]) -> Iterator[tuple[str, str]]:
    old: list[str] = []
    new: list[str] = []
    for line in lines:
        if line.startswith("-") and new:
            yield "\n".join(old), "\n".join(new)
            old, new = [], []
        (old if line.startswith("-") else new).append(line[2:])
    yield "\n".join(old), "\n".join(new)


def table(most: int) -> str:
    """Edits and what is said about them first, as Markdown: as many as asked, those of each code in turn."""
    waiting = list(broken_edits())
    chosen: list[Broken] = []
    while waiting and len(chosen) < most:
        first = {broken.code: broken for broken in reversed(waiting)}
        chosen += [broken for broken in waiting if first[broken.code] is broken]
        waiting = [broken for broken in waiting if first[broken.code] is not broken]
    lines = ["| | what was written | what the command says first | and then |", "|---|---|---|---|"]
    for number, broken in enumerate(chosen[:most], 1):
        written = "; ".join(new for _, new in broken.edits) or "(nothing)"
        said = broken.report.split("\n")
        then = next((line.strip() for line in said if line.startswith("    expected")), "")
        lines.append(f"| {number} | {_cell(written)} | {_cell(said[0])} | {_cell(then)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    shown = " ⏎ ".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
    return "`` " + shown.replace("|", "\\|") + " ``" if shown else ""


if __name__ == "__main__":
    print(table(int((sys.argv[1:2] or ["60"])[0])), end="")
