"""What data/guide.yml promises: every fact has a source and a date, every example and option comes out as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

from hooks.checked import check_guide, check_loaded
from hooks.evaluation.outcomes import accepts
from hooks.render.site import render_site, wizard_json
from hooks.source.load import load_bytes
from selector import Guide, recommend, recommendation_data
from selector.analysis.audience import audiences
from selector.analysis.sensitivity import leaders_of
from selector.case.answers import Case
from selector.scoring.recommend import score
from tests.support.audit import other_facts, sample, sample_of_facts
from tests.support.broken_edits import GUIDES
from tests.support.real_guide import PATH, guide_data, real_guide

DATA = guide_data()
EXAMPLES = {example["id"]: example for example in DATA["examples"]}
CELLS = [(option, criterion["id"]) for option in DATA["options"] for criterion in DATA["criteria"]]

AUDIT = PATH.parent / "audit.md"
MOST_UNKNOWN = 0.05
MOST_TEXT = 90
UNDATED = {"csi-upgrades"}
"""Sources of warnings that no dated fact is from, so that no day says when they were read. May only shrink."""

CLOSE = 3.0
"""Two strategies are as good as each other within so many points of 100."""

# For each option that no example puts first: answers that do.
WINS: dict[str, dict[str, Any]] = {
    "ksops": {
        "gitops": "argocd",
        "in-git": "private",
        "clusters": "many",
        "store": "none-wanted",
        "kinds": "static",
        "on-demand": "no",
        "outside": ["machines", "laptops"],
        "enough": "too-little",
        "licence": "preferred",
    }
}

# The eight situations that the guide had to answer from the start.
FIRST_EXAMPLES = (
    "simplest",
    "flux",
    "argocd-no-store",
    "per-pod-credentials",
    "many-clusters-cloud",
    "lowest-cost",
    "provider-sdk",
    "static-and-rotating",
)


def facts(entry: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every block of the guide that carries a source or a day, with the way to it."""
    if isinstance(entry, dict):
        if "verified" in entry or "source" in entry:
            yield ".".join(path), entry
        for key, value in entry.items():
            yield from facts(value, (*path, key))
    elif isinstance(entry, list):
        for number, value in enumerate(entry):
            name = value.get("id", str(number)) if isinstance(value, dict) else str(number)
            yield from facts(value, (*path, name))


def named(source: str | list[str]) -> list[str]:
    return [source] if isinstance(source, str) else list(source)


def test_the_checker_finds_nothing() -> None:
    """Dangling ids, unknown levels, overlong texts and the like, and no warning without a reason."""
    checked = check_guide(PATH)
    assert checked.guide is not None and not checked.problems, checked.report()


def test_every_cell_has_a_level_a_text_a_source_and_a_day() -> None:
    missing = []
    for option, criterion in CELLS:
        cell = option["ratings"].get(criterion, {})
        missing += [
            f"{option['id']}.{criterion}: {field}" for field in ("level", "text", "verified") if field not in cell
        ]
        if not cell.get("source"):
            missing.append(f"{option['id']}.{criterion}: source")
    assert not missing, missing


def test_every_fact_names_a_known_source_and_a_day_that_has_been() -> None:
    """A warning about a visitor's files only says where to read on: there stands something that a dated fact is from."""
    known = {source["id"] for source in DATA["sources"]}
    found = list(facts({key: value for key, value in DATA.items() if key != "sources"}))
    dated = {name for _, fact in found if "verified" in fact for name in named(fact.get("source", []))}
    warnings = [(path, fact) for path, fact in found if path.endswith(".warning")]
    assert warnings and all(path.startswith("evidence.") for path, _ in warnings)
    assert {name for _, fact in warnings for name in named(fact["source"])} - dated == UNDATED
    wrong = []
    for path, fact in found:
        wrong += [f"{path}: source '{name}'" for name in named(fact.get("source", [])) if name not in known]
        read = fact.get("read")
        if read and date.fromisoformat(str(read)) > date.today():
            wrong.append(f"{path}: read {read}")
        undated = "content" in fact or read or (path, fact) in warnings
        if not undated and date.fromisoformat(str(fact.get("verified", "9999-12-31"))) > date.today():
            wrong.append(f"{path}: verified {fact.get('verified')}")
    assert not wrong, wrong


def test_every_source_is_there_once_is_used_and_says_why_when_it_is_not_the_projects_own() -> None:
    used = {name for _, fact in facts(DATA) for name in named(fact.get("source", []))}
    addresses = [source["url"].rstrip("/") for source in DATA["sources"]]
    assert len(addresses) == len(set(addresses))
    assert {source["id"] for source in DATA["sources"]} == used
    assert [s["id"] for s in DATA["sources"] if s["kind"] == "other" and not s.get("reason")] == []


def test_no_text_of_a_cell_is_longer_than_the_matrix_can_show() -> None:
    long = [
        (option["id"], criterion, len(option["ratings"][criterion]["text"]))
        for option, criterion in CELLS
        if len(option["ratings"][criterion]["text"]) > MOST_TEXT
    ]
    assert not long, long


