"""`guide remove`: says what leans on an entry and what goes with it, and takes it out when told to."""

from __future__ import annotations

import argparse
import sys

from hooks.rules import Draft, draft_of
from hooks.source.load import Loaded
from hooks.source.positions import Path, trail
from hooks.source.problems import MOST_SHOWN, as_text, plural

from .exit_codes import OK, PROBLEMS, USAGE
from .loading import load_or_report
from .removal import Removal, removal, text_without
from .rename import CannotEdit, mentions, new_errors, the_entry
from .unused import unused
from .uses import Declared

MOST = 20
"""Places listed of each kind, unless all are asked for."""


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `remove` to the command line."""
    parser = commands.add_parser(
        "remove",
        parents=[file],
        help="remove an entry and all that names it",
        description="Say what uses an entry and what goes with it; with --yes, take all of that out of the file.",
    )
    parser.add_argument("id", help="its id; section/id, as in options/x, where several entries have it")
    parser.add_argument("--all", action="store_true", help=f"list all places, not only the first {MOST} of each kind")
    parser.add_argument("--yes", action="store_true", help="do it; without this nothing is changed")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    loaded = load_or_report(arguments.guide, "removed")
    if loaded is None:
        return PROBLEMS
    draft = draft_of(loaded)
    try:
        entry = the_entry(draft, arguments.id)
        going = removal(draft, entry)
        text = text_without(loaded, going.gone)
    except CannotEdit as error:
        print(f"guide: {arguments.id} was not removed: {error}", file=sys.stderr)
        return USAGE
    found, after = new_errors(loaded, text)
    if arguments.yes:  # before anything is printed, as a reader of the output may leave
        arguments.guide.write_text(text, encoding="utf-8", newline="")
    print(described(loaded, going, None if arguments.all else MOST))
    if left := left_unused(draft, after):
        print("\nNothing uses these any longer:" if arguments.yes else "\nNothing would use these any longer:")
        print("\n".join(f"    line {after.line(one.path)}: {one.name} (`guide remove {one.name}`)" for one in left))
    if found:
        print(f"\nAfter that, `guide check` finds {plural(len(found), 'problem')} more:\n")
        sys.stdout.write(as_text(found, {after.file: after.text}, None if arguments.all else MOST_SHOWN))
    if not arguments.yes:
        print("\nNothing was changed. With --yes, all of this goes.")
        return OK
    print(f"\n{loaded.file}: {entry.name} is removed.")
    for line in mentions(after, entry.id):
        print(f"    line {line}: a text or comment still says '{entry.id}'")
    return PROBLEMS if found else OK


def left_unused(before: Draft, after: Loaded) -> list[Declared]:
    """What was there for others to use, was used, and is not after an edit."""
    idle = {entry.name for entry in unused(before)}
    return [entry for entry in unused(draft_of(after)) if entry.name not in idle]


def described(loaded: Loaded, going: Removal, most: int | None = MOST) -> str:
    """What uses the entry, and what goes besides it, for people. `most`: places of each kind, or None for all."""
    entry, *others = going.entries
    used = going.uses[entry.name]
    lines = [f"{entry.name} is used at {plural(len(used), 'place')}{':' if used else '.'}"]
    lines += _places(loaded, used, most)
    outer = [other.path for other in others if other.path[: len(entry.path)] != entry.path]
    if outer:
        lines += [
            "",
            f"With it {'goes' if len(outer) == 1 else 'go'} {'1 other entry' if len(outer) == 1 else f'{len(outer)} other entries'}:",
        ]
        lines += _places(loaded, outer, most, going)
    rest = sorted(going.gone - {entry.path} - set(outer) - set(used), key=loaded.positions.line)
    if rest:
        lines += ["", f"And {plural(len(rest), 'part')} that cannot be without it:"]
        lines += _places(loaded, rest, most, going)
    if outer or rest:
        lines += ["", f"To keep any of these, let it name another {entry.what} than '{entry.id}' first."]
    return "\n".join(lines)


def _places(loaded: Loaded, paths: list[Path], most: int | None, going: Removal | None = None) -> list[str]:
    """Lines and trails, in the order of the file, with the reason for which each goes; a long list is cut and says so."""
    ordered = sorted(paths, key=loaded.positions.line)
    lines = []
    for path in ordered[:most]:
        why = going.because.get(path, "") if going else ""
        lines.append(
            f"    line {loaded.positions.line(path)}: {trail(loaded.draft, path)}" + (f": it {why}" if why else "")
        )
    left = len(ordered) - len(lines)
    return [*lines, f"    ... and {left} more (use --all)"] if left else lines
