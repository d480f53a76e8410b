"""What a save takes: from writing the guide's file to the page that shows the new value.

    uv run python benchmarks/build.py --only save

`mkdocs serve`, a page open in Chromium, one edit of each kind that editors make. The open page comes first, and all other
pages follow, which is measured too. Seconds by the clock depend on the
machine and on what else runs there; the processor time of the server and its rules, and its share of what the first build
took, do not. Processor time is more than the clock's where both processors worked.
"""

from __future__ import annotations

import math
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.request import urlopen

import yaml
from playwright.sync_api import Page, sync_playwright

from hooks.checked import check_loaded
from hooks.source.load import load_bytes
from tests.support.browser import launch
from tests.support.sites import copy_of_project

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
NINE_IN_TEN, ANY = 2.5, 5.0
"""Bars in seconds: for nine kinds of edit in ten, and for any."""
WAIT = 60_000  # milliseconds that a save may take before it counts as lost


class Edit(NamedTuple):
    """An edit of a guide: what kind it is, the page that is open, and what is looked for on it."""

    kind: str
    page: str
    old: str
    new: str
    shown: str


def edits(guide: str) -> list[Edit]:
    """Edits of each kind that editors make, found in the guide by its form."""
    data = yaml.load(guide, yaml.CSafeLoader)
    option = data["options"][len(data["options"]) // 2]
    criterion, example, question = data["criteria"][0], data["examples"][0], data["questions"][0]
    page = f"options/{option['id']}/"
    found = [
        _said("text of a rating", page, guide, option["ratings"][criterion["id"]]["text"]),
        _said("summary of an option", page, guide, option["summary"]),
        _said("limitation", page, guide, option["limitations"][0]["text"]),
        _said(
            "starting point of a strategy",
            f"strategies/{data['strategies'][0]['id']}/",
            guide,
            data["strategies"][0]["why"],
        ),
        _said("why of an example", f"examples/{example['id']}/", guide, example["why"]),
        _said("question of the wizard", "wizard/", guide, question["text"]),
        _said("meaning of a level", f"criteria/{criterion['id']}/", guide, criterion["levels"][0]["meaning"]),
        Edit("line moved", page, "\noptions:\n", f"\n# {'-' * 20}\n\noptions:\n", ""),
    ]
    found.append(_weighed(guide))
    found += [
        _named("name of an option", page, guide, "name", option["name"]),
        _named("name of a criterion", f"criteria/{criterion['id']}/", guide, "name", criterion["name"]),
        _named("title of an example", f"examples/{example['id']}/", guide, "title", example["title"]),
        _named("title of the guide", page, guide, "title", data["guide"]["title"]),
    ]
    missing = [edit.kind for edit in found if not edit.old or edit.old not in guide]
    if missing:
        raise SystemExit(f"the guide has nothing to edit for: {', '.join(missing)}")
    return found


def _named(kind: str, page: str, guide: str, field: str, name: str) -> Edit:
    """A name on a line that only it has gets one word more."""
    line = re.search(rf"\n +{field}: {re.escape(name)}\n", guide)
    old = line[0] if line else ""
    return Edit(kind, page, old, old.replace(name, f"{name} Anew"), f"{name} Anew")


def _weighed(guide: str) -> Edit:
    """One point more or less for the first criterion where that decides no example."""
    for weight in re.finditer(r"\n +weight: (\d+)\n(?: +reason: .*\n)?", guide):
        for step in (1, -1):
            new = weight[0].replace(f"weight: {weight[1]}", f"weight: {int(weight[1]) + step}")
            if check_loaded(load_bytes(guide.replace(weight[0], new, 1).encode())).guide is not None:
                return Edit("weight of a criterion", "settings/", weight[0], new, "")
    return Edit("weight of a criterion", "settings/", "", "", "")


def _said(kind: str, page: str, guide: str, text: str) -> Edit:
    """A text whose first words stand on one line of the file gets one word more at their end."""
    words = re.findall(r"[A-Za-z]+(?: [A-Za-z]+)+", text)
    for run_of_words in sorted(words, key=len, reverse=True):
        if guide.count(run_of_words) == 1:
            return Edit(kind, page, run_of_words, f"{run_of_words} anew", f"{run_of_words} anew")
    return Edit(kind, page, "", "", "")


def save(folder: Path, title: str, guide: str | None = None) -> None:
    """From a save to the page that shows it, in a guide that is given, or in the project's own."""
    project = copy_of_project(folder)
    path = project / "data" / "guide.yml"
    if guide is not None:
        path.write_text(guide, "utf-8")
    guide = path.read_text("utf-8")
    times: dict[str, float] = {}
    used: dict[str, float] = {}
    print(f"\nFrom a save to the page that shows it, {title}")
    with serving(project) as (address, server), sync_playwright() as playwright:
        first = processor_time(server)
        browser = launch(playwright)
        page = browser.new_page()
        for edit in edits(guide):
            text = guide.replace(edit.old, edit.new, 1)
            page.goto(address + edit.page)
            page.evaluate("window.before = true")
            urlopen(address + "api/guide.json").close()  # nothing of the edit before is left to do
            before = processor_time(server)
            times[edit.kind] = _saved(page, path, text, edit.shown)
            used[edit.kind] = processor_time(server) - before
            urlopen(address + "api/guide.json").close()  # answered once all other pages are built, too
            whole = processor_time(server) - before
            print(
                f"  {edit.kind:30} {times[edit.kind]:5.2f} s by the clock, {used[edit.kind]:5.2f} s of processor time,"
                f" {used[edit.kind] / first:4.0%} of the first build; all pages {whole:5.2f} s",
                flush=True,
            )
            page.evaluate("window.before = true")
            _saved(page, path, guide, "")  # and back, which is not counted
        browser.close()
    tenth = sorted(times.values())[math.ceil(0.9 * len(times)) - 1]
    print(f"  median {median(times.values()):.2f} s, nine kinds in ten {tenth:.2f} s (bar {NINE_IN_TEN}),", end=" ")
    print(f"longest {max(times.values()):.2f} s (bar {ANY}); processor time median {median(used.values()):.2f} s,")
    print(f"  longest {max(used.values()):.2f} s, of the first build {first:.1f} s")


def processor_time(server: int) -> float:
    """Seconds of processor time that a server and the process of its rules have used so far."""
    started = (file.read_text().split() for file in Path(f"/proc/{server}/task").glob("*/children"))
    return sum(_processor_time(process) for process in (server, *(int(one) for ids in started for one in ids)))


def _processor_time(process: int) -> float:
    """Linux: fields 14 and 15 of /proc/PID/stat."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _saved(page: Page, path: Path, text: str, shown: str) -> float:
    """Save a text; seconds until the open page has reloaded automatically and shows what it should."""
    draft = path.parent.parent / "draft.yml"  # as editors do it: written beside, then put in place
    draft.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    draft.replace(path)
    page.wait_for_function(
        "shown => !window.before && document.readyState !== 'loading' && !document.querySelector('.problems')"
        " && document.body.textContent.replace(/\\s+/g, ' ').includes(shown)",
        arg=shown,
        timeout=WAIT,
        polling=20,
    )
    return time.perf_counter() - start


@contextmanager
def serving(project: Path) -> Iterator[tuple[str, int]]:
    """A running `mkdocs serve`; yields its address and the id of the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    log = project.parent / "serve.txt"
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", place],
            cwd=project,
            env=ENVIRONMENT,
            stdout=said,
            stderr=said,
        )
        try:
            while "Serving on" not in log.read_text():
                if process.poll() is not None:
                    raise SystemExit(log.read_text()[-2000:])
                time.sleep(0.1)
            yield f"http://{place}/", process.pid
        finally:
            process.terminate()
            process.wait()
