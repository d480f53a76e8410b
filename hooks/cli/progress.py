"""How far long work has come: on one line of a terminal, or a line every few seconds in a log. Never on the output."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from threading import Lock
from typing import TextIO

ON_TERMINAL, IN_LOG = 0.2, 15.0
"""Seconds between two reports; work that is quicker than the first of them reports nothing."""


class Progress:
    """Reports of one piece of work, to stderr.

    Args:
        words: what is counted, for after the numbers: "addresses asked".
        stream: where to.
        clock: seconds.
    """

    def __init__(self, words: str, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._words = words
        self._stream = stream or sys.stderr
        self._clock = clock
        self._terminal = self._stream.isatty()
        self._lock = Lock()
        self._last = clock()

    def steps(self, total: int) -> Callable[[], None]:
        """A function to call after each step; it may be called by several threads."""
        done = 0

        def step() -> None:
            nonlocal done
            with self._lock:
                done += 1
                self._report(done, total)

        return step

    def _report(self, done: int, total: int) -> None:
        now, last = self._clock(), done == total
        if now - self._last < (ON_TERMINAL if self._terminal else IN_LOG) and not (last and self._terminal):
            return
        self._last = now
        said = f"{done} of {total} {self._words}"
        if self._terminal:
            self._stream.write(f"\r{said}" if not last else "\r" + " " * len(said) + "\r")
        else:
            self._stream.write(f"{said}\n")
        self._stream.flush()
