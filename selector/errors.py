"""The two errors that the package raises for its inputs."""

from __future__ import annotations


class GuideError(ValueError):
    """The guide contradicts itself in a way that makes scoring impossible."""


class AnswerError(ValueError):
    """An answer that the guide does not know or cannot use.

    Attributes:
        question: id of the question as given, or None when the case as a whole is at fault.
        answer: the offending answer as given.
    """

    def __init__(self, message: str, question: str | None = None, answer: object = None) -> None:
        super().__init__(message)
        self.question = question
        self.answer = answer
