"""Makes guides out of a seed: for property tests and benchmarks. No subject, valid by the schema."""

from __future__ import annotations

from random import Random
from typing import Any

from selector import Guide
from tests.support.small_guides import TERMS

RULES = ("best", "worst", "role", "points", "units")


def make_guide(
    seed: int, options: int = 6, criteria: int = 5, questions: int = 4, unknown: float = 0.1, extras: bool = True
) -> dict[str, Any]:
    """A random guide.

    Args:
        seed: two calls with equal arguments give equal guides.
        options: how many options; about a third own, a third deliver, a third do both.
        criteria: how many criteria, all aggregation rules in turn.
        questions: how many questions of all kinds.
        unknown: share of cells that are unknown.
        extras: with optional and support roles, requirements and exclusions. `name_some` adds named strategies.
    """
    random = Random(seed)
    scales = [_criterion(random, number) for number in range(criteria)]
    things = [_option(random, number, scales, unknown, extras) for number in range(options)]
    for number, thing in enumerate(things):
        others = [other["id"] for other in things if other is not thing]
        thing["works_with"] = sorted(random.sample(others, min(len(others), random.randint(1, 5))))
        if number == 0:
            thing.update(provides=["own", "use"], needs=[])
            thing.pop("can_also", None)
    return {
        "format": 1,
        "terms": TERMS,
        "guide": {
            "id": "generated",
            "title": "Generated",
            "question": "Which one?",
            "summary": "Made by a program.",
            "goals": ["own", "use"],
            "max_members": 4,
            "stale_after_days": 365,
            "seed": seed,
        },
        "sources": [{"id": "s", "title": "Source", "url": "https://example.org/", "kind": "documentation"}],
        "roles": [
            {"id": "begin", "name": "Begin", "description": "Stands before.", "support": True},
            {"id": "own", "name": "Own", "description": "Owns."},
            {"id": "use", "name": "Use", "description": "Uses."},
            {"id": "guard", "name": "Guard", "description": "Guards.", "optional": True},
        ],
        "classes": [{"id": "slow", "name": "Slow"}, {"id": "fast", "name": "Fast"}],
        "groups": [{"id": "all", "name": "All", "summary": "All of them."}],
        "criteria": scales,
        "options": things,
        "questions": [_question(random, number, scales, things, extras) for number in range(questions)],
    }


def _criterion(random: Random, number: int) -> dict[str, Any]:
    rule = RULES[number % len(RULES)]
    count = random.randint(2, 5)
    aggregate: dict[str, Any] = {"rule": rule}
    if rule == "role":
        aggregate["role"] = random.choice([["own"], ["use"], ["guard", "use"]])
    if rule == "points":
        aggregate |= {"capacity": random.randint(6, 24), "owned": random.choice(["free", "counts"])}
    if rule == "units":
        aggregate |= {"unit": "hours", "owned": "counts"}
    values = sorted(random.sample(range(1001), count))
    burdens = sorted(random.sample(range(8), count), reverse=True)
    levels = []
    for index in range(count):
        level: dict[str, Any] = {"id": f"l{index}", "label": f"Level {index}", "meaning": "As it says."}
        if rule == "points":
            level["points"] = burdens[index]
        else:
            level["value"] = values[index]
        if rule == "units":
            level["units"] = burdens[index]
        levels.append(level)
    criterion = {
        "id": f"c{number}",
        "name": f"Criterion {number}",
        "group": "all",
        "question": "How much?",
        "why": "Because.",
        "weight": random.randint(0, 20),
        "reason": "Drawn.",
        "aggregate": aggregate,
        "levels": levels,
    }
    if random.random() < 0.3:
        criterion["class"] = random.choice(["slow", "fast"])
    return criterion


def _fact() -> dict[str, str]:
    return {"text": "A fact.", "source": "s", "verified": "2026-01-01"}


def _option(random: Random, number: int, scales: list[Any], unknown: float, extras: bool) -> dict[str, Any]:
    kind = random.choice(["both", "own", "use", "use", "own-spare"] + (["guard", "token"] if extras else []))
    provides, can_also, needs = {
        "both": (["own", "use", "begin"], [], []),
        "own": (["own"], [], []),
        "own-spare": (["own"], ["use"], []),
        "use": (["use"], [], ["own"]),
        "guard": (["guard"], [], ["use"]),
        "token": (["own"], ["use"], ["begin"]),
    }[kind]
    return {
        "id": f"o{number}",
        "name": f"Option {number}",
        "kind": "thing",
        "tags": random.choice([[], ["red"], ["blue"]]),
        "home": "https://example.org/",
        "summary": "A thing.",
        "description": "A thing.",
        "provides": provides,
        "can_also": can_also,
        "needs": needs,
        "licence": _fact(),
        "governance": _fact(),
        "release": _fact(),
        "choose_when": ["Always."],
        "limitations": [_fact()],
        "failure": _fact(),
        "recovery": _fact(),
        "ratings": {scale["id"]: _rating(random, scale, unknown) for scale in scales},
    }


