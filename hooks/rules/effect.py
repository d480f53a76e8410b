"""An effect does exactly one thing.

PASS
    effects: [{weight: {effort: 5}, because: Time is short.}]
FAIL
    effects: [{because: Time is short.}]
    effects: [{weight: {effort: 5}, exclude: [a], because: Time is short.}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem, join_words

from .common.draft import Draft

KINDS = ("weight", "require", "exclude", "enable", "have", "besides", "spare", "bind", "set")

QUALIFIERS = {"because", "against", "class", "only_new", "when", "unless"}
"""Fields that say of what, or when, an effect holds."""


def check(draft: Draft) -> Iterator[Problem]:
    """Each effect of each answer."""
    for effect in draft.each("questions.*.answers.*.effects.*"):
        found = [kind for kind in KINDS if effect.at(kind).exists]
        if not found and isinstance(effect.value, dict) and not set(effect.fields()) - QUALIFIERS:
            yield draft.problem(draft.first(effect), "an effect that does nothing",
                                expected=f"{join_words(KINDS, 'or')}, as in {_example(draft)}")  # fmt: skip
        for field in ("when", "unless"):
            if found[:1] in (["weight"], ["set"]) and effect.at(field).exists:
                message = f"'{field}' has no meaning for '{found[0]}'"
                yield draft.problem(
                    effect.at(field), message, at_key=True, expected=f"no '{field}': delete it; or another effect"
                )
        if effect.at("against").exists and found[:1] != ["weight"]:
            yield draft.problem(effect.at("against"), "'against' has a meaning for 'weight' only", at_key=True,
                                expected="no 'against': delete it")  # fmt: skip
        if effect.at("class").exists and found[:1] != ["require"]:
            yield draft.problem(effect.at("class"), "'class' has a meaning for 'require' only", at_key=True,
                                expected="no 'class': delete it")  # fmt: skip
        for kind in found[1:]:
            yield draft.problem(
                effect.at(kind),
                f"an effect with both '{found[0]}' and '{kind}'",
                at_key=True,
                expected="one of them; the other in a separate effect, with its own reason",
            )


def _example(draft: Draft) -> str:
    """An effect of the most common kind, with the first criterion of this guide."""
    return f"weight: {{{next(iter(draft.entries('criteria')), 'criterion')}: 3}}"
