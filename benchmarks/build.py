"""What a build takes: against pages written by hand, after a save, and as a guide grows.

    uv run python benchmarks/build.py                     # everything
    uv run python benchmarks/build.py --only ratio        # or save, or scale
    uv run python benchmarks/build.py --rounds 5

ratio   Our whole build (check, selector, pages, search, runtime) against a folder of Markdown files with the same
        number of pages in plain mkdocs-material. Each of those is made from one of ours: its headings, paragraphs,
        lists, tables and code as plain Markdown, repeated until the page as it is served has the size of ours.
        Rounds take turns, so that a noisy machine is noisy for both.
save    `mkdocs serve` on the real guide, then on a generated one of 200 options, a page open in Chromium: from the save
        to the moment at which the page shows the new value, for edits of several kinds.
scale   Whole builds of generated guides of 50, 200 and 500 options: time, memory, and the exponent with which they
        grow (1.0 is linear).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import yaml
from bs4 import BeautifulSoup, Tag

ROOT = Path(__file__).resolve().parent.parent
# This folder has a selector.py: look for the package first.
sys.path[:] = [str(ROOT), *sys.path[1:]]

from benchmarks.saving import save  # noqa: E402
from hooks.render.nav import nav  # noqa: E402
from hooks.runtime import ensure_pyodide  # noqa: E402
from tests.support.large_guides import complete_guide  # noqa: E402
from tests.support.sites import copy_of_project, real_guide  # noqa: E402

RATIO_BAR = 1.3
PASSES = 3
"""How often plain pages are written anew: how large Markdown comes out is guessed at first, and then known."""
SIZES = (50, 200, 500)
LARGE = 200
"""Options of the generated guide in which saves are measured."""
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


class Cost(NamedTuple):
    """What a command took: seconds by the clock, seconds of processor time, and the most memory in MB."""

    clock: float
    processor: float
    memory: float


def run(project: Path, *arguments: str) -> Cost:
    """Run MkDocs in a project."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "mkdocs", *arguments], cwd=project, env=ENVIRONMENT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"mkdocs {' '.join(arguments)} failed in {project}")
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


# Against pages written by hand


def ratio(folder: Path, rounds: int) -> None:
    """Our whole build against plain pages of the same number and size."""
    ours = copy_of_project(folder / "ours")
    (ours / ".cache").unlink(missing_ok=True)
    first = run(ours, "build", "-q")
    plain = folder / "plain"
    share: dict[Path, float] = {}
    for _ in range(PASSES):
        pages = write_plain(ours / "site", plain, ours / "mkdocs.yml", share)
        run(plain, "build", "-q")
        share |= {path: before * _missing(ours / "site", plain / "site", path) for path, before in share.items()}
    write_plain(ours / "site", plain, ours / "mkdocs.yml", share)
    run(plain, "build", "-q")
    times: dict[str, list[Cost]] = {"ours": [], "plain": []}
    for _ in range(rounds):
        times["ours"].append(run(ours, "build", "-q"))
        times["plain"].append(run(plain, "build", "-q"))
    print(f"\nWhole build, {pages} pages, {rounds} rounds in turns, medians")
    print(f"  size of all pages: ours {size(ours / 'site'):.1f} MB, plain {size(plain / 'site'):.1f} MB")
    for name, costs in times.items():
        clock, processor, memory = (median(values) for values in zip(*costs, strict=True))
        print(f"  {name:6} {clock:6.2f} s by the clock, {processor:6.2f} s of processor time, {memory:4.0f} MB")
    print(f"  ours, the very first build on a machine (nothing compiled, packed or drawn): {first.clock:.2f} s")
    for number, what in ((0, "clock"), (1, "processor time")):
        share = median(cost[number] for cost in times["ours"]) / median(cost[number] for cost in times["plain"])
        print(f"  ratio by {what}: {share:.2f} (bar {RATIO_BAR})")


def size(site: Path) -> float:
    """MB of all pages of a site."""
    return sum(path.stat().st_size for path in site.rglob("*.html")) / 1e6


def _missing(ours: Path, plain: Path, page: Path) -> float:
    """By what the main part of a plain page has to be multiplied, so that the whole page is as large as ours."""
    html = (plain / page).read_bytes()
    article = len(str(BeautifulSoup(html, "html.parser").find("article")).encode())
    return max((ours / page).stat().st_size - (len(html) - article), 0) / article


