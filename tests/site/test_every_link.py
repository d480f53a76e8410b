"""Links as they arrive, opened in a browser: what the visitor sees of a link that was rewritten on its way."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import Handler, serve
from tests.support.sites import second_guide

pytestmark = pytest.mark.xdist_group("second")

READY = 90_000
GUIDE = second_guide()
QUESTION, OTHER = GUIDE.questions[:2]
ANSWER = QUESTION.answers[1].id
LINK = f"v=1&{QUESTION.id}={ANSWER}&{OTHER.id}=unsure&r={GUIDE.revision}"
WIDE = str.maketrans("=&%", "＝＆％")
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
        f"wizard＃{LINK.translate(WIDE)}",
        f"wizard/#{LINK.translate(WIDE)}",
        f"wizard/%E2%80%8B#{LINK}",
        f"%20wizard/#{LINK}",
        f"wizard//#{LINK}",
        f"wizard/#{LINK.replace('=', '=%0D%0A%3E%20', 2)}”)._*]",
        f"wizard?{LINK.replace('&', '&amp;')}",
    ],
)
def test_a_rewritten_link_opens_the_wizard_with_its_answers(page: Page, root: str, ending: str) -> None:
    page.goto(root + ending)
    answered(page)
    expect(page.locator(".dw-notice")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"url={quote(f'https://host.test/wizard/#{LINK}', safe='')}&data=05&reserved=0", "url, data, reserved"),
        (f"u={quote(quote(f'https://host.test/wizard/#{LINK}', safe=''), safe='')}", "u"),
        (f"q=https://host.test/wizard/%23{LINK}", "q"),
        (f"{LINK}&utm_medium=mail", "utm_medium"),
        (f"{LINK}#dw-q-x", "dw-q-x"),
    ],
)
def test_answers_in_the_query_are_read_and_what_is_around_them_is_named(
    page: Page, root: str, query: str, said: str
) -> None:
    page.goto(f"{root}wizard/?{query}")
    answered(page)
    assert "?" not in page.url
    expect(page.locator(".dw-notice li")).to_have_count(1)
    expect(page.locator(".dw-notice")).to_contain_text(f"ignored: {said}.")


def test_answers_behind_the_number_sign_count_before_those_of_the_query(page: Page, root: str) -> None:
    page.goto(f"{root}wizard/?v=1&{QUESTION.id}={QUESTION.answers[0].id}#{LINK}")
    answered(page)
    expect(page.locator(".dw-notice")).to_have_count(0)


class Exact(Handler):
    """A host that takes no two slashes for one."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        if "//" not in self.path.partition("?")[0]:
            return super().send_head()
        self.send_error(404)
        return None


@pytest.mark.parametrize("path", ["/wizard/", "wizard//", "/wizard//", "///WIZARD//index.html"])
@pytest.mark.parametrize("sign", ["#", "?", "%23"])
def test_slashes_too_many_lead_on(page: Page, second_site: Path, path: str, sign: str) -> None:
    with serve(second_site, "/guide", base=Exact) as address:
        page.goto(f"{address}{path}{sign}{LINK}")
        answered(page)
        assert page.url.startswith(f"{address}wizard/#")
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
        f"compare/?compare={'+'.join(OPTIONS)}",
        f"compare/?url={quote('https://host.test/compare/#compare=' + '+'.join(OPTIONS), safe='')}&data=05",
        f"compare/#compare＝{'，'.join(OPTIONS)}#data-files",
        f"compare/#compare={'%0D%0A%3E%20+'.join(OPTIONS)}%E2%80%9D",
        f"compare//#compare={'+'.join(OPTIONS)}",
    ],
)
def test_a_rewritten_comparison_opens(page: Page, root: str, ending: str) -> None:
    page.goto(root + ending)
    expect(page.locator("[data-compare] [data-status]")).to_contain_text(re.compile("they differ on"), timeout=READY)
    expect(page.locator("[data-compare] [data-status]")).not_to_contain_text("not known")
    assert [slot.input_value() for slot in page.locator("[data-compare] select").all()][:3] == OPTIONS


def two_are_hidden(page: Page) -> None:
    """The matrix has read the link: all options but two, and no name that it does not know."""
    status = page.locator("[data-matrix-status]")
    expect(status).to_contain_text(f"{len(GUIDE.options) - 2} of ", timeout=READY)
    expect(status).not_to_contain_text("not known")


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
    two_are_hidden(page)
    page.locator("[data-matrix-answers]").evaluate("(link) => link.click()")
    answered(page)


def test_a_matrix_in_a_gateways_address_opens(page: Page, root: str) -> None:
    inside = f"hide={OPTIONS[0]}+{OPTIONS[1]}&fits={OPTIONS[2]}&answers={quote(LINK, safe='')}&show=all"
    for query in (inside, f"url={quote(f'https://host.test/matrix/#{inside}', safe='')}"):
        page.goto(f"{root}matrix/?{query}")
        two_are_hidden(page)
    page.locator("[data-matrix-answers]").evaluate("(link) => link.click()")
    answered(page)


def test_a_label_behind_a_name_is_said_and_the_name_is_kept(page: Page, root: str) -> None:
    page.goto(f"{root}matrix/#hide={OPTIONS[0]}+{OPTIONS[1]}|label")
    said = page.locator("[data-matrix-status]")
    expect(said).to_contain_text(f"{len(GUIDE.options) - 2} of ")
    expect(said).to_contain_text("1 of the names in the address is not known here and left out: |label")


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
