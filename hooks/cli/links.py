"""Asks whether the guide's addresses still answer: politely, with a cache, and never as part of a build."""

from __future__ import annotations

import argparse
import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from http.client import HTTPException
from pathlib import Path as FilePath
from urllib.parse import urljoin, urlsplit

from hooks.rules import Draft, draft_of
from hooks.rules.common.prose import inside
from hooks.rules.markup import LINK_TARGET
from hooks.source.positions import Path, trail
from hooks.source.problems import WARNING, Problem, as_text, errors, in_order, plural, quote, summary

from . import passages
from .exit_codes import OK, PROBLEMS, UNANSWERED, USAGE
from .loading import load_or_report
from .polite import AGENT, FRESH, GONE, MOVED, REDIRECTS, TIMEOUT, each_host, opener, why
from .progress import Progress

CACHE = FilePath(".cache/links.json")

TRIED = 4
"""Hosts that are asked first: when none of them answers, there is no network, and nothing else is asked."""

NO_HEAD = {403, 405, 501}
"""Answers to HEAD of servers that may answer GET."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said: HTTP status (0 when there was no answer), where it has moved for good, the day, a note."""

    status: int
    moved: str
    asked: str
    note: str = ""

    @property
    def fine(self) -> bool:
        """True when a reader gets the page."""
        return 200 <= self.status < 300 and not self.moved


class NoNetwork(Exception):  # noqa: N818  reads as what it says
    """No host answers: so many were tried, and the first one gave this note."""

    def __init__(self, tried: int, note: str) -> None:
        super().__init__(note)
        self.tried, self.note = tried, note


Ask = Callable[[str, str], tuple[int, str]]
"""From method and address to status and `Location`; raises OSError or HTTPException when there is no answer."""


def addresses(draft: Draft) -> dict[str, Path]:
    """Every address of a guide, with the path of the field in which it first is."""
    found: dict[str, Path] = {}
    for node in (*draft.each("sources.*.url"), *draft.each("options.*.home")):
        found.setdefault(node.text, node.path)
    for one in inside(draft):
        for target in LINK_TARGET.finditer(one.prose):
            found.setdefault(target[1] or target[2] or "", one.path)
    return {address: path for address, path in found.items() if address.startswith("https://")}


def ask_all(
    wanted: Iterable[str],
    known: Mapping[str, Answer],
    today: date,
    *,
    ask: Ask | None = None,
    sleep: Callable[[float], None] = time.sleep,
    progress: Progress | None = None,
) -> dict[str, Answer]:
    """Answers of all addresses: from `known` where they are fine and fresh, else by asking.

    Hosts are asked at the same time, the addresses of one host one after the other with a pause.

    Raises:
        NoNetwork: no host answers, which is found out from the first few where there are more.
    """
    since = (today - FRESH).isoformat()
    old = {address: known[address] for address in wanted if address in known}
    kept = {address: answer for address, answer in old.items() if answer.fine and answer.asked >= since}
    stale = [address for address in wanted if address not in kept]
    try_network(stale, lambda address: _answer(address, today, ask or _request))
    answers = kept | each_host(stale, lambda address: _answer(address, today, ask or _request), sleep, progress)
    if answers and all(answer.status == 0 for answer in answers.values()):
        raise NoNetwork(_hosts(answers), next(iter(answers.values())).note)
    return answers


def _hosts(wanted: Iterable[str]) -> int:
    return len({urlsplit(address).netloc for address in wanted})


def try_network(wanted: Iterable[str], ask: Callable[[str], Answer]) -> None:
    """Ask one address of each of the first hosts, all at the same time.

    Raises:
        NoNetwork: there are several, and none of them answers.
    """
    hosts = dict.fromkeys(urlsplit(address).netloc for address in wanted)
    first = [f"https://{host}/" for host in list(hosts)[:TRIED]]
    if len(first) < TRIED:
        return
    with ThreadPoolExecutor(TRIED) as pool:
        answers = list(pool.map(ask, first))
    if all(answer.status == 0 for answer in answers):
        raise NoNetwork(len(first), answers[0].note)


