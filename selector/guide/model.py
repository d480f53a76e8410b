"""The guide as scoring sees it: plain JSON data turned into small frozen records.

Texts stay in `Guide.data`; what is here is only what counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from .errors import GuideError
from .option import Option

FULL = 1000
"""The value of the best anchor. Values are whole numbers from 0 to FULL."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a criterion's scale.

    `value` is 0..1000; `burden` is what one member of this level adds under the rules `points` (whole points)
    and `units` (the criterion's unit), and 0 elsewhere.
    """

    id: str
    label: str
    value: int
    burden: Fraction
    own: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something to decide by.

    `base` is its points before any answer, `levels` run from worst to best, `anchors` are their (burden, value),
    lightest first.
    """

    id: str
    name: str
    group: str
    base: int
    rule: str
    roles: tuple[str, ...]
    capacity: int
    owned_free: bool
    cls: str | None
    levels: tuple[Level, ...]
    anchors: tuple[tuple[Fraction, int], ...]

    @property
    def adds_up(self) -> bool:
        """True when members' burdens are summed instead of compared."""
        return self.rule in ("points", "units")

    def level_index(self, level: str) -> int:
        """Position of a level, 0 = worst. Raises GuideError for an unknown id."""
        for index, candidate in enumerate(self.levels):
            if candidate.id == level:
                return index
        raise GuideError(f"criterion '{self.id}' has no level '{level}'")

    def or_better(self, level: str) -> str:
        """A least level in words: "“Medium” or better", and no more than "“None”" where nothing is better.

        Levels go from bad to good, so that "at least “Medium”" of an effort would say the opposite.
        """
        index = self.level_index(level)
        return f"“{self.levels[index].label}”" + (" or better" if index < len(self.levels) - 1 else "")

    def value_of_level(self, level: str) -> int:
        """The value of a level, 0..1000. Raises GuideError for an unknown id."""
        return self.levels[self.level_index(level)].value

    def level_of_value(self, value: int) -> str | None:
        """Id of the level with exactly this value, or None."""
        return next((level.id for level in self.levels if level.value == value), None)

    def value_of_burden(self, burden: Fraction) -> int:
        """The value (0..1000) of a summed burden.

        Rule `points`: 1000 - floor(1000 * burden / capacity), at least 0. Rule `units`: linear between the levels'
        (units, value) anchors and flat outside them, rounded down.
        """
        if self.rule == "points":
            return max(0, FULL - FULL * burden.numerator // (burden.denominator * self.capacity))
        anchors = self.anchors
        if burden <= anchors[0][0]:
            return anchors[0][1]
        for (left, upper), (right, lower) in pairwise(anchors):
            if burden <= right:
                return int(upper + (lower - upper) * (burden - left) / (right - left))
        return anchors[-1][1]


@dataclass(frozen=True, slots=True)
class Role:
    """A job in a strategy; see the schema for what `optional` and `support` mean."""

    id: str
    name: str
    optional: bool
    support: bool


Condition = tuple[tuple[str, frozenset[str]], ...]
"""Pairs of a question's id and ids of its answers."""


@dataclass(frozen=True, slots=True)
class Preference:
    """What ranks first among all that meet the requirements, whatever the scores say.

    A strategy with a member of `over`, or of one of `patterns`, and no member of `preferred` is listed after the
    others. It holds when every question of `when` has one of the named answers, and none of `unless` has.
    """

    id: str
    preferred: frozenset[str]
    over: frozenset[str]
    patterns: frozenset[str]
    when: Condition
    unless: Condition
    because: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and its effects, each effect a mapping with one effect key and `because`.

    `alone` is True for "none of these" among answers of which several can be given. `contradicts` names answers to
    other questions that cannot be meant together with this one, and why.
    """

    id: str
    label: str
    start: int | None
    effects: tuple[Mapping[str, Any], ...]
    alone: bool = False
    contradicts: tuple[tuple[Condition, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `kind` is one, many or number; `cap` limits a many-question's points per criterion.

    `assumed` is the answer whose requirements and exclusions hold while the question is open, and why. A `firm` one
    holds even where it alone leaves nothing. `core` marks
    questions that decide most visits: without answers to some of them no result is called clear.
    """

    id: str
    text: str
    kind: str
    answers: tuple[Answer, ...]
    condition: tuple[str, frozenset[str]] | None
    cap: int | None
    sets: str | None
    minimum: int | None
    maximum: int | None
    assumed: tuple[str, str] | None = None
    core: bool = False
    fact: bool = False
    firm: bool = False

    def answer(self, answer_id: str) -> Answer | None:
        """The answer of that id, or None."""
        return next((answer for answer in self.answers if answer.id == answer_id), None)


@dataclass(frozen=True)
class GuideData:
    """All records of a guide, found by id or alias. `Guide` adds the strategies that follow from them.

    Attributes:
        data: the plain JSON data it was made from; texts, prices and examples are read from there.
        revision: 12 hex digits that change whenever the data changes.
    """

    data: Mapping[str, Any]
    revision: str
    goals: tuple[str, ...]
    max_members: int
    roles: tuple[Role, ...]
    criteria: tuple[Criterion, ...]
    options: tuple[Option, ...]
    families: tuple[Option, ...]
    questions: tuple[Question, ...]
    preferences: tuple[Preference, ...]
    _index: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(repr=False)

    def entry(self, section: str, id_or_alias: str) -> Mapping[str, Any]:
        """The plain entry of a section by id or alias. Raises KeyError when there is none."""
        return self._index[section][id_or_alias]

    def former(self, section: str, entry: str) -> tuple[str, ...]:
        """The former ids of an entry."""
        return tuple(self.entry(section, entry).get("aliases", ()))

    def _by_name[T: (Criterion, Option, Question)](self, section: str, records: Iterable[T]) -> dict[str, T]:
        """Records by id and by alias."""
        by_id = {record.id: record for record in records}
        return {name: by_id[entry["id"]] for name, entry in self._index[section].items()}

    @cached_property
    def _criteria(self) -> dict[str, Criterion]:
        return self._by_name("criteria", self.criteria)

    @cached_property
    def _options(self) -> dict[str, Option]:
        return self._by_name("options", self.candidates)

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return self._by_name("questions", self.questions)

    @cached_property
    def core(self) -> tuple[str, ...]:
        """Ids of the questions that decide most visits; all of them where the guide marks none."""
        marked = tuple(question.id for question in self.questions if question.core)
        return marked or tuple(question.id for question in self.questions)

    @cached_property
    def off(self) -> tuple[Option, ...]:
        """Options that take part only when an answer enables them."""
        return tuple(option for option in self.candidates if option.off)

    def criterion(self, id_or_alias: str) -> Criterion:
        """The criterion of that id or alias. Raises KeyError."""
        return self._criteria[id_or_alias]

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {criterion.id: column for column, criterion in enumerate(self.criteria)}

    @cached_property
    def candidates(self) -> tuple[Option, ...]:
        """What can be a member of a strategy: the options, and the families that stand for several of them."""
        return (*self.options, *self.families)

    def column(self, criterion: str) -> int:
        """Position of a criterion in `criteria`, by id. Raises KeyError."""
        return self._columns[criterion]

    def option(self, id_or_alias: str) -> Option:
        """The option of that id or alias. Raises KeyError."""
        return self._options[id_or_alias]

    def question(self, id_or_alias: str) -> Question:
        """The question of that id or alias. Raises KeyError."""
        return self._questions[id_or_alias]

    def targets(self, names: Iterable[str]) -> list[str]:
        """Option ids meant by ids and `tag:word`s, in guide order."""
        wanted = list(names)
        tags = {name[4:] for name in wanted if name.startswith("tag:")}
        ids = {self.option(name).id for name in wanted if not name.startswith("tag:")}
        return [option.id for option in self.candidates if option.id in ids or option.tags & tags]

    def titled(self, option: str, editions: Iterable[str] = ()) -> str:
        """The name of an option, with these of its editions in brackets."""
        found, wanted = self.option(option), set(editions)
        names = [edition.name for edition in found.editions if edition.id in wanted]
        return f"{found.name} ({', '.join(names)})" if names else found.name

    def excluded(self, names: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Option ids meant by ids and `tag:word`s, each with the editions that are meant; none where all are."""
        wanted = list(names)
        whole, tags = set(self.targets(wanted)), {name[4:] for name in wanted if name.startswith("tag:")}
        found = []
        for option in self.candidates:
            editions = tuple(edition.id for edition in option.editions if edition.tags & tags)
            if option.id in whole or editions:
                found.append((option.id, () if option.id in whole else editions))
        return found


def revision_of(data: Mapping[str, Any]) -> str:
    """12 hex digits of the SHA-256 of the data in canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
