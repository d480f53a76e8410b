"""A problem in the guide's file, and how it looks on a terminal, in CI, as JSON and on a page.

One grammar everywhere: what is wrong, what was expected, the nearest valid name, where, and how to fix it. Rules make
problems and never print; the functions here print and never judge.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from .alike import MOST_NAMES, by_likeness
from .lines import split_lines

ERROR, WARNING, NOTICE = "error", "warning", "notice"

MOST_SHOWN = 20
"""Problems shown unless all are asked for."""

WIDTH = 110
"""Characters of a source line that are shown around its caret."""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a problem: the line and why to look there."""

    line: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that an editor of the guide should fix.

    Attributes:
        file: the file as the editor named it.
        line, column: where it starts, both counted from 1.
        end: the column after its last character on that line.
        code: the rule that found it.
        message: what is wrong.
        expected: what should be there; empty when the message says it.
        nearest: the valid name that is most like what is there; empty when none is.
        where: the entry, in ids: "options › x › summary".
        help: how to fix it, or what the field means.
        related: other lines that belong to it.
        severity: "error" stops the build, "warning" does not.
        cause: what it comes from, where several problems may: the section and id of an entry that is not there.
        follows: lines of the problems that follow from it, when these are not shown; see causes.py.
    """

    file: str
    line: int
    column: int
    end: int
    code: str
    message: str
    expected: str = ""
    nearest: str = ""
    where: str = ""
    help: str = ""
    related: tuple[Related, ...] = ()
    severity: str = ERROR
    cause: str = ""
    follows: tuple[int, ...] = ()


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by place; the same problem is kept once."""
    return sorted(
        dict.fromkeys(problems), key=lambda one: (one.file, one.line, one.column, one.severity, one.code, one.message)
    )


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop a build."""
    return [problem for problem in problems if problem.severity == ERROR]


# Words for messages


def quote(text: object) -> str:
    """What the editor wrote, in quotes, on one short line and without characters that a terminal would obey."""
    shown = " ".join(printable(str(text)[:200]).split())
    return f"'{shown if len(shown) <= 60 else shown[:59] + '…'}'"


def printable(text: str) -> str:
    """The text with control and direction characters replaced, so that it shows what it says."""
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\t" else char
                   for char in text)  # fmt: skip


def one_of(names: Sequence[str], like: str = "") -> str:
    """ "one of: a, b, c"; a long list is cut and says so, and then begins with the names most like the one given."""
    if not names:
        return "no name here, as the guide declares none: delete this, or declare one first"
    if len(names) == 1:
        return names[0]
    rest = len(names) - MOST_NAMES
    names = by_likeness(like, names) if like and rest > 0 else names
    more = f" and {rest} more" if rest > 0 else ""
    return f"one of: {', '.join(names[:MOST_NAMES])}{more}"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def plural(count: int, word: str) -> str:
    """ "1 problem", "2 problems"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def summary(problems: Sequence[Problem]) -> str:
    """ "2 problems, 40 that follow from them, 1 warning and 2 notices"."""
    bad = len(errors(problems))
    counts = [plural(bad, "problem")] if bad or not problems else []
    if follow := sum(len(problem.follows) for problem in problems if not problem.cause):
        counts.append(f"{follow} that {'follows' if follow == 1 else 'follow'} from {'it' if bad == 1 else 'them'}")
    if same := sum(len(problem.follows) for problem in problems if problem.cause):
        counts.append(f"{same} with the same {'cause' if bad == 1 else 'causes'}")
    lesser = Counter(problem.severity for problem in problems)
    counts += [plural(lesser[severity], severity) for severity in (WARNING, NOTICE) if lesser[severity]]
    return join_words(counts)


# Renderers


def as_text(problems: Sequence[Problem], texts: Mapping[str, str], most: int | None = MOST_SHOWN) -> str:
    """For a terminal: place, problem, the source line with a caret, what was expected. Ends with a line break.

    Args:
        problems: in the order in which they should be shown.
        texts: the text of each file by its name, for the source lines.
        most: how many to show; None for all.
    """
    shown, rest = cut(problems, most)
    blocks = [_text_block(problem, source_line(texts, problem)) for problem in shown]
    if rest:
        blocks.append(f"... and {rest} more (use --all)\n")
    return "\n".join(blocks)


def _text_block(problem: Problem, source: str | None) -> str:
    word = "" if problem.severity == ERROR else f"{problem.severity}: "
    place = f"{problem.file}:{problem.line}:{problem.column}"
    lines = [f"{place}: {word}{problem.message}{_elsewhere(problem)}{_next_step(problem)}   [{problem.code}]"]
    if source is not None:
        before, marked, after = excerpt(problem, source)
        lines.append(f"{problem.line:>7} | {before}{marked}{after}")
        lines.append(f"{'':>7} | {_blank(before)}{'^' * max(1, _width(marked))}")
    hint = f"expected {problem.expected}" if problem.nearest and problem.expected not in ("", problem.nearest) else ""
    lines.extend(f"    {line}" for line in (hint, problem.where and f"in {problem.where}") if line)
    lines.extend(f"    see line {other.line}: {other.words}" for other in problem.related)
    if problem.help:
        lines.append(f"    help: {problem.help}")
    lines.extend(f"    {line}" for line in [consequences(problem)] if line)
    return "\n".join(lines) + "\n"


