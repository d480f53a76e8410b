"""A file `own.yml` beside the guide: what is different in one organisation, checked and laid over the guide.

Hidden options, extra options with their sources, own ratings, prices and values, and answers that are fixed. Without the
file nothing changes. Problems name the file and the line in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from hooks import ROOT
from hooks.checked import Checked, check_guide
from hooks.rules import check_rules, draft_of
from hooks.source.alike import nearest
from hooks.source.load import Loaded, load
from hooks.source.positions import Path, Positions
from hooks.source.problems import Problem, errors, in_order, one_of
from selector.case.answers import AnswerError, judged
from selector.case.own import OwnError, checked_own
from selector.guide.errors import GuideError
from selector.guide.guide import Guide
from selector.guide.own import PRICE, RATING, VALUE, OwnFact, patched

NAME = "own.yml"
SCHEMA = ROOT / "data" / "own.schema.json"

SOURCE = "own-facts"
"""Id of the source that an organisation's own facts name."""

ADDED = ("sources", "options")
"""Sections to which the file adds entries of the guide's form."""


def own_file(guide: FilePath | str) -> FilePath:
    """Where the file is, if there is one."""
    return FilePath(guide).with_name(NAME)


def check_with_own(
    path: FilePath | str, *, today: date | None = None, name: str | None = None, quick: bool = False
) -> Checked:
    """A guide's file with the organisation's own over it, where there is such a file; takes what `check_guide` takes."""
    checked = check_guide(path, today=today, name=name, quick=quick)
    file = own_file(path)
    if not file.is_file():
        return checked
    shown = None if name is None else str(FilePath(name).with_name(NAME))
    return with_own_file(checked, load(file, SCHEMA, shown), today)


def with_own_file(checked: Checked, own: Loaded, today: date | None = None) -> Checked:
    """The guide with what is in an `own.yml`, or the problems of both files."""
    problems = [*checked.problems, *in_order(own.problems)]
    if checked.guide is None or own.data is None:
        return replace(checked, guide=None, problems=tuple(problems), beside=(own,))
    found = list(_named(checked.guide, own))
    guide = None
    if not errors(found):
        data = _laid_over(checked.guide, own.data)
        if any(own.data.get(section) for section in ADDED):
            found += _of_rules(checked.loaded, own, data, today)
        if not errors(found):
            try:
                guide = Guide.from_data(data)
            except GuideError as error:
                found.append(own.positions.problem((), "own", f"scoring cannot use this: {error}"))
    return Checked(guide, (*problems, *in_order(found)), checked.loaded, (own,))


def _named(guide: Guide, own: Loaded) -> Iterator[Problem]:
    """Ids, levels and numbers that the guide does not know, each at its place."""
    data = own.data or {}
    facts = list(_facts(data))
    seen = dict[str, Path]()
    for path, name, value, fields in facts:
        try:
            checked_own(guide, {name: value})
        except OwnError as error:
            field = next((field for field in fields if str(_at(data, (*path, field))) == str(error.answer)), fields[0])
            yield _problem(own, (*path, field), error.why, error.answer, error.near)
        if seen.setdefault(name, path) != path:
            yield _problem(own, path, f"'{name}' is there twice")
    if not facts or len(checked_own(guide, {name: value for _, name, value, _ in facts}, [])) < len(seen):
        yield from _out_of_order(guide, own, facts)
    for index, entry in enumerate(data.get("hide", ())):
        known = {option.id for option in guide.options}
        if entry["option"] not in known:
            yield _problem(
                own, ("hide", index, "option"), f"unknown option '{entry['option']}'", entry["option"], known
            )
    for index, entry in enumerate(data.get("answers", ())):
        yield from _answer(guide, own, index, entry)


