"""Makes guides of any size that have everything a site shows: for benchmarks of the build. No subject.

`generate.make_guide` decides what is scored; here it gets prose, starter files, named strategies, examples and moves,
about as many per option as a guide that people wrote.
"""

from __future__ import annotations

from random import Random
from typing import Any

from selector import Guide, recommend
from tests.support.random_guides import make_guide

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprst" for vowel in "aeiou"]
EXAMPLES = 40


def complete_guide(options: int, seed: int = 1, criteria: int = 20, questions: int = 20) -> dict[str, Any]:
    """A guide that passes all checks and fills every page family.

    Args:
        options: how many; a third of them gets a named strategy each, at most as many as there are derived ones.
        seed: equal arguments give equal guides.
        criteria, questions: how many.
    """
    random = Random(seed)
    data = make_guide(seed, options, criteria, questions, unknown=0.02, extras=False)
    _connect(random, data)
    for option in data["options"]:
        _write(random, option)
    for criterion in data["criteria"]:
        criterion["why"] = _prose(random, 25)
        for level in criterion["levels"]:
            level["meaning"] = _prose(random, 12)
    for question in data["questions"]:
        question.update(text=f"{_prose(random, 8).removesuffix('.')}?", help=_prose(random, 20))
    guide = Guide.from_data(data)
    pairs = [strategy for strategy in guide.strategies if len(strategy.members) == 2]
    data["strategies"] = [
        {
            "id": f"s{number}",
            "name": f"Strategy {number}",
            "members": list(strategy.members),
            "summary": _prose(random, 15),
            "why": _prose(random, 60),
            "travels": _prose(random, 40),
            "when": [_prose(random, 12) for _ in range(3)],
            "cautions": [_prose(random, 15) for _ in range(2)],
        }
        for number, strategy in enumerate(pairs[: max(1, options // 3)])
    ]
    data["examples"] = _examples(random, data)
    return data


def _connect(random: Random, data: dict[str, Any]) -> None:
    """Who only owns works with one who only uses, and the other way round, so that every option is in a strategy."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for thing in data["options"]:
        kinds.setdefault(tuple(thing["provides"]), []).append(thing["id"])
    partners = {("own",): kinds[("use",)], ("use",): kinds[("own",)]}
    for thing in data["options"]:
        helpers = partners.get(tuple(thing["provides"]))
        if helpers and not set(helpers) & set(thing["works_with"]):
            thing["works_with"] = sorted({*thing["works_with"], random.choice(helpers)})


def _write(random: Random, option: dict[str, Any]) -> None:
    """Prose and a starter file, in the lengths that people write."""
    option["summary"] = _prose(random, 18)
    option["description"] = "\n\n".join(_prose(random, 45) for _ in range(3))
    option["choose_when"] = [_prose(random, 12) for _ in range(4)]
    option["avoid_when"] = [_prose(random, 12) for _ in range(3)]
    option["limitations"] = [_fact(random, 25) for _ in range(4)]
    for fact in ("licence", "governance", "release", "failure", "recovery"):
        option[fact] = _fact(random, 25)
    lines = [f"{_word(random)}: {_word(random)}" for _ in range(25)]
    option["starter"] = [
        {"path": f"{name}.yml", "language": "yaml", "content": "\n".join(lines) + "\n", "note": _prose(random, 15)}
        for name in ("first", "second")
    ]
    for rating in option["ratings"].values():
        rating["text"] = _prose(random, 6)


def _examples(random: Random, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Situations in which each question has an answer, and what ranks first for them."""
    guide, found = Guide.from_data(data), []
    for number in range(EXAMPLES):
        answers = {entry["id"]: random.choice(entry["answers"])["id"] for entry in data["questions"][:6]
                   if entry["kind"] == "one"}  # fmt: skip
        answers |= {entry["id"]: [random.choice(entry["answers"])["id"]] for entry in data["questions"][:8]
                    if entry["kind"] == "many"}  # fmt: skip
        leaders = recommend(guide, answers).leaders
        names = [place.strategy.named or place.strategy.id for place in leaders]
        if names:
            example = {"id": f"e{number}", "title": f"Example {number}", "situation": _prose(random, 30)}
            found.append({**example, "answers": answers, "acceptable": names, "why": _prose(random, 20)})
    return found


def _fact(random: Random, words: int) -> dict[str, str]:
    return {"text": _prose(random, words), "source": "s", "verified": "2026-01-01"}


def _prose(random: Random, words: int) -> str:
    """A sentence with an emphasis now and then, so that it has to be read as Markdown."""
    text = " ".join(_word(random) for _ in range(words)).capitalize()
    return f"{text} **{_word(random)}** `{_word(random)}`." if random.random() < 0.3 else f"{text}."


def _word(random: Random) -> str:
    return "".join(random.choices(SYLLABLES, k=random.randint(1, 4)))
