"""What comes first for an example's answers is one of the strategies that it accepts.

PASS
    {id: small-team, answers: {team: small}, acceptable: [a]}     # and a comes first
FAIL
    {id: small-team, answers: {team: small}, acceptable: [b]}     # but a comes first
"""

from __future__ import annotations

from collections.abc import Iterator

from selector import AnswerError, recommend

from ..problems import Problem, join_words
from .draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """Each example whose answers and strategies are known."""
    if draft.guide is None or draft.enumeration is None:
        return
    for example in draft.root.at("examples").items():
        yield from _example(draft, example)


def _example(draft: Draft, example: Node) -> Iterator[Problem]:
    guide, answers, acceptable = draft.guide, example.at("answers").value, example.at("acceptable")
    if guide is None or not isinstance(answers, dict) or not acceptable.texts():
        return
    try:
        accepted = {guide.strategy(name).id for name in acceptable.texts()}
        result = recommend(guide, answers)
    except (AnswerError, KeyError):
        return  # said by the rules for answers and strategies
    leaders = [place.strategy for place in result.leaders]
    wrong = [strategy for strategy in leaders if strategy.id not in accepted]
    if wrong:
        named = join_words([f"'{strategy.named or strategy.id}'" for strategy in wrong])
        verb = "comes" if len(wrong) == 1 else "come"
        message = f"{named} {verb} first for example '{example.id}', which does not accept it"
    elif not leaders:
        message = f"nothing comes first for example '{example.id}'"
    else:
        return
    yield draft.problem(
        acceptable,
        message,
        at_key=True,
        expected=f"{join_words([f"'{name}'" for name in acceptable.texts()], 'or')}; "
        "if the new answer is right, accept it and say why",
    )
