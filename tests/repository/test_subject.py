"""Any subject: the code knows none, and another guide's file is all that another site needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from hooks import ROOT
from hooks.source.load import load
from selector import Guide, recommend
from tests.support.browser import serve

GUIDES = {"real": ROOT / "data" / "guide.yml", "second": ROOT / "tests" / "guides" / "second.yml"}

CODE = ("selector", "hooks", "docs", "deploy", "mkdocs.yml", "CONTRIBUTING.md", "data/guide.schema.json")
ENDINGS = (".py", ".md", ".html", ".css", ".js", ".cjs", ".svg", ".yml", ".json", ".conf")

BY_HAND = {
    "kubernetes", "k8s", "kubectl", "secret", "secrets", "vault", "openbao", "sops", "etcd", "pod", "pods", "cluster",
    "clusters", "gitops", "argo", "argocd", "flux", "helm", "injector", "sidecar", "kms", "hsm", "unseal", "rotation",
    "copyleft", "gpl", "agpl", "mpl", "apache", "spdx", "patent", "patents", "contributor", "contributors", "maintainer",
}  # fmt: skip
"""Words of either subject that a programmer might write without noticing."""

PLAIN = {
    "age", "at rest", "access", "analysis", "app changes", "audit trail", "built in", "cost", "costs", "documents", "code",
    "data", "delivery", "effort", "few duties", "licence", "local development", "mount", "open source", "path", "recovery",
    "running", "change", "commitment", "protection", "workflow", "safety", "store", "sync", "deliver", "bootstrap", "none",
    "freedom and return", "service", "legal safety", "outage", "operations", "learning", "tenancy", "mit", "first", "changes",
}  # fmt: skip
"""Names in the guides that are ordinary words of ours too. MIT is the licence of this project."""


@cache
def data(name: str) -> dict[str, Any]:
    found = load(GUIDES[name]).data
    assert found is not None
    return found


def words_of(name: str) -> Iterator[str]:
    """Names of what a guide is about: its options, short names, roles and kinds."""
    for option in data(name)["options"]:
        yield from (option["name"], option["id"].replace("-", " "), option.get("short", option["name"]), option["kind"])
    for strategy in data(name)["strategies"]:
        yield strategy["name"]
    yield data(name)["guide"]["title"]


def files() -> list[Path]:
    found = [path for name in CODE for path in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*"))]
    return sorted(path for path in found if path.suffix in ENDINGS and "__pycache__" not in path.parts)


@pytest.mark.parametrize("name", GUIDES)
def test_no_word_of_the_subject_stands_in_the_code(name: str) -> None:
    wanted = {word.casefold() for word in (*words_of(name), *BY_HAND)} - PLAIN
    assert len(wanted) > 40
    pattern = re.compile(
        rf"(?<![\w-])({'|'.join(sorted(map(re.escape, wanted), key=len, reverse=True))})(?![\w-])", re.IGNORECASE
    )
    found = []
    for path in files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found += [f"{path.relative_to(ROOT)}:{number}: {word}" for word in pattern.findall(line)]
    assert len(files()) > 100
    assert found == []


def page_types(site: Path) -> set[str]:
    """Kinds of pages: "options/*" stands for the page of an option, whatever it is called."""
    names = (path.relative_to(site).parent.parts for path in site.rglob("index.html"))
    return {"/".join(parts[:1] if len(parts) < 2 else (parts[0], "*")) for parts in names}


def api_files(site: Path) -> set[str]:
    found = (path.relative_to(site) for path in (site / "api").rglob("*.*"))
    return {str(path.parent / f"*{path.suffix}") if len(path.parts) > 2 else str(path) for path in found}


@pytest.mark.xdist_group("site")
def test_another_guide_makes_the_same_kinds_of_pages_and_files(site: Path, second_site: Path) -> None:
    assert page_types(second_site) == page_types(site)
    assert api_files(second_site) == api_files(site)
    assert {"", "wizard", "matrix", "options/*", "criteria/*", "compare/*", "strategies/*", "examples/*", "edit"} <= (
        page_types(second_site)
    )


@pytest.mark.xdist_group("second")
def test_the_site_of_another_guide_says_nothing_of_the_first(second_site: Path) -> None:
    names = {name.casefold() for name in words_of("real")} - {name.casefold() for name in words_of("second")} - PLAIN
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    for path in second_site.rglob("*.html"):
        found = set(pattern.findall(path.read_text(encoding="utf-8").casefold()))
        assert not found, path


@pytest.mark.xdist_group("second")
def test_the_wizard_of_another_guide_recommends_what_the_host_recommends(browser: Browser, second_site: Path) -> None:
    guide = Guide.from_data(data("second"))
    entry = guide.data["examples"][0]
    with serve(second_site, "/another") as address:
        page = browser.new_page()
        page.goto(f"{address}examples/{entry['id']}/")
        page.locator("main a[href*='#v=1']").first.click()
        page.wait_for_selector("[data-wizard-state=ready]", timeout=90_000)
        page.locator("details[data-key=how] > summary").click()
        page.wait_for_selector("[data-region=ranking] [data-strategy]")
        want = [place.strategy.id for place in recommend(guide, entry["answers"]).places]
        got = page.locator("[data-region=ranking] [data-strategy]").evaluate_all(
            "found => found.map((element) => element.dataset.strategy)"
        )
        assert got == want[: len(got)] and len(got) > 5
        page.close()


def test_the_second_guide_says_that_it_is_for_tests_only() -> None:
    head = GUIDES["second"].read_text(encoding="utf-8").split("\nformat:")[0]
    assert "for tests only" in head and "from memory" in head and "never" in head
