"""The decision record: an architecture decision record in Markdown with the MADR headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selector.analysis.confidence import CLOSE
from selector.analysis.steps import Analysis
from selector.case.requirements import EXCLUDED
from selector.guide.guide import Guide
from selector.guide.strategies import Strategy
from selector.plan.drift import gaps
from selector.scoring.differences import sufficient
from selector.scoring.recommend import RankedStrategy, Recommendation, score

from . import verdicts
from .cost_sentences import bill_lines
from .sentences import (
    MOST_ANSWERS,
    and_,
    asked_for,
    crossover_text,
    flips_by_leader,
    joint_share_text,
    near_tie_text,
    quoted,
    said,
    stale_on,
    unknown_text,
)

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


def _drivers(result: Recommendation) -> str:
    lines = ["## Decision Drivers", ""]
    points = zip(result.guide.criteria, result.situation.points, strict=True)
    ranked = sorted(points, key=lambda pair: (-pair[1], pair[0].id))
    for criterion, value in ranked[:SHOWN]:
        if not value:
            continue
        why = [item.because for item in result.situation.reasons if item.criterion == criterion.id and item.because]
        text = " ".join(dict.fromkeys(why))
        own = ", set by hand" if criterion.id in result.case.weights else ""
        lines.append(f"- {criterion.name} ({float(value):.3g} points{own})" + (f": {text}" if text and not own else ""))
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


def _names(result: Recommendation, place: RankedStrategy) -> str:
    open_ = {item.id: result.guide.criterion(item.criterion).name for item in result.situation.requirements}
    return ", ".join(sorted({open_[name] for name in place.verdict.unverified if name in open_}))


def _outcome(analysis: Analysis) -> str:
    result = analysis.result
    winner, rival = result.winner, result.runner_up
    if winner is None:
        return "\n".join(["## Decision Outcome", "", *_nothing(result)])
    verb = "Chosen option" if analysis.verdict != CLOSE else "Chosen option, in a field too close to call"
    text = f"{verb}: “{winner.strategy.name}”, because it comes first on these answers."
    enough = [result.guide.criterion(name).name for name in sufficient(gaps(result))]
    if rival and enough:
        verb = "outweighs" if len(enough) == 1 else "outweigh"
        reasons = and_([f"*{name}*" for name in enough])
        text += f" Against “{rival.strategy.name}”, {reasons} {verb} everything that speaks for the other."
    tied = [place.strategy.id for place in result.leaders[1:]]
    if tied:
        text += f" Equally good: {quoted(result.guide, tied)}."
    if twin := near_tie_text(result):
        text += f" {twin}"
    return f"## Decision Outcome\n\n{text}"


def _nothing(result: Recommendation) -> list[str]:
    if not result.crowned:
        return ["Nothing is answered yet, so nothing comes first."]
    if result.near is None:
        return ["Nothing is known to meet all requirements; those above would, if what is not verified by us holds."]
    lines = ["Nothing meets all requirements. The nearest misses:", ""]
    for names, found in result.near.minimal[:SHOWN]:
        back = quoted(result.guide, found[:SHOWN])
        lines.append(f"- {back}, if this is set aside: {and_(asked_for(result, names))}")
    return lines


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
    cost = bill_lines(result, result.winner)
    lines += [f"- Costs: {cost[0]}", *(f"    - {line}" for line in cost[1:])] if cost else []
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
        "### Confidence",
        "",
        f"- {verdicts.SENTENCES[analysis.verdict]}: first {verdicts.share_in_words(share, analysis.draws)} nearby "
        "weightings (each weight anywhere from half to double).",
    ]
    if analysis.factor is not None:
        lines.append(f"- {verdicts.factor_in_words(analysis.factor.value)}")
    if both := joint_share_text(analysis):
        lines.append(f"- {both}")
    lines.append(f"- {result.guide.data['guide'].get('caveat', '')}".rstrip())
    return "\n".join(lines)


def _changes(analysis: Analysis) -> str:
    result = analysis.result
    if result.winner is None or not analysis.flips_done:
        return ""
    guide, lines = result.guide, ["## What would change it", ""]
    for leading, answers in flips_by_leader(guide, analysis.flips):
        more = len(answers) - MOST_ANSWERS
        rest = f"; and answers to {more} more question{'s' if more > 1 else ''}" if more > 0 else ""
        lines.append(f"- {leading[:1].upper()}{leading[1:]}: {'; '.join(answers[:MOST_ANSWERS])}{rest}.")
    if not analysis.flips:
        lines.append("- No single answer changes it: every other answer to every question was tried.")
    lines += [f"- {crossover_text(guide, item)}" for item in analysis.crossovers[:1]]
    lines += [f"- {unknown_text(guide, item)}" for item in analysis.unknowns[:3]]
    return "\n".join(lines)


def _again(result: Recommendation, date: str) -> str:
    days = result.guide.data["guide"]["stale_after_days"]
    day = stale_on((str(rating["verified"]) for rating in _ratings(result)), days)
    lines = [
        "## When to look again",
        "",
        "- When one of the answers above is no longer true.",
        f"- On {day} at the latest: then the oldest fact behind it is {days} days old."
        if day
        else f"- When its facts are {days} days old.",
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
    guide, found = result.guide, dict[str, tuple[str, str, str]]()
    for rating in _ratings(result):
        names = rating.get("source", ())
        for entry in (guide.entry("sources", name) for name in ([names] if isinstance(names, str) else names)):
            known = found.get(entry["id"], ("", "", ""))
            found[entry["id"]] = (entry["url"], entry["title"], max(str(rating["verified"]), known[2]))
    return sorted(found.values(), key=lambda item: (item[1], item[0]))


def _ratings(result: Recommendation) -> Iterator[Mapping[str, Any]]:
    """The entries of the cells that decide the winner's values on what counts."""
    if result.winner is None:
        return
    guide, strategy = result.guide, result.winner.strategy
    own = guide.entry("strategies", strategy.named).get("overrides", {}) if strategy.named else {}
    for criterion, points in zip(guide.criteria, result.points, strict=True):
        if points and criterion.id in own:
            yield own[criterion.id]
        elif points:
            for member in guide.strategy_cell(strategy, criterion.id).members:
                yield guide.entry("options", member)["ratings"][criterion.id]
