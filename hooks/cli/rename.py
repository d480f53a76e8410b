"""`guide rename`: another id for an entry, everywhere in the file, and the former one as its alias."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from typing import Any

from hooks.checked import check_loaded, new_problems
from hooks.evaluation.impact import last_committed
from hooks.rules import Draft, draft_of
from hooks.source.alike import nearest_few
from hooks.source.edits import Edit, Spans, applied, spans, without
from hooks.source.load import SCHEMA, Loaded, expanded_schema, load_bytes
from hooks.source.positions import Path
from hooks.source.problems import Problem, as_text, errors, join_words, plural, quote
from hooks.source.scalars import as_id

from .exit_codes import OK, PROBLEMS, USAGE
from .loading import load_or_report
from .uses import Declared, Use, declared, meant, uses

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CannotEdit(Exception):  # noqa: N818  reads as what it says
    """The file cannot be edited in this way; the message says why."""


def the_entry(draft: Draft, name: str) -> Declared:
    """The one entry that a name means.

    Raises:
        CannotEdit: no entry, or several.
    """
    found = meant(draft, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise CannotEdit(f"{quote(name)} may be {join_words([one.name for one in found], 'or')}; name it like that")
    known = list(declared(draft))
    close = nearest_few(name, [one.name for one in known] if "/" in name else [one.id for one in known])
    raise CannotEdit(f"nothing has the id {quote(name)}" + (f"; nearest: {close}" if close else ""))


def renamed(loaded: Loaded, entry: Declared, new: str, *, keep: bool = True) -> str:
    """The file's text with another id for an entry.

    Args:
        loaded: the file.
        entry: what gets another id.
        new: that id.
        keep: whether the former id becomes an alias, so that links with it go on working.

    Raises:
        CannotEdit: the new id has no form of an id, or is taken.
    """
    draft = draft_of(loaded)
    _free(draft, entry, new)
    places = uses(draft, entry)
    found = spans(loaded.text)
    edits = [_replacement(found, use, new) for use in places]
    edits.append(Edit(*found.values[(*entry.path, "id")], new))
    edits += _with_alias(found, loaded, entry, new) if keep else _without_alias(found, entry, new)
    return applied(loaded.text, edits)


def _free(draft: Draft, entry: Declared, new: str) -> None:
    if not ID.fullmatch(new):
        hint = f"; nearest: {as_id(new)}" if as_id(new) else ""
        raise CannotEdit(f"{quote(new)} is no id: lower case letters, digits and hyphens{hint}")
    if new == entry.id:
        raise CannotEdit(f"{entry.name} has this id already")
    beside = [one for one in declared(draft) if one.path[:-1] == entry.path[:-1] and one.path != entry.path]
    for one in beside:
        if new in (one.id, *draft.root.at(*one.path, "aliases").texts()):
            raise CannotEdit(f"{quote(new)} belongs to {one.name} already")


def _replacement(found: Spans, use: Use, new: str) -> Edit:
    span = found.keys[use.path] if use.node.is_key else found.values[use.path]
    return Edit(span.start, span.end, use.replaced(found.text[span.start : span.end], new))


def _with_alias(found: Spans, loaded: Loaded, entry: Declared, new: str) -> list[Edit]:
    """The former id among the aliases; the new one leaves them when it was one of them."""
    if not has_aliases(entry.path, loaded.draft):
        return []
    here = (*entry.path, "aliases")
    known = found.below.get(here, [])
    for step in known:
        if _is_at(found, (*here, step), new):
            return [Edit(*found.values[(*here, step)], entry.id)]
    if known:
        first = found.values[(*here, known[0])].start
        dash = found.text[found.line_start(first) : first]
        between = ", " if here in found.flow else f"\n{dash}"
        return [Edit(first, first, f"{entry.id}{between}")]
    if here in found.values:
        return [Edit(*found.values[here], f"[{entry.id}]")]
    after = found.values[(*entry.path, "id")].end
    column = found.start((*entry.path, "id")) - found.line_start(found.start((*entry.path, "id")))
    between = ", " if entry.path in found.flow else "\n" + " " * column
    return [Edit(after, after, f"{between}aliases: [{entry.id}]")]


def _without_alias(found: Spans, entry: Declared, new: str) -> list[Edit]:
    """The new id leaves the aliases when it was one of them, with nothing in its place."""
    here = (*entry.path, "aliases")
    known = found.below.get(here, [])
    back = [(*here, step) for step in known if _is_at(found, (*here, step), new)]
    return without(found, back if len(known) > len(back) else [here]) if back else []


def _is_at(found: Spans, path: Path, name: str) -> bool:
    span = found.values[path]
    return found.text[span.start : span.end].strip("'\"") == name


def has_aliases(path: Path, data: Any) -> bool:
    """True for entries that may have former ids."""
    schema: Mapping[str, Any] = expanded_schema(SCHEMA)
    for step in path:
        schema = schema["items"] if isinstance(step, int) else schema["properties"][step]
    return "aliases" in schema["properties"]


def new_errors(before: Loaded, text: str) -> tuple[list[Problem], Loaded]:
    """Errors that an edited text has and the file has not, and the edited text as it is read."""
    after = load_bytes(text.encode(), before.file)
    return errors(new_problems(before, check_loaded(after))), after


# The command line


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `rename` to the command line."""
    parser = commands.add_parser(
        "rename",
        parents=[file],
        help="give an entry another id",
        description="Give an entry another id everywhere in the file, and keep the former one as its alias, so that "
        "links with it go on working. A former id stays, unless the last commit does not have it in this file; "
        "without Git, every former id is kept.",
    )
    parser.add_argument("old", help="its id; section/id, as in options/x, where several entries have it")
    parser.add_argument("new", help="its new id")
    parser.add_argument(
        "--alias",
        action=argparse.BooleanOptionalAction,
        help="keep the former id as an alias, or do not (default: keep it if the last commit has it)",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    loaded = load_or_report(arguments.guide, "renamed")
    if loaded is None:
        return PROBLEMS
    draft = draft_of(loaded)
    try:
        entry = the_entry(draft, arguments.old)
        dropped = _why_dropped(arguments, draft, entry)
        text = renamed(loaded, entry, arguments.new, keep=not dropped)
    except CannotEdit as error:
        print(f"guide: {error}", file=sys.stderr)
        return USAGE
    found, after = new_errors(loaded, text)
    if found:
        sys.stdout.write(as_text(found, {after.file: after.text}))
        print("guide: nothing was renamed, as the file would have the problems above", file=sys.stderr)
        return PROBLEMS
    arguments.guide.write_text(text, encoding="utf-8", newline="")
    count = len(uses(draft, entry))
    kept = ""
    if has_aliases(entry.path, loaded.draft):
        kept = f", without '{entry.id}' as a former id{dropped}" if dropped else f", and '{entry.id}' is its former id"
    print(f"{loaded.file}: {entry.name} is '{arguments.new}' now, at {plural(count + 1, 'place')}{kept}")
    if (lost := lost_in_links(entry)) and not dropped:
        print(f"    Links that people have shared and decisions lose {lost}, and say so: it keeps no former id.")
    for line in mentions(after, entry.id):
        print(f"    line {line}: a text or comment still says '{entry.id}'")
    return OK


def lost_in_links(entry: Declared) -> str:
    """What links and decisions lose by another id of an entry that keeps no former ones; "" where they do not name it."""
    if entry.path[0] == "criteria" and len(entry.path) > 2:
        return "own facts and trade-offs that name this level"
    return "own amounts of this price" if entry.path[0] == "prices" else ""


def _why_dropped(arguments: argparse.Namespace, draft: Draft, entry: Declared) -> str:
    """Why the former id is not kept, or "" when it is. Without git, all counts as published, but for a rename back."""
    if arguments.alias is not None:
        return "" if arguments.alias else " (--no-alias)"
    committed = last_committed(arguments.guide)
    if committed is None:
        is_back = arguments.new in draft.root.at(*entry.path, "aliases").texts()
        return ", as this takes a rename back (--alias keeps it)" if is_back else ""
    declared_there = re.search(rf"\bid: *['\"]?{re.escape(entry.id)}['\"]?\s*(?:[,}}#]|$)", committed, re.MULTILINE)
    return "" if declared_there else ", as the last commit does not have it (--alias keeps it)"


def mentions(loaded: Loaded, name: str) -> list[int]:
    """Lines on which a text or comment says an id between backquotes, or a comment says it."""
    wanted = re.compile(rf"`{re.escape(name)}`|#.*(?<![\w-]){re.escape(name)}(?![\w-])")
    return [number for number, line in enumerate(loaded.text.split("\n"), 1) if wanted.search(line)]