def _answer(address: str, today: date, ask: Ask) -> Answer:
    """Follow an address; only moves that are meant to last are reported."""
    here, lasting = address, True
    for _ in range(REDIRECTS):
        try:
            status, location = ask("HEAD", here)
            if status in NO_HEAD:
                status, location = ask("GET", here)
        except (OSError, HTTPException, ValueError) as error:
            return Answer(0, "", today.isoformat(), why(error))
        if not (300 <= status < 400 and location):
            return Answer(status, here if lasting and here != address else "", today.isoformat())
        lasting = lasting and status in MOVED
        here = urljoin(here, location)
    return Answer(0, "", today.isoformat(), "it moves in a circle")


def _request(method: str, address: str) -> tuple[int, str]:
    if not address.startswith("https://"):
        raise ValueError("it moves to an address without https")
    request = urllib.request.Request(address, method=method, headers={"User-Agent": AGENT})
    try:
        with opener().open(request, timeout=TIMEOUT) as response:
            return response.status, ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Location") or ""


def findings(draft: Draft, answers: Mapping[str, Answer]) -> list[Problem]:
    """Dead addresses as errors, moved and unclear ones as warnings, each at its place in the file."""
    return in_order(_findings(draft, answers))


def _findings(draft: Draft, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    for address, path in addresses(draft).items():
        answer = answers.get(address)
        if answer is None or answer.fine:
            continue
        if answer.status in GONE:
            found = draft.snippet(path, address, f"{quote(address)} is gone (status {answer.status})")
        elif answer.moved and 200 <= answer.status < 300:
            found = draft.snippet(path, address, f"{quote(address)} has moved", nearest=answer.moved, severity=WARNING)
        else:
            reason = answer.note or f"status {answer.status}"
            found = draft.snippet(path, address, f"{quote(address)} gave no page ({reason})", severity=WARNING)
        yield replace(found, code="link")


def as_data(draft: Draft, wanted: Mapping[str, Path], answers: Mapping[str, Answer]) -> str:
    """Every address with its first place in the file and its answer, as JSON."""
    listed = [
        {"address": address, "where": trail(draft.root.value, path), "line": draft.positions.line(path)}
        | asdict(answers[address])
        for address, path in wanted.items()
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2)


# The cache


def read_cache(path: FilePath) -> dict[str, Answer]:
    """Answers of earlier runs; none when there is no cache or it is damaged."""
    try:
        return {address: Answer(**answer) for address, answer in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_cache(path: FilePath, answers: Mapping[str, Answer]) -> None:
    """Keep answers for the next run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {address: asdict(answers[address]) for address in sorted(answers)}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


# The command line


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `links` to the command line."""
    parser = commands.add_parser(
        "links",
        parents=[file],
        help="ask whether addresses still answer",
        description="Ask every address of the guide, or look whether sources still have the words that the guide quotes. "
        "Ends with 0 when all is well, 1 when something is gone or has changed, 3 when no host answered.",
    )
    parser.add_argument("--cache", type=FilePath, help=f"answers of earlier runs (default: {CACHE}, {passages.CACHE})")
    passages.add_arguments(parser)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.passages:
        return passages.run(arguments)
    if idle := [f"--{name}" for name in ("local", "findings") if getattr(arguments, name)]:
        print(f"guide: {' and '.join(idle)} can only be used with --passages", file=sys.stderr)
        return USAGE
    cache = arguments.cache or CACHE
    loaded = load_or_report(arguments.guide)
    if loaded is None:
        return PROBLEMS
    texts = {loaded.file: loaded.text}
    draft = draft_of(loaded)
    wanted = addresses(draft)
    try:
        answers = ask_all(wanted, read_cache(cache), draft.today, progress=Progress("addresses asked"))
    except NoNetwork as error:
        hosts = f"the first {error.tried} hosts" if error.tried < _hosts(wanted) else plural(error.tried, "host")
        said = f"{loaded.file}: none of {hosts} answered ({error.note}); is there a network?"
        print(said, file=sys.stderr if arguments.json else sys.stdout)
        return UNANSWERED
    write_cache(cache, answers)
    found = findings(draft, answers)
    if arguments.json:
        print(as_data(draft, wanted, answers))
        return PROBLEMS if errors(found) else OK
    report = as_text(found, texts, None)
    sys.stdout.write(f"{report}\n" if report else "")
    print(f"{loaded.file}: {len(wanted)} addresses asked, {summary(found) if found else 'all answer'}")
    return PROBLEMS if errors(found) else OK