def _rating(random: Random, scale: dict[str, Any], unknown: float) -> dict[str, Any]:
    levels = [level["id"] for level in scale["levels"]]
    draw = random.random()
    level: Any = random.choice(levels)
    if draw < unknown / 2:
        level = sorted(random.sample(levels, 2))
    elif draw < unknown:
        level = "unknown"
    return {"level": level, "text": "As rated.", "verified": "2026-01-01", "source": "s"}


def _question(random: Random, number: int, scales: list[Any], things: list[Any], extras: bool) -> dict[str, Any]:
    kind = ("one", "many", "number")[number % 3]
    answers = [
        {"id": f"a{index}", "label": f"Answer {index}", "effects": _effects(random, scales, things, extras)}
        for index in range(random.randint(2, 4))
    ]
    question: dict[str, Any] = {"id": f"q{number}", "text": f"Question {number}?", "kind": kind, "answers": answers}
    if kind == "many":
        question["cap"] = random.randint(5, 20)
    if kind == "number":
        question |= {"min": 0, "max": 1000, "unit": "things"}
        for index, answer in enumerate(answers):
            answer["from"] = index * 10
    if extras and number and random.random() < 0.3:
        question["ask_when"] = {"question": "q0", "any": ["a0"]}
    return question


def _effects(random: Random, scales: list[Any], things: list[Any], extras: bool) -> list[dict[str, Any]]:
    effects: list[dict[str, Any]] = []
    for _ in range(random.randint(0, 2)):
        scale = random.choice(scales)
        effects.append({"weight": {scale["id"]: random.randint(-10, 25)}, "because": "It was drawn."})
    if extras and random.random() < 0.3:
        scale = random.choice(scales)
        level = random.choice(scale["levels"])["id"]
        effects.append({"require": {scale["id"]: level}, "because": "It was asked."})
    if extras and random.random() < 0.2:
        effects.append({"exclude": [random.choice(things)["id"]], "because": "It was unwanted."})
    if extras and random.random() < 0.2:
        effects.append({"have": [random.choice(things)["id"]], "because": "It is there."})
    return effects


def name_some(data: dict[str, Any], seed: int, most: int = 3, unknown: float = 0.1) -> dict[str, Any]:
    """The same guide with named strategies: layered ones with their own cells, and split ones."""
    random = Random(seed)
    found = [list(strategy.members) for strategy in Guide.from_data(data).strategies]
    layered = random.sample(found, min(len(found), most))
    named = [_named(random, f"layered{number}", members, data, unknown) for number, members in enumerate(layered)]
    pairs = [(mine, theirs) for mine in found for theirs in found if not {*mine} & {*theirs}]
    for number, ways in enumerate(random.sample(pairs, min(len(pairs), most))):
        members = [*ways[0], *ways[1]]
        parts = [{"class": cls, "members": way} for cls, way in zip(("slow", "fast"), ways, strict=True)]
        if not any(sorted(members) == sorted(entry["members"]) for entry in named):
            named.append(
                _named(random, f"split{number}", members, data, unknown) | {"pattern": "split", "parts": parts}
            )
    return {**data, "strategies": named}


def _named(random: Random, name: str, members: list[str], data: dict[str, Any], unknown: float) -> dict[str, Any]:
    scales = random.sample(data["criteria"], random.randint(0, 2))
    return {
        "id": name,
        "name": name.title(),
        "members": random.sample(members, len(members)),
        "summary": "Named.",
        "when": ["Always."],
        "overrides": {scale["id"]: _rating(random, scale, unknown) for scale in scales},
    }


def random_answers(random: Random, guide: dict[str, Any], share: float = 0.7) -> dict[str, Any]:
    """Valid answers to a share of the questions."""
    answers: dict[str, Any] = {}
    for question in guide["questions"]:
        if random.random() > share:
            continue
        ids = [answer["id"] for answer in question["answers"]]
        draw = random.random()
        if draw < 0.1:
            answers[question["id"]] = "unsure"
        elif question["kind"] == "one":
            answers[question["id"]] = random.choice(ids)
        elif question["kind"] == "many":
            alone = [answer["id"] for answer in question["answers"] if answer.get("alone")]
            picked = random.sample(ids, random.randint(0, len(ids)))
            answers[question["id"]] = picked if len(picked) < 2 else [name for name in picked if name not in alone]
        else:
            answers[question["id"]] = random.randint(question.get("min", 0), min(question.get("max", 1000), 1000))
    return answers


