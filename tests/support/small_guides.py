"""Small guides written out in tests: only what the test is about has to be said."""

from __future__ import annotations

from typing import Any

from selector import Guide

Data = dict[str, Any]

TERMS = {"option": "tool", "options": "tools", "strategy": "setup", "strategies": "setups"}
"""What these guides call their options and what is made of them."""

LEVELS = {"bad": 0, "fair": 500, "good": 1000}
"""Levels of a criterion that does not say others: id to value."""


def criterion(name: str, rule: str = "best", weight: int = 10, **settings: Any) -> Data:
    """A criterion. `levels` is {id: value}, or {id: burden} from heaviest to lightest for `points` and `units`."""
    levels = settings.pop("levels", LEVELS)
    cls = {"class": settings.pop("cls")} if "cls" in settings else {}
    return {
        "id": name,
        "name": name.title(),
        "group": "all",
        "weight": weight,
        "aggregate": {"rule": rule, **settings},
        "levels": [_level(rule, level, value) for level, value in levels.items()],
        **cls,
    }


def _level(rule: str, level: str, value: Any) -> Data:
    if rule == "points":
        return {"id": level, "label": level.title(), "points": value}
    if rule == "units":
        units, worth = value
        return {"id": level, "label": level.title(), "units": units, "value": worth}
    return {"id": level, "label": level.title(), "value": value}


def option(name: str, provides: str = "own use", **settings: Any) -> Data:
    """An option. `provides`, `needs`, `can_also` and `works_with` are words; `ratings` is {criterion: level}."""
    ratings = settings.pop("ratings", {})
    words = {key: settings.pop(key).split() for key in ("needs", "can_also", "works_with", "tags") if key in settings}
    return {
        "id": name,
        "name": name.title(),
        "provides": provides.split(),
        "ratings": {key: level if isinstance(level, dict) else {"level": level} for key, level in ratings.items()},
        "limitations": [],
        **words,
        **settings,
    }


def question(name: str, answers: Data, kind: str = "one", **settings: Any) -> Data:
    """A question. `answers` is {id: [effects]}; an effect gets its `because` from the answer."""
    return {
        "id": name,
        "text": f"{name.title()}?",
        "kind": kind,
        "answers": [
            {
                "id": answer,
                "label": answer.title(),
                "effects": [{"because": f"You said {answer}.", **effect} for effect in effects],
                **({"from": start} if (start := settings.get("starts", {}).get(answer)) is not None else {}),
            }
            for answer, effects in answers.items()
        ],
        **{key: value for key, value in settings.items() if key != "starts"},
    }


def data_of(criteria: list[Data], options: list[Data], questions: list[Data] | None = None, **more: Any) -> Data:
    """The data of a guide with the goals `own` and `use`, an optional role `guard` and a support role `begin`.

    A rating that an option does not give is the first level.
    """
    for entry in options:
        for scale in criteria:
            rating = entry["ratings"].setdefault(scale["id"], {"level": scale["levels"][0]["id"]})
            rating.setdefault("text", f"{entry['name']} on {scale['name']}.")
            rating.setdefault("verified", "2026-01-01")
    settings = {"max_members": 4, **more.pop("guide", {})}
    return {
        "format": 1,
        "guide": {
            "id": "small",
            "title": "Small",
            "question": "Which?",
            "goals": ["own", "use"],
            "stale_after_days": 365,
            **settings,
        },
        "terms": TERMS,
        "sources": [],
        "roles": [
            {"id": "begin", "name": "Begin", "support": True},
            {"id": "own", "name": "Own"},
            {"id": "use", "name": "Use"},
            {"id": "guard", "name": "Guard", "optional": True},
        ],
        "groups": [{"id": "all", "name": "All"}],
        "criteria": criteria,
        "options": options,
        "questions": questions or [],
        **more,
    }


def guide_of(criteria: list[Data], options: list[Data], questions: list[Data] | None = None, **more: Any) -> Guide:
    """The guide of that data."""
    return Guide.from_data(data_of(criteria, options, questions, **more))
