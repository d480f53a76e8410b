"""Which starter files are offered for a strategy."""

from __future__ import annotations

from selector.plan.starters import starter_sets
from tests.support.real_guide import real_guide


def offered(name: str) -> list[tuple[str, ...]]:
    guide = real_guide()
    return [tuple(sorted(found.members)) for found in starter_sets(guide, guide.strategy(name))]


def declared(name: str) -> bool:
    return bool(real_guide().entry("strategies", name).get("starter"))


def test_every_strategy_is_set_up_by_sets_that_do_not_repeat_a_member() -> None:
    guide = real_guide()
    for entry in guide.data["strategies"]:
        strategy = guide.strategy(entry["id"])
        sets = starter_sets(guide, strategy)
        members = [name for found in sets for name in found.members]
        assert len(members) == len(set(members)), entry["id"]
        with_files = {name for name in strategy.members if guide.entry("options", name).get("starter")}
        assert with_files <= set(members) <= set(strategy.members), entry["id"]


def test_files_that_fit_together_come_before_files_of_single_options() -> None:
    """Two options' own sets, side by side, each use something else: the set of both is what works."""
    guide = real_guide()
    larger = [
        (entry, part)
        for entry in guide.data["strategies"]
        for part in guide.data["strategies"]
        if not entry.get("starter") and part.get("starter") and set(part["members"]) < set(entry["members"])
    ]
    assert larger
    for entry, part in larger:
        first = starter_sets(guide, guide.strategy(entry["id"]))[0]
        assert len(first.members) >= len(part["members"]), entry["id"]
        assert len(first.members) > 1


def test_a_strategy_with_files_of_its_own_offers_only_these() -> None:
    own = [entry["id"] for entry in real_guide().data["strategies"] if entry.get("starter")]
    assert own
    for name in own:
        assert declared(name)
        assert len(offered(name)) == 1, name