def write_plain(site: Path, plain: Path, settings: Path, share: dict[Path, float]) -> int:
    """A project of plain Markdown pages with the texts of a built site; returns how many.

    `share` has, by page, how much more or less than guessed is to be written; pages that it lacks are added.
    """
    docs = plain / "docs"
    pages = [path for path in sorted(site.rglob("index.html")) if "assets" not in path.parts]
    pages = [path for path in pages if BeautifulSoup(path.read_bytes(), "html.parser").find("article")]
    for path in pages:
        inside = path.parent.relative_to(site)
        target = docs / "index.md" if inside == Path() else docs / f"{inside}.md"
        if (path.parent.parent / "index.html").exists() and any(path.parent.glob("*/index.html")):
            target = docs / inside / "index.md"  # the page of a section
        target.parent.mkdir(parents=True, exist_ok=True)
        page = path.relative_to(site)
        target.write_text(as_markdown(path.read_text("utf-8"), share.setdefault(page, 1.0)), "utf-8")
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_multi_constructor("!", lambda *_: None)  # values from the environment
    ours = yaml.load(settings.read_text("utf-8"), loader)
    theme = {name: value for name, value in ours["theme"].items() if name not in ("custom_dir", "favicon")}
    # The same pages are in its navigation: every page carries it whole, so that it decides how large pages are.
    kept = {"site_name": "Plain", "theme": theme, "plugins": ["search"], "nav": nav(real_guide())}
    kept["markdown_extensions"] = [*ours["markdown_extensions"], "tables"]
    (plain / "mkdocs.yml").write_text(yaml.safe_dump(kept, sort_keys=False), "utf-8")
    return len(pages)


def as_markdown(html: str, share: float) -> str:
    """The text of a page as an author would write it in Markdown, repeated until it is as large as the page was."""
    article = BeautifulSoup(html, "html.parser").find("article")
    assert isinstance(article, Tag)
    blocks = list(_blocks(article))
    wanted, written, text = share * len(str(article).encode()), 0, list[str]()
    while blocks and written < wanted:
        for block, becomes in blocks:
            text.append(block)
            written += becomes
            if written >= wanted:
                break
    return "\n\n".join(text) + "\n"


def _blocks(article: Tag) -> Iterator[tuple[str, int]]:
    """Blocks of Markdown, each with the bytes of HTML that will become of it."""
    for found in article.find_all(["h1", "h2", "h3", "h4", "p", "ul", "ol", "table", "pre"]):
        if found.find_parent(["table", "ul", "ol", "pre"]):
            continue
        if found.name == "pre":
            code = found.get_text().rstrip("\n")
            yield f"````yaml\n{code}\n````", 3 * len(code) + 120
        elif found.name == "table":
            rows = [[_line(cell) for cell in row.find_all(["th", "td"])] for row in found.find_all("tr")]
            width = max((len(row) for row in rows), default=0)
            if width > 1:
                filled = [row + [""] * (width - len(row)) for row in rows]
                lines = [f"| {' | '.join(row)} |" for row in (filled[0], ["---"] * width, *filled[1:])]
                yield "\n".join(lines), sum(len(cell) + 10 for row in filled for cell in row) + 12 * len(rows)
        elif found.name in ("ul", "ol"):
            items = [text for item in found.find_all("li") if (text := _line(item))]
            if items:
                yield "\n".join(f"- {item}" for item in items), sum(len(item) + 10 for item in items)
        elif text := _line(found):
            level = int(found.name[1]) if found.name[0] == "h" else 0
            mark = "#" * level + " " if level else ""
            yield f"{mark}{text}", len(text) + (2 * len(text) + 90 if level else 8)


def _line(element: Tag) -> str:
    """The text of an element on one line, with nothing that Markdown would read as a sign."""
    text = " ".join(element.get_text(" ").replace("\xb6", "").split())
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)


# As a guide grows


def scale(folder: Path) -> None:
    """Whole builds of generated guides."""
    print("\nWhole builds of generated guides")
    found: dict[int, Cost] = {}
    for options in SIZES:
        project = copy_of_project(folder / f"scale-{options}")
        text = json.dumps(complete_guide(options), indent=1)
        (project / "data" / "guide.yml").write_text(text, encoding="utf-8")
        cost = found[options] = run(project, "build", "-q")
        pages = sum(1 for _ in (project / "site").rglob("*.html"))
        print(
            f"  {options:4} options ({len(text) / 1e6:.1f} MB of YAML): {pages:4} pages, {size(project / 'site'):6.1f} MB,"
            f" {cost.clock:6.1f} s by the clock, {cost.processor:6.1f} s of processor time, {cost.memory:5.0f} MB of memory",
            flush=True,
        )
        shutil.rmtree(project)
    small, large = found[SIZES[0]], found[SIZES[-1]]
    factor = math.log(SIZES[-1] / SIZES[0])
    for number, what in ((1, "processor time"), (2, "memory")):
        print(f"  {what} grows with exponent {math.log(large[number] / small[number]) / factor:.2f}")


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description="What a build takes.")
    parser.add_argument("--only", choices=("ratio", "save", "scale"))
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    ensure_pyodide(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.only in (None, "ratio"):
            ratio(folder, arguments.rounds)
        if arguments.only in (None, "save"):
            save(folder / "save", "real guide")
            text = yaml.safe_dump(complete_guide(LARGE), sort_keys=False, allow_unicode=True, width=math.inf)
            save(folder / "save-large", f"generated guide of {LARGE} options", text)
        if arguments.only in (None, "scale"):
            scale(folder)


if __name__ == "__main__":
    main()