def test_little_is_unknown() -> None:
    unknown = [f"{o['id']}.{c}" for o, c in CELLS if o["ratings"][c]["level"] == "unknown"]
    assert len(unknown) <= MOST_UNKNOWN * len(CELLS), unknown


def test_every_weight_value_and_effect_is_argued() -> None:
    assert [c["id"] for c in DATA["criteria"] if not c.get("reason")] == []
    between = [(c["id"], level) for c in DATA["criteria"] for level in c["levels"][1:-1]]
    assert [f"{criterion}.{level['id']}" for criterion, level in between if not level.get("reason")] == []
    silent = [
        f"{question['id']}.{answer['id']}"
        for question in DATA["questions"]
        for answer in question["answers"]
        for effect in answer.get("effects", ())
        if len(effect["because"]) < 15
    ]
    assert not silent, silent


def test_the_guide_is_as_wide_as_promised() -> None:
    assert len(DATA["options"]) >= 16
    assert 16 <= len(DATA["criteria"]) <= 20
    assert len(DATA["questions"]) <= 30
    assert 8 <= sum(question.get("core", False) for question in DATA["questions"]) <= 12  # what a typical visit answers
    assert len(DATA["strategies"]) >= 12
    assert len(DATA["moves"]) >= 20
    assert len(DATA["examples"]) >= 24
    assert set(FIRST_EXAMPLES) <= EXAMPLES.keys()
    assert len(real_guide().strategies) < 150


def test_every_move_says_how_both_run_and_how_to_go_back() -> None:
    for move in DATA["moves"]:
        assert move["side_by_side"] and move["roll_back"] and move.get("source"), move["summary"]
    ways = [(frozenset(move["from"]), frozenset(move["to"])) for move in DATA["moves"]]
    assert len(ways) == len(set(ways))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_acceptable_strategy_comes_first(name: str) -> None:
    """And the next of those that no preference puts behind is as good exactly where the example says so."""
    guide, example = real_guide(), EXAMPLES[name]
    result = recommend(guide, example["answers"])
    acceptable = {guide.strategy(strategy).id for strategy in example["acceptable"]}
    scores = [(place.strategy.id, round(score(place, result.points), 1)) for place in result.feasible[:5]]
    assert result.leaders and all(accepts(guide, acceptable, place.strategy) for place in result.leaders), scores
    rivals = [place for place in result.contenders[1:2] if accepts(guide, acceptable, place.strategy)]
    first = score(result.contenders[0], result.points)
    as_good = any(first - score(place, result.points) < CLOSE for place in rivals)
    assert as_good == bool(example.get("close", False)), scores


@cache
def first_somewhere() -> frozenset[str]:
    """Options that are members of a leading strategy for an example or for the answers above."""
    guide = real_guide()
    cases = [example["answers"] for example in DATA["examples"]] + list(WINS.values())
    return frozenset(
        member
        for answers in cases
        for name in recommendation_data(recommend(guide, answers))["leaders"]
        for member in name.split("+")
    )


@pytest.mark.parametrize("option", [option["id"] for option in DATA["options"]])
def test_every_option_is_right_for_somebody_or_says_why_not(option: str) -> None:
    entry = real_guide().entry("options", option)
    if entry.get("never_first") or option in first_somewhere():
        return
    assert audiences(real_guide()).options[option].share > 0, f"no answers put {option} first; say why in never_first"


IDLE = {found["where"].partition("/")[2] for found in DATA["accepted"] if found["notice"] == "idle"}
"""Questions that decide something else than what ranks first; the guide says what."""


@pytest.mark.parametrize(
    "question", [entry["id"] for entry in DATA["questions"] if "sets" not in entry and entry["id"] not in IDLE]
)
def test_every_question_changes_something(question: str) -> None:
    """For some visitor, another answer to it (or none) leads to another strategy."""
    guide = real_guide()
    asked = guide.question(question)
    for example in DATA["examples"]:
        answers = dict(example["answers"])
        found = set()
        for answer in (None, *asked.answers):
            case = {key: value for key, value in answers.items() if key != question}
            if answer is not None:
                value = max(answer.start or 0, asked.minimum or 0) if asked.kind == "number" else answer.id
                case[question] = [value] if asked.kind == "many" else value
            found.add(frozenset(leaders_of(guide, Case(_checked(case)))))
        if len(found) > 1:
            return
    pytest.fail(f"no answer to '{question}' changes any example")


def _checked(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in answers.items()}


def test_few_visitors_are_left_with_nothing() -> None:
    """Of visitors with answers at random, which contradict each other often, most still get a recommendation."""
    found = audiences(real_guide(), 500)
    assert sum(item.share for item in found.strategies.values()) > 0.75


