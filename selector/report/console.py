"""What the command line writes: foreign text made safe to show, complaints on one line, and output that fails."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys
from typing import Any, NoReturn

from selector.text.visible import UNSEEN, visible

from .terminal import COLOURS

_PAINTED = re.compile(f"({'|'.join(map(re.escape, COLOURS))})")


class Parser(argparse.ArgumentParser):
    """Shows in its messages only what can be seen."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and leave."""
        super().error(visible(message))

    def _print_message(self, message: str, file: Any = None) -> None:
        if file is not None and file is sys.stdout:
            file.write(message)  # a failure is told, as for all output
        else:
            super()._print_message(message, file)


def flush() -> None:
    """Write what was printed, so that a failure is noticed now."""
    if sys.stdout is not None:
        sys.stdout.flush()


def complain(text: str) -> None:
    """One line on standard error, if there is one."""
    with contextlib.suppress(OSError):
        if sys.stderr is not None:
            print(f"selector: {visible(text)}", file=sys.stderr)


def say(text: object, end: str = "\n") -> None:
    """Print foreign text: everything unseen in it escaped but for line breaks and our own colours."""
    print(
        "".join(part if part in COLOURS else visible(part, "\n\t") for part in _PAINTED.split(str(text))),
        end=end,
    )


def say_beside(text: object) -> None:
    """Print foreign text on standard error, when standard output is for a program."""
    print(visible(str(text), "\n\t"), file=sys.stderr)


def ask_beside(prompt: str) -> str:
    """A line of input, as `input` gives it, with the prompt on standard error.

    Raises:
        EOFError: the input ended.
    """
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def give_up() -> None:
    """Nothing may be written, and fail, when Python flushes at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(data: object) -> None:
    """Readable where the output takes every character, else escaped: the same JSON in any encoding. What cannot be seen
    is escaped in any case."""
    escaped = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    text = json.dumps(data, indent=2, ensure_ascii=escaped)
    print("\n".join(UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], line) for line in text.split("\n")))
