"""Every id that is used is declared.

PASS
    groups: [{id: work, name: Work, summary: Daily work.}]
    criteria: [{id: effort, group: work}]
FAIL
    criteria: [{id: effort, group: wrok}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, one_of, quote

from .common.draft import Draft, Node, well_formed

REFERENCES = {
    "groups": ("criteria.*.group",),
    "classes": (
        "criteria.*.class",
        "strategies.*.parts.*.class",
        "questions.*.answers.*.effects.*.class",
    ),
    "topics": ("questions.*.topic",),
    "zones": ("guide.end.zone", "roles.*.leaves.zone", "options|families.*.hop.zone"),
    "decision_kinds": ("decisions.*.kind",),
    "roles": (
        "guide.goals.*",
        "criteria.*.aggregate.role.*",
        "options.*.provides|can_also|needs.*",
        "options.*.costs.*.when_fills|unless_fills",
    ),
    "criteria": (
        "criteria.*.alike.{}",
        "options.*.ratings.{}",
        "strategies.*.overrides.{}",
        "questions.*.answers.*.effects.*.weight|require.{}",
    ),
    "options": (
        "options.*.works_with.*",
        "families.*.stands_for.*",
        "strategies.*.members.*",
        "strategies.*.parts.*.members.*",
        "stages.*.members.*",
        "moves.*.from|to.*",
        "changes.*.about.*",
        "evidence.*.uses.*",
        "not_covered.*.nearest.*",
        "options.*.ratings.*.unlike.{}",
        "strategies.*.overrides.*.unlike.{}",
    ),
    "quantities": (
        "questions.*.sets",
        "questions.*.answers.*.effects.*.set.{}",
        "options.*.costs.*.multiply|divide.*",
    ),
    "examples": ("guide.shown",),
    "prices": ("options.*.costs.*.price",),
    "questions": (
        "questions.*.ask_when.question",
        "questions.*.answers.*.effects.*.when|unless.{}",
        "questions.*.answers.*.contradicts.*.answers.{}",
        "families.*.question",
        "preferences.*.when|unless.{}",
        "examples|decisions.*.answers.{}",
        "rules_of_thumb.*.when|unless.{}",
        "evidence.*.answers.{}",
        "evidence.*.counts",
        "reading.headline.question",
    ),
    "evidence": ("evidence.*.needs|unless.*", "reading.own_source.*"),
}
"""Where ids of each section are used. A new field that holds ids is one more path here."""

SOURCES = (
    "options.*.licence|governance|release|failure|recovery|first|hop.source",
    "families.*.hop.source",
    "options.*.limitations|starter|ratings.*.source",
    "strategies.*.source",
    "strategies.*.overrides|starter.*.source",
    "moves|prices|examples|decisions|not_covered.*.source",
    "disagreements.*.sides.*.source",
    "evidence.*.warning.source",
)
"""Where one id of a source is, or a list of them."""

CITED = tuple(pattern.removesuffix(".source") for pattern in SOURCES)
"""Entries that can name a source, and quote its words in `passage`."""


def check(draft: Draft) -> Iterator[Problem]:
    """Each reference in the data, section by section."""
    for section, patterns in REFERENCES.items():
        found = [one for pattern in patterns for node in draft.each(pattern) for one in draft.unknown(node, section)]
        yield from _with_cause(draft, section, found)
    cited = (node for pattern in SOURCES for node in draft.each(pattern))
    names = (name for node in cited for name in ([node] if node.text else node.items()))
    yield from _with_cause(draft, "sources", [one for name in names for one in draft.unknown(name, "sources")])
    for node in draft.each("disagreements.*.about.*"):
        yield from _option_or_criterion(draft, node)


def _with_cause(draft: Draft, section: str, found: list[Problem]) -> Iterator[Problem]:
    """Unknown names, after the reason for all of them where the section has no entry."""
    entries = draft.root.at(section)
    if found and entries.value == []:
        yield draft.problem(
            entries, f"'{section}' is an empty list", at_key=True, expected="an entry for each name that is used"
        )
    yield from found


def _option_or_criterion(draft: Draft, node: Node) -> Iterator[Problem]:
    names = [*draft.entries("options"), *draft.entries("criteria")]
    if node.text and node.text not in names:
        yield draft.problem(
            node,
            f"unknown option or criterion {quote(node.text)}",
            expected=one_of(well_formed(names), node.text),
            nearest=nearest(node.text, well_formed(names)),
            cause=f"options/{node.text}" if draft.entries("criteria") else f"criteria/{node.text}",
        )
