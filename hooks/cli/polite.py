"""How other people's servers are asked: with a name, few at a time, slowly, but not again for a while."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from .progress import Progress

FRESH = timedelta(days=7)
"""An address that answered is not asked again for so long."""

PAUSE = 1.0
"""Seconds between two requests to one host."""

HOSTS = 4
"""Hosts asked at the same time."""

TIMEOUT = 20
AGENT = "guide-link-check (asks each address once a week)"

REDIRECTS = 6
"""Redirects that are followed."""

GONE = {404, 410}
MOVED = {301, 308}


def each_host[T](
    addresses: Iterable[str],
    ask: Callable[[str], T],
    sleep: Callable[[float], None] = time.sleep,
    progress: Progress | None = None,
) -> dict[str, T]:
    """What each address answers: hosts at the same time, addresses of one host one after the other with a pause."""
    step = progress.steps(len(set(addresses := list(addresses)))) if progress else lambda: None
    wanted = sorted((urlsplit(address).netloc, address) for address in set(addresses))
    groups = [[address for _, address in pairs] for _, pairs in groupby(wanted, key=lambda pair: pair[0])]

    def of_host(group: list[str]) -> dict[str, T]:
        answers = {}
        for number, address in enumerate(group):
            if number:
                sleep(PAUSE)
            answers[address] = ask(address)
            step()
        return answers

    with ThreadPoolExecutor(HOSTS) as pool:
        return {address: answer for answers in pool.map(of_host, groups) for address, answer in answers.items()}


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are answers, not errands."""

    def redirect_request(self, *_: Any) -> None:
        return None


def opener() -> urllib.request.OpenerDirector:
    """Opens addresses and follows no redirects."""
    return urllib.request.build_opener(_Stay)


def why(error: Exception) -> str:
    """An error on one short line."""
    return " ".join(str(getattr(error, "reason", error)).split())[:120] or type(error).__name__
