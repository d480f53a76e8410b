"""What was found in files, and what it points to."""

from __future__ import annotations

from dataclasses import dataclass

from selector.case.answers import Value
from selector.guide.model import Question
from selector.guide.strategies import Strategy

from .evidence import HINT, LIKELY, STRENGTHS, Evidence
from .scan import Place, Tally


@dataclass(frozen=True)
class Found:
    """A piece of evidence that was found, and where; `source` when the repository is one whose templates are for others."""

    evidence: Evidence
    tally: Tally
    source: bool = False

    @property
    def count(self) -> int:
        """In how many places."""
        return self.tally.count

    @property
    def first(self) -> Place:
        """The first place by path."""
        return self.tally.places[0]

    @property
    def strength(self) -> int:
        """How strong, as a number that grows. What is only under conditions of a template is not sure."""
        declared = STRENGTHS.index(self.evidence.strength)
        return declared if self.tally.firm else min(declared, STRENGTHS.index(HINT if self.source else LIKELY))

    @property
    def text(self) -> str:
        """Count and name."""
        return f"{self.count:,} {self.evidence.named(self.count)}"


@dataclass(frozen=True)
class Support:
    """What points to one answer, strongest first."""

    answer: str
    found: tuple[Found, ...]

    @property
    def strength(self) -> int:
        """That of the strongest."""
        return max(one.strength for one in self.found)


@dataclass(frozen=True)
class Read:
    """A question that the files answer, or contradict each other on.

    Attributes:
        value: the answer as a case holds it; None where they contradict each other.
        supports: what points to it, by answer; where it is one of several, also what points to others.
    """

    question: Question
    value: Value | None
    supports: tuple[Support, ...]

    @property
    def clear(self) -> bool:
        """True when nothing points to another answer."""
        return self.value is not None and (self.question.kind != "one" or len(self.supports) == 1)


@dataclass(frozen=True)
class Use:
    """An option in use: what shows it, in how many places, and in how many of the units."""

    option: str
    found: tuple[Found, ...]
    units: int
    sure: bool = True

    @property
    def count(self) -> int:
        """In how many places."""
        return sum(one.count for one in self.found)

    @property
    def called(self) -> tuple[str, ...]:
        """The names of what was found, when the option stands for many."""
        return tuple(sorted({name for one in self.found for name in one.tally.called}))


@dataclass(frozen=True, slots=True)
class Setup:
    """Options that work together in the repository; `strategy` when they are all of one."""

    members: tuple[str, ...]
    strategy: Strategy | None
