"""What a repository says, in words and as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selector.case.answers import Value
from selector.detect.conclusion import Reading
from selector.detect.evidence import LIKELY, STRENGTHS, SURE, texts
from selector.detect.found import Found, Read, Setup, Support, Use
from selector.detect.scan import Place
from selector.guide.guide import Guide

from .sentences import and_

FORMAT = 1

MOST_SHOWN = 3
"""Places that are named in words."""


def answer_text(read: Read) -> str:
    """The answer in the guide's words; empty where the files contradict each other."""
    if read.value is None:
        return ""
    if isinstance(read.value, int):
        return f"{read.value:,}"
    chosen = (read.value,) if isinstance(read.value, str) else read.value
    return ", ".join(label(read, name) for name in chosen)


def label(read: Read, answer: str) -> str:
    """An answer's label."""
    found = read.question.answer(answer)
    return found.label if found is not None else answer


def place_text(place: Place) -> str:
    """`path:line`, with kind and name where there are any."""
    thing = "/".join(part for part in (place.kind, place.name) if part)
    return f"{place.path}:{place.line}" + (f" ({thing})" if thing else "")


def found_text(found: Found) -> str:
    """How many, of what, and where the first is."""
    return (
        f"{found.text}, first in {place_text(found.first)}"
        if found.count > 1
        else f"{found.text}, {place_text(found.first)}"
    )


def support_text(support: Support) -> str:
    """Everything that points to an answer."""
    return "; ".join(found_text(one) for one in support.found)


def strength_text(support: Support) -> str:
    """How sure, as a word."""
    return STRENGTHS[support.strength]


def use_name(guide: Guide, use: Use) -> str:
    """The option's name, or what was found in its place when it stands for many."""
    return ", ".join(use.called) or guide.option(use.option).name


def setup_name(reading: Reading, setup: Setup) -> str:
    """The strategy's name, or the names of its members."""
    guide = reading.guide
    uses = {use.option: use for use in reading.uses}
    if setup.strategy is not None and not any(uses[name].called for name in setup.members):
        return setup.strategy.name
    return " + ".join(use_name(guide, uses[name]) for name in setup.members)


def headline(reading: Reading) -> str:
    """What is in use, in one sentence, the most frequent first."""
    uses = {use.option: use for use in reading.uses}
    running = [(setup_name(reading, one), [uses[name] for name in one.members]) for one in reading.setups]
    running += [(use_name(reading.guide, use), [use]) for use in reading.beside]
    likely = and_([use_name(reading.guide, use) for use in reading.likely])
    said = f"{'The files also suggest' if running else 'The files suggest that you run'}: {likely}" if likely else ""
    around = _surroundings(reading)
    if not running:
        return f"{', '.join([said, *around])}." if said else "Nothing was found that this guide knows as in use."
    running.sort(key=lambda one: -max(use.count for use in one[1]))
    (main, members), *rest = running
    text = " ".join(["You run:", main, *around])
    reach = max(use.units for use in members)
    text += f", for {_of_units(reading, reach)}." if reach and len(reading.scan.units) > 1 else "."
    text += f" Also in use: {', '.join(name for name, _ in rest)}." if rest else ""
    return text + (f" {said}." if said else "")


def _surroundings(reading: Reading) -> list[str]:
    """What the guide wants said beside what is in use, as far as the files are sure of it."""
    question, words = reading.rules.headline
    found = [support.answer for read in reading.answers if read.question.id == question for support in read.supports]
    said = [words[answer] for answer in found if answer in words]
    return [" and ".join(said)] if said else []


def _of_units(reading: Reading, count: int) -> str:
    total = len(reading.scan.units)
    one, many = reading.rules.unit_names
    return f"{count:,} of {total:,} {one if total == 1 else many}"


def use_text(reading: Reading, use: Use) -> str:
    """What shows an option, and how far it reaches."""
    text = ("" if use.sure else "suggested by ") + ", ".join(one.text for one in use.found)
    return f"{text}; in {_of_units(reading, use.units)}." if use.units else f"{text}."


def counted_text(reading: Reading) -> str:
    """How much was read."""
    files, aside = reading.scan.files, reading.plan.aside
    text = f"{files:,} {'file' if files == 1 else 'files'} read"
    if not aside:
        return f"{text}."
    left = "1 example, test or copy" if aside == 1 else f"{aside:,} examples, tests and copies"
    return f"{text}, {left} left aside."


