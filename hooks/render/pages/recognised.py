"""What is read from a visitor's files: every piece of evidence, what it looks for and what it points to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hooks.render.context import BuildContext, Entry
from hooks.render.plain_text import counted
from selector import Guide
from selector.detect.evidence import Rules, texts
from selector.detect.files import DEEPEST, LARGEST, MOST_BYTES, MOST_FILES

PAGE = "recognised.md"

STRENGTHS = {
    "sure": "Shows that it is in use",
    "likely": "Fills in an answer and suggests what is in use",
    "hint": "Is mentioned",
}


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """recognised.md, when the guide has evidence."""
    data = build.guide.data
    if not data.get("evidence"):
        return
    page = build.page(PAGE)
    reading = data.get("reading", {})
    yield (
        page.path,
        page.print(
            "recognised.md",
            title="What is read from your files",
            description=f"{counted(len(data['evidence']), 'kind')} of evidence that a repository can hold, what each answers, and what is never kept.",
            groups=[(strength, text, _entries(build, strength)) for strength, text in STRENGTHS.items()],
            warnings=[(entry, build.cited(entry["warning"])) for entry in data["evidence"] if "warning" in entry],
            documents=reading.get("documents", ()),
            aside=reading.get("aside", ()),
            source=[one["names"] for one in data["evidence"] if one["id"] in reading.get("own_source", ())],
            foreign=[(one["folder"], one["beside"]) for one in reading.get("foreign", ())],
            units=_units(reading),
            traceless=[_option(build.guide, name) for name in _traceless(build.guide)],
            shared=reading.get("values", {}),
            limits=(LARGEST // 10**6, MOST_BYTES // 10**6, MOST_FILES, DEEPEST),
        ),
    )


def _units(reading: Entry) -> tuple[str, str, list[str]] | None:
    units = reading.get("units")
    return (units["name"], units["names"], [in_words(one) for one in units["find"]]) if units else None


def _traceless(guide: Guide) -> list[str]:
    """Options that may be in use without a trace, without the families that stand for them."""
    traceless = Rules.of(guide).traceless
    return [option.id for option in guide.options if option.id in traceless]


def _entries(build: BuildContext, strength: str) -> list[dict[str, Any]]:
    guide = build.guide
    found = []
    for entry in guide.data["evidence"]:
        if entry["strength"] != strength:
            continue
        answers = []
        for name, given in entry.get("answers", {}).items():
            question = guide.question(name)
            chosen = [question.answer(answer) for answer in texts(given)]
            answers.append((question.text, ", ".join(answer.label for answer in chosen if answer is not None)))
        if "counts" in entry:
            answers.append((guide.question(entry["counts"]).text, "their number"))
        found.append(
            {
                "id": entry["id"],
                "name": entry["names"],
                "answers": answers,
                "uses": [_option(guide, name) for name in entry.get("uses", ())],
                "find": [in_words(one) for one in entry["find"]],
                "limits": _limits(build, entry),
            }
        )
    return found


def _option(guide: Guide, name: str) -> tuple[str, str]:
    """Name and page of an option or of a family."""
    return guide.option(name).name, f"options/{name}.md"


def _limits(build: BuildContext, entry: Entry) -> list[str]:
    """What else must hold, in sentences."""
    names = {one["id"]: one["names"] for one in build.guide.data["evidence"]}
    least, most, per = entry.get("least"), entry.get("most"), entry.get("per")
    said = []
    if per:
        but = ", ".join(entry.get("but", ()))
        said.append(f"Counted once for each {per}" + (f", save {but}." if but else "."))
    if least and most:
        said.append(f"Counts from {least} to {most}.")
    elif least or most:
        said.append(f"Counts from {least}." if least else f"Counts up to {most}.")
    if "needs" in entry:
        said.append(f"Only together with {' or '.join(names[name] for name in entry['needs'])}.")
    if "unless" in entry:
        said.append(f"Not beside {', '.join(names[name] for name in entry['unless'])}.")
    if entry.get("silent"):
        said.append("Is not shown.")
    return said


def in_words(pattern: Entry) -> str:
    """A pattern as Markdown."""

    def codes(field: str, word: str = " or ") -> str:
        return word.join(f"`{one}`" for one in texts(pattern.get(field)))

    parts = []
    if "kind" in pattern or "api" in pattern:
        parts.append("documents" + (f" of kind {codes('kind')}" if "kind" in pattern else ""))
        parts += [f"of {codes('api')}"] if "api" in pattern else []
    if "path" in pattern:
        parts.append(f"{'in ' if parts else 'files '}{codes('path')}")
    if "has" in pattern:
        parts.append(f"with {codes('has', ' and ')}")
    if "single" in pattern:
        parts.append(f"with one {codes('single', ' and one ')} only")
    if "value" in pattern:
        parts.append(
            "where " + " and ".join(f"`{name}` fits {_either(given)}" for name, given in pattern["value"].items())
        )
    if "lacks" in pattern:
        parts.append(f"without {codes('lacks')}")
    if "line" in pattern:
        parts.append(f"with a line that fits {codes('line')}")
    if "contains" in pattern:
        parts.append(f"with the text {codes('contains', ' and ')}")
    if "called" in pattern:
        parts.append(f"(called {pattern['called']})")
    text = " ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _either(given: Any) -> str:
    return " or ".join(f"`{one}`" for one in texts(given))
