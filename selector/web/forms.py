"""The questions as a form, and the form's raw fields as a case.

Field names: `q.<question>` (an answer id, once per ticked answer, or a number), `w.<criterion>` (points set by
hand), `trade.<criterion>.<criterion>` (the answer to a trade-off), `own.<fact>` (an own fact), `relax` (a requirement to
set aside, or several with commas), `rival` (the strategy to compare with), `pick` (what own facts are being given for, see `panels.own`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from selector import Case, Guide
from selector.case.answers import UNSURE, AnswerError, check_case, in_force
from selector.case.compared import Compared
from selector.case.link import encode
from selector.case.own import OWN, OwnError, with_facts
from selector.case.own_words import in_words
from selector.case.trades import TRADE
from selector.guide.own import OwnFact

from .page import Entry, Page

QUESTION, WEIGHT, RELAX, RIVAL, PICK = "q.", "w.", "relax", "rival", "pick"
_BETWEEN = re.compile(r"\s*(?:–|\bto\b)\s*")
_DECIMAL_COMMA, _THOUSANDS = re.compile(r"\d+,\d{1,2}"), re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")

MOST_FIELDS = 2000
"""More fields than any form of ours has; the rest is not read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the fields say: the case, the strategy to compare with (None: the runner-up), what was set aside, what own facts
    are being given for, and by its field what was typed for one and can't be used."""

    case: Case
    rival: str | None
    notices: tuple[str, ...]
    picked: str = ""
    refused: Mapping[str, Refused] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed for an own fact and can't be one, and what is said at its field."""

    typed: str
    text: str


def read_fields(guide: Guide, fields: Iterable[Sequence[str]], before: Iterable[OwnFact] = ()) -> Reading:
    """Fields as [name, value] pairs. Empty ones count as skipped; what the guide does not know is set aside.

    `before` are the own facts of the answer before: what is typed for one and can't be read leaves it as it was.
    """
    given: dict[str, list[str]] = {}
    for name, value in [(str(pair[0]), str(pair[1])) for pair in list(fields)[:MOST_FIELDS]]:
        if value:
            given.setdefault(name, []).append(value)
    notices: list[str] = []
    answers: dict[str, Any] = {
        name.removeprefix(QUESTION): _answer(guide, name.removeprefix(QUESTION), values)
        for name, values in given.items()
        if name.startswith(QUESTION)
    }
    answers.update((name, values[-1]) for name, values in given.items() if name.startswith(TRADE))
    weights = {
        name.removeprefix(WEIGHT): _whole(values[-1]) for name, values in given.items() if name.startswith(WEIGHT)
    }
    case = check_case(guide, answers, weights, relaxable(guide, _relaxed(given), notices), notices=notices)
    own = {name.removeprefix(OWN): values[-1] for name, values in given.items() if name.startswith(OWN)}
    case, refused, told = _with_own(guide, case, own, before)
    return Reading(case, _rival(guide, given), (*notices, *told), given.get(PICK, [""])[-1], refused)


def _with_own(
    guide: Guide, case: Case, typed: Mapping[str, str], before: Iterable[OwnFact]
) -> tuple[Case, dict[str, Refused], list[str]]:
    """The case with its own facts, what can't be one by the name of its field, and notices on what has no field."""
    aside: list[AnswerError] = []
    case = with_facts(guide, case, {name: _typed_own(text) for name, text in typed.items()}, aside)
    errors = {error.name: error for error in aside if isinstance(error, OwnError)}
    kept = {fact.name: fact for fact in before if fact.name in errors}
    if kept:
        case = with_facts(guide, case, [*case.own, *kept.values()], [])
    refused, told = dict[str, Refused](), list[str]()
    for name, error in errors.items():
        if name in kept and error.value and kept[name].value == _typed_own(typed.get(name, "")):
            continue  # it is another one that does not go with it
        if not error.value:
            told.append(f"Your own fact “{error.name}” was ignored: {error.words}.")
            continue
        stays = f" Your own {in_words(guide, kept[name], kept[name].value)} stays." if name in kept else ""
        refused[OWN + name] = Refused(typed.get(name, ""), f"Not used: {error.words}.{stays}")
    return case, refused, told


def _typed_own(text: str) -> str:
    """What was typed for an own fact: "0.3 to 0.6" is a range, "0,20" and "1,000" are numbers as people write them, and a
    number may end in a point while it is being typed."""
    parts = _BETWEEN.split(text[:80].strip().replace(" ", " "))
    return ",".join(_number_typed(part).rstrip(".") for part in parts)


def _number_typed(text: str) -> str:
    if _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    return re.sub(r"\s*,\s*", ",", text)


def _relaxed(given: Mapping[str, list[str]]) -> list[str]:
    """What the boxes set aside: one box is for several requirements that say the same, their ids with commas."""
    return [name for value in given.get(RELAX, ()) for name in value.split(",") if name]


def relaxable(guide: Guide, names: Iterable[str], notices: list[str]) -> list[str]:
    """Those of the names that some answer could give to a requirement or an exclusion; the rest is set aside."""
    known = []
    for name in names:
        if _asks_for(guide, name):
            known.append(name)
        else:
            notices.append("A requirement that was to be relaxed is not in this guide.")
    return known