def add_gates(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same guide with assumptions, bindings, preferences, a family, requirements of a class, conditions on effects
    and spared options."""
    random = Random(seed + 7)
    options, scales = [entry["id"] for entry in data["options"]], data["criteria"]
    questions = []
    for question in data["questions"]:
        answers = [
            {**answer, "effects": [*answer["effects"], *_gates(random, answer, options, scales, data["questions"])]}
            for answer in question["answers"]
        ]
        fresh = {**question, "answers": answers}
        if question["kind"] == "one" and random.random() < 0.5:
            fresh["assumed"] = {"answer": random.choice(answers)["id"], "because": "It is usual."}
        questions.append(fresh)
    preferences = [_preference(random, number, options, data["questions"]) for number in range(random.randint(0, 4))]
    return {**data, "questions": questions, "preferences": preferences, "families": _families(random, data["options"])}


def _gates(
    random: Random, answer: dict[str, Any], options: list[str], scales: list[Any], questions: list[Any]
) -> list[dict[str, Any]]:
    effects: list[dict[str, Any]] = []
    if random.random() < 0.15:
        effects.append({"bind": random.sample(options, random.randint(1, 2))})
    if random.random() < 0.15:
        scale = random.choice(scales)
        level = random.choice(scale["levels"])["id"]
        effects.append({"require": {scale["id"]: level}, "class": random.choice(["slow", "fast"])})
    if random.random() < 0.15:
        effects.append({"spare": [random.choice(options)]})
    if random.random() < 0.1:
        effects.append({"enable": [random.choice(options)]})
    if random.random() < 0.15:
        effects.append({"exclude": [random.choice(options)]})
    for effect in effects:
        effect["because"] = f"It follows from {answer['id']}."
        for field in ("when", "unless"):
            if random.random() < 0.2:
                effect[field] = _said(random, questions)
    return effects


def _said(random: Random, questions: list[Any]) -> dict[str, list[str]]:
    question = random.choice(questions)
    return {question["id"]: [random.choice(question["answers"])["id"]]}


def _preference(random: Random, number: int, options: list[str], questions: list[Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"p{number}",
        "name": f"Preference {number}",
        "over": random.sample(options, random.randint(1, 3)) if random.random() < 0.8 else ["pattern:split"],
        "because": "We would.",
    }
    if random.random() < 0.7:
        entry["prefer"] = random.sample(options, random.randint(1, 2))
    for field in ("when", "unless"):
        if random.random() < 0.3:
            entry[field] = _said(random, questions)
    return entry


def _families(random: Random, options: list[Any]) -> list[dict[str, Any]]:
    """Two options that provide the same, where there are such."""
    for first in options:
        alike = [other for other in options if other is not first and other["provides"] == first["provides"]]
        if alike and random.random() < 0.7:
            members = [first["id"], random.choice(alike)["id"]]
            return [{"id": "family", "name": "Either", "kind": "thing", "stands_for": members, "summary": "Either."}]
    return []


def edition_some(data: dict[str, Any], seed: int, most: int = 2) -> dict[str, Any]:
    """The same guide with editions of some options: each has a rating or two that differ, and one has a tag that an
    answer excludes."""
    random = Random(seed + 11)
    chosen = random.sample(range(len(data["options"])), min(most, len(data["options"])))
    options = [_with_editions(random, entry, data["criteria"]) if index in chosen else entry
               for index, entry in enumerate(data["options"])]  # fmt: skip
    questions = []
    for question in data["questions"]:
        answers = [dict(answer) for answer in question["answers"]]
        if random.random() < 0.3:
            effect = {"exclude": ["tag:dear"], "because": "It costs."}
            answers[0] = {**answers[0], "effects": [*answers[0]["effects"], effect]}
        questions.append({**question, "answers": answers})
    return {**data, "options": options, "questions": questions}


def _with_editions(random: Random, option: dict[str, Any], scales: list[Any]) -> dict[str, Any]:
    names = ["free", "paid", "best"][: random.randint(2, 3)]
    ratings = dict(option["ratings"])
    for scale in random.sample(scales, random.randint(1, 3)):
        levels = [level["id"] for level in scale["levels"]]
        drawn = {name: _rating(random, scale, 0.15)["level"] for name in names}
        if len({str(level) for level in drawn.values()}) == 1:
            drawn[names[-1]] = next(level for level in [*levels, "unknown"] if level != drawn[names[0]])
        ratings[scale["id"]] = {**ratings[scale["id"]], "level": drawn}
    editions = [{"id": name, "name": name.title(), **({"tags": ["dear"]} if name != "free" else {})} for name in names]
    return {**option, "editions": editions, "ratings": ratings}
