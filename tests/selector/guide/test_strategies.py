"""Which combinations exist, what their values are, and when a guide is refused."""

from __future__ import annotations

import re

import pytest

import selector.guide.strategies as enumeration
from selector import Guide, GuideError, recommend, recommendation_data
from selector.analysis.steps import Analysis
from selector.guide.model import FULL
from selector.report import terminal
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, data_of, guide_of, option


def ids(guide: Guide) -> set[str]:
    return {strategy.id for strategy in guide.strategies}


def value(guide: Guide, strategy: str, name: str) -> int:
    cell = guide.strategy_cell(guide.strategy(strategy), name)
    assert cell.low == cell.high
    return cell.low


QUALITY = criterion("quality")


def test_one_option_that_does_everything_is_a_strategy_of_one() -> None:
    guide = guide_of([QUALITY], [option("both"), option("owner", "own"), option("user", "use", needs="own")])
    assert ids(guide) == {"both"}


def test_a_need_is_met_only_by_a_member_that_it_works_with() -> None:
    options = [option("one", "own"), option("two", "own"), option("user", "use", needs="own", works_with="one")]
    assert ids(guide_of([QUALITY], options)) == {"one+user"}


def test_working_together_holds_in_both_directions() -> None:
    options = [option("owner", "own", works_with="user"), option("user", "use", needs="own")]
    assert ids(guide_of([QUALITY], options)) == {"owner+user"}


def test_a_combination_without_an_entry_is_called_by_what_setups_call_its_members() -> None:
    options = [option("owner", "own", works_with="user"), option("user", "use", needs="own")]
    before = guide_of([QUALITY], options).strategy("owner+user").name
    options[0]["in_setups"] = "Own"
    assert (
        guide_of([QUALITY], options).strategy("owner+user").name == before.replace(options[0]["name"], "Own") != before
    )


def test_two_members_never_do_the_same_job() -> None:
    options = [
        option("one", "own", works_with="user two"),
        option("two", "own", works_with="user"),
        option("user", "use", needs="own"),
    ]
    assert ids(guide_of([QUALITY], options)) == {"one+user", "two+user"}


def test_what_a_member_can_also_do_is_used_only_when_nobody_else_does_it() -> None:
    options = [option("owner", "own", can_also="use", works_with="user"), option("user", "use", needs="own")]
    guide = guide_of([QUALITY], options)
    assert ids(guide) == {"owner", "owner+user"}
    assert guide.strategy("owner").filled == {"own": "owner", "use": "owner"}
    assert guide.strategy("owner+user").filled == {"own": "owner", "use": "user"}


def test_no_member_is_idle() -> None:
    options = [option("both", works_with="helper"), option("helper", "begin", works_with="both")]
    assert ids(guide_of([QUALITY], options)) == {"both"}


def test_a_member_with_an_optional_role_is_an_addition_and_never_idle() -> None:
    options = [option("both", works_with="guard"), option("guard", "guard")]
    guide = guide_of([QUALITY], options)
    assert ids(guide) == {"both", "both+guard"}
    assert guide.strategy("both+guard").filled["guard"] == "guard"


def test_two_members_never_fill_one_optional_role() -> None:
    options = [option("both", works_with="guard shield"), option("guard", "guard", works_with="shield"),
               option("shield", "guard")]  # fmt: skip
    assert ids(guide_of([QUALITY], options)) == {"both", "both+guard", "both+shield"}


def test_a_supporting_member_adds_its_burden_and_no_value() -> None:
    burden = criterion("burden", "points", capacity=10, levels={"heavy": 4, "light": 1})
    options = [
        option("store", "own", can_also="use", needs="begin", ratings={"quality": "fair", "burden": "light"}),
        option("key", "begin", works_with="store", ratings={"quality": "good", "burden": "heavy"}),
    ]
    worst = criterion("weakest", "worst")
    guide = guide_of([QUALITY, burden, worst], options)
    assert ids(guide) == {"key+store"}
    both = guide.strategy("key+store")
    assert both.support == {"key"}
    assert both.filled["begin"] == "key"
    assert value(guide, "key+store", "quality") == 500
    assert value(guide, "key+store", "burden") == FULL - FULL * 5 // 10


def test_a_member_that_does_everything_can_stand_behind_another_as_support() -> None:
    options = [option("simple", "own use begin", works_with="store"),
               option("store", "own", can_also="use", needs="begin", works_with="simple")]  # fmt: skip
    guide = guide_of([QUALITY], options)
    assert ids(guide) == {"simple", "simple+store"}
    assert guide.strategy("simple+store").support == {"simple"}
    assert guide.strategy("simple+store").filled["own"] == "store"