def detected(reading: Reading, paint: Any, *, every: bool = False) -> str:
    """For a terminal."""
    shown = None if every else MOST_SHOWN
    lines = [paint.bold(headline(reading)), counted_text(reading), *reading.limits]
    lines += [f"  {use_name(reading.guide, use)}: {use_text(reading, use)}" for use in (*reading.uses, *reading.likely)]
    if reading.warnings:
        lines += ["", paint.bold("To know, whatever you choose")]
    for found in urgent_first(reading.warnings):
        lines.append(f"  {found.text}. {plain(found.evidence.warning)}")
        lines += [paint.dim(f"    {place_text(place)}") for place in found.tally.places[:shown]]
        if shown is not None and found.count > shown:
            lines.append(
                paint.dim(
                    f"    {found.count - shown:,} more; --all lists {'them' if found.count < 50 else 'the first 50'}"
                )
            )
        lines += [paint.dim(f"    {source['url']}") for source in sources(reading.guide, found)]
    if reading.answers:
        lines += ["", paint.bold("Answers read from the files (not said by you)")]
    for read in reading.answers:
        lines.append(f"  {read.question.text} {answer_text(read) or 'The files contradict each other.'}")
        for support in read.supports:
            name = f"{label(read, support.answer)}: " if len(read.supports) > 1 or read.value is None else ""
            lines.append(paint.dim(f"    {name}{support_text(support)} [{strength_text(support)}]"))
    if reading.hints:
        lines += ["", paint.bold("Also seen")]
        lines += [f"  {found_text(found)}" for found in reading.hints]
    return "\n".join(lines)


def plain(text: str) -> str:
    """Markdown of one paragraph without its marks."""
    return " ".join(text.replace("`", "").split())


def urgent(found: Found) -> bool:
    """True for a warning that must not wait."""
    return bool(found.evidence.entry["warning"]["severity"] == "high")


def urgent_first(found: Iterable[Found]) -> list[Found]:
    """Warnings in the order in which they are shown."""
    return sorted(found, key=lambda one: not urgent(one))


def sources(guide: Guide, found: Found) -> list[Mapping[str, Any]]:
    """Where to read on."""
    return [guide.entry("sources", name) for name in texts(found.evidence.entry["warning"]["source"])]


def detected_data(reading: Reading) -> dict[str, Any]:
    """Everything as plain JSON data; `detected` in api.schema.json."""
    guide = reading.guide
    return {
        "format": FORMAT,
        "kind": "detected",
        "guide": guide.data["guide"]["id"],
        "revision": guide.revision,
        "files": reading.scan.files,
        "bytes": reading.scan.bytes,
        "aside": reading.plan.aside,
        "limits": list(reading.limits),
        "headline": headline(reading),
        "answers": {name: _plain(value) for name, value in reading.values.items()},
        "read": [
            {
                "question": read.question.id,
                "value": _plain(read.value),
                "clear": read.clear,
                "supports": [
                    {
                        "answer": support.answer,
                        "strength": strength_text(support),
                        "evidence": [_found(one) for one in support.found],
                    }
                    for support in read.supports
                ],
            }
            for read in reading.answers
        ],
        "uses": [
            {
                "option": use.option,
                "name": use_name(guide, use),
                "strength": SURE if use.sure else LIKELY,
                "count": use.count,
                "units": use.units,
                "of_units": len(reading.scan.units),
                "evidence": [_found(one) for one in use.found],
            }
            for use in (*reading.uses, *reading.likely)
        ],
        "setups": [
            {
                "members": list(setup.members),
                "strategy": setup.strategy.id if setup.strategy else None,
                "name": setup_name(reading, setup),
            }
            for setup in reading.setups
        ],
        "beside": [use.option for use in reading.beside],
        "warnings": warnings_data(reading),
        "hints": [_found(found) for found in reading.hints],
    }


def warnings_data(reading: Reading) -> list[dict[str, Any]]:
    """What is to be known whatever is chosen, as plain JSON data, the urgent first."""
    return [
        {
            **_found(found),
            "severity": found.evidence.entry["warning"]["severity"],
            "text": found.evidence.warning,
            "sources": [source["url"] for source in sources(reading.guide, found)],
        }
        for found in urgent_first(reading.warnings)
    ]


def _found(found: Found) -> dict[str, Any]:
    return {
        "id": found.evidence.id,
        "name": found.evidence.named(found.count),
        "count": found.count,
        "places": [
            {"path": place.path, "line": place.line, "kind": place.kind, "name": place.name}
            for place in found.tally.places
        ],
    }


def _plain(value: Value | None) -> object:
    return list(value) if isinstance(value, tuple) else value
