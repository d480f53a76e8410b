"""The command `guide`: checks the guide's file and says what to mend."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from hooks.checked import Checked, check_guide, check_loaded
from hooks.render.limits import left_out
from hooks.rules import draft_of
from hooks.source.load import load, load_bytes
from hooks.source.problems import MOST_SHOWN, as_github, as_json, as_text, errors, plural, summary
from selector import Guide
from selector.files import write_safely

if TYPE_CHECKING:
    from .review import Review

GUIDE = FilePath("data/guide.yml")
CACHE = FilePath(".cache/links.json")

OK, PROBLEMS, USAGE = 0, 1, 2
"""Exit codes."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 no problems, 1 problems, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        write_safely(stream)
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return OK if stop.code in (0, None) else USAGE
    return int(arguments.run(arguments))


def _parser() -> argparse.ArgumentParser:
    """A new subcommand is a block here and a function below, or a module of its own."""
    from . import engines, new_criterion, stale

    parser = argparse.ArgumentParser(prog="guide", description="Tools for those who edit the guide.")
    commands = parser.add_subparsers(required=True, metavar="command")
    file = argparse.ArgumentParser(add_help=False)
    file.add_argument("--file", type=FilePath, default=GUIDE, help=f"the guide's file (default: {GUIDE})")

    check = commands.add_parser(
        "check", parents=[file], help="check the guide's file", description="Check the guide's file."
    )
    check.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default=default_format(),
        help="text for people, github for annotations in CI (the default there), json for programs",
    )
    check.add_argument("--all", action="store_true", help=f"show all problems, not only the first {MOST_SHOWN}")
    check.add_argument(
        "--fix", action="store_true", help="first mend what is mechanical: dates, quotes, spaces, the order of fields"
    )
    check.add_argument(
        "--quick", action="store_true", help="problems only: no old facts, gaps, idle questions, dead ends"
    )
    check.add_argument("--since", metavar="REV", help="show what the edit since a git revision does to recommendations")
    check.set_defaults(run=_check)

    option = commands.add_parser(
        "new-option", parents=[file], help="add an option", description="Add an option with every criterion unknown."
    )
    option.add_argument("name", help="its name, as readers will see it")
    option.set_defaults(run=_new_option)

    links = commands.add_parser(
        "links",
        parents=[file],
        help="ask whether addresses still answer",
        description="Ask every address of the guide.",
    )
    links.add_argument("--cache", type=FilePath, default=CACHE, help=f"answers of earlier runs (default: {CACHE})")
    links.set_defaults(run=_links)

    for extra in (new_criterion, stale):
        extra.add_command(commands, file)
    engines.add_commands(commands)
    return parser