def _answer(guide: Guide, own: Loaded, index: int, entry: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        judged(guide, {entry["question"]: _number(guide, entry)})
    except AnswerError as error:
        asked = error.kind == "question"
        known = guide.today("questions") if asked else [one.id for one in guide.question(entry["question"]).answers]
        path = ("answers", index, "question" if asked else "answer")
        yield _problem(own, path, str(error), entry["question"] if asked else error.answer, known)


def _number(guide: Guide, entry: Mapping[str, Any]) -> Any:
    """An answer in the type of its question: YAML's numbers come as text where ids are allowed too."""
    name, given = entry["question"], entry["answer"]
    number = name in guide.today("questions") and guide.question(name).kind == "number"
    return int(given) if number and isinstance(given, str) and given.isdigit() else given


def _out_of_order(guide: Guide, own: Loaded, facts: list[Any]) -> Iterator[Problem]:
    """Values that are in order alone and not together."""
    aside: list[AnswerError] = []
    good = {name: value for _, name, value, _ in facts if not _fails(guide, name, value)}
    checked_own(guide, good, aside)
    for error in aside:
        if isinstance(error, OwnError):
            path = next((path for path, name, _, _ in facts if name == error.name), ())
            yield _problem(own, path, error.why)


def _fails(guide: Guide, name: str, value: Any) -> bool:
    aside: list[AnswerError] = []
    checked_own(guide, {name: value}, aside)
    return bool(aside)


def _problem(own: Loaded, path: Path, said: str, given: object = None, near: Any = ()) -> Problem:
    """A problem, with the valid names and the nearest of them."""
    names = sorted(near)
    return own.positions.problem(
        path,
        "own",
        said,
        expected=one_of(names, given if isinstance(given, str) else "") if names else "",
        nearest=nearest(given, names) if isinstance(given, str) and names else "",
    )


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _facts(data: Mapping[str, Any]) -> Iterator[tuple[Path, str, Any, tuple[str, ...]]]:
    """Own facts: path, name, value, and the fields that one may be wrong in."""
    for index, entry in enumerate(data.get("ratings", ())):
        yield (RATING + "s", index), f"{entry['of']}.{entry['criterion']}", entry["level"], ("of", "criterion", "level")
    for index, entry in enumerate(data.get("prices", ())):
        yield (PRICE + "s", index), f"{PRICE}.{entry['price']}", entry["amount"], ("price", "amount")
    for index, entry in enumerate(data.get("values", ())):
        name = f"{VALUE}.{entry['criterion']}.{entry['level']}"
        yield (VALUE + "s", index), name, entry["value"], ("criterion", "level", "value")


def _laid_over(guide: Guide, own: Mapping[str, Any]) -> dict[str, Any]:
    """The guide's data with the organisation's own in it. What is own says so in a field `own` or `hidden`."""
    who, day = own["organisation"], own["verified"]
    facts = checked_own(guide, {name: value for _, name, value, _ in _facts(own)})
    data = patched(guide.data, facts)
    said = {name: _at(own, path) for path, name, _, _ in _facts(own)}
    cited = {"source": SOURCE, "verified": day}
    for fact in facts:
        _tell(data, fact, said[fact.name], cited)
    hidden = {entry["option"]: entry["because"] for entry in own.get("hide", ())}
    data["options"] = [
        *(_hidden(entry, who["name"], hidden) for entry in data["options"]),
        *({**entry, "own": ""} for entry in own.get("options", ())),
    ]
    if hidden:
        data["questions"] = [_without_enabling(question, hidden) for question in data["questions"]]
    source = {"id": SOURCE, "title": f"{who['name']}: own facts", "url": who["url"], "kind": "other",
              "reason": "The organisation says what is different in it."}  # fmt: skip
    data["sources"] = [*data["sources"], source, *own.get("sources", ())]
    data["organisation"] = dict(who)
    data["fixed"] = {
        entry["question"]: {"answer": _number(guide, entry), "because": entry["because"]}
        for entry in own.get("answers", ())
    }
    return data


def _tell(data: dict[str, Any], fact: OwnFact, said: Mapping[str, Any], cited: Mapping[str, str]) -> None:
    """What the organisation says of a fact, with its source, beside the value."""

    def change(entry: dict[str, Any]) -> dict[str, Any]:
        if fact.kind == PRICE:
            return {**entry, **cited, "note": said["note"]}
        if fact.kind == VALUE:
            levels = entry["levels"]
            return {
                **entry,
                "levels": [{**one, "reason": said["reason"]} if one["id"] == fact.aspect else one for one in levels],
            }
        field = "ratings" if "ratings" in entry else "overrides"
        rating = {**entry[field][fact.aspect], **cited, "text": said["text"]}
        return {**entry, field: {**entry[field], fact.aspect: rating}}

    options = any(entry["id"] == fact.subject for entry in data["options"])
    section = {PRICE: "prices", VALUE: "criteria"}.get(fact.kind, "options" if options else "strategies")
    data[section] = [change(entry) if entry["id"] == fact.subject else entry for entry in data[section]]


def _hidden(entry: dict[str, Any], who: str, hidden: Mapping[str, str]) -> dict[str, Any]:
    if entry["id"] not in hidden:
        return entry
    return {**entry, "off": f"Not used at {who}. {hidden[entry['id']]}", "hidden": True}


def _without_enabling(question: dict[str, Any], hidden: Mapping[str, str]) -> dict[str, Any]:
    """The question with no answer that switches a hidden option on."""
    answers = []
    for answer in question["answers"]:
        effects = [
            {**effect, "enable": [name for name in effect["enable"] if name not in hidden]}
            if "enable" in effect
            else effect
            for effect in answer.get("effects", ())
        ]
        answers.append({**answer, "effects": effects} if effects else answer)
    return {**question, "answers": answers}


class _Both(Positions):
    """Positions of the guide, and of what an own file adds to its sections."""

    def __init__(self, guide: Positions, own: Positions, first: Mapping[str, int]) -> None:
        super().__init__(guide.file, guide.values, guide.keys)
        self._own, self._first = own, first

    def _shifted(self, path: Path) -> Path | None:
        """The path in the own file; None for what is the guide's."""
        if len(path) > 1 and path[0] in self._first and isinstance(path[1], int):
            index = path[1] - self._first[str(path[0])]
            return (path[0], index, *path[2:]) if index >= 0 else None
        return None

    def value(self, path: Path) -> Any:
        own = self._shifted(path)
        return super().value(path) if own is None else self._own.value(own)

    def key(self, path: Path) -> Any:
        own = self._shifted(path)
        return super().key(path) if own is None else self._own.key(own)

    def problem(self, path: Path, code: str, message: str, **more: Any) -> Problem:
        own = self._shifted(path)
        found = super().problem(path, code, message, **more)
        return found if own is None else replace(found, file=self._own.file)


def _of_rules(loaded: Loaded, own: Loaded, data: dict[str, Any], today: date | None) -> list[Problem]:
    """What the guide's rules say of added entries. What they say of the guide then is its author's business."""
    first = {section: len(data[section]) - len((own.data or {}).get(section, ())) for section in ADDED}
    both = _Both(loaded.positions, own.positions, first)
    texts = {(path[0], first[str(path[0])] + int(path[1]), *path[2:]): kind for path, kind in own.texts.items()
             if len(path) > 1 and path[0] in first}  # fmt: skip
    merged = replace(loaded, draft=data, positions=both, texts=texts, problems=())
    return [problem for problem in check_rules(draft_of(merged, today)) if problem.file == own.file]
