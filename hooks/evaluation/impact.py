"""What an edit does to recommendations: for each example, and over a fixed sample of visitors, before and after."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from hooks.source.lines import line_feeds
from hooks.source.load import Loaded, load_bytes
from selector import Guide
from selector.analysis.audience import sample_case
from selector.analysis.sensitivity import leaders_of
from selector.analysis.weightings import stream
from selector.case.answers import Case, check_case
from selector.plan.drift import lead
from selector.scoring.recommend import recommend_case

VISITORS = 1000
"""Sampled answer sets; the same ones for every edit of a guide with the same questions."""

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class First:
    """Who ranks first: named ids joined by " = " when equal, and the lead over the next in points of 100."""

    names: str
    lead: float | None

    def __str__(self) -> str:
        return self.names if self.lead is None else f"{self.names} ({self.lead:.1f} points ahead)"


@dataclass(frozen=True, slots=True)
class Changed:
    """An example whose first place or lead is not what it was. `before` is None for a new example."""

    example: str
    before: First | None
    after: First

    @property
    def flipped(self) -> bool:
        """True when another strategy ranks first now."""
        return self.before is not None and self.before.names != self.after.names


@dataclass(frozen=True)
class Effect:
    """What an edit does.

    Attributes:
        examples: those that changed.
        unchanged: how many did not.
        visitors: sampled answer sets.
        flips: (first before, first after) and for how many visitors, most frequent first.
        by_answer: answers that are more frequent among those visitors, with their count.
    """

    examples: tuple[Changed, ...]
    unchanged: int
    visitors: int
    flips: tuple[tuple[tuple[str, str], int], ...]
    by_answer: tuple[tuple[str, int], ...]

    @property
    def flipped(self) -> list[Changed]:
        """Examples in which another strategy comes first."""
        return [one for one in self.examples if one.flipped]

    @property
    def only_leads(self) -> list[Changed]:
        """Examples in which the same one comes first, with another lead."""
        return [one for one in self.examples if one.before is not None and not one.flipped]

    @property
    def new(self) -> list[Changed]:
        """Examples that were not there before."""
        return [one for one in self.examples if one.before is None]


class NoSuchRevision(Exception):  # noqa: N818  reads as what it says
    """Git does not know the revision, or the file in it."""


def load_revision(path: FilePath, revision: str) -> Loaded:
    """The file as it was at a git revision, read. Raises what `at_revision` raises."""
    return load_bytes(at_revision(path, revision), f"{path.name}@{revision}")


def at_revision(path: FilePath, revision: str) -> bytes:
    """The content of the file at a git revision.

    Raises:
        NoSuchRevision: with the reason.
    """
    if revision.startswith("-"):
        raise NoSuchRevision(f"'{revision}' is no commit, as names of commits do not begin with -")
    place = path.resolve()
    done = _git(place.parent, "show", f"{revision}:./{place.name}")
    if done.returncode:
        raise NoSuchRevision(_why_not(place, revision))
    return done.stdout


def _git(folder: FilePath, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise NoSuchRevision(f"Git cannot be run: {error.strerror}") from error


def _why_not(place: FilePath, revision: str) -> str:
    """Why Git has no such file at a revision."""
    if _git(place.parent, "rev-parse", "--is-inside-work-tree").returncode:
        return f"{place.name} is in no Git repository, so there is nothing to compare it with"
    if _git(place.parent, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode:
        return f"Git knows no commit, branch or tag '{revision}'"
    return f"{place.name} is not in '{revision}': the file is new since, or had another name or folder then"


def last_committed(path: FilePath) -> str | None:
    """The text of the file in the last commit: "" when that has no such file or there is no commit, None when there is
    no repository or no git."""
    try:
        done = _git(path.resolve().parent, "rev-parse", "--is-inside-work-tree")
    except NoSuchRevision:
        return None
    if done.returncode or done.stdout.strip() != b"true":
        return None
    try:
        return line_feeds(at_revision(path, "HEAD").decode("utf-8", errors="replace"))
    except NoSuchRevision:
        return ""


def effect_of_edit(before: Guide, after: Guide, visitors: int = VISITORS) -> Effect:
    """Compare two states of one guide. Answers that one of them does not know are set aside there."""
    was = {entry["id"]: entry for entry in before.data.get("examples", ())}
    changed, unchanged = [], 0
    for entry in after.data.get("examples", ()):
        old = was.get(entry["id"])
        one = Changed(entry["id"], _first(before, old["answers"]) if old else None, _first(after, entry["answers"]))
        if one.before == one.after:
            unchanged += 1
        else:
            changed.append(one)
    flips: Counter[tuple[str, str]] = Counter()
    answers: Counter[str] = Counter()
    for case in _visitors(after, visitors):
        pair = _leaders(before, case.answers), _leaders(after, case.answers)
        if pair[0] != pair[1]:
            flips[pair] += 1
            answers.update(f"{question}: {_shown(value)}" for question, value in case.answers.items())
    return Effect(tuple(changed), unchanged, visitors, _ordered(flips), _ordered(answers)[:5])


def _ordered(counts: Counter[Any]) -> tuple[tuple[Any, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _visitors(guide: Guide, count: int) -> Iterator[Case]:
    source = stream(guide.data["guide"].get("seed", 1), "since", "visitors")
    for _ in range(count):
        yield sample_case(guide, source)


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _case(guide: Guide, answers: Mapping[str, Any]) -> Case:
    return check_case(guide, answers, notices=[])


def _first(guide: Guide, answers: Mapping[str, Any]) -> First:
    result = recommend_case(guide, _case(guide, answers))
    names = [place.strategy.named or place.strategy.id for place in result.leaders]
    return First(" = ".join(names) or NOTHING, lead(result))


def _leaders(guide: Guide, answers: Mapping[str, Any]) -> str:
    names = sorted(leaders_of(guide, _case(guide, answers)))
    return " = ".join(guide.strategy(name).named or name for name in names) or NOTHING


def as_table(effect: Effect, revision: str, *, heading: bool = False) -> str:
    """The effect for people, in Markdown that a terminal shows as well."""
    below = "### " if heading else ""
    lines = [f"{'## ' if heading else ''}Recommendations since {revision}", ""]
    if effect.flipped:
        lines += [f"{below}Another first place", "", "| example | before | after |", "|---|---|---|"]
        lines += [f"| {one.example} | {one.before} | {one.after} |" for one in effect.flipped]
        lines.append("")
    if effect.only_leads:
        lines += [f"{below}The same first place, with another lead", ""]
        lines += ["| example | first | points ahead before | after |", "|---|---|---|---|"]
        lines += [_lead_of(one, one.before) for one in effect.only_leads if one.before]
        lines.append("")
    if effect.new:
        lines += [f"{below}New examples", "", "| example | first |", "|---|---|"]
        lines += [f"| {one.example} | {one.after} |" for one in effect.new]
        lines.append("")
    lines.append(f"Examples: {_counts(effect)}.")
    moved = sum(count for _, count in effect.flips)
    share = 100 * moved / effect.visitors
    lines.append(f"Sampled visitors: {moved} of {effect.visitors} ({share:.1f}%) get another first place.")
    if effect.flips:
        lines += ["", "| visitors | before | after |", "|---|---|---|"]
        lines += [f"| {count} | {before} | {after} |" for (before, after), count in effect.flips[:10]]
        lines += _rest(effect.flips[10:])
        lines += ["", "Most frequent answers among them: " + "; ".join(_counted(effect.by_answer)) + "."]
    return "\n".join(lines) + "\n"


def _lead_of(one: Changed, before: First) -> str:
    leads = ["none" if first.lead is None else f"{first.lead:.1f}" for first in (before, one.after)]
    return f"| {one.example} | {one.after.names} | {' | '.join(leads)} |"


def _counts(effect: Effect) -> str:
    """ "1 with another first place, 3 with another lead only, 2 new, 8 as before": what there is none of is left out."""
    counts = (
        (len(effect.flipped), "with another first place"),
        (len(effect.only_leads), "with another lead only"),
        (len(effect.new), "new"),
    )
    return ", ".join([*(f"{count} {words}" for count, words in counts if count), f"{effect.unchanged} as before"])


def _rest(flips: Sequence[tuple[Any, int]]) -> list[str]:
    return [f"| {sum(count for _, count in flips)} | others | |"] if flips else []


def _counted(answers: Sequence[tuple[str, int]]) -> list[str]:
    return [f"{answer} ({count})" for answer, count in answers]