def test_the_five_rules_of_combining() -> None:
    scales = [
        criterion("top", "best"),
        criterion("weakest", "worst"),
        criterion("asked", "role", role=["use"]),
        criterion("points", "points", capacity=12, levels={"heavy": 6, "some": 3, "none": 0}),
        criterion("hours", "units", unit="hours", levels={"many": (10, 0), "few": (2, 800), "none": (0, 1000)}),
    ]
    options = [
        option("owner", "own", ratings={"top": "good", "weakest": "good", "asked": "good", "points": "some",
                                        "hours": "few"}),
        option("user", "use", needs="own", works_with="owner", ratings={
            "top": "bad", "weakest": "fair", "asked": "fair", "points": "some", "hours": "few"}),
    ]  # fmt: skip
    guide = guide_of(scales, options)
    found = {scale["id"]: value(guide, "owner+user", scale["id"]) for scale in scales}
    # Six of twelve points leave half; four hours lie a quarter of the way from two (800) to ten (0).
    assert found == {"top": 1000, "weakest": 500, "asked": 500, "points": 500, "hours": 600}


def test_what_the_visitor_runs_already_is_no_burden_where_the_criterion_says_so() -> None:
    free = criterion("free", "points", capacity=10, owned="free", levels={"heavy": 4, "none": 0})
    counts = criterion("counts", "points", capacity=10, owned="counts", levels={"heavy": 4, "none": 0})
    have = {"id": "have", "text": "Have?", "kind": "one", "answers": [
        {"id": "yes", "label": "Yes", "effects": [{"have": ["both"], "because": "It is there."}]}]}  # fmt: skip
    guide = guide_of([free, counts], [option("both")], [have])
    result = recommend(guide, {"have": "yes"})
    assert result.values(result.places[0]) == ((1000, 600), (1000, 600))
    assert recommend(guide, {}).values(recommend(guide, {}).places[0]) == ((600, 600), (600, 600))


SPLIT = {
    "id": "two-ways",
    "name": "Two ways",
    "members": ["slow", "owner", "user"],
    "pattern": "split",
    "parts": [{"class": "slow", "members": ["slow"]}, {"class": "fast", "members": ["owner", "user"]}],
}


def split_guide() -> Guide:
    scales = [criterion("both", "best"), criterion("fast", "best", cls="fast"), criterion("slow", "best", cls="slow")]
    levels = {"both": "good", "fast": "good", "slow": "good"}
    options = [
        option("slow", ratings=dict.fromkeys(levels, "fair")),
        option("owner", "own", ratings=levels),
        option("user", "use", needs="own", works_with="owner", ratings=dict.fromkeys(levels, "bad")),
    ]
    return guide_of(scales, options, strategies=[SPLIT], classes=[{"id": "slow"}, {"id": "fast"}])


def test_a_split_strategy_answers_for_the_class_that_is_asked_about_else_for_its_worse_way() -> None:
    guide = split_guide()
    assert value(guide, "two-ways", "fast") == 1000
    assert value(guide, "two-ways", "slow") == 500
    assert value(guide, "two-ways", "both") == 500


def test_a_split_strategy_is_found_by_its_members_in_any_order_and_by_its_name() -> None:
    guide = split_guide()
    named = guide.strategy("two-ways")
    assert named is guide.strategy("user+slow+owner")
    assert (named.id, named.name, named.pattern) == ("owner+slow+user", "Two ways", "split")


def test_a_named_strategy_replaces_the_derived_one_and_its_own_cells_count() -> None:
    named = {"id": "pair", "name": "The pair", "members": ["user", "owner"], "aliases": ["old-pair"],
             "overrides": {"quality": {"level": "good", "text": "Measured together."}}}  # fmt: skip
    options = [option("owner", "own"), option("user", "use", needs="own", works_with="owner")]
    guide = guide_of([QUALITY], options, strategies=[named])
    assert ids(guide) == {"owner+user"}
    assert guide.strategy("old-pair").name == "The pair"
    cell = guide.strategy_cell(guide.strategy("pair"), "quality")
    assert (cell.low, cell.high, cell.level, cell.members) == (1000, 1000, "good", ())


@pytest.mark.parametrize(
    ("members", "why"),
    [
        (["owner"], "an open goal"),
        (["other", "user"], "an open need: the two do not work together"),
        (["both", "owner"], "an idle member"),
    ],
)
def test_a_named_strategy_that_does_not_hold_together_is_an_error_of_the_guide(members: list[str], why: str) -> None:
    options = [
        option("both"),
        option("owner", "own"),
        option("other", "own"),
        option("user", "use", needs="own", works_with="owner"),
    ]
    guide = guide_of([QUALITY], options, strategies=[{"id": "odd", "name": "Odd", "members": members}])
    text = f"strategy 'odd': {' + '.join(sorted(members))} leave a goal or a need open, or one is idle"
    with pytest.raises(GuideError, match=re.escape(text)):
        len(guide.strategies)