def _elsewhere(problem: Problem) -> str:
    """ " (see line 12)" where a problem is between two places, such as one id used twice. A misspelt name is not: where
    the right ones are declared is said below."""
    lines = [other.line for other in problem.related if other.line != problem.line]
    return f" (see {on_lines(lines)})" if lines and not (problem.cause or problem.nearest) else ""


def _next_step(problem: Problem) -> str:
    """What to write instead, so that the first line alone says what to do. Where one name is near, all that are possible
    follow on a line of their own."""
    if problem.nearest:
        is_phrase = " " in problem.nearest and not problem.nearest.startswith("[")
        return f"; nearest: {problem.nearest}" if is_phrase else f"; did you mean {problem.nearest}?"
    return f"; expected {problem.expected}" if problem.expected else ""


def consequences(problem: Problem) -> str:
    """ "and 200 that follow from it, on lines 3, 8, 12, ...", or "" when none do."""
    if not problem.follows:
        return ""
    count = len(problem.follows)
    said = ("with the same cause" if problem.cause else "that follow from it") if count > 1 else "that follows from it"
    return f"and {count} {said}, on {on_lines(problem.follows)}"


def on_lines(numbers: Iterable[int]) -> str:
    """ "line 3", "lines 3, 8, 12, ...": each once, at most eight."""
    lines = list(dict.fromkeys(numbers))
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:8]))}{', ...' if len(lines) > 8 else ''}"


def expectation(problem: Problem) -> str:
    """ "expected one of: a, b      nearest: a", or what of it there is."""
    parts = [f"expected {problem.expected}"] if problem.expected else []
    if problem.nearest and problem.nearest != problem.expected:
        parts.append(f"nearest: {problem.nearest}")
    return "      ".join(parts)


def as_github(problems: Sequence[Problem], most: int | None = MOST_SHOWN) -> str:
    """Workflow commands that CI hosts show on the lines of a change."""
    shown, rest = cut(problems, most)
    lines = [_annotation(problem) for problem in shown]
    if rest:
        lines.append(f"::notice::... and {rest} more (use --all)")
    return "".join(line + "\n" for line in lines)


def _annotation(problem: Problem) -> str:
    fields = {
        "file": problem.file,
        "line": problem.line,
        "col": problem.column,
        "endColumn": problem.end,
        "title": problem.code,
    }
    properties = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in fields.items())
    words = [problem.message, expectation(problem).replace("      ", "; "), problem.where and f"in {problem.where}"]
    words += [f"see line {other.line}: {other.words}" for other in problem.related]
    words.append(consequences(problem))
    return f"::{problem.severity} {properties}::{_escaped('; '.join(word for word in words if word))}"


def _escaped(text: str, more: str = "") -> str:
    """Text in a workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def as_json(problems: Sequence[Problem]) -> str:
    """All problems, with the fields of `Problem`, for other programs."""
    listed = [{name: value for name, value in asdict(one).items() if name != "follows"} for one in problems]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


# Source lines


def cut(problems: Sequence[Problem], most: int | None) -> tuple[Sequence[Problem], int]:
    """The problems to show, errors before warnings when not all fit, and how many are left out."""
    if most is None or len(problems) <= most:
        return problems, 0
    kept = set(sorted(problems, key=lambda problem: (problem.severity != ERROR, not problem.follows))[:most])
    return [problem for problem in problems if problem in kept], len(problems) - len(kept)


def source_line(texts: Mapping[str, str], problem: Problem) -> str | None:
    """The line of a problem, or None when there is no such line."""
    text = texts.get(problem.file, "")
    lines = split_lines(text) if text else ()
    return lines[problem.line - 1] if problem.line <= len(lines) else None


def excerpt(problem: Problem, source: str) -> tuple[str, str, str]:
    """The text before, at and after the caret; a long line is cut on both sides."""
    start, end = problem.column - 1, max(problem.end, problem.column + 1) - 1
    left = 0 if start < WIDTH - 30 else start - 30
    right = left + WIDTH
    before, marked, after = source[left:start], source[start : min(end, right)], source[min(end, right) : right]
    if left:
        before = "…" + before
    if right < len(source):
        after += "…"
    return printable(before), printable(marked), printable(after)


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _blank(text: str) -> str:
    """As much space as the text takes; tabs stay tabs."""
    return "".join("\t" if char == "\t" else " " * _width(char) for char in text)
