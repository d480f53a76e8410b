"""Replies of the worker that come late or at a bad moment.

What follows a result comes late on a slow machine: how sure it is, what would change it, what it costs. Room is kept for it,
so that nothing moves under a reader who has begun to read.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import WATCH, unmoved, until
from tests.support.real_guide import guide_data
from tests.support.wizard_states import answers_for, link_for

pytestmark = pytest.mark.xdist_group("reader")

DELIVER = """
const Plain = Worker;
window.Worker = class extends Plain {
  set onmessage(take) {
    super.onmessage = (event) => deliver(event.data.data, () => take.call(this, event));
  }
};
"""
"""Each reply of the worker is given to `deliver`, with what hands it to the page."""

SLOW = f"""{DELIVER}
const LATE = 250;
const deliver = (reply, take) => {{
  if (reply?.done === undefined) take();
  else setTimeout(() => {{ take(); window.complete = reply.done; }}, LATE);
}};
window.results = 0;
document.addEventListener('wizard:result', () => painted(() => painted(() => {{
  window.forgetShifts(); // a link that is opened may bring a preview first: that was asked for
  window.complete = false;
  window.results += 1;
}})));
"""
"""A worker whose first reply comes as it is made, and each later part long after it: in the order in which they were sent."""

EVERY = 8
"""One worked example of so many is opened."""


@pytest.mark.parametrize("size", [(1440, 900), (1024, 800), (390, 844)], ids=["desktop", "tablet", "phone"])
def test_nothing_moves_when_the_rest_of_a_result_comes_late(
    browser: Browser, served: str, size: tuple[int, int]
) -> None:
    examples = [example["answers"] for example in guide_data()["examples"]][::EVERY]
    with browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce") as context:
        context.add_init_script(WATCH + SLOW)
        page = context.new_page()
        page.goto(f"{served}wizard/#{link_for(examples[0])}")
        for number, answers in enumerate(examples, 1):
            page.evaluate("(link) => { location.hash = link; }", link_for(answers))
            until(page, "(number) => window.results === number", number)
            until(page, "window.complete")
            page.wait_for_timeout(100)
            unmoved(page, 0.005)


MEETING = f"""{DELIVER}
const deliver = (reply, take) => {{
  if (window.arriving && reply?.link !== undefined) {{
    location.hash = window.arriving;
    window.arriving = null;
  }}
  take();
}};
"""
"""A link is put into the address at the very moment when the reply to a question comes: the browser tells of it afterwards."""


def test_a_link_that_arrives_with_a_reply_is_opened(browser: Browser, served: str) -> None:
    link = link_for(answers_for("leader"))
    with browser.new_context() as context:
        context.add_init_script(WATCH + MEETING)
        page = context.new_page()
        page.goto(f"{served}wizard/")
        page.evaluate("(link) => { window.arriving = link; }", link)
        page.locator("#dw-form input[type=radio]:visible").first.check()
        until(page, "!window.arriving")
        page.wait_for_timeout(300)
        until(page, "!document.querySelector('[data-stale], [data-opening]')")
        expect(page.locator(".dw-leader-leader")).to_be_visible()
        assert set(link.split("&")) <= set(page.url.partition("#")[2].split("&"))
        assert page.evaluate("window.wrong") == []