def test_the_order_of_options_changes_no_strategy() -> None:
    real = real_guide()
    turned = Guide.from_data({**real.data, "options": list(reversed(real.data["options"]))})
    assert [strategy.id for strategy in turned.strategies] == [strategy.id for strategy in real.strategies]
    for ours, theirs in zip(real.strategies, turned.strategies, strict=True):
        assert (ours.filled, ours.support) == (theirs.filled, theirs.support)


def crowd(many: int) -> Guide:
    owners = [option(f"owner{number}", "own") for number in range(many)]
    names = " ".join(entry["id"] for entry in owners)
    users = [option(f"user{number}", "use", needs="own", works_with=names) for number in range(many)]
    return guide_of([QUALITY], [*owners, *users])


def test_every_combination_is_listed_while_there_are_not_too_many() -> None:
    guide = crowd(20)
    assert len(guide.strategies) == 400
    assert (guide.enumeration.left_out, guide.enumeration.complete) == (0, True)
    assert recommendation_data(recommend(guide, {}))["bounded"] == {"left_out": 0, "complete": True}


def test_a_guide_with_too_many_combinations_says_how_many_it_left_out() -> None:
    guide = crowd(30)
    assert len(guide.strategies) == enumeration.MOST_STRATEGIES
    said = "300 further combinations were left out: there are too many to rank all; those of fewest members are here."
    assert said in terminal.recommendation(Analysis(recommend(guide, {})), terminal.Paint(on=False))
    assert recommendation_data(recommend(guide, {}))["bounded"] == {"left_out": 300, "complete": True}


def test_a_search_that_was_stopped_says_that_it_is_not_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enumeration, "MOST_LOOKED_AT", 100)
    guide = crowd(30)
    assert guide.enumeration.complete is False
    said = "Some further combinations were left out: there are too many to rank all; those of fewest members are here."
    assert said in terminal.recommendation(Analysis(recommend(guide, {})), terminal.Paint(on=False))
    assert recommendation_data(recommend(guide, {}))["bounded"]["complete"] is False


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"criteria": None}, "the guide is not complete: a part of it has another form"),
        ({"roles": [{"name": "nameless"}]}, "the guide is not complete: it has no 'id'"),
    ],
)
def test_data_that_is_no_guide_is_refused_with_one_error(change: dict[str, object], said: str) -> None:
    with pytest.raises(GuideError, match=re.escape(said)):
        Guide.from_data({**data_of([QUALITY], [option("both")]), **change})


@pytest.mark.parametrize(
    "effect",
    [
        {"weight": {"nowhere": 3}},
        {"require": {"quality": "nowhere"}},
        {"exclude": ["nowhere"]},
        {"have": ["nowhere"]},
        {"set": {"nowhere": 3}},
    ],
)
def test_an_effect_on_something_that_does_not_exist_is_refused_when_the_guide_is_read(
    effect: dict[str, object],
) -> None:
    asked = {"id": "asked", "text": "Asked?", "kind": "one", "answers": [
        {"id": "yes", "label": "Yes", "effects": [{**effect, "because": "You said yes."}]}]}  # fmt: skip
    with pytest.raises(GuideError, match="nowhere"):
        guide_of([QUALITY], [option("both")], [asked], quantities=[])


def test_two_options_fill_the_same_role_together_where_each_user_takes_one() -> None:
    """Dual licensing: what is asked of one kind of user looks at their way; nothing else takes the better of the two."""
    criteria = [criterion("reach", cls="closed"), criterion("return", cls="open"), criterion("duties")]
    options = [
        option("copyleft", "own use", ratings={"reach": "bad", "return": "good", "duties": "fair"}),
        option("paid", "own use", ratings={"reach": "good", "return": "bad", "duties": "bad"}),
    ]
    both = {
        "id": "dual",
        "name": "Each takes one",
        "members": ["copyleft", "paid"],
        "pattern": "split",
        "parts": [{"class": "open", "members": ["copyleft"]}, {"class": "closed", "members": ["paid"]}],
    }
    classes = [{"id": "open", "name": "Open projects"}, {"id": "closed", "name": "Closed products"}]
    guide = guide_of(criteria, options, strategies=[both], classes=classes)
    assert ids(guide) == {"copyleft", "paid", "copyleft+paid"}
    assert [value(guide, "dual", name) for name in ("reach", "return", "duties")] == [1000, 1000, 0]
    assert recommend(guide, {}, weights={"reach": 10, "return": 10, "duties": 1}).places[0].strategy.named == "dual"
