"""An example answers what its visitor is asked, and what ranks first for it is a strategy that it accepts.

PASS
    {id: small-team, answers: {team: small}, acceptable: [a]}     # and a ranks first
FAIL
    {id: small-team, answers: {team: small}, acceptable: [b]}     # but a ranks first
    {id: small-team, answers: {team: small, night: often}}        # and only large teams are asked about nights
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hooks.evaluation.outcomes import accepts, outcome
from hooks.source.problems import Problem, Related, join_words
from selector import AnswerError, Guide, recommend
from selector.case.answers import check_case, in_force
from selector.report.sentences import asked_for

from .common.draft import Draft, Node

MOST = 2
"""Answers named that rule out one strategy."""


def check(draft: Draft) -> Iterator[Problem]:
    """Each example, through the same code as a visitor's answers."""
    guide = draft.guide
    if guide is None or draft.enumeration is None:
        return
    for example in draft.root.at("examples").items():
        answers = example.at("answers").value
        if isinstance(answers, dict):
            try:
                yield from _hidden(draft, guide, example)
                yield from _first(draft, guide, example)
            except (AnswerError, KeyError):
                continue  # said by the rules for answers and strategies


def _hidden(draft: Draft, guide: Guide, example: Node) -> Iterator[Problem]:
    """Answers to questions that the other answers keep from being asked."""
    answers = example.at("answers")
    asked = in_force(guide, check_case(guide, answers.value))
    for name in answers.keys():  # noqa: SIM118  not a dict
        if name.text not in asked:
            condition = draft.entries("questions")[name.text].at("ask_when")
            leads = join_words([f"'{answer}'" for answer in condition.at("any").texts()], "or")
            yield draft.problem(
                name,
                f"question '{name.text}' is asked only after {leads} to '{condition.at('question').text}'",
                expected=f"that answer, or none to '{name.text}'",
                related=(Related(draft.line(condition), "it is asked on this condition"),),
            )


def _first(draft: Draft, guide: Guide, example: Node) -> Iterator[Problem]:
    """What ranks first, against what is accepted."""
    acceptable = example.at("acceptable")
    accepted = {guide.strategy(name).id for name in acceptable.texts()}
    leaders = [guide.strategy(found.strategy) for found in outcome(guide, example.at("answers").value).leaders]
    wrong = [strategy for strategy in leaders if not accepts(guide, accepted, strategy)]
    if leaders and not wrong:
        return
    said = "".join(f"; {text}" for text in _ruled_out(guide, example, acceptable.texts()))
    named = join_words([f"'{strategy.named or strategy.id}'" for strategy in wrong] or ["nothing"])
    verb = "rank" if len(wrong) > 1 else "ranks"
    wanted = join_words([f"'{name}'" for name in acceptable.texts()], "or")
    new = f"; if the new answer is right, add {named} to 'acceptable' and say in 'why' what favours it"
    yield draft.problem(
        acceptable,
        f"{named} {verb} first for example '{example.id}', which does not accept that{said}",
        at_key=True,
        expected=wanted + new * bool(wrong),
    )


def _ruled_out(guide: Guide, example: Node, names: Sequence[str]) -> Iterator[str]:
    """For each accepted strategy that these answers rule out: which answers do, and by what."""
    result = recommend(guide, example.at("answers").value)
    asked = {item.id: item for item in (*result.situation.requirements, *result.situation.exclusions)}
    for name in dict.fromkeys(names):
        place = result.place(guide.strategy(name).id)
        failed = [asked[one] for one in sorted(place.verdict.failed) if one in asked]
        by = [
            f"the answer '{item.answer}' to '{item.question}' ({asked_for(result, [item.id])[0]})"
            for item in failed[:MOST]
        ]
        if by:
            more = f" and {len(failed) - MOST} more" if len(failed) > MOST else ""
            yield f"'{name}' is ruled out by {join_words(by)}{more}"
