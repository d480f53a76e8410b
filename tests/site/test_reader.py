"""A visitor's folder, read in a real browser: answers and findings come out, values never do, and nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.axe import faults_in_both_schemes, install
from tests.support.browser import WATCH, until
from tests.support.secret_files import CANARY, SECRET_FILES

pytestmark = pytest.mark.xdist_group("reader")

READY = 120_000
"""Milliseconds that a slow machine may take to start Python and to read a small folder."""

SEALED = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: {name}\nspec:\n  encryptedData:\n    key: {value}\n"
PLAIN = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: plain\nstringData:\n  password: {value}\n"
FLUX = (
    "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  path: ./apps\n"
)
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("visitor") / "repository"
    files = {
        **{f"kinds/{path}": text for path, text in SECRET_FILES.items()},
        "apps/a/sealed.yaml": SEALED.format(name="a", value=CANARY),
        "apps/b/sealed.yaml": SEALED.format(name=f"'{CANARY} {MARKUP}'", value=CANARY),
        f"apps/{MARKUP}/plain.yaml": PLAIN.format(value=CANARY),
        "apps/b/values.yaml": f"db:\n  password: {CANARY}\n",
        "apps/c/secret.enc.yaml": f"password: {CANARY}\nsops:\n  mac: {CANARY}\n  lastmodified: x\n  age:\n    - recipient: {CANARY}\n",
        "flux/apps.yaml": FLUX,
        "node_modules/x/sealed.yaml": SEALED.format(name="foreign", value="x"),
        "docs/sealed.yaml": SEALED.format(name="shown", value="x"),
        ".env": f"PASSWORD={CANARY}\n",
    }
    for path, text in files.items():
        place = top / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return top


class Visit:
    """A page, everything it says and asks for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.add_init_script(WATCH)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("request", lambda request: self.asked.append(f"{request.url} {request.post_data or ''}"))

    def read(self, address: str, folder: Path) -> None:
        self.page.goto(address)
        self.page.set_input_files("[data-pick]", folder)
        expect(self.page.locator(".dw-found")).to_be_visible(timeout=READY)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(  # with what the site keeps for later, which must hold no value either
        service_workers="allow", reduced_motion="reduce", viewport={"width": 1440, "height": 900}
    )
    yield Visit(context.new_page())
    context.close()


def test_the_wizard_reads_a_folder(visit: Visit, served: str, folder: Path) -> None:
    page = visit.page
    visit.read(f"{served}/wizard/", folder)
    found = page.locator(".dw-found")
    expect(found).to_contain_text("You run: ")
    expect(found).to_contain_text("2 SealedSecrets")
    expect(found.locator('[data-warning="plain-secret"]')).to_contain_text(" Secrets in plain text")
    expect(page.locator(".dw-found h2")).to_be_focused()

    gitops = page.locator('[data-read-answer="gitops"]')
    expect(gitops).to_have_attribute("data-state", "read")
    expect(page.locator('input[name="q.gitops"][value="flux"]')).to_be_checked()
    chip = page.locator('.dw-given [data-goto="dw-q-gitops"]')
    expect(chip).to_contain_text("from your files")

    gitops.get_by_role("button", name="Confirm").click()
    expect(gitops).to_have_attribute("data-state", "said", timeout=READY)
    expect(chip).not_to_contain_text("from your files")

    tools = page.locator('[data-read-answer="tools"]')
    tools.get_by_role("button", name="Drop").click()
    expect(tools).to_have_attribute("data-state", "dropped", timeout=READY)
    expect(page.locator('input[name="q.tools"]:checked')).to_have_count(0)

    chip.click()
    page.locator('input[name="q.gitops"][value="argocd"]').check()
    expect(gitops).to_have_attribute("data-state", "other", timeout=READY)
    gitops.get_by_role("button", name="Use what was read").click()
    expect(page.locator('input[name="q.gitops"][value="flux"]')).to_be_checked(timeout=READY)

    check_nothing_leaks(visit, served)


def test_a_folder_can_be_dropped(visit: Visit, served: str, folder: Path) -> None:
    page = visit.page
    page.goto(f"{served}/wizard/")
    box = page.locator("decision-reader").bounding_box()
    assert box is not None
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    browser = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})
    expect(page.locator(".dw-found")).to_contain_text("2 SealedSecrets", timeout=READY)
    check_nothing_leaks(visit, served)


def test_what_was_said_before_stays(visit: Visit, served: str, folder: Path) -> None:
    visit.read(f"{served}/wizard/#v=1&gitops=argocd", folder)
    expect(visit.page.locator('input[name="q.gitops"][value="argocd"]')).to_be_checked()
    expect(visit.page.locator('[data-read-answer="gitops"]')).to_have_attribute("data-state", "other")


def test_the_home_page_reads_a_folder_and_leads_into_the_wizard(visit: Visit, served: str, folder: Path) -> None:
    page = visit.page
    visit.read(f"{served}/", folder)
    expect(page.locator(".dw-found")).to_contain_text("2 SealedSecrets")
    check_nothing_leaks(visit, served)
    page.get_by_role("link", name="Go on with these answers").click()
    expect(page.locator('input[name="q.gitops"][value="flux"]')).to_be_checked(timeout=READY)


STORED = """async () => {
  const kept = [{...localStorage}, {...sessionStorage}, document.cookie, history.state, await indexedDB.databases()];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept.push(request.url, await (await cache.match(request)).text());
    }
  }
  return JSON.stringify(kept);
}"""
"""Everything that the browser keeps for the site."""


def check_nothing_leaks(visit: Visit, served: str) -> None:
    """No value in the page, its address, its storage, its console or a request; no markup from names of files."""
    page = visit.page
    stored = page.evaluate(STORED)
    for text in (page.content(), page.url, stored, *visit.said, *visit.asked):
        assert CANARY not in text
    origin = served.rsplit("/", 1)[0]
    assert [url for url in visit.asked if not url.startswith((origin, "blob:", "data:"))] == []
    assert page.locator(".dw-found img").count() == 0
    assert page.evaluate("window.wrong") == []


def test_reading_can_be_cancelled(visit: Visit, served: str, tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.yaml").write_text(FLUX * 400)
    page = visit.page
    page.goto(f"{served}/wizard/")
    page.set_input_files("[data-pick]", tmp_path)
    page.get_by_role("button", name="Cancel").click()
    # What the worker said before it heard of it may come later.
    late = {"round": 1, "state": "reading", "done": 1, "total": 400, "bytes": 1}
    page.evaluate("(late) => document.querySelector('decision-reader').show(late)", late)
    expect(page.locator("[data-reader-said]")).to_have_text("Cancelled. Nothing was kept.")
    until(page, "() => document.querySelector('decision-wizard').dataset.wizardState === 'ready'")
    page.wait_for_timeout(1000)
    expect(page.locator(".dw-found")).to_have_count(0)


def test_a_phone_shows_the_command(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{served}/wizard/")
    expect(page.locator(".dw-reader-command")).to_be_visible()
    expect(page.locator(".dw-reader-pick")).to_be_hidden()
    context.close()


def test_axe_finds_nothing_in_what_was_read(browser: Browser, served: str, folder: Path) -> None:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    visit = Visit(context.new_page())
    visit.read(f"{served}/wizard/", folder)
    install(visit.page)
    assert faults_in_both_schemes(visit.page) == []
    context.close()
