"""The command `guide`: one module per subcommand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from selector.files import write_safely

from . import agree, check, engines, links, new_criterion, new_option, stale
from .exit_codes import OK, USAGE

GUIDE = Path("data/guide.yml")


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
    """A new subcommand is a module with `add_command`, and its name here."""
    parser = argparse.ArgumentParser(prog="guide", description="Tools for those who edit the guide.")
    commands = parser.add_subparsers(required=True, metavar="command")
    file = argparse.ArgumentParser(add_help=False)
    file.add_argument("--file", type=Path, default=GUIDE, help=f"the guide's file (default: {GUIDE})")
    for module in (check, agree, new_option, links, new_criterion, stale, engines):
        module.add_command(commands, file)
    return parser


if __name__ == "__main__":
    sys.exit(main())
