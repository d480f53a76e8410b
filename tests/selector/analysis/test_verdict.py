"""The one verdict: its word, who is named beside the leader, and what would still change it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.completions import may_pass, most_ahead
from selector.analysis.confidence import CLEAR, CLOSE, LEAD, NARROW, OPEN, TELLING, TIE, judge
from selector.analysis.sensitivity import Crossover, Flip
from selector.analysis.steps import Analysis
from selector.report import terminal, verdicts
from selector.report.adr import record
from selector.report.sentences import crossover_text, verdict_texts
from selector.scoring.recommend import Recommendation
from selector.web.panels.context import ResultContext
from selector.web.panels.headline import MOST_CARDS, contenders, doubt, headline_strategies, state_of
from tests.support.random_guides import add_gates, make_guide, name_some, random_answers
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, guide_of, option, question

EQUAL = "Your answers don't distinguish between these setups."
"""What the page says of a tie."""

seeds = st.integers(0, 10**6)
Data = dict[str, Any]


def analysed(seed: int, unknown: float = 0.2) -> Analysis:
    data = make_guide(seed, options=7, criteria=5, questions=5, unknown=unknown)
    data = add_gates(name_some(data, seed) if seed % 2 else data, seed)
    return Analysis(recommend(Guide.from_data(data), random_answers(Random(seed + 1), data))).run()


def lead_of_one(core: int = 4) -> Guide:
    """One option far ahead of another, with core questions and one that is none."""
    options = [option("good", ratings={"quality": "good"}), option("poor", ratings={"quality": "bad"})]
    options.append(option("other", ratings={"quality": "fair"}))
    turning = {"yes": [{"exclude": ["good"]}], "no": []}
    asked = [question(f"q{number}", turning, core=True) for number in range(core)]
    return guide_of([criterion("quality")], options, [*asked, question("aside", {"yes": []})])


def judged(result: Recommendation, share: Any, flips: tuple[Flip, ...] = ()) -> str:
    shares = {place.strategy.id: Fraction() for place in result.places}
    shares["good"], shares["other"] = Fraction(share), 1 - Fraction(share)
    return judge(result, shares, flips, ()).word


def flip(question: str) -> Flip:
    return Flip(question, "yes", frozenset({"other"}))


@pytest.mark.parametrize(
    ("answers", "share", "flips", "word"),
    [
        ({"q0": "no", "q1": "no", "q2": "no"}, 1, (), CLEAR),
        ({"q0": "no", "q1": "no", "q2": "no"}, "9/10", (flip("q3"),), CLEAR),
        ({"q0": "no", "q1": "no", "q2": "no"}, "899/1000", (), LEAD),
        ({"q0": "no", "q1": "no", "q2": "no"}, "7/10", (), LEAD),
        ({"q0": "no", "q1": "no", "q2": "no"}, "699/1000", (), NARROW),
        ({"q0": "no", "q1": "no", "q2": "no"}, "1/2", (), NARROW),
        ({"q0": "no", "q1": "no", "q2": "no"}, "499/1000", (), CLOSE),
        # Two core answers are too few for a word, and an answer to another question does not count.
        ({"q0": "no", "q1": "no", "aside": "yes"}, 1, (), OPEN),
        ({"q0": "no", "q1": "no", "q2": "unsure"}, 1, (), OPEN),
    ],
)
def test_the_word_follows_fixed_figures(answers: Data, share: Any, flips: tuple[Flip, ...], word: str) -> None:
    assert judged(recommend(lead_of_one(), answers), share, flips) == word


def test_what_open_core_questions_could_change_is_added_up() -> None:
    said = {"q0": "no", "q1": "no", "q2": "no"}
    result = recommend(lead_of_one(core=13), said)
    # Each open question has two answers, of which one changes the leader: two of them make one whole.
    assert judged(result, 1, tuple(flip(f"q{number}") for number in (3, 4))) == CLEAR
    assert judged(result, 1, tuple(flip(f"q{number}") for number in (3, 4, 5))) == LEAD
    assert judged(result, 1, tuple(flip(f"q{number}") for number in range(3, 9))) == LEAD
    assert judged(result, 1, tuple(flip(f"q{number}") for number in range(3, 10))) == OPEN
    # What is answered, or no core question, does not count.
    assert judged(result, 1, (flip("q3"), flip("q4"), flip("q0"), flip("aside"))) == CLEAR


def test_nothing_is_clear_with_a_lead_under_two_points() -> None:
    options = [option("good", ratings={"quality": "good", "bonus": "good"}), option("poor", ratings={}),
               option("other", ratings={"quality": "good"})]  # fmt: skip
    asked = [question(f"q{number}", {"yes": []}) for number in range(3)]
    guide = guide_of([criterion("quality", weight=99), criterion("bonus", weight=1)], options, asked)
    analysis = Analysis(recommend(guide, {"q0": "yes", "q1": "yes", "q2": "yes"})).run()
    assert analysis.judged is not None
    assert (analysis.judged.share, analysis.judged.lead) == (1, 1)
    assert analysis.verdict == NARROW


def test_a_guide_without_core_questions_counts_all_of_them() -> None:
    guide = guide_of([criterion("quality")], [option("a")], [question("one", {"x": []}), question("two", {"x": []})])
    assert guide.core == ("one", "two")
    assert lead_of_one(2).core == ("q0", "q1")


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_page_record_command_line_and_data_have_one_verdict(seed: int) -> None:
    analysis = analysed(seed)
    result = analysis.result
    if result.winner is None:
        assert analysis.judged is None
        return
    found = analysis.judged
    assert found is not None and analysis.settled
    shown = ResultContext(result, result.runner_up, (), analysis)
    word = verdicts.sentence(result, found)
    assert found.lead is not None or "lead" not in word.lower(), "nothing leads where nothing competes"
    assert contenders(shown) == found.contenders
    assert (state_of(shown) == "close") == (found.word in (TIE, CLOSE))
    level = len({place.total.twice for place in found.contenders}) == 1
    assert (doubt(shown) == EQUAL) == level
    assert found.word == TIE or not level or len(found.contenders) == 1
    assert word in terminal.recommendation(analysis, terminal.Paint(on=False))
    assert f"\n\nConfidence: {word}. " in record(analysis, "2026-11-24")
    assert analysis.to_data()["verdict"] == found.word
    assert analysis.to_data()["verdict_reasons"]["contenders"] == [place.strategy.id for place in found.contenders]


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_the_most_frequent_first_is_always_among_those_shown(seed: int) -> None:
    analysis = analysed(seed)
    if analysis.judged is None:
        return
    named = [place.strategy.id for place in headline_strategies(ResultContext(analysis.result, None, (), analysis))]
    assert max(analysis.shares[name] for name in named) == max(analysis.shares.values())
    assert named[0] == analysis.result.leaders[0].strategy.id
    if analysis.judged.word in (TIE, CLOSE):
        assert len(named) > 1
        for place in analysis.judged.contenders[1:MOST_CARDS]:
            close = place in analysis.result.leaders or place in analysis.passing
            assert close or analysis.shares[place.strategy.id] >= TELLING or len(named) == 2


def test_a_twin_on_equal_terms_does_not_hide_who_comes_first_most_often() -> None:
    """Two twins lead together by a hair; a third ranks first in more of the nearby weightings than either."""
    ratings = {"one": "good"}
    options = [option("a", ratings=ratings), option("b", ratings=ratings), option("third", ratings={"two": "good"})]
    guide = guide_of([criterion("one", weight=101), criterion("two", weight=100)], options, [question("q", {"x": []})])
    analysis = Analysis(recommend(guide, {"q": "x"})).run()
    assert analysis.shares["third"] > analysis.shares["a"]
    assert analysis.judged is not None
    assert {place.strategy.id for place in analysis.judged.contenders} == {"a", "b", "third"}


def test_a_tie_is_worded_as_a_tie_everywhere() -> None:
    options = [option("a", ratings={"quality": "good"}), option("b", ratings={"quality": "good"})]
    guide = guide_of([criterion("quality")], options, [question("q", {"x": []})])
    analysis = Analysis(recommend(guide, {"q": "x"})).run()
    assert analysis.verdict == TIE
    assert verdict_texts(guide, analysis.judged)[0] == "“A” and “B” have equal scores."  # type: ignore[arg-type]
    shown = ResultContext(analysis.result, None, (), analysis)
    assert (state_of(shown), doubt(shown)) == ("close", EQUAL)
    assert "A tie: A or B" in terminal.recommendation(analysis, terminal.Paint(on=False))
    assert "out of a tie: “A”. Equally good: “B”." in record(analysis, "2026-11-24")
    assert all(crossover_text(guide, item) == "" for item in analysis.crossovers)


@pytest.mark.parametrize("more", [1, 10, 100])
def test_a_crossover_that_rounds_to_what_is_there_says_how_little_it_takes(more: int) -> None:
    options = [option("a", ratings={"one": "good"}), option("b", ratings={"two": "good"})]
    weights = {"one": 1000 + more, "two": 1000}
    guide = guide_of([criterion("one"), criterion("two")], options, [question("q", {"x": []})])
    analysis = Analysis(recommend(guide, {"q": "x"}, weights={"one": 999, "two": 998})).run()
    text = crossover_text(guide, analysis.crossovers[0])
    assert "from 999 to 998 points" in text
    fine = Analysis(recommend(guide, {"q": "x"}, weights={"one": weights["one"] - more, "two": 999})).run()
    assert "from 1e+03 to 999" in crossover_text(guide, fine.crossovers[0]) or fine.crossovers[0].points


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_no_crossover_says_from_a_figure_to_the_same_figure(top: int, bottom: int, more: int) -> None:
    guide = guide_of([criterion("quality")], [option("a"), option("b")])
    now = Fraction(top, bottom)
    text = crossover_text(guide, Crossover("quality", "b", now, now + Fraction(1, more)))
    words = text.split(" from ")
    if len(words) > 1:
        before, after = words[1].split(" points")[0].split(" to ")
        assert before != after
    else:
        assert "by less than " in text


def completions(guide: Guide, data: Data) -> list[Data]:
    """The same guide with every unknown cell at each of its levels."""
    cells = []
    for entry in data["options"]:
        for scale in data["criteria"]:
            level = entry["ratings"][scale["id"]]["level"]
            ids = [item["id"] for item in scale["levels"]]
            if level == "unknown":
                cells.append((entry["id"], scale["id"], ids))
            elif isinstance(level, list):
                low, high = sorted(map(ids.index, level))
                cells.append((entry["id"], scale["id"], ids[low : high + 1]))
    found = []
    for known in product(*(levels for _, _, levels in cells)):
        chosen = {(name, scale): level for (name, scale, _), level in zip(cells, known, strict=True)}
        options = [
            {**entry, "ratings": {scale: {**rating, "level": chosen.get((entry["id"], scale), rating["level"])}
                                  for scale, rating in entry["ratings"].items()}}
            for entry in data["options"]
        ]  # fmt: skip
        found.append({**data, "options": options})
    return found


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_who_may_pass_is_who_is_ahead_in_some_completion(seed: int) -> None:
    data = make_guide(seed, options=6, criteria=4, questions=2, unknown=0.12, extras=False)
    guide = Guide.from_data(data)
    result = recommend(guide, random_answers(Random(seed), data, share=1))
    winner = result.winner
    every = completions(guide, data)
    if winner is None or len(every) > 200:
        return
    apart = {place.strategy.id: 0 for place in result.contenders}
    for known in every:
        other = recommend(Guide.from_data(known), result.case.answers)
        first = other.place(winner.strategy.id).total.low
        apart = {name: max(most, other.place(name).total.low - first) for name, most in apart.items()}
    passing = {place.strategy.id for place in may_pass(result)}
    leaders = {place.strategy.id for place in result.leaders}
    assert passing == {name for name, ahead in apart.items() if ahead > 0} - leaders
    for place in result.contenders:
        if place is not winner and place.strategy.id in passing:
            assert most_ahead(result, place, winner) == apart[place.strategy.id]


def test_an_unknown_that_two_strategies_share_lifts_neither_over_the_other() -> None:
    options = [
        option("store", "own", ratings={"quality": "unknown", "speed": "good"}),
        option("left", "use", needs="own", works_with="store", ratings={"quality": "good", "speed": "good"}),
        option("right", "use", needs="own", works_with="store", ratings={"quality": "good", "speed": "bad"}),
    ]
    criteria = [criterion("quality", "worst", weight=10), criterion("speed", "worst", weight=5)]
    result = recommend(guide_of(criteria, options, [question("q", {"x": []})]), {"q": "x"})
    assert [place.strategy.id for place in result.contenders] == ["left+store", "right+store"]
    assert result.contenders[1].total.high >= result.contenders[0].total.low
    assert may_pass(result) == ()
    analysis = Analysis(result).run()
    assert analysis.judged is not None and len(analysis.judged.contenders) == 1


def test_what_a_preference_put_behind_is_said_with_the_word_and_in_the_data() -> None:
    options = [option("file", ratings={"quality": "fair"}), option("store", ratings={"quality": "good"}, tags="new")]
    new = {"id": "new", "name": "No new store", "over": ["tag:new"], "because": "As soon as you need audit, one pays."}
    asked = [question(f"q{number}", {"x": []}) for number in range(3)]
    guide = guide_of([criterion("quality")], options, asked, preferences=[new])
    analysis = Analysis(recommend(guide, {"q0": "x", "q1": "x", "q2": "x"})).run()
    assert analysis.verdict == CLEAR
    text = "No new store. As soon as you need audit, one pays. Listed after others for this reason: Store, 50 points"
    assert text in terminal.recommendation(analysis, terminal.Paint(on=False))
    assert text in record(analysis, "2026-11-24")
    assert analysis.to_data()["verdict_reasons"]["set_aside"] == [
        {"preference": "new", "strategy": "store", "ahead": 50.0}
    ]
    assert analysis.to_data()["lifts"] == [{"gate": "prefer.new", "leaders": ["store"]}]


@pytest.mark.parametrize(
    "answers",
    [
        {"platform": "aws"},
        {"gitops": "flux"},
        {"store": ["onepassword"], "gitops": "argocd"},
        {"enough": "built-in"},
        {"gitops": "by-hand", "store": ["infisical"], "on-demand": "useful", "etcd": "encrypted"},
        {"platform": "isolated", "rules": ["hipaa", "fips"], "application": "can", "nodes": "edge"},
        {"clusters": "many", "gitops": "argocd", "audit": "workload"},
    ],
    ids=str,
)
def test_cases_of_the_real_guide_that_once_had_two_verdicts(answers: Data) -> None:
    analysis = Analysis(recommend(real_guide(), answers)).run()
    if analysis.judged is None:
        return
    shown = ResultContext(analysis.result, None, (), analysis)
    assert contenders(shown) == analysis.judged.contenders
    assert (len(contenders(shown)) > 1) == (analysis.judged.word in (TIE, CLOSE))
    assert analysis.judged.word != CLEAR
