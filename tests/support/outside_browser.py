"""What Firefox and WebKit have in common where Playwright cannot drive them."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import Any


class OutsideBrowser(ABC):
    """A browser that is asked for the value of expressions."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page."""

    def until(self, expression: str, seconds: float = 120) -> Any:
        """Wait until an expression gives something, and return that."""
        end = time.monotonic() + seconds
        while not (found := self.evaluate(expression)):
            assert time.monotonic() < end, f"never came true: {expression}"
            time.sleep(0.05)
        return found