def _asks_for(guide: Guide, name: str) -> bool:
    """True for "question.answer.criterion", "question.answer.option", "off.option", "assumed.question",
    "bind.question" and "prefer.preference"."""
    *source, target = name.split(".")
    try:
        if source == ["assumed"]:
            return guide.question(target).assumed is not None
        if source == ["bind"]:
            return any("bind" in effect for answer in guide.question(target).answers for effect in answer.effects)
        if source == ["prefer"]:
            return any(preference.id == target for preference in guide.preferences)
        if source == ["off"]:
            return guide.option(target).off and not guide.entry("options", target).get("hidden")
        question, answer = source
        effects = next(item.effects for item in guide.question(question).answers if item.id == answer)
    except (KeyError, ValueError, StopIteration):
        return False
    return any(
        target in effect.get("require", ()) or target in dict(guide.excluded(effect.get("exclude", ())))
        for effect in effects
    )


def _answer(guide: Guide, question: str, values: list[str]) -> Any:
    """Values in the type that the question's kind wants; an unknown question keeps its text and is refused later."""
    try:
        kind = guide.question(question).kind
    except KeyError:
        return values[-1]
    if UNSURE in values:
        return UNSURE
    if kind == "many":
        return values
    return _whole(values[-1]) if kind == "number" else values[-1]


def _whole(text: str) -> int | str:
    """A whole number, or the text as it was for `check_case` to judge. The length keeps huge numbers out."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else text


def _rival(guide: Guide, given: dict[str, list[str]]) -> str | None:
    try:
        return guide.strategy(given[RIVAL][-1]).id if RIVAL in given else None
    except KeyError:
        return None


def fields_of(case: Case) -> list[tuple[str, str]]:
    """The form fields that say this case; the inverse of `read_fields`."""
    fields: list[tuple[str, str]] = []
    for question, value in case.answers.items():
        values = value if isinstance(value, tuple) else (value,)
        fields.extend((QUESTION + question, str(item)) for item in values)
    fields.extend((WEIGHT + criterion, str(points)) for criterion, points in case.weights.items())
    fields.extend((OWN + fact.name, fact.value) for fact in case.own)
    fields.extend((RELAX, name) for name in sorted(case.relax))
    fields.extend((trade.id, trade.text) for trade in case.trades)
    return fields


def link_of(case: Case, revision: str, compared: Compared | None = None) -> str:
    """The share link's text; empty for an empty case, so that an untouched wizard keeps a clean address."""
    if not (case.answers or case.weights or case.relax or case.trades or case.own or compared):
        return ""
    return encode(case, revision, compared=compared)


def visible(guide: Guide, case: Case) -> dict[str, bool]:
    """Which questions are asked in this case."""
    asked = in_force(guide, case)
    return {question.id: question.id in asked for question in guide.questions}


def question_view(page: Page, entry: Entry) -> dict[str, Any]:
    """One question for its template; numbers show where their bands begin."""
    condition = entry.get("ask_when")
    return {
        "entry": entry,
        "field": QUESTION + entry["id"],
        "id": f"dw-q-{entry['id']}",
        "unsure": UNSURE,
        "bands": [answer for answer in entry["answers"] if entry["kind"] == "number"],
        "asked_after": page.entry("questions", condition["question"])["text"] if condition else None,
        "asked": condition is None,
        **_fixed(page, entry),
    }


def _fixed(page: Page, entry: Entry) -> dict[str, Any]:
    """The answer that an organisation has fixed, and why; empty where the visitor answers."""
    fixed = page.guide.data.get("fixed", {}).get(entry["id"])
    if fixed is None:
        return {"fixed": (), "why": ""}
    given = fixed["answer"]
    who = page.guide.data["organisation"]["name"]
    return {
        "fixed": given if isinstance(given, list | tuple) else (given,),
        "why": f"Fixed by {who}. {fixed['because']}",
    }


def form_html(page: Page) -> Markup:
    """The core questions, then the others in folds by topic, and the way to worked examples."""
    guide = page.guide
    views = {entry["id"]: question_view(page, entry) for entry in guide.data["questions"]}
    core = [name for name in views if name in guide.core]
    topics = [
        {"id": topic, "name": name, "questions": [views[question] for question in questions]}
        for topic, name, questions in _topics(page, [name for name in views if name not in core])
    ]
    return page.render(
        "form.html",
        core=[views[name] for name in core],
        topics=topics,
        presets=presets(page),
        progress="Answer what you know. You can skip any question.",
    )


def _topics(page: Page, questions: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Questions by topic, in the order of the guide's topics; those without one come last."""
    names = {entry["id"]: str(entry["name"]) for entry in page.guide.data.get("topics", ())} | {"": "More questions"}
    for topic, name in names.items():
        found = [item for item in questions if page.entry("questions", item).get("topic", "") == topic]
        if found:
            yield topic or "more", name, found


def presets(page: Page, most: int | None = None) -> list[dict[str, Any]]:
    """The worked examples, or the first ones: each with its page, and the link that fills the form with its answers."""
    return [
        {
            "id": entry["id"],
            "title": entry["title"],
            "page": page.links(f"examples/{entry['id']}.md"),
            "link": link_of(check_case(page.guide, entry["answers"], notices=[]), page.revision),
        }
        for entry in page.guide.data.get("examples", ())[:most]
    ]
