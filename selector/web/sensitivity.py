"""Trade-offs and sensitivity in the conversation with the page. Loaded when the reader opens them, never at the start."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from markupsafe import Markup

from selector.report.sensitivity import Sensitivity
from selector.scoring.recommend import Recommendation

from .page import Page
from .panels.sensitivity import sensitivity

REGION = "sensitivity"

PATIENCE = 0.03
"""Seconds of work between two parts, so that a newer answer never waits longer."""


class SensitivityTalk:
    """The charts of the last recommendation that the page asked for.

    Attributes:
        criterion: the one over whose weight lines are drawn; "" for the one whose weight decides soonest.
    """

    def __init__(self) -> None:
        self._found: Sensitivity | None = None
        self._steps: Iterator[str] = iter(())
        self.criterion = ""

    def parts(self, page: Page, result: Recommendation) -> Iterator[dict[str, Markup]]:
        """The region in parts: what is quick first, then with the answers, then with the ranks. Parts between are empty,
        so that a newer answer can come in. What was worked out for the same recommendation before is used again."""
        if self._found is None or self._found.result is not result:
            self._found = Sensitivity.of(result)
            self._steps = self._found.steps()
        found, steps = self._found, self._steps
        yield self._part(page, found)
        clock = perf_counter()
        for step in steps:
            if step == "answers":
                yield self._part(page, found)
            elif perf_counter() - clock > PATIENCE:
                yield {}
            else:
                continue
            clock = perf_counter()
        yield self._part(page, found)

    def _part(self, page: Page, found: Sensitivity) -> dict[str, Markup]:
        return {REGION: sensitivity(page, found, self.criterion)}
