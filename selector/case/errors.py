"""What is said about a part of a case that the guide does not know or cannot use."""

from __future__ import annotations

import json

from selector.text.visible import visible

MOST_CHARACTERS = 1000
"""Characters of foreign text that are looked at before it is shortened."""


class AnswerError(ValueError):
    """An answer that the guide does not know or cannot use.

    Attributes:
        question: id of the question as given, or None when the case as a whole is at fault.
        answer: the offending answer as given.
        kind: what is wrong with it, as a word: "question", "answer", "list", "number", "alone", "twice", "criterion",
            "points" or "trade"; empty when it is something else.
    """

    def __init__(self, message: str, question: str | None = None, answer: object = None, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.question = question
        self.answer = answer


def clipped(value: object) -> str:
    """Foreign text for a message: short, on one line, in the words of JSON, nothing unseen in it."""
    try:
        written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, TypeError, RecursionError):
        return "a huge number" if isinstance(value, int) else "something that cannot be shown"
    text = visible(" ".join(written[:MOST_CHARACTERS].split()))
    return text if len(text) <= 40 else text[:39] + "…"
