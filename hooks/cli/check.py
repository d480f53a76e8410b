"""`guide check`: every problem of the guide's file at once, what could be better, and what an edit does."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from hooks.checked import Checked, check_loaded
from hooks.evaluation.impact import NoSuchRevision, as_table, effect_of_edit, load_revision
from hooks.overlay import check_with_own
from hooks.render.limits import left_out
from hooks.rules import draft_of
from hooks.source.accepted import idle_notice, without_accepted
from hooks.source.load import load_bytes
from hooks.source.problems import MOST_SHOWN, as_github, as_json, as_text, errors, in_order, plural, summary
from selector import Guide

from .exit_codes import OK, PROBLEMS, USAGE
from .field_order import ordered
from .fix import fixed
from .markdown import as_markdown
from .review import Review, review

PEOPLE = ("text", "markdown")
"""Formats that are read as they are: what is said beside the problems goes to the same place."""


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `check` to the command line."""
    parser = commands.add_parser(
        "check", parents=[file], help="check the guide's file", description="Check the guide's file."
    )
    parser.add_argument(
        "--format",
        choices=("text", "github", "json", "markdown"),
        default=default_format(),
        help="text for people, github for annotations in CI (the default there), json for programs, "
        "markdown for a pull request",
    )
    parser.add_argument("--all", action="store_true", help=f"show all problems, not only the first {MOST_SHOWN}")
    parser.add_argument(
        "--fix", action="store_true", help="fix mechanical problems first: dates, quotes, spaces, the order of fields"
    )
    parser.add_argument(
        "--quick", action="store_true", help="problems only: no old facts, gaps, idle questions, dead ends"
    )
    parser.add_argument(
        "--since", metavar="REV", help="show what the edit since a git revision does to recommendations"
    )
    parser.set_defaults(run=_check)


def default_format() -> str:
    """Annotations where a CI host shows them, text elsewhere."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _check(arguments: argparse.Namespace) -> int:
    checked = check_with_own(arguments.guide)
    if arguments.fix:
        checked = _fixed(arguments.guide, checked)
    found = _review(arguments, checked)
    if not arguments.all:
        checked, found = _without_accepted(checked, found)
    _print(arguments, checked, found)
    if found is not None:
        out = sys.stdout if arguments.format in PEOPLE else sys.stderr
        print("", *found.sentences, *left_out(checked.guide), sep="\n", file=out)
    if arguments.since and (guide := _scored(checked)) is not None and (failed := _since(arguments, guide)):
        return failed
    return PROBLEMS if errors(checked.problems) else OK


def _without_accepted(checked: Checked, found: Review | None) -> tuple[Checked, Review | None]:
    """What is not accepted by the guide itself. An entry that accepts nothing any more is a notice."""
    entries = (checked.loaded.data or {}).get("accepted", ())
    if not entries:
        return checked, found
    problems = without_accepted(checked.problems, entries)
    checked = replace(checked, problems=tuple(problems.shown))
    if found is None:
        return checked, None
    notices = without_accepted(found.findings, entries)
    loaded = checked.loaded
    idle = [
        idle_notice(loaded.file, loaded.line(("accepted", index)) or 1, entries[index])
        for index in sorted({*problems.idle} & {*notices.idle})
    ]
    count = problems.accepted + notices.accepted
    said = f"{plural(count, 'accepted notice')} not shown (the section `accepted` says why; --all shows all)"
    sentences = (*found.sentences, said) if count else found.sentences
    return checked, Review(tuple(in_order([*notices.shown, *idle])), sentences)


def _scored(checked: Checked) -> Guide | None:
    """The guide as far as it can be scored: also when examples no longer come out, which is when its effects matter."""
    if any(problem.code != "example" for problem in errors(checked.problems)):
        return None
    return checked.guide or draft_of(checked.loaded).guide


def _review(arguments: argparse.Namespace, checked: Checked) -> Review | None:
    """What could be better; None when that was not asked for, or has to wait until the problems are solved."""
    if checked.guide is None or arguments.quick:
        return None
    return review(checked.guide, checked.loaded, date.today(), everything=arguments.all)


def _print(arguments: argparse.Namespace, checked: Checked, review: Review | None) -> None:
    """Problems and findings in the format that was asked for."""
    findings = review.findings if review else ()
    most = None if arguments.all else MOST_SHOWN
    if arguments.format == "json":
        sys.stdout.write(as_json([*checked.problems, *findings]))
    elif arguments.format == "markdown":
        sys.stdout.write(as_markdown(checked.loaded.file, [*checked.causes, *findings], most))
    elif arguments.format == "github":
        found = checked.problems if arguments.all else checked.causes
        sys.stdout.write(as_github(found, most) + as_github(findings, most))
    else:
        texts = checked.texts
        report = checked.report(most)
        said = summary(checked.problems if arguments.all else checked.causes) if checked.problems else "no problems"
        sys.stdout.write(f"{report}\n" if report else "")
        sys.stdout.write(f"{' and '.join(texts)}: {said}\n")
        sys.stdout.write("\n" + as_text(findings, texts, most) if findings else "")


def _fixed(path: Path, checked: Checked) -> Checked:
    """The file fixed and checked again; a file that could not be read is left alone."""
    text = checked.loaded.text
    mended, count = fixed(text, checked.problems)
    mended, moved = ordered(load_bytes(mended.encode(), checked.loaded.file))
    if checked.loaded.draft is None or mended == text:
        return checked
    path.write_text(mended, encoding="utf-8", newline="")
    said = f"{plural(count, 'problem')} fixed" + (f", fields put in order at {plural(moved, 'place')}" if moved else "")
    print(f"{checked.loaded.file}: {said}", file=sys.stderr)
    return check_with_own(path)


def _since(arguments: argparse.Namespace, guide: Guide) -> int:
    """The table goes to people: to the output, or beside it when that is for programs."""
    try:
        before = check_loaded(load_revision(arguments.guide, arguments.since))
    except NoSuchRevision as error:
        print(f"guide: {error}", file=sys.stderr)
        return USAGE
    if before.guide is None:
        print(f"guide: at {arguments.since} the guide had problems, so there is nothing to compare", file=sys.stderr)
        return OK
    table = as_table(effect_of_edit(before.guide, guide), arguments.since, heading=arguments.format == "markdown")
    if arguments.format == "text":
        table += f"\nThe pages that this changes: SINCE={arguments.since} uv run mkdocs serve, then open /since/\n"
    print(f"\n{table}", end="", file=sys.stdout if arguments.format in PEOPLE else sys.stderr)
    return OK
