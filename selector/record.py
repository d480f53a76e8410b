"""The decision record: an architecture decision record in Markdown with the MADR headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import words
from .analysis import Analysis
from .answers import UNSURE, Value, chosen
from .drift import gaps
from .explain import sufficient
from .model import Guide
from .recommend import Place, Recommendation, score
from .requirements import EXCLUDED
from .strategies import Strategy

SHOWN = 8
"""Considered strategies that are listed one by one."""


def record(analysis: Analysis, date: str, link: str = "") -> str:
    """The record as Markdown.

    Args:
        analysis: a recommendation and what was worked out about it; parts that are missing are left out.
        date: the day of the decision, as 2026-11-23.
        link: address under which the wizard shows the same answers.
    """
    result = analysis.result
    parts = [
        _head(result, date),
        _context(result),
        _drivers(result),
        _options(result),
        _outcome(analysis),
        _consequences(result),
        _confidence(analysis),
        _changes(analysis),
        _again(result, date),
        _more(result, link),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(result: Recommendation, date: str) -> str:
    title = result.winner.strategy.name if result.winner else "no strategy yet"
    question = result.guide.data["guide"]["question"]
    return f"---\nstatus: proposed\ndate: {date}\n---\n\n# {question} {title}"


def _context(result: Recommendation) -> str:
    lines = ["## Context and Problem Statement", "", result.guide.data["guide"]["question"], ""]
    lines += [f"- {text} **{answer}**" for text, answer in said(result)]
    return "\n".join(lines)


def said(result: Recommendation) -> Iterator[tuple[str, str]]:
    """The visitor's answers in words: (question, answer)."""
    guide = result.guide
    for name in result.situation.said:
        yield guide.question(name).text, answer_text(guide, name, result.case.answers[name])


def answer_text(guide: Guide, question: str, value: Value | None) -> str:
    """An answer in words."""
    found = guide.question(question)
    if value is None:
        return "skipped"
    if value == UNSURE:
        return "not sure"
    if isinstance(value, int):
        return str(value)
    return ", ".join(answer.label for answer in chosen(found, value)) or "none of them"


def _drivers(result: Recommendation) -> str:
    lines = ["## Decision Drivers", ""]
    points = zip(result.guide.criteria, result.situation.points, strict=True)
    ranked = sorted(points, key=lambda pair: (-pair[1], pair[0].id))
    for criterion, value in ranked[:SHOWN]:
        if not value:
            continue
        why = [item.because for item in result.situation.reasons if item.criterion == criterion.id and item.because]
        text = " ".join(dict.fromkeys(why))
        lines.append(f"- {criterion.name} ({float(value):g} points)" + (f": {text}" if text else ""))
    for item in result.situation.requirements:
        criterion = result.guide.criterion(item.criterion)
        label = criterion.levels[criterion.level_index(item.level)].label
        aside = " (set aside)" if item.relaxed else ""
        lines.append(f"- Required: {criterion.name}, at least “{label}”{aside}: {item.because}")
    for out in result.situation.exclusions:
        aside = " (set aside)" if out.relaxed else ""
        lines.append(f"- Ruled out: {result.guide.option(out.option).name}{aside}: {out.because}")
    return "\n".join(lines)


def _options(result: Recommendation) -> str:
    lines = ["## Considered Options", ""]
    alive = [place for place in result.places if place.verdict.status != EXCLUDED]
    for place in alive[:SHOWN]:
        note = "" if not place.verdict.unverified else "; not verified by us: " + _names(result, place)
        lines.append(f"- {place.strategy.name}: {score(place, result.points):.1f} of 100{note}")
    if len(alive) > SHOWN:
        lines.append(f"- {len(alive) - SHOWN} more, further down the list")
    out = len(result.places) - len(alive)
    if out:
        lines.append(f"- {out} ruled out")
    return "\n".join(lines)


def _names(result: Recommendation, place: Place) -> str:
    open_ = {item.id: result.guide.criterion(item.criterion).name for item in result.situation.requirements}
    return ", ".join(sorted({open_[name] for name in place.verdict.unverified if name in open_}))


def _outcome(analysis: Analysis) -> str:
    result = analysis.result
    winner, rival = result.winner, result.runner_up
    if winner is None:
        return "\n".join(["## Decision Outcome", "", *_nothing(result)])
    verb = "Chosen option" if analysis.verdict != words.CLOSE else "Chosen option, in a field too close to call"
    text = f"{verb}: “{winner.strategy.name}”, because it comes first on these answers."
    enough = [result.guide.criterion(name).name for name in sufficient(gaps(result))]
    if rival and enough:
        verb = "outweighs" if len(enough) == 1 else "outweigh"
        text += f" Against {rival.strategy.name}, {_and(enough)} {verb} everything that speaks for the other."
    tied = [place.strategy.name for place in result.leaders[1:]]
    if tied:
        text += f" Equally good: {_and(tied)}."
    return f"## Decision Outcome\n\n{text}"


def _nothing(result: Recommendation) -> list[str]:
    if not result.crowned:
        return ["Nothing is answered yet, so nothing comes first."]
    if result.near is None:
        return ["Nothing is known to meet all requirements; those above would, if what is not verified by us holds."]
    lines = ["Nothing meets all requirements. The nearest misses:", ""]
    for names, found in result.near.minimal[:SHOWN]:
        back = [result.guide.strategy(name).name for name in found[:SHOWN]]
        lines.append(f"- {_and(back)}, without {_and(_asked(result, names))}")
    return lines