def default_format() -> str:
    """Annotations where a CI host shows them, text elsewhere."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _check(arguments: argparse.Namespace) -> int:
    checked = check_guide(arguments.file)
    if arguments.fix:
        checked = _fixed(arguments.file, checked)
    found = _review(arguments, checked)
    _print(arguments, checked, found)
    if found is not None:
        out = sys.stdout if arguments.format == "text" else sys.stderr
        print("", *found.sentences, *left_out(checked.guide), sep="\n", file=out)
    if arguments.since and (guide := _scored(checked)) is not None and (failed := _since(arguments, guide)):
        return failed
    return PROBLEMS if errors(checked.problems) else OK


def _scored(checked: Checked) -> Guide | None:
    """The guide as far as it can be scored: also when examples no longer come out, which is when its effects matter."""
    if any(problem.code != "example" for problem in errors(checked.problems)):
        return None
    return checked.guide or draft_of(checked.loaded).guide


def _review(arguments: argparse.Namespace, checked: Checked) -> Review | None:
    """What could be better; None when that was not asked for, or has to wait until the problems are solved."""
    if checked.guide is None or arguments.quick:
        return None
    from .review import review

    return review(checked.guide, checked.loaded, date.today())


def _print(arguments: argparse.Namespace, checked: Checked, review: Review | None) -> None:
    """Problems and findings in the format that was asked for."""
    findings = review.findings if review else ()
    most = None if arguments.all else MOST_SHOWN
    if arguments.format == "json":
        sys.stdout.write(as_json([*checked.problems, *findings]))
    elif arguments.format == "github":
        sys.stdout.write(as_github(checked.problems, most) + as_github(findings, most))
    else:
        texts = {checked.loaded.file: checked.loaded.text}
        report = checked.report(most)
        said = summary(checked.problems) if checked.problems else "no problems"
        sys.stdout.write(f"{report}\n" if report else "")
        sys.stdout.write(f"{checked.loaded.file}: {said}\n")
        sys.stdout.write("\n" + as_text(findings, texts, most) if findings else "")


def _fixed(path: FilePath, checked: Checked) -> Checked:
    """The file mended and checked again; a file that could not be read is left alone."""
    from .field_order import ordered
    from .fix import fixed

    text = checked.loaded.text
    mended, count = fixed(text, checked.problems)
    mended, moved = ordered(load_bytes(mended.encode(), checked.loaded.file))
    if checked.loaded.draft is None or mended == text:
        return checked
    path.write_text(mended, encoding="utf-8", newline="")
    said = f"{plural(count, 'problem')} mended" + (
        f", fields put in order at {plural(moved, 'place')}" if moved else ""
    )
    print(f"{checked.loaded.file}: {said}", file=sys.stderr)
    return check_guide(path)


def _since(arguments: argparse.Namespace, guide: Guide) -> int:
    """The table goes to people: to the output, or beside it when that is for programs."""
    from .impact import NoSuchRevision, as_table, effect_of_edit, load_revision

    try:
        before = check_loaded(load_revision(arguments.file, arguments.since))
    except NoSuchRevision as error:
        print(f"guide: {error}", file=sys.stderr)
        return USAGE
    if before.guide is None:
        print(f"guide: at {arguments.since} the guide had problems, so there is nothing to compare", file=sys.stderr)
        return OK
    table = as_table(effect_of_edit(before.guide, guide), arguments.since)
    print(f"\n{table}", end="", file=sys.stdout if arguments.format == "text" else sys.stderr)
    return OK


def _new_option(arguments: argparse.Namespace) -> int:
    from .new_option import MEND_FIRST, CannotAdd, option_block, with_option

    loaded = load(arguments.file)
    if loaded.data is None:
        sys.stdout.write(as_text(loaded.problems, {loaded.file: loaded.text}))
        print(MEND_FIRST, file=sys.stderr)
        return PROBLEMS
    try:
        block = option_block(arguments.name, loaded.data, date.today())
    except CannotAdd as error:
        print(f"guide: {error}", file=sys.stderr)
        return USAGE
    arguments.file.write_text(with_option(loaded.text, loaded.places, block), encoding="utf-8", newline="")
    line = load(arguments.file).line(("options", len(loaded.data["options"]))) or 1
    print(f"{loaded.file}:{line}: added. `guide check` says what is still to be written.")
    return OK


def _links(arguments: argparse.Namespace) -> int:
    from .links import addresses, ask_all, findings, read_cache, write_cache

    loaded = load(arguments.file)
    texts = {loaded.file: loaded.text}
    if loaded.data is None:
        sys.stdout.write(as_text(loaded.problems, texts))
        return PROBLEMS
    draft = draft_of(loaded)
    wanted = addresses(draft)
    answers = ask_all(wanted, read_cache(arguments.cache), draft.today)
    write_cache(arguments.cache, answers)
    found = findings(draft, answers)
    report = as_text(found, texts, None)
    sys.stdout.write(f"{report}\n" if report else "")
    print(f"{loaded.file}: {len(wanted)} addresses asked, {summary(found) if found else 'all answer'}")
    return PROBLEMS if errors(found) else OK


if __name__ == "__main__":
    sys.exit(main())
