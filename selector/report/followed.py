"""What a repository shows beside a decision, and whether it still follows it, in words and as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from selector.case.answers import Value
from selector.detect.conclusion import Reading
from selector.detect.following import KEEPS, Follows
from selector.guide.guide import Guide

from .detected import found_text, plain, urgent, urgent_first
from .sentences import and_

SENTENCES = {
    "followed": "The repository follows the decision: {seen} in use.",
    "planned": "The repository is no further from the decision than when it was made: {planned} not found yet{seen_too}.",
    "unseen": "Files can't tell whether the repository follows the decision{unseen}.",
    "mixed": "The repository follows the decision in part: {seen} in use, and also {more}.",
    "left": "The repository does not follow the decision: {missing}.",
}


def recorded(reading: Reading) -> dict[str, Any]:
    """What a decision keeps of what the repository showed: options, and how often each warning was found."""
    return {
        "uses": sorted(reading.shown),
        "warnings": {one.evidence.id: one.count for one in reading.warnings},
    }


@dataclass(frozen=True, slots=True)
class Verified:
    """A repository beside a decision. `risen` are urgent warnings by how many more there are than were recorded, empty
    where none were recorded; `unrecorded` says that none could be."""

    reading: Reading
    follows: Follows
    changed: tuple[tuple[str, object, Value], ...]
    risen: Mapping[str, int]
    unrecorded: bool

    @property
    def keeps(self) -> bool:
        """True when nothing is to be done: no deviation, no new urgent warning."""
        return self.follows.status in KEEPS and not self.risen


def compared(
    reading: Reading,
    follows: Follows,
    changed: Iterable[tuple[str, object, Value]],
    before: Mapping[str, Any] | None,
) -> Verified:
    """Put the repository beside what the decision keeps of it; None where it keeps nothing."""
    then = {} if before is None else before["warnings"]
    more = {one.evidence.id: one.count - then.get(one.evidence.id, 0) for one in reading.warnings if urgent(one)}
    risen = {name: count for name, count in more.items() if count > 0} if before is not None else {}
    return Verified(reading, follows, tuple(changed), risen, before is None)


def followed_text(found: Verified) -> str:
    """How a repository compares with a decision, in sentences."""
    guide, follows = found.reading.guide, found.follows
    lines = [
        SENTENCES[follows.status].format(
            seen=_names(guide, follows.seen),
            planned=_names(guide, follows.planned),
            seen_too=f", {_names(guide, follows.seen)} in use" if follows.seen else "",
            unseen=f": none shows whether {_names(guide, follows.unseen)} in use" if follows.unseen else "",
            more=_bare(guide, follows.more),
            missing=_missing(guide, follows),
        )
    ]
    if follows.planned and follows.status not in ("planned", "left"):
        lines.append(f"Not found yet, as when it was decided: {_bare(guide, follows.planned)}.")
    if weak := _suggested(found):
        lines.append(f"Only suggested by files, not shown: {_bare(guide, weak)}.")
    if follows.unseen and follows.seen:
        lines.append(f"No file can tell whether {_names(guide, follows.unseen)} in use.")
    if follows.kept:
        lines.append(f"Still in use, as when it was decided: {_bare(guide, follows.kept)}.")
    for question, said, read in found.changed:
        lines.append(
            f"Recorded for “{guide.question(question).text}”: {_words(guide, question, said)}. The files say:"
            f" {_words(guide, question, read)}."
        )
    return "\n".join([*lines, *_warned(found)])


def _suggested(found: Verified) -> list[str]:
    """Options of the decision that files point to without showing them in use."""
    sure = {use.option for use in found.reading.uses}
    families = {one.id: set(one.stands_for) for one in found.reading.guide.families}
    return [name for name in found.follows.seen if name not in sure and not families.get(name, set()) & sure]


def _warned(found: Verified) -> Iterable[str]:
    pressing = [one for one in urgent_first(found.reading.warnings) if urgent(one)]
    for one in pressing:
        text = f"{found_text(one)}. {plain(one.evidence.warning)}"
        if more := found.risen.get(one.evidence.id):
            yield f"New since the decision: {text}" if more == one.count else f"{more:,} more than when decided: {text}"
    rest = [one.text for one in pressing if one.evidence.id not in found.risen]
    if rest:
        yield (
            f"Still to mend, and not recorded in the decision: {and_(rest)}. A decision made with `--from` records them,"
            " so that new ones are told apart."
            if found.unrecorded
            else f"Known since the decision and still to mend: {and_(rest)}."
        )


def _missing(guide: Guide, follows: Follows) -> str:
    """What is not found, and what is in use in its place; never a sentence without a subject."""
    gone = follows.missing or follows.planned
    if gone:
        return f"{_names(guide, gone)} not found" + (f", but {_bare(guide, follows.more)}" if follows.more else "")
    here = f"{_names(guide, follows.more)} in use"
    return f"{here}, and no file shows {_bare(guide, follows.unseen)}" if follows.unseen else here


def _bare(guide: Guide, ids: Iterable[str]) -> str:
    return ", ".join(guide.option(name).name for name in ids)


def _names(guide: Guide, ids: Iterable[str]) -> str:
    found = [guide.option(name).name for name in ids]
    return f"{and_(found)} {'is' if len(found) == 1 else 'are'}"


def _words(guide: Guide, question: str, value: object) -> str:
    names = value if isinstance(value, list | tuple) else [value]
    found = [(guide.question(question).answer(str(name)), name) for name in names]
    return ", ".join(answer.label if answer else str(name) for answer, name in found)


def followed_data(found: Verified) -> dict[str, Any]:
    """The same as plain JSON data; part of `verified` in api.schema.json."""
    follows = found.follows
    return {
        "status": follows.status,
        "seen": list(follows.seen),
        "missing": list(follows.missing),
        "planned": list(follows.planned),
        "unseen": list(follows.unseen),
        "more": list(follows.more),
        "kept": list(follows.kept),
        "changed": [
            {"question": name, "recorded": said, "read": list(read) if isinstance(read, tuple) else read}
            for name, said, read in found.changed
        ],
        "warnings": [
            {
                "id": one.evidence.id,
                "name": one.evidence.named(one.count),
                "count": one.count,
                "new": None if found.unrecorded else found.risen.get(one.evidence.id, 0),
            }
            for one in urgent_first(found.reading.warnings)
            if urgent(one)
        ],
    }
