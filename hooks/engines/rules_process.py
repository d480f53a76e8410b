"""Under `mkdocs serve`, the rules judge a save in a second process while the first one renders it.

A process, because threads of Python take turns. It is started with the first build and waits for questions on its input.
When the server is gone, whatever ended it, that input has an end, and the process exits. Nothing depends on it: where it
cannot be started, or dies, the rules judge in the server's process.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, BinaryIO, NamedTuple

from hooks import ROOT
from hooks.checked import Checked, check_loaded
from hooks.rules import draft_of
from hooks.source.load import Loaded, load_bytes
from hooks.source.problems import Problem, errors
from selector.guide.guide import Guide

log = logging.getLogger("mkdocs.hooks")

PATIENCE = 60.0
"""Seconds after which an answer is not waited for any longer. Rules take bounded time, a process may be stopped."""


class Question(NamedTuple):
    """A guide's file: its content, how problems call it, and the day by which dates are judged."""

    content: bytes
    name: str
    today: date

    def loaded(self) -> Loaded:
        """What the file holds."""
        return load_bytes(self.content, self.name)


@dataclass(frozen=True)
class Judging:
    """A file that the second process judges, by the rules that are quick."""

    loaded: Loaded
    today: date
    answer: Future[tuple[Problem, ...]]

    @cached_property
    def draft(self) -> Guide | None:
        """The guide as far as it can be shown; None when it has no right shape."""
        return Checked(None, (), self.loaded).preview

    def checked(self) -> Checked:
        """The file after all quick rules; waits for their answer, and asks them here when there is none."""
        if self.loaded.draft is not None:
            try:
                problems = self.answer.result(PATIENCE)
            except Exception as error:
                log.info("The second process gives no answer (%r): the rules run in this one", error)
            else:
                guide = self.draft or draft_of(self.loaded).guide
                return Checked(None if errors(problems) else guide, problems, self.loaded)
        return check_loaded(self.loaded, self.today, quick=True)


class RulesProcess:
    """The second process, as the server's process sees it. One question is answered after the other."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C in the terminal is for the server, which ends this one
            )

    @property
    def id(self) -> int | None:
        """The id of the process; None when it could not be started."""
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        """False when it could not be started or has ended."""
        return self._process is not None and self._process.poll() is None

    def judge(self, file: Path, name: str, today: date) -> Judging | None:
        """Load a file here while it is judged there; None when that cannot be."""
        try:
            question = Question(file.read_bytes(), name, today)
        except OSError:
            return None
        if not self.is_alive:
            return None
        answer: Future[tuple[Problem, ...]] = Future()
        Thread(target=self._ask, args=(question, answer), daemon=True).start()
        return Judging(question.loaded(), today, answer)

    def _ask(self, question: Question, answer: Future[tuple[Problem, ...]]) -> None:
        """Wait for an answer: in a thread, as a pipe takes less at once than a guide has."""
        process = self._process
        assert process and process.stdin and process.stdout
        try:
            with self._turn:
                pickle.dump(tuple(question), process.stdin)
                process.stdin.flush()
                answer.set_result(pickle.load(process.stdout))
        except Exception as error:  # it has ended, or was stopped in the middle of an answer
            answer.set_exception(error)

    def stop(self) -> None:
        """End the process. It has nothing to finish."""
        if self._process:
            self._process.kill()
            self._process.wait()


# In the second process


def main() -> None:
    """Answer questions as long as there is a server that asks."""
    with suppress(BrokenPipeError), os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed must not get among the answers
        gc.disable()  # as in on_mkdocs.py; looked for while nothing is asked
        for content, name, today in _questions(sys.stdin.buffer):
            question = Question(content, name, today)
            pickle.dump(check_loaded(question.loaded(), question.today, quick=True).problems, answers)
            answers.flush()
            gc.collect()


def _questions(source: BinaryIO) -> Iterator[Any]:
    """What the server asks. A thread reads it, so that the process also exits in the middle of an answer."""
    asked: SimpleQueue[Any] = SimpleQueue()

    def read() -> None:
        try:
            while True:
                asked.put(pickle.load(source))
        finally:
            os._exit(0)

    Thread(target=read, daemon=True).start()
    while True:
        yield asked.get()


if __name__ == "__main__":
    main()
