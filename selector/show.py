"""Recommendations as text for a terminal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from . import words
from .analysis import Analysis
from .drift import CHANGED, CLOSER, Drift, gaps
from .explain import sufficient
from .recommend import Place, Recommendation, score
from .record import answer_text, cell_texts
from .requirements import EXCLUDED, FEASIBLE


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours, when wanted."""

    on: bool

    def bold(self, text: str) -> str:
        """Strong text."""
        return f"\x1b[1m{text}\x1b[0m" if self.on else text

    def dim(self, text: str) -> str:
        """Quiet text."""
        return f"\x1b[2m{text}\x1b[0m" if self.on else text


def recommendation(analysis: Analysis, paint: Paint) -> str:
    """The ranking as a table, then how sure, why, and what would change it."""
    result = analysis.result
    lines = [*result.notices, *_table(result, paint), *_left_out(result)]
    if result.winner is None:
        lines += ["", *_nothing(result)]
    else:
        lines += ["", *_sure(analysis, paint), "", *_why(result, paint), "", *_changes(analysis, paint)]
    return "\n".join(lines)


def _table(result: Recommendation, paint: Paint) -> list[str]:
    alive = [place for place in result.places if place.verdict.status != EXCLUDED]
    width = max((len(place.strategy.name) for place in alive), default=0)
    lines = []
    for place in alive:
        rank = "" if place.rank is None else f"{place.rank}."
        note = "" if place.verdict.status == FEASIBLE else paint.dim("  not verified")
        shown = f"  {score(place, result.points):5.1f}" if result.crowned else ""
        text = f"{rank:>4} {place.strategy.name:<{width}}{shown}{note}"
        lines.append(paint.bold(text) if place in result.leaders else text)
    out = [place for place in result.places if place.verdict.status == EXCLUDED]
    if out:
        lines.append(paint.dim(f"     {len(out)} ruled out"))
    return lines


def _left_out(result: Recommendation) -> list[str]:
    found = result.guide.enumeration
    if not found.left_out and found.complete:
        return []
    many = found.left_out if found.complete else "Some"
    return [f"{many} further combinations were left out: a guide of this size has too many to rank them all."]


def _nothing(result: Recommendation) -> list[str]:
    if not result.crowned:
        return ["Nothing is answered yet, so nothing comes first: the strategies stand in alphabetical order."]
    near = result.near
    if near is None:
        return ["Nothing is sure to meet all requirements; those above would, if what is not verified holds."]
    lines = ["Nothing meets all requirements. Relaxing these would bring something back:"]
    for names, found in near.minimal[:5]:
        lines.append(f"  {' and '.join(sorted(names))}: {', '.join(found[:5])}")
    return lines


def _sure(analysis: Analysis, paint: Paint) -> list[str]:
    winner = analysis.result.winner
    assert winner is not None and analysis.verdict is not None
    share = words.share_in_words(analysis.shares[winner.strategy.id], analysis.draws)
    lines = [
        paint.bold(f"{words.SENTENCES[analysis.verdict]}: {winner.strategy.name}"),
        f"First {share} nearby weightings (each weight anywhere from half to double).",
    ]
    if analysis.factor is not None:
        lines.append(words.factor_in_words(analysis.factor.value))
    caveat = analysis.result.guide.data["guide"].get("caveat")
    return [*lines, caveat] if caveat else lines


def _why(result: Recommendation, paint: Paint) -> list[str]:
    rival = result.runner_up
    if rival is None:
        return []
    enough = set(sufficient(gaps(result)))
    lines = [paint.bold(f"Against {rival.strategy.name}:")]
    for gap in gaps(result):
        mark = "*" if gap.criterion in enough else " "
        size = gap.twice / (20 * sum(result.points))
        lines.append(f" {mark} {size:+5.1f}  {result.guide.criterion(gap.criterion).name}")
    if enough:
        lines.append(paint.dim("   * these alone outweigh everything that speaks for the other"))
    lines += [
        f" ! lowest level on {result.guide.criterion(name).name}, which matters to you"
        for name in (result.warnings(result.winner) if result.winner else ())
    ]
    return lines


def _changes(analysis: Analysis, paint: Paint) -> list[str]:
    guide = analysis.result.guide
    lines = [paint.bold("What would change it:")]
    for flip in analysis.flips:
        names = " or ".join(guide.strategy(name).name for name in sorted(flip.leaders)) or "nothing left"
        question = guide.question(flip.question).text
        lines.append(f"   {question} {answer_text(guide, flip.question, flip.answer)} -> {names}")
    if not analysis.flips:
        lines.append("   No single answer.")
    useful = [item for item in analysis.open if item.share]
    if useful:
        lines.append(f"   Most useful next question: {guide.question(useful[0].question).text}")
    return lines


def comparison(result: Recommendation, mine: Place, theirs: Place, paint: Paint) -> str:
    """Two strategies criterion by criterion, differences first."""
    guide = result.guide
    gaps_ = {gap.criterion: gap.twice for gap in result.differences(mine, theirs)}
    names = sorted(guide.criteria, key=lambda criterion: (-abs(gaps_.get(criterion.id, 0)), criterion.name))
    lines = [paint.bold(f"{mine.strategy.name}  |  {theirs.strategy.name}")]
    for criterion in names:
        left, right = (
            "; ".join(text for _, text in cell_texts(guide, place.strategy, criterion.id)) for place in (mine, theirs)
        )
        size = gaps_.get(criterion.id, 0) / (20 * sum(result.points))
        lines.append(f"{size:+5.1f}  {paint.bold(criterion.name)}: {left}  |  {right}")
    return "\n".join(lines)


def drift(found: Drift, paint: Paint) -> str:
    """The finding in words."""
    guide = found.result.guide
    names = ", ".join(place.strategy.name for place in found.result.leaders) or "nothing"
    if found.status == CHANGED:
        head = f"Changed: {names} would come first now, not {', '.join(found.leaders_before) or 'nothing'}."
    elif found.status == CLOSER:
        head = f"Still valid, but closer than it was: the lead is {found.lead_now}, it was {found.lead_before}."
    else:
        head = "Still valid."
    lines = [paint.bold(head), *found.notices]
    if found.same_revision:
        lines.append("The guide's data is the same as when it was decided.")
    for item in found.moved:
        if not item.criterion:
            lines.append(f"  {item.strategy} is no longer a strategy of the guide")
            continue
        name = guide.criterion(item.criterion).name if item.after else item.criterion
        lines.append(f"  {item.strategy}, {name}: {_range(item.before)} -> {_range(item.after)}")
    lines += [f"  weight of {name}: {before} -> {after}" for name, before, after in found.reweighted]
    return "\n".join(lines)


def _range(values: tuple[int, int] | None) -> str:
    if values is None:
        return "absent"
    return str(values[0]) if values[0] == values[1] else f"{values[0]} to {values[1]}"


def drift_data(found: Drift) -> dict[str, Any]:
    """The finding as plain JSON data."""
    return {
        "status": found.status,
        "same_revision": found.same_revision,
        "revision": found.result.guide.revision,
        "leaders_before": list(found.leaders_before),
        "leaders": [place.strategy.id for place in found.result.leaders],
        "lead_before": found.lead_before,
        "lead": found.lead_now,
        "moved": [asdict(item) for item in found.moved],
        "reweighted": [list(item) for item in found.reweighted],
        "notices": list(found.notices),
    }
