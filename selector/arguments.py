"""The arguments that commands share, added to the parser of each."""

from __future__ import annotations

import argparse
from pathlib import Path


def with_answers(command: argparse.ArgumentParser) -> None:
    """What a case is read from: a file of answers, or the files of a folder."""
    command.add_argument("--answers", type=Path, help='JSON: {"question": "answer", ...}; "-" for standard input')
    command.add_argument(
        "--from",
        dest="folder",
        type=Path,
        metavar="PATH",
        help="read answers from the files of a folder; --answers wins",
    )
    command.add_argument(
        "--own",
        action="append",
        default=[],
        metavar="FACT",
        help="a fact of your own instead of the guide's, several times if you like: option.criterion=level (two levels with a"
        " comma for a range), price.id=0.4, value.criterion.level=700; or a JSON file of such facts",
    )


def with_answers_or_json(command: argparse.ArgumentParser) -> None:
    """A case, told in text or as JSON."""
    with_answers(command)
    with_json(command)


def with_answers_and_all(command: argparse.ArgumentParser) -> None:
    """A case, told in text, at length, or as JSON."""
    with_answers_or_json(command)
    with_all(command)


def with_json(command: argparse.ArgumentParser, text: str = "everything as JSON") -> None:
    """JSON instead of text."""
    command.add_argument("--json", action="store_true", help=text)


def with_all(command: argparse.ArgumentParser) -> None:
    """The whole ranking."""
    command.add_argument("--all", action="store_true", help="the whole ranking, with what rules out the rest")


def with_saving(command: argparse.ArgumentParser) -> None:
    """What `ask` does with the answers."""
    command.add_argument("--save", type=Path, help="keep the answers in this file, for the other commands")
    with_json(command, "the result as JSON; questions go to standard error")
    with_all(command)


def with_strategies(command: argparse.ArgumentParser) -> None:
    """Two strategies, for one case."""
    command.add_argument(
        "strategies", nargs=2, metavar="strategy", help="option IDs joined by +, or the ID of a named strategy"
    )
    with_answers_or_json(command)


def with_decision(command: argparse.ArgumentParser) -> None:
    """A decision made earlier, and where to look whether it is followed."""
    command.add_argument("decision", type=Path, help="decision.json, from `decide` or from the wizard")
    command.add_argument(
        "--from", dest="folder", type=Path, metavar="PATH", help="also check whether the files of a folder follow it"
    )
    with_json(command, "the finding as JSON")


def with_folder(command: argparse.ArgumentParser) -> None:
    """A folder to be read."""
    command.add_argument("folder", type=Path, metavar="PATH", help="the folder to read, a repository for example")
    with_json(command)
    command.add_argument("--all", action="store_true", help="all places, not only the first three")
