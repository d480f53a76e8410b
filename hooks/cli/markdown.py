"""Problems as Markdown, for the summary of a run or a comment on a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from hooks.source.problems import Problem, summary


def as_markdown(file: str, problems: Sequence[Problem], most: int | None) -> str:
    """A heading and one line for each problem, the first ones when there are many."""
    lines = [f"## {file}: {summary(problems) if problems else 'no problems'}", ""]
    shown = problems[:most]
    for one in shown:
        expected = f" Expected {_text(one.expected)}." if one.expected else ""
        lines.append(f"- `{one.file}:{one.line}` {_text(one.message)}.{expected}")
    if len(problems) > len(shown):
        lines.append(f"- and {len(problems) - len(shown)} more")
    return "\n".join([*lines, ""]) if shown else lines[0] + "\n"


def _text(words: str) -> str:
    """Words of the file cannot become Markdown or HTML."""
    for sign in "\\`*_[]<>|#":
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())
