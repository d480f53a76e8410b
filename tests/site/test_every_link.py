"""Links as they arrive, opened in a browser: what the visitor sees of a link that was rewritten on its way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import serve
from tests.support.sites import second_guide

pytestmark = pytest.mark.xdist_group("second")

READY = 90_000
GUIDE = second_guide()
QUESTION, OTHER = GUIDE.questions[:2]
ANSWER = QUESTION.answers[1].id
LINK = f"v=1&{QUESTION.id}={ANSWER}&{OTHER.id}=unsure&r={GUIDE.revision}"
OPTIONS = [option.id for option in GUIDE.options[:3]]


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """One who opens many links, each in a new tab."""
    with browser.new_context() as found:
        yield found


@pytest.fixture(scope="module")
def root(second_site: Path) -> Iterator[str]:
    with serve(second_site, "/guide") as address:
        yield address


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    with visitor.new_page() as tab:
        yield tab


def answered(page: Page) -> None:
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    control = page.locator(f'[data-question="{QUESTION.id}"][data-answer="{ANSWER}"]')
    expect(control).to_be_checked(timeout=READY)
    assert page.url.partition("#")[2].startswith("v=1&")


@pytest.mark.parametrize(
    "ending",
    [
        f"wizard/%23{LINK}",
        f"wizard%23{LINK}",
        f"wizard/%2523{quote(LINK, safe='')}",
        f"wizard/index.html%23{LINK}",
        f"WIZARD/#{LINK}",
        f"Wizard/%23{LINK.replace('&', '&amp;')}",
        f"wizard/{LINK}",
        f"wizard/?utm_source=mail&{LINK}",
        f"wizard/?utm_source=mail#{LINK}",
        f"wizard/#{LINK.replace('&', '&amp;')}",
        f"wizard/#{quote(LINK, safe='')}",
        f"wizard/#{quote(quote(LINK, safe=''), safe='')}",
        f"wizard/##{LINK}).",
    ],
)
def test_a_rewritten_link_opens_the_wizard_with_its_answers(page: Page, root: str, ending: str) -> None:
    page.goto(root + ending)
    answered(page)
    expect(page.locator(".dw-notice")).to_have_count(0)


def test_what_a_link_lost_or_gained_is_said_once(page: Page, root: str) -> None:
    page.goto(f"{root}wizard/#{LINK}&utm_source=mail&<img src=x onerror=alert(1)>=1")
    answered(page)
    notice = page.locator(".dw-notice")
    expect(notice).to_contain_text("Other programs added parts to the link, which were ignored: utm_source.")
    expect(notice.locator("img")).to_have_count(0)
    page.goto("about:blank")
    page.goto(f"{root}wizard/#{LINK[:-6]}")
    answered(page)
    expect(page.locator(".dw-notice li")).to_have_text(
        ["The end of the link is missing. Answers might be missing too."]
    )


def test_a_link_may_leave_the_revision_out(page: Page, root: str) -> None:
    page.goto(f"{root}wizard/#v=1&{QUESTION.id}={ANSWER}")
    answered(page)
    expect(page.locator(".dw-notice")).to_have_count(0)


@pytest.mark.parametrize(
    "ending",
    [
        f"compare/#compare={'+'.join(OPTIONS)}",
        f"compare/%23compare={'+'.join(OPTIONS)}",
        f"compare/#compare%3D{'%2B'.join(OPTIONS)}",
        f"compare/#compare={'%252B'.join(OPTIONS)}",
        f"compare/#compare={'+'.join(OPTIONS).upper()}&amp;utm_source=mail",
        f"COMPARE/#Compare={','.join(OPTIONS)}).",
    ],
)
def test_a_rewritten_comparison_opens(page: Page, root: str, ending: str) -> None:
    page.goto(root + ending)
    expect(page.locator("[data-compare] [data-status]")).to_contain_text(re.compile("they differ on"), timeout=READY)
    expect(page.locator("[data-compare] [data-status]")).not_to_contain_text("not known")
    assert [slot.input_value() for slot in page.locator("[data-compare] select").all()][:3] == OPTIONS


@pytest.mark.parametrize(
    "ending",
    [
        f"matrix/#hide={OPTIONS[0]}+{OPTIONS[1]}&fits={OPTIONS[2]}&answers={quote(LINK, safe='')}&show=all",
        f"matrix/%23hide={OPTIONS[0]}+{OPTIONS[1]}&fits={OPTIONS[2]}&answers={quote(LINK, safe='')}&show=all",
        f"matrix/#hide={OPTIONS[0]}%2B{OPTIONS[1]}&amp;fits={OPTIONS[2]}&amp;answers={quote(LINK, safe='')}&amp;show=all",
        f"matrix/#{quote(f'hide={OPTIONS[0]}+{OPTIONS[1]}&fits={OPTIONS[2]}&answers={quote(LINK)}&show=all', safe='')}",
        f"Matrix/#HIDE={OPTIONS[0].upper()},{OPTIONS[1]}&utm_source=x&fits={OPTIONS[2]}&answers={quote(LINK, safe='')}&show=all",
    ],
)
def test_a_rewritten_matrix_opens(page: Page, root: str, ending: str) -> None:
    page.goto(root + ending)
    status = page.locator("[data-matrix-status]")
    expect(status).to_contain_text(f"{len(GUIDE.options) - 2} of ", timeout=READY)
    expect(status).not_to_contain_text("not known")
    page.locator("[data-matrix-answers]").evaluate("(link) => link.click()")
    answered(page)


def test_the_matrix_names_what_it_does_not_know(page: Page, root: str) -> None:
    page.goto(f"{root}matrix/#hide={OPTIONS[0]}+gone&sort=<b>&without=other")
    said = page.locator("[data-matrix-status]")
    expect(said).to_contain_text("3 of the names in the address are not known here and left out: <b>, gone, other")


@pytest.mark.parametrize(
    "ending", ["no/such/%23v=1", "options/%23../../etc", "%23", "//evil.test/%23v=1", "%2523%2523"]
)
def test_a_wrong_address_with_a_number_sign_goes_nowhere_else(page: Page, root: str, ending: str) -> None:
    page.goto(root + ending)
    page.wait_for_timeout(1500)
    assert page.url.startswith(root)
