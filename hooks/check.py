"""The command `guide`: checks the guide's file and says what to mend."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath

from selector import Guide

from .problems import MOST_SHOWN, Problem, as_github, as_json, as_text, errors, in_order, summary
from .rules import check_rules, draft_of
from .source import Loaded, load

GUIDE = FilePath("data/guide.yml")

OK, PROBLEMS, USAGE = 0, 1, 2
"""Exit codes."""


@dataclass(frozen=True)
class Checked:
    """A guide's file after all checks.

    Attributes:
        guide: the guide, or None when a problem stops it.
        problems: errors and warnings, in the order of the file.
        loaded: the file itself, with `line(path)` for links to its lines.
    """

    guide: Guide | None
    problems: tuple[Problem, ...]
    loaded: Loaded

    def report(self, most: int | None = MOST_SHOWN) -> str:
        """All problems as text, for a terminal or a log."""
        return as_text(self.problems, {self.loaded.file: self.loaded.text}, most)


def check_guide(path: FilePath | str, *, today: date | None = None, name: str | None = None) -> Checked:
    """Read a guide's file and judge it by all rules. Raises nothing, whatever the file holds.

    Args:
        path: the YAML file.
        today: the day by which dates are judged; by default the machine's.
        name: how problems call the file; by default its path from the working folder.
    """
    return check_loaded(load(path, name=name), today)


def check_loaded(loaded: Loaded, today: date | None = None) -> Checked:
    """The same for a file that was read before."""
    if loaded.draft is None:
        return Checked(None, loaded.problems, loaded)
    draft = draft_of(loaded, today)
    taken = {(problem.line, problem.column) for problem in loaded.problems}
    found = [problem for problem in check_rules(draft) if (problem.line, problem.column) not in taken]
    problems = in_order([*loaded.problems, *found])
    if not errors(problems) and (draft.guide is None or draft.enumeration is None):
        problems.append(loaded.places.problem((), "guide", "scoring cannot use this guide, and no rule says why"))
    return Checked(None if errors(problems) else draft.guide, tuple(problems), loaded)


def read_guide(path: FilePath | str) -> tuple[Guide | None, tuple[Problem, ...]]:
    """The guide of a file, or None with the problems that stop it; warnings come with either. Raises nothing."""
    checked = check_guide(path)
    return checked.guide, checked.problems


# The command line


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 no problems, 1 problems, 2 wrong usage."""
    parser = _parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:
        return OK if stop.code in (0, None) else USAGE
    return int(arguments.run(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guide", description="Tools for those who edit the guide.")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="check the guide's file", description="Check the guide's file.")
    check.add_argument("--file", type=FilePath, default=GUIDE, help=f"the file to check (default: {GUIDE})")
    check.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default=default_format(),
        help="text for people, github for annotations in CI (the default there), json for programs",
    )
    check.add_argument("--all", action="store_true", help=f"show all problems, not only the first {MOST_SHOWN}")
    check.set_defaults(run=_check)
    return parser


def default_format() -> str:
    """Annotations where a CI host shows them, text elsewhere."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _check(arguments: argparse.Namespace) -> int:
    checked = check_guide(arguments.file)
    most = None if arguments.all else MOST_SHOWN
    if arguments.format == "json":
        sys.stdout.write(as_json(checked.problems))
    elif arguments.format == "github":
        sys.stdout.write(as_github(checked.problems, most))
    else:
        report = checked.report(most)
        sys.stdout.write(f"{report}\n" if report else "")
        sys.stdout.write(
            f"{checked.loaded.file}: {'no problems' if not checked.problems else summary(checked.problems)}\n"
        )
    return PROBLEMS if errors(checked.problems) else OK


if __name__ == "__main__":
    sys.exit(main())