def _asked(result: Recommendation, names: Iterable[str]) -> list[str]:
    """Requirements and exclusions by id, in words."""
    guide = result.guide
    words_of = {
        item.id: f"“{guide.criterion(item.criterion).name}” as required" for item in result.situation.requirements
    } | {item.id: f"ruling out {guide.option(item.option).name}" for item in result.situation.exclusions}
    return [words_of.get(name, name) for name in sorted(names)]


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _consequences(result: Recommendation) -> str:
    if result.winner is None:
        return ""
    lines = ["### Consequences", ""]
    found = gaps(result)
    lines += [f"- Good: {_cell_text(result, gap.criterion)}" for gap in found if gap.twice > 0][:5]
    lines += [f"- Bad: {_cell_text(result, gap.criterion)}" for gap in reversed(found) if gap.twice < 0][:5]
    lines += [
        f"- Bad, and it matters here: {_cell_text(result, name)} (the lowest level)"
        for name in result.warnings(result.winner)
    ]
    for member in result.winner.strategy.members:
        for limit in result.guide.entry("options", member)["limitations"][:2]:
            lines.append(f"- To understand ({result.guide.option(member).name}): {limit['text'].strip()}")
    return "\n".join(dict.fromkeys(lines))


def _cell_text(result: Recommendation, criterion: str) -> str:
    assert result.winner is not None
    name = result.guide.criterion(criterion).name
    texts = [text for _, text in cell_texts(result.guide, result.winner.strategy, criterion)]
    return f"{name}: {'; '.join(texts)}" if texts else name


def cell_texts(guide: Guide, strategy: Strategy, criterion: str) -> list[tuple[str, str]]:
    """What the guide says in the cells that decide a strategy's value: (member id or "" for itself, text)."""
    cell = guide.strategy_cell(strategy, criterion)
    if not cell.members and strategy.named is not None:
        override = guide.entry("strategies", strategy.named).get("overrides", {}).get(criterion)
        if override is not None:
            return [("", override["text"])]
    return [(member, guide.entry("options", member)["ratings"][criterion]["text"]) for member in cell.members]


def _confidence(analysis: Analysis) -> str:
    result = analysis.result
    if result.winner is None or analysis.verdict is None:
        return ""
    share = analysis.shares[result.winner.strategy.id]
    lines = [
        "### Confirmation",
        "",
        f"- {words.SENTENCES[analysis.verdict]}: first {words.share_in_words(share, analysis.draws)} nearby "
        "weightings (each weight anywhere from half to double).",
    ]
    if analysis.factor is not None:
        lines.append(f"- {words.factor_in_words(analysis.factor.value)}")
    lines.append(f"- {result.guide.data['guide'].get('caveat', '')}".rstrip())
    return "\n".join(lines)


def _changes(analysis: Analysis) -> str:
    result = analysis.result
    if result.winner is None or not analysis.flips_done:
        return ""
    lines = ["## What would change it", ""]
    for flip in analysis.flips[:SHOWN]:
        question = result.guide.question(flip.question)
        names = [result.guide.strategy(name).name for name in sorted(flip.leaders)]
        first = f"{_and(names)} would come first" if names else "nothing would meet all requirements"
        lines.append(f"- {question.text} **{answer_text(result.guide, flip.question, flip.answer)}**: {first}.")
    if not analysis.flips:
        lines.append("- No single answer changes it.")
    return "\n".join(lines)


def _again(result: Recommendation, date: str) -> str:
    days = result.guide.data["guide"]["stale_after_days"]
    lines = [
        "## When to look again",
        "",
        f"- Before the facts are {days} days old, and when one of the answers above is no longer true.",
        f"- Decided on {date} with revision {result.guide.revision} of the guide's data.",
    ]
    return "\n".join(lines)


def _more(result: Recommendation, link: str) -> str:
    lines = ["## More Information", ""]
    if link:
        lines += [f"- The same answers in the wizard: {link}"]
    lines += [f"- {title}, {url} (verified {date})" for url, title, date in sources(result)]
    return "\n".join(lines)


def sources(result: Recommendation) -> list[tuple[str, str, str]]:
    """Sources behind the winner's cells: (url, title, newest date verified), by title."""
    if result.winner is None:
        return []
    guide, found = result.guide, dict[str, tuple[str, str, str]]()
    strategy = result.winner.strategy
    for criterion, points in zip(guide.criteria, result.points, strict=True):
        if not points:
            continue
        for member in guide.strategy_cell(strategy, criterion.id).members:
            for entry, date in _rating_sources(guide, guide.entry("options", member)["ratings"][criterion.id]):
                known = found.get(entry["id"], ("", "", ""))
                found[entry["id"]] = (entry["url"], entry["title"], max(date, known[2]))
    return sorted(found.values(), key=lambda item: (item[1], item[0]))


def _rating_sources(guide: Guide, rating: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    names = rating.get("source", ())
    for name in [names] if isinstance(names, str) else names:
        yield guide.entry("sources", name), str(rating["verified"])