def words(entry: Any) -> Iterator[str]:
    """Every text of the guide that its editors wrote: no starter file and no quotation."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            if key not in ("content", "passage"):
                yield from words(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from words(value)
    else:
        yield str(entry)


def test_texts_speak_plainly() -> None:
    """No empty praise, and no HTML that would show as text. What a passage quotes is the source's own."""
    text = "\n".join(words(DATA))
    praise = re.findall(
        r"(?i)\b(seamless\w*|leverag\w+|cutting-edge|world-class|best-in-class|robustly|effortless\w*)\b", text
    )
    assert not praise, praise
    assert not re.findall(r"</?(?:br|b|i|p|div|span|a)\b[^>]*>", text)


def audit_rows() -> list[list[str]]:
    rows = [[field.strip() for field in line.strip("|\n").split("|")] for line in AUDIT.open(encoding="utf-8")]
    return [row for row in rows if len(row) == 5 and "." in row[0]]


def test_the_audit_covers_what_is_drawn() -> None:
    """data/audit.md has a row for each cell and each other fact of the draw. An edit that displaces one: read the new."""
    cells, facts_drawn = sample(DATA), sample_of_facts(DATA)
    assert (len(cells), len(facts_drawn)) == (60, 20)
    assert [row[0] for row in audit_rows()] == [*cells, *facts_drawn]


def test_the_guide_bears_the_audit_out() -> None:
    """Every verdict is one of the five, and what was found right or fixed carries the day on which it was read."""
    ratings = {f"{option['id']}.{criterion}": option["ratings"][criterion] for option, criterion in CELLS}
    others = {name: fact for _, name, fact in other_facts(DATA)}
    for number, (name, read, verdict, noted, day) in enumerate(audit_rows()):
        fact = ratings[name] if number < len(sample(DATA)) else others[name]
        assert read and date.fromisoformat(day) <= date.today(), name
        assert re.match(r"right|weak|wrong|not readable here", verdict), name
        assert noted or verdict.startswith("right"), name
        if isinstance(fact, dict) and "not moved" not in noted and not verdict.startswith("not readable"):
            assert str(fact["verified"]) >= day, name


def test_who_has_a_paid_edition_is_not_told_of_the_free_one() -> None:
    """A bank with a licence, and an air-gapped network that reaches no KMS of a cloud."""
    guide = real_guide()
    bank = {"platform": "on-premises", "store": ["vault"], "operators": "on-call", "etcd": "never", "rules": ["hsm"]}

    def meant(**more: object) -> dict[str, str]:
        winner = recommend(guide, _checked(bank | more)).winner
        assert winner is not None
        return dict(winner.editions)

    assert meant() == {"vault": "community"}
    assert meant(**{"vault-edition": "enterprise"}) == {"vault": "enterprise"}
    assert meant(platform="isolated") == {"vault": "enterprise"}


def with_newcomer(text: str, like: str, *changes: tuple[str, str]) -> Guide:
    """The guide of a text to which one block is added: another option's with its own name and these changes."""
    block = re.search(rf"(?m)^  - id: {like}\n(?:(?!  - id:|\S).*\n)+", text[text.index("\noptions:\n") :])
    assert block
    copied = re.sub(r"(?m)^    name: .*$", "    name: Newcomer", block[0], count=1)
    for old, new in ((f"id: {like}\n", "id: newcomer\n"), *changes):
        assert old in copied
        copied = copied.replace(old, new, 1)
    checked = check_loaded(load_bytes(text.replace(block[0], block[0] + copied, 1).encode(), "guide.yml"), date.today())
    assert checked.guide is not None and not checked.problems, checked.report()
    return checked.guide


def test_one_more_option_is_one_block_of_this_file() -> None:
    """It is checked like the others, forms strategies, and is ranked by what differs."""
    guide = with_newcomer(
        PATH.read_text("utf-8"),
        "openbao",
        ("level: automatic", "level: manual"),
        ("Rotates database passwords automatically at a set interval (static roles)", "Every change is made manually"),
    )
    assert any("newcomer" in strategy.members for strategy in guide.strategies)
    result = recommendation_data(
        recommend(guide, {"on-demand": "per-pod", "changes": "regularly", "licence": "preferred", "application": "can"})
    )
    scores = {place["id"]: place["score"] for place in result["ranking"] if place["status"] == "feasible"}
    assert scores["openbao"] > scores["newcomer"] > 0


def test_one_more_option_is_on_all_pages_and_in_all_exports() -> None:
    text = (GUIDES / "second.yml").read_text("utf-8")
    guide = with_newcomer(text, "mit", ("level: anything", "level: network"))
    site = {path: text.decode() if isinstance(text, bytes) else text for path, text in render_site(
        guide, checked_on=date.today()).items()}  # fmt: skip
    others = [option.id for option in guide.options if option.id != "newcomer"]
    pairs = [path for path in site if path.startswith("compare/") and "newcomer" in path and path.endswith(".md")]
    assert len(pairs) == len(others)
    assert "Newcomer" in site["options/newcomer.md"]
    for path in ("index.md", "wizard.md", "matrix.md", "options/index.md", "compare/index.md", "api/matrix.csv"):
        assert "Newcomer" in site[path], path
    assert '"newcomer"' in site["api/guide.json"] and "api/options/newcomer.json" in site
    assert "newcomer" in wizard_json(guide)
