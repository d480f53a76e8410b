"""Share links: a case as a short readable text for the fragment of an address, and back.

`v=1&question=answer&many=a,b&number=12&w.criterion=20&own.option.criterion=level&trade.one.other=one,worse,better,worse,better&relax=id,id&made=keepsake&r=0123456789ab`
The revision is last, so a link of ours that was cut short lacks it; links that people write may leave it out. Version 1 is the only one so far; a later version must go on
reading older ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from urllib.parse import quote

from selector.guide.guide import Guide
from selector.text.visible import visible

from .answers import MOST_POINTS, AnswerError, Case, clipped, judged
from .compared import ASK, COMPARE, Compared
from .cut import could_be_cut, is_cut
from .link_around import unwrapped
from .link_text import MOST_CHARACTERS, MOST_PAIRS, cleaned, is_added, is_blank, pairs_of, parted
from .own import OWN, parts_of
from .own_link import own_in

SENTENCES = {
    "answer": "“{answer}” is not an answer to {text} and was ignored.",
    "twice": "The link has {text} twice. Only the first one counts.",
    "number": "The link's answer to {text} is not a number that fits and was ignored.",
    "alone": "The link's answers to {text} exclude each other. One was ignored.",
}
"""What a visitor is told of an answer that was set aside, by the kind of the error."""

VERSION = "1"
GROUP = "together=1"
"""How an address with several people begins."""

RESERVED_NAMES = ("v", "r", "relax", "made", COMPARE, ASK, "together", "person", "lost", "what-if", "case")
"""Names that are not questions; a question of such a name goes by `q.name`."""

TOO_LONG = "The link is longer than this page can read. Its end was ignored."
UNREADABLE = "The link could not be read and was ignored."
ADDED = "Other programs added parts to the link, which were ignored"
NO_END = "The end of the link is missing. Answers might be missing too."
NO_MARK = "The link has no revision at its end. If it was cut on its way, answers are missing."
NO_BEGINNING = "The beginning of the link is missing. The rest was read."

MOST_NOTICES = 3
"""Notices about a link that are shown; the rest is counted."""

MOST_NAMED = 3

_DASHES = re.compile("[-_]+")


def encode(case: Case, revision: str, made: str = "", compared: Compared | None = None) -> str:
    """The link text of a case. Two equal cases give the same text.

    `made` is a snapshot of the decision (see `drift.link_snapshot`): a later reader of the link is told whether it holds.
    `compared` are two options that the reader is to see side by side.
    """
    pairs = [("v", VERSION)]
    for name, value in sorted(case.answers.items()):
        key = f"q.{name}" if name in RESERVED_NAMES else name
        pairs.append((key, ",".join(value) if isinstance(value, tuple) else str(value)))
    pairs.extend((f"w.{name}", str(points)) for name, points in sorted(case.weights.items()))
    pairs.extend(parts_of(case.own))
    pairs.extend((trade.id, trade.text) for trade in case.trades)
    if case.relax:
        pairs.append(("relax", ",".join(sorted(case.relax))))
    if compared:
        pairs.extend(compared.parts())
    if made:
        pairs.append(("made", made))
    pairs.append(("r", revision))
    return "&".join(f"{quote(name, safe='.-')}={quote(value, safe='.,-')}" for name, value in pairs)


def for_group(link: str, name: str = "", part: str = "person") -> str:
    """A link text as a part of an address with several (`selector.group.address`), under a name or without one."""
    return f"&{part}={quote(name, safe='')}&{link}"


def decode(text: str, guide: Guide) -> tuple[Case, str | None, list[str]]:
    """Read a link text, whatever was done to it on its way.

    Returns:
        The case with everything that the guide understands, the revision that the link was made with (None when it
        carries none), and sentences for the visitor about what was set aside, each once (`bounded` keeps the first).
        Never raises: a link is foreign input.
    """
    given, around = unwrapped(text)
    text = cleaned(given)
    if not text:  # "#" alone is no link, but a bracket may be all that is left of one
        return Case(), None, [] if is_blank(given) else [UNREADABLE]
    notices: list[str] = []
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS].rpartition("&")[0]
        notices.append(TOO_LONG)
    found = _found(guide, text, notices)
    taken = {name: found.pop(name, "") for name in RESERVED_NAMES}
    own = {name.removeprefix(OWN): found.pop(name) for name in list(found) if name.startswith(OWN)}
    known = guide.today("questions").keys() | {f"w.{name}" for name in guide.today("criteria")}
    if not taken["v"] and not taken["r"] and not own and not known & {name.removeprefix("q.") for name in found}:
        return Case(), None, [UNREADABLE]
    added = [name for name in found if is_added(name) and name not in guide.today("questions")]
    for name in added:
        del found[name]
    added += around
    weights = {name[2:]: _number(value) for name, value in found.items() if name.startswith("w.")}
    answers = {name.removeprefix("q."): value for name, value in found.items() if not name.startswith("w.")}
    relax = [name for name in taken["relax"].lower().split(",") if name]
    aside: list[AnswerError] = []
    case = judged(guide, _typed(guide, answers), weights, relax, aside=aside)
    case, told = own_in(guide, case, own)
    # Own facts first: what is left out of them changes the guide, and only the first notices are shown.
    notices += [*told, *_sentences(guide, aside)]
    revision = taken["r"].lower()
    whole = revision.isalnum() and revision.isascii() and len(guide.revision) <= len(revision) <= 64
    _judge(taken["v"], notices)
    unused = {OWN + name for name in own if name not in {fact.name for fact in case.own}}
    unused |= {str(error.question) for error in aside if error.kind == "trade"}
    if not whole and is_cut(guide, given, unused):
        notices.append(NO_END)
    elif not whole and could_be_cut(given):
        notices.append(NO_MARK)
    if added:
        notices.append(f"{ADDED}: {_listed(added)}.")
    return case, revision if whole else None, list(dict.fromkeys(notices))


def snapshot_in(text: str) -> str:
    """The snapshot that a link carries; empty when it carries none."""
    return next((value for name, value in pairs_of(cleaned(text)[:MOST_CHARACTERS]) if name.lower() == "made"), "")


def _found(guide: Guide, text: str, notices: list[str]) -> dict[str, str]:
    """The parts of a link by name. Of two values under one name the first counts; what has no value is set aside."""
    found: dict[str, str] = {}
    unread: list[str] = []
    for number, (written, whole) in enumerate(pairs_of(text)):
        name, (value, tail) = _today(written, guide), parted(whole)
        if number >= MOST_PAIRS:
            notices.append(TOO_LONG)
            break
        if tail and not is_added(name):
            unread.append(tail)
        if not value and name not in RESERVED_NAMES and name not in guide.today("questions"):
            unread.append(written)
        elif found.setdefault(name, value) != value:
            text = _text_of(guide, name.removeprefix("q.")) or f"“{_clipped(name)}”"
            notices.append(f"The link has {text} twice. Only the first one counts.")
    if unread:
        notices.append(f"Some of the link could not be read and was ignored: {_listed(unread)}.")
    return found


def _judge(version: str, notices: list[str]) -> None:
    if not version:
        notices.append(NO_BEGINNING)
    elif version != VERSION:
        notices.append("The link has a format that this page does not know. It was read as far as possible.")


def _today(written: str, guide: Guide) -> str:
    """A name as the guide or the format writes it, when only its case is another."""
    if written.lower().startswith(OWN):
        return written.lower().replace("_", "-")
    kind, _, rest = written.rpartition(".")
    known = guide.today("criteria") if kind.lower() == "w" else guide.today("questions")
    if kind.lower() in {"w", "q"}:
        return f"{kind.lower()}.{_written_so(rest, known)}"
    return written.lower() if written.lower() in RESERVED_NAMES else _written_so(written, known)


def _written_so(word: str, known: Collection[str]) -> str:
    """The known word that differs from this one in nothing but case and dashes; else the word itself."""
    if word in known:
        return word
    plain = _DASHES.sub("-", word.lower())
    return next((name for name in sorted(known) if _DASHES.sub("-", name.lower()) == plain), word)


def _listed(names: list[str]) -> str:
    several = [_clipped(name) for name in dict.fromkeys(names) if name] or ["a part without a name"]
    more = f" and {len(several) - MOST_NAMED} more" if len(several) > MOST_NAMED else ""
    return ", ".join(several[:MOST_NAMED]) + more


def _clipped(name: str) -> str:
    return visible(name if len(name) <= 20 else name[:19] + "…")


def bounded(notices: list[str]) -> list[str]:
    """Each once, and no more than people read."""
    several = list(dict.fromkeys(notices))
    more = len(several) - MOST_NOTICES
    if more <= 0:
        return several
    return [
        *several[:MOST_NOTICES],
        f"And {more} more {'part of the link was' if more == 1 else 'parts of the link were'} ignored.",
    ]


def _sentences(guide: Guide, aside: list[AnswerError]) -> list[str]:
    """What was set aside, for a visitor: by the names that are on the page, unknown names together."""
    texts = [text for error in aside if (text := _sentence(guide, error))]
    for kind, what in (("question", "questions"), ("criterion", "criteria")):
        names = [str(error.question or error.answer or "") for error in aside if error.kind == kind]
        if names:
            texts.append(f"The link has {what} that are not in this guide and were ignored: {_listed(names)}.")
    return texts


def _sentence(guide: Guide, error: AnswerError) -> str:
    if error.kind in ("question", "criterion"):
        return ""
    if error.kind == "trade":
        return f"{str(error)[:1].upper()}{str(error)[1:]}. It was ignored."
    if error.kind == "points":
        name = guide.criterion(str(error.answer)).name
        return f"The link's weight of “{name}” is not a whole number from 0 to {MOST_POINTS} and was ignored."
    if error.question is None:
        return "The link sets a weight twice. Only the first one counts."
    text = _text_of(guide, error.question)
    return SENTENCES.get(error.kind, SENTENCES["answer"]).format(text=text, answer=clipped(error.answer))


def _text_of(guide: Guide, name: str) -> str:
    """The question in quotation marks, as it is on the page, or the criterion that "w." and a name weigh; empty when
    there is none."""
    if name in guide.today("questions"):
        return f"“{guide.question(name).text}”"
    criterion = name.removeprefix("w.")
    return f"the weight of “{guide.criterion(criterion).name}”" if criterion in guide.today("criteria") else ""


def _typed(guide: Guide, answers: Mapping[str, str]) -> dict[str, object]:
    """Lists and numbers as the question's kind wants them; the rest as text for `check_case` to judge."""
    typed: dict[str, object] = {}
    for name, value in answers.items():
        if name not in guide.today("questions"):
            typed[name] = value
            continue
        kind = guide.question(name).kind
        entries = guide.entry("questions", guide.question(name).id)["answers"]
        ids = ["unsure", *(known for entry in entries for known in (entry["id"], *entry.get("aliases", ())))]
        if kind == "many":
            items = [_written_so(item, ids) for item in re.split("[,+]", value) if item]
            typed[name] = "unsure" if items == ["unsure"] else items
        elif kind == "number" and value.lower() != "unsure":
            typed[name] = _number(value)
        else:
            typed[name] = _written_so(value, ids)
    return typed


def _number(value: str) -> int | str:
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 12 else value
