"""Writes a small complete guide on another subject: every section with a comment, to be replaced piece by piece."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import sys
from datetime import date
from pathlib import Path

from hooks import ROOT
from hooks.checked import check_loaded
from hooks.source.load import load_bytes
from hooks.source.problems import errors
from hooks.source.scalars import as_id, quoted

from .exit_codes import OK, USAGE

TEMPLATE = Path(__file__).with_name("new_guide.yml")
SCHEMA = ROOT / "data" / "guide.schema.json"

LONGEST = 120
"""Characters of a subject: it is the title of the site."""


class CannotMake(Exception):  # noqa: N818  reads as what it says
    """No guide can be made of this subject, with the reason."""


def guide_text(subject: str, file: Path, today: date) -> str:
    """The text of a new guide that `guide check` passes.

    Args:
        subject: becomes the title, whatever characters it has.
        file: where it will be written; the path of the schema is as seen from there.

    Raises:
        CannotMake: the subject is empty or too long.
    """
    title = " ".join("".join(letter if letter.isprintable() else " " for letter in subject).split())
    if not title:
        raise CannotMake("the subject is empty; give the title of the guide")
    if len(title) > LONGEST:
        raise CannotMake(f"the subject has {len(title)} characters; the title of a guide has at most {LONGEST}")
    if not str(file).isprintable():
        raise CannotMake("the name of the file has characters that cannot be seen")
    values = {
        "SCHEMA": Path(os.path.relpath(SCHEMA, file.resolve().parent)).as_posix(),
        "FILE": shlex.quote(str(file)),
        "IDENT": quoted(as_id(title) or "guide"),
        "TITLE": quoted(title),
        "QUESTION": quoted(f"{title.rstrip('?')}?"),
        "DATE": today.isoformat(),
    }
    return re.sub(r"\b[A-Z]{4,}\b", lambda word: values.get(word[0], word[0]), TEMPLATE.read_text(encoding="utf-8"))


# The command line


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `new` to the command line. It makes a file, so it does not take the one that others are about."""
    parser = commands.add_parser(
        "new",
        help="start a guide on another subject",
        description="Write a small complete guide, to be replaced section by section. Never overwrites a file.",
    )
    parser.add_argument("subject", help="the title of the guide, such as 'Where to have lunch'")
    parser.add_argument(
        "--to", metavar="FILE", type=Path, help="where to write it (default: SUBJECT.yml, in small letters)"
    )
    parser.set_defaults(run=_run)


def _refuse_problems(text: str, file: Path) -> None:
    """All that can be wrong with it is the title: the rest is ours."""
    problems = errors(check_loaded(load_bytes(text.encode(), str(file))).problems)
    if problems:
        raise CannotMake(f"the subject cannot be a title: {problems[0].message}")


def _run(arguments: argparse.Namespace) -> int:
    file = arguments.to or Path(f"{as_id(arguments.subject) or 'guide'}.yml")
    try:
        text = guide_text(arguments.subject, file, date.today())
        _refuse_problems(text, file)
        with file.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
    except CannotMake as error:
        print(f"guide: {error}", file=sys.stderr)
        return USAGE
    except FileExistsError:
        print(f"guide: {file} is there already and was not changed; name another file with --to", file=sys.stderr)
        return USAGE
    except OSError as error:
        print(f"guide: {file} cannot be written: {error.strerror}", file=sys.stderr)
        return USAGE
    name = shlex.quote(str(file))
    print(f"{file}: a small complete guide. Change it section by section, and look at it meanwhile:")
    print(f"  uv run guide check --guide {name}   # also says which texts are still the starter's")
    print(f"  GUIDE={name} uv run mkdocs serve   # then open http://127.0.0.1:8000/")
    return OK
