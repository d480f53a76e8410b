"""Which answers decide between two options, and that no page of a pair calls the same what an answer tells apart."""

from __future__ import annotations

from hooks.evaluation.pair_answers import ENABLES, IN_USE, RULES_OUT, deciding_answers
from hooks.render.pages.pairs import all_pairs, deciding, pair_rows
from selector import recommend
from tests.support.real_guide import real_guide


def test_what_an_answer_excludes_decides_for_the_other() -> None:
    """Every exclusion of exactly one of two options is among the answers that decide between them."""
    guide = real_guide()
    for pair in all_pairs(guide):
        found = {(item.question, item.answer): item for item in deciding_answers(guide, pair)}
        for question in guide.questions:
            for answer in question.answers:
                gone = {
                    name
                    for effect in answer.effects
                    if "exclude" in effect and "when" not in effect and "unless" not in effect
                    for name in guide.targets(effect["exclude"])
                }
                here = [option in gone for option in pair]
                item = found.get((question.id, answer.id))
                if item and item.kind == RULES_OUT and here[0] != here[1]:
                    assert item.favours == here.index(False), (pair, question.id, answer.id)


def test_what_is_ruled_out_is_not_recommended() -> None:
    guide = real_guide()
    pair = ("sealed-secrets", "sops")
    ruled = [item for item in deciding_answers(guide, pair) if item.kind == RULES_OUT]
    assert {item.favours for item in ruled} == {0, 1}
    for item in ruled:
        loser = pair[1 - item.favours]
        value = [item.answer] if guide.question(item.question).kind == "many" else item.answer
        result = recommend(guide, {item.question: value})
        assert not [
            place.strategy.id
            for place in result.feasible
            if not place.strategy.parts and loser in set(place.strategy.members) - place.strategy.support
        ]
        assert item.because


def test_order_is_what_rules_out_then_what_points_to_one() -> None:
    kinds = [RULES_OUT, ENABLES, IN_USE]
    for pair in all_pairs(real_guide()):
        found = [kinds.index(item.kind) for item in deciding_answers(real_guide(), pair)]
        assert found == sorted(found)


def test_no_pair_calls_the_same_what_an_answer_tells_apart() -> None:
    guide = real_guide()
    for pair in all_pairs(guide):
        decides = deciding(guide, pair)
        same = {row.criterion for row in pair_rows(guide, pair, decides) if not row.differs}
        assert not [item for item in decides if item.rules_out and item.criterion in same], pair
