"""The command `guide`: one module per subcommand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from hooks.source.locate import DEFAULT, VARIABLE, guide_file
from selector.files import write_safely
from selector.report.console import flush, give_up

from . import agree, check, engines, links, new_criterion, new_guide, new_option, remove, rename, stale
from .exit_codes import OK, UNANSWERED, USAGE

ABOUT = f"""\
Tools for those who edit the guide. Every command is about one file: the one that --guide names, else the one that the
variable {VARIABLE} names, else {DEFAULT}. `mkdocs build` and `mkdocs serve` take the variable.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 no problems, 1 problems, 2 usage error, 3 no answer or no reader of the output."""
    for stream in (sys.stdout, sys.stderr):
        write_safely(stream)
    try:
        code = _run(argv)
        flush()
    except BrokenPipeError:  # the reader of the pipe has seen enough
        give_up()
        return UNANSWERED
    return code


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return OK if stop.code in (0, None) else USAGE
    return int(arguments.run(arguments))


def _parser() -> argparse.ArgumentParser:
    """A new subcommand is a module with `add_command`, and its name here."""
    parser = argparse.ArgumentParser(prog="guide", description=ABOUT)
    commands = parser.add_subparsers(required=True, metavar="command")
    file = argparse.ArgumentParser(add_help=False)
    said = f"the guide's file (default: what the variable {VARIABLE} names, else {DEFAULT})"
    file.add_argument("--guide", metavar="FILE", type=guide_file, default=guide_file(), help=said)
    former = {"default": argparse.SUPPRESS, "help": argparse.SUPPRESS}  # what the flag was called before
    file.add_argument("--file", dest="guide", type=guide_file, **former)
    for module in (check, agree, new_guide, new_option, new_criterion, rename, remove, links, stale, engines):
        module.add_command(commands, file)
    return parser


if __name__ == "__main__":
    sys.exit(main())
