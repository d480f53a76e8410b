"""The wizard in a real Chromium, used as a visitor uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from time import monotonic
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from selector import recommend, recommendation_data
from selector.analysis.steps import Analysis
from selector.case.answers import check_case
from selector.case.core import ENOUGH
from selector.case.link import encode
from tests.support.browser import SHIFTS, launch, unmoved
from tests.support.real_guide import guide_data, real_guide

pytestmark = pytest.mark.xdist_group("wizard")

READY = 90_000
"""Milliseconds that a slow machine may take to start Python."""

GATHER = f"""{SHIFTS}
window.results = [];
window.violations = [];
window.errors = [];
addEventListener('error', (event) => window.errors.push(String(event.message)));
addEventListener('unhandledrejection', (event) => window.errors.push(String(event.reason)));
document.addEventListener('wizard:result', (event) => window.results.push(event.detail));
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));
"""

GIT = {"sealed-secrets", "sops", "ksops"}
CLOUD = {option["id"] for option in guide_data()["options"] if "cloud" in option.get("tags", ())}
LEASES = {"vault", "openbao", "self-run"}
SYNC = {"eso", "vso"}

SITUATIONS: dict[str, list[set[str]]] = {
    "simplest": [{"native-secrets"}],
    "flux": [{"sops"}],
    "argocd-no-store": [{"sealed-secrets"}],
    "per-pod-credentials": [LEASES],
    "many-clusters-cloud": [CLOUD, {"eso"}],
    "lowest-cost": [{"native-secrets", "sealed-secrets", "sops"}],
    "provider-sdk": [CLOUD],
    "static-and-rotating": [{"sops"}, SYNC, CLOUD | LEASES],
    "static-and-rotating-argocd": [{"sealed-secrets"}, SYNC, CLOUD | LEASES],
    "vault-and-charts": [{"vault"}, SYNC],
}
"""What the published advice says in these situations (ids of the guide's examples): what ranks first must hold one
option of each set."""

FIRST = real_guide().data["questions"][0]
CORE = {name: real_guide().entry("examples", "flux")["answers"][name] for name in real_guide().core
        if name in real_guide().entry("examples", "flux")["answers"]}  # fmt: skip
"""Core answers that are enough for a recommendation."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser: desk-sized, nothing remembered."""
    found = browser.new_context(viewport={"width": 1440, "height": 900})
    found.add_init_script(GATHER)
    yield found
    found.close()


@pytest.fixture(scope="module")
def shared(browser: Browser, served: str) -> Iterator[Page]:
    """One wizard, ready, for tests that leave it as they found it: see `fresh`."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(GATHER)
    yield opened(context, served)
    context.close()


@pytest.fixture
def wizard(shared: Page) -> Iterator[Page]:
    """The shared wizard without answers. A problem in the page's scripts or with its policy fails the test."""
    shared.evaluate("window.results.length = 0")
    shared.get_by_role("button", name="Start again").click()
    # Its result is in: one that came later would take the place of a link that a test opens.
    until(shared, "window.results.length && !document.querySelector('[data-region=ranking] [data-strategy]')")
    until(shared, "!location.hash")
    shared.evaluate("window.results.length = 0")
    yield shared
    assert shared.evaluate("[...window.errors, ...window.violations]") == []


def until(page: Page, condition: str, arg: Any = None, seconds: float = 30) -> Any:
    """Wait until a condition in the page gives something, and return that.

    Playwright's own wait_for_function evaluates text inside the page, which the page's policy forbids.
    """
    end = monotonic() + seconds
    while not (found := page.evaluate(condition, arg)):
        assert monotonic() < end, f"never came true: {condition}"
        page.wait_for_timeout(30)
    return found


def opened(context: BrowserContext, served: str, fragment: str = "") -> Page:
    """The wizard's page, ready."""
    page = context.new_page()
    page.goto(f"{served}wizard/{fragment}")
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    if fragment:
        until(page, "window.results.length > 0")
    return page


def answer(page: Page, answers: dict[str, Any]) -> dict[str, Any]:
    """Give answers as a visitor does, and wait for their result. Those that are given already stay."""
    for question, given in answers.items():
        if isinstance(given, int):
            reached(page, question).locator('[type="number"]').fill(str(given))
            continue
        for one in given if isinstance(given, list) else [given]:
            box = page.locator(f'[data-question="{question}"][data-answer="{one}"]')
            if not box.is_checked():
                reached(page, question)
                box.check()
    return result_for(page, answers)


def reached(page: Page, question: str) -> Any:
    """A question in sight: its fold is opened, and an answered one is opened by its entry among the answers."""
    frame = page.locator(f"#dw-q-{question}")
    fold = page.locator(f"details:not([open]):has(#dw-q-{question}) > summary")
    if fold.count():
        fold.first.click()
    back = page.locator(f'.dw-given [data-goto="dw-q-{question}"]')
    if not frame.is_visible() and back.count():
        back.first.click()
    return frame


def result_for(page: Page, answers: dict[str, Any]) -> dict[str, Any]:
    """The result that belongs to these answers, once it is there."""
    result: dict[str, Any] = until(
        page,
        """(wanted) => {
          const found = window.results.at(-1);
          const text = (answers) => JSON.stringify(Object.entries(answers).sort());
          return found && text(found.answers) === text(wanted) && found;
        }""",
        answers,
    )
    return result


def example(name: str) -> dict[str, Any]:
    """The answers of one of the guide's examples."""
    answers: dict[str, Any] = real_guide().entry("examples", name)["answers"]
    return answers


def link_of(answers: dict[str, Any]) -> str:
    return encode(check_case(real_guide(), answers), real_guide().revision)


def ranked(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-region=ranking] [data-strategy]", "all => all.map(e => e.dataset.strategy)")


# ---- answers to recommendation ----


@pytest.mark.parametrize("name", SITUATIONS)
def test_visitor_gets_the_published_advice_and_the_same_result_as_on_the_host(wizard: Page, name: str) -> None:
    answers = example(name)
    result = answer(wizard, answers)
    for leader in result["leaders"]:
        assert all(wanted & set(leader.split("+")) for wanted in SITUATIONS[name]), leader
    assert result == json.loads(json.dumps(recommendation_data(recommend(real_guide(), answers))))
    leader = real_guide().strategy(result["leaders"][0])
    expect(wizard.locator("[data-region=leader]")).to_contain_text(leader.name)
    assert ranked(wizard) == [row["id"] for row in result["ranking"]]


def test_first_answers_name_no_setup_and_enough_core_answers_do(wizard: Page) -> None:
    heading = wizard.locator("[data-region=leader] h2")
    expect(heading).to_have_text("Your recommendation appears here")
    given: dict[str, Any] = {}
    for question, one in list(CORE.items())[: ENOUGH - 1]:
        given[question] = one
        result = answer(wizard, dict(given))
        expect(heading).to_contain_text("setups fit so far")
        assert result["leaders"] and ranked(wizard) == []
        expect(wizard.locator("[data-region=bar]")).not_to_contain_text("Recommended")
    question, one = list(CORE.items())[ENOUGH - 1]
    answer(wizard, given | {question: one})
    expect(wizard.locator("[data-region=leader] h3").first).to_be_attached()
    assert len(ranked(wizard)) == len(real_guide().strategies)
    wizard.locator(f'[data-goto="dw-q-{question}"]').first.click()
    wizard.locator(f'[data-clear="q.{question}"]').click()
    result_for(wizard, given)
    expect(heading).to_contain_text("setups fit so far")


def test_answered_questions_fold_into_a_list_and_come_back_to_be_changed(wizard: Page) -> None:
    first, second = list(CORE)[:2]
    answer(wizard, {first: CORE[first]})
    expect(wizard.locator(f"#dw-q-{first}")).to_be_visible()  # while it is being answered
    answer(wizard, {first: CORE[first], second: CORE[second]})
    expect(wizard.locator(f"#dw-q-{first}")).to_be_hidden()
    chip = wizard.locator(f'.dw-given [data-goto="dw-q-{first}"]')
    expect(chip).to_be_visible()
    chip.click()
    expect(wizard.locator(f"#dw-q-{first}")).to_be_visible()
    assert wizard.evaluate("document.activeElement.dataset.question") == first


def test_none_of_these_goes_with_no_other_answer(wizard: Page) -> None:
    entry = next(q for q in guide_data()["questions"] if q["kind"] == "many" and q.get("core"))
    alone = next(a["id"] for a in entry["answers"] if a.get("alone"))
    other = next(a["id"] for a in entry["answers"] if not a.get("alone"))
    box = {one: wizard.locator(f'[data-question="{entry["id"]}"][data-answer="{one}"]') for one in (alone, other)}
    answer(wizard, {entry["id"]: [other]})
    box[alone].check()
    expect(box[other]).not_to_be_checked()
    result_for(wizard, {entry["id"]: [alone]})
    box[other].check()
    expect(box[alone]).not_to_be_checked()
    result_for(wizard, {entry["id"]: [other]})


def test_a_question_with_a_condition_appears_when_it_holds(wizard: Page) -> None:
    question = next(item for item in guide_data()["questions"] if "ask_when" in item)
    frame = wizard.locator(f"#dw-q-{question['id']}")
    expect(frame).to_be_hidden()
    reached(wizard, question["id"])
    expect(frame).to_be_hidden()
    asks, one = question["ask_when"]["question"], question["ask_when"]["any"][0]
    answer(wizard, {asks: [one] if real_guide().question(asks).kind == "many" else one})
    expect(frame).to_be_visible()


def test_last_answer_wins(wizard: Page) -> None:
    """Twenty changes in one go: the shown result is the last one's, and most of the others were never worked out."""
    wizard.evaluate(
        """() => {
          const inputs = [...document.querySelectorAll('[data-question][type=radio]')].slice(0, 8);
          for (let round = 0; round < 5; round++) for (const input of inputs) input.click();
        }"""
    )
    said = wizard.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-question]:checked')]
             .map((input) => [input.dataset.question, input.dataset.answer]))"""
    )
    result_for(wizard, said)
    assert wizard.evaluate("window.results.length") < 10


def test_focus_open_panels_and_scrolling_survive_an_answer(wizard: Page) -> None:
    answer(wizard, example("flux"))
    wizard.locator(".dw-how[data-key=how] > summary").click()
    panel = wizard.locator("[data-region=weights] details.dw-weight").first
    panel.locator("summary").click()
    key = panel.get_attribute("data-key")
    wizard.locator("[data-region=excluded]").scroll_into_view_if_needed()
    radio = wizard.locator(f'[data-question="{FIRST["id"]}"][data-answer="{FIRST["answers"][0]["id"]}"]')
    reached(wizard, FIRST["id"])
    radio.focus()
    wizard.wait_for_timeout(800)  # where it leads is scrolled to
    before = wizard.evaluate("scrollY")
    wizard.keyboard.press("Space")
    result_for(wizard, example("flux") | {FIRST["id"]: FIRST["answers"][0]["id"]})
    assert wizard.locator(f'details.dw-weight[data-key="{key}"]').get_attribute("open") is not None
    expect(radio).to_be_focused()
    assert abs(wizard.evaluate("scrollY") - before) < 400  # the browser may follow what is being read, never jump away


def test_any_strategy_can_be_compared(wizard: Page) -> None:
    answer(wizard, example("flux"))
    wizard.locator(".dw-how[data-key=how]").evaluate("(fold) => fold.open = true")
    row = wizard.locator("[data-region=ranking] [data-status=feasible]").nth(2)
    name = row.locator(".dw-row-name").inner_text()
    row.get_by_role("button", name="Compare").click()
    heading = wizard.locator("[data-region=reasons] h2")
    expect(heading).to_contain_text(f"Why not {name}?")
    expect(heading).to_be_focused()


def test_a_requirement_can_be_allowed_anyway(wizard: Page) -> None:
    answers = example("argocd-no-store")
    before = answer(wizard, answers)
    out = {row["id"] for row in before["ranking"] if row["status"] == "excluded"}
    wizard.locator("[data-region=excluded] .dw-requirement > summary").first.click()
    box = wizard.locator("[data-region=excluded] input[name=relax]").first
    name = box.get_attribute("value")
    box.check()
    until(wizard, "(name) => window.results.at(-1).relax.includes(name)", name)
    expect(box).to_be_checked()
    after = wizard.evaluate("window.results.at(-1)")
    assert {row["id"] for row in after["ranking"] if row["status"] == "excluded"} <= out
    assert after == json.loads(json.dumps(recommendation_data(recommend(real_guide(), answers, relax=[name]))))


def test_a_slider_sets_the_weight_and_keeps_focus(wizard: Page) -> None:
    answers = example("flux")
    answer(wizard, answers)
    wizard.locator(".dw-how[data-key=how]").evaluate("(fold) => fold.open = true")
    panel = wizard.locator("[data-region=weights] details.dw-weight").first
    panel.locator("summary").click()
    slider = panel.locator("input[type=range]")
    criterion = panel.get_attribute("data-key")
    points = int(slider.input_value())
    slider.focus()
    for _ in range(3):
        wizard.keyboard.press("ArrowLeft")
    until(wizard, "([id, points]) => window.results.at(-1).weights[id] === points", [criterion, points - 3])
    expect(slider).to_be_focused()
    expect(panel).to_contain_text("set by you")
    wizard.get_by_role("button", name="Reset to weights from your answers").click()
    until(wizard, "!Object.keys(window.results.at(-1).weights).length")


def test_a_preset_fills_the_form(wizard: Page) -> None:
    entry = real_guide().data["examples"][1]
    wizard.locator("[data-region=leader] a", has_text=entry["title"]).click()
    result_for(wizard, entry["answers"])
    for question, given in entry["answers"].items():
        for one in given if isinstance(given, list) else [given]:
            expect(wizard.locator(f'[data-question="{question}"][data-answer="{one}"]')).to_be_checked()
    expect(wizard.locator(".dw-given li")).to_have_count(len(entry["answers"]))


def test_listeners_are_told_the_leader(wizard: Page) -> None:
    result = answer(wizard, example("flux"))
    status = wizard.locator("[data-region=summary]")
    expect(status).to_have_attribute("role", "status")
    expect(status).to_contain_text(real_guide().strategy(result["leaders"][0]).name)


# ---- address, files, clipboard ----


def test_back_forward_and_reload_keep_the_answers(context: BrowserContext, served: str) -> None:
    page = opened(context, served)
    one, two = (question for question in guide_data()["questions"][:2])
    first = {one["id"]: one["answers"][0]["id"]}
    both = first | {two["id"]: two["answers"][1]["id"]}
    answer(page, first)
    answer(page, both)
    page.go_back()
    result_for(page, first)
    expect(page.locator(f'[data-question="{two["id"]}"]:checked')).to_have_count(0)
    page.go_forward()
    result_for(page, both)
    page.reload()
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    result_for(page, both)
    expect(page.locator(f'[data-question="{two["id"]}"]:checked')).to_have_count(1)
    page.go_back()
    page.go_back()
    result_for(page, {})


def test_an_anchor_does_not_lose_the_answers(wizard: Page) -> None:
    answer(wizard, example("flux"))
    address = wizard.evaluate("location.hash")
    wizard.evaluate("location.hash = 'dw-result'")
    until(wizard, "(wanted) => location.hash === wanted", address)


def test_share_link_copied_by_one_opens_the_same_result_for_another(browser: Browser, served: str) -> None:
    answers = example("static-and-rotating")
    with browser.new_context() as sender:
        sender.add_init_script(GATHER)
        sender.grant_permissions(["clipboard-read", "clipboard-write"])
        page = opened(sender, served)
        sent = answer(page, answers)
        page.get_by_role("button", name="Copy link").first.click()
        expect(page.locator("[data-said]")).to_have_text("Copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{served}wizard/#v=1&")
    with browser.new_context() as receiver:
        receiver.add_init_script(GATHER)
        page = opened(receiver, served, f"#{copied.partition('#')[2]}")
        assert result_for(page, answers) == sent


HOSTILE = {
    "script": "<script>window.hacked = true</script>",
    "image": "v=1&r=x&<img src=x onerror=window.hacked=true>=1",
    "encoded": "v=1&r=x&%22%3E%3Cimg%20src%3Dx%20onerror%3D%22window.hacked%3Dtrue%22%3E=x",
    "unknown": "v=1&r=000000000000&nowhere=nothing&w.none=3",
    "long": "v=1&" + "a=b&" * 25_000,
    "noise": "=" + "%00%ff&" * 50,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_links_are_ignored_with_a_notice(wizard: Page, name: str) -> None:
    before = wizard.evaluate("document.querySelectorAll('script, img, iframe, object').length")
    wizard.evaluate("(text) => { location.hash = text; }", HOSTILE[name])
    notice = wizard.locator("[data-region=notice] li").first
    expect(notice).to_be_visible()
    assert wizard.evaluate("document.querySelectorAll('script, img, iframe, object').length") == before
    assert wizard.evaluate("window.hacked") is None
    assert until(wizard, "window.results.at(-1)")["crowned"] is False


def test_a_hostile_link_opened_first_leaves_a_working_wizard(context: BrowserContext, served: str) -> None:
    page = opened(context, served, "#v=1&<script>alert(1)</script>=x")
    expect(page.locator("[data-region=notice] li").first).to_be_visible()
    answer(page, {FIRST["id"]: FIRST["answers"][0]["id"]})
    expect(page.locator("[data-region=notice] li")).to_have_count(0)


def test_the_result_can_be_downloaded(wizard: Page) -> None:
    result = answer(wizard, example("flux"))
    with wizard.expect_download() as download:
        wizard.locator('[data-region=record] details[data-key="data"] > summary').click()
        wizard.get_by_role("button", name="Download result (JSON)").click()
    assert json.loads(download.value.path().read_text("utf-8")) == result


def test_first_files_can_be_copied(browser: Browser, served: str) -> None:
    answers = example("flux")
    with browser.new_context() as context:
        context.add_init_script(GATHER)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = opened(context, served, f"#{link_of(answers)}")
        page.locator("[data-region=files] summary").first.click()
        file = page.locator("[data-region=files] figure").first
        file.get_by_role("button", name="Copy").click()
        expect(page.locator("[data-said]")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == file.locator("pre").text_content()
        commands = page.locator("[data-region=files] details", has=page.locator(".dw-line")).first
        commands.evaluate("fold => fold.open = true")
        commands.get_by_role("button", name="Copy").click()
        path = commands.locator("summary").inner_text()
        written = [
            one["content"] for option in guide_data()["options"] for one in option["starter"] if one["path"] == path
        ]
        until(page, "texts => navigator.clipboard.readText().then(text => texts.includes(text))", written)


# ---- keyboard, phone, calm ----


def test_keyboard_alone_answers_and_reads_why(wizard: Page) -> None:
    wizard.get_by_role("button", name="Start again").focus()
    for _ in range(20):
        wizard.keyboard.press("Tab")
        if wizard.evaluate("document.activeElement.dataset.question"):
            break
    assert wizard.evaluate("document.activeElement.dataset.question") == FIRST["id"]
    wizard.keyboard.press("Space")
    result_for(wizard, {FIRST["id"]: FIRST["answers"][0]["id"]})
    wizard.keyboard.press("ArrowDown")
    result_for(wizard, {FIRST["id"]: FIRST["answers"][1]["id"]})
    answer(wizard, example("flux") | {FIRST["id"]: FIRST["answers"][1]["id"]})
    wizard.locator("[data-region=alternatives] [data-rival]").first.focus()
    wizard.keyboard.press("Enter")
    expect(wizard.locator("[data-region=reasons] h2")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_nothing_jumps_while_results_change(browser: Browser, served: str, width: int, height: int) -> None:
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        context.add_init_script(GATHER)
        page = opened(context, served)
        given: dict[str, Any] = {}
        for question, one in example("many-clusters-cloud").items():
            given[question] = one
            answer(page, given)
        page.wait_for_timeout(600)
        unmoved(page)


def test_an_answer_given_while_the_calculator_loads_moves_nothing(browser: Browser, served: str) -> None:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_init_script(GATHER)
        page = context.new_page()
        page.goto(f"{served}wizard/")
        said = {FIRST["id"]: FIRST["answers"][0]["id"]}
        page.locator(f'[data-question="{FIRST["id"]}"][data-answer="{said[FIRST["id"]]}"]').check()
        expect(page.locator("decision-wizard")).to_have_attribute("data-wizard-state", re.compile("loading|ready"))
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
        result_for(page, said)
        page.wait_for_timeout(600)
        unmoved(page)


def test_on_a_phone_the_leader_stays_in_sight_and_nothing_is_wider_than_the_screen(
    browser: Browser, served: str
) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True) as context:
        context.add_init_script(GATHER)
        page = opened(context, served)
        result = answer(page, example("flux"))
        bar = page.locator("[data-region=bar]")
        expect(bar).to_be_in_viewport()
        expect(bar).to_contain_text(real_guide().strategy(result["leaders"][0]).name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        bar.get_by_role("button", name="Show result").tap()
        expect(page.locator("[data-region=leader] h3").first).to_be_in_viewport()
        expect(page.locator(".dw-form")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        bar.get_by_role("button", name="Back to questions").tap()
        expect(page.locator(".dw-form")).to_be_visible()
        expect(page.locator("[data-region=leader]")).to_be_hidden()


def test_on_a_phone_both_views_are_left_where_they_were_and_an_answer_says_what_it_changed(
    browser: Browser, served: str
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as context:
        context.add_init_script(GATHER)
        page = opened(context, served, f"#{link_of(example('flux'))}")
        leader = page.locator("[data-region=leader]")
        expect(leader).to_be_visible()  # a link shows its result
        expect(page.get_by_role("button", name="Download ADR").first).to_be_in_viewport()
        page.evaluate("scrollTo(0, 900)")
        page.get_by_role("button", name="Back to questions").tap()
        page.evaluate("scrollTo(0, 300)")
        page.get_by_role("button", name="Show result").tap()
        assert abs(page.evaluate("scrollY") - 900) < 60
        page.get_by_role("button", name="Back to questions").tap()
        assert abs(page.evaluate("scrollY") - 300) < 60
        name = next(one for one in real_guide().core if one not in example("flux"))
        one = real_guide().question(name).answers[0].id
        answer(page, example("flux") | {name: one})
        expect(page.locator(f"#dw-q-{name}-preview")).to_contain_text("recommended")


def test_the_decision_is_in_the_first_screen(browser: Browser, served: str) -> None:
    """What is needed to decide, without scrolling; and the page with all folds closed is short."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_init_script(GATHER)
        for name in ("eks-databases", "flux", "bank-on-aks"):
            page = opened(context, served, f"#{link_of(example(name))}")
            until(page, "!document.querySelector('[data-stale]')", seconds=90)
            for part in (".dw-leader h3", ".dw-sure", ".dw-whys li:nth-child(3)", ".dw-facts > div:last-child"):
                expect(page.locator(part).first).to_be_in_viewport(ratio=1)
            for button in ("Download ADR", "Starter files", "Copy link"):
                expect(page.get_by_role("button", name=button).first).to_be_in_viewport(ratio=1)
            expect(page.locator(".dw-card-drawing svg").first).to_be_in_viewport()
            assert page.evaluate("document.documentElement.scrollHeight") < 4000
            assert page.locator(".dw-form").evaluate("(form) => getComputedStyle(form).overflowY") == "visible"
            page.close()


@pytest.mark.parametrize(("name", "wanted"), [("homelab", "files"), ("bank-with-leases", "excluded")])
def test_what_a_visitor_came_for_is_within_two_screens(browser: Browser, served: str, name: str, wanted: str) -> None:
    """Starter files of a home lab and requirements for an auditor, by scrolling alone, with what leads to them before."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_init_script(GATHER)
        page = opened(context, served, f"#{link_of(example(name))}")
        until(page, "!document.querySelector('[data-stale]')", seconds=90)
        tops = [
            page.locator(f"[data-region={region}] h2").evaluate(
                "(heading) => heading.getBoundingClientRect().top + scrollY"
            )
            for region in ("leader", "alternatives", "warnings", "change", "excluded", "files")
        ]
        assert tops == sorted(tops)
        first = page.locator(f"[data-region={wanted}] summary").first
        assert first.evaluate("(row) => row.getBoundingClientRect().bottom + scrollY") < 1800


def test_letters_turn_no_page_while_a_control_has_the_focus(wizard: Page) -> None:
    address = wizard.evaluate("location.pathname")
    wizard.locator(f'[data-question="{FIRST["id"]}"]').first.focus()
    for key in ("n", "p", ".", ",", "s", "f", "/"):
        wizard.keyboard.press(key)
    wizard.get_by_role("button", name="Start again").focus()
    for key in ("n", "p", ".", ","):
        wizard.keyboard.press(key)
    wizard.wait_for_timeout(300)
    assert wizard.evaluate("location.pathname") == address
    assert wizard.evaluate("document.activeElement.textContent") == "Start again"


@pytest.mark.parametrize("name", ["flux", "static-and-rotating", "static-and-rotating-argocd"])
def test_printed_the_decision_fits_one_sheet_with_its_link(wizard: Page, name: str) -> None:
    answer(wizard, example(name))
    until(wizard, "!document.querySelector('[data-stale]')", seconds=60)  # all figures are in
    sheet = wizard.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    assert link_of(example(name)) in wizard.locator("[data-address]").text_content()


# ---- what an answer would change, before it is given ----


def answer_box(page: Page, question: str, one: str) -> Any:
    return page.locator(f'.dw-answer:has([data-question="{question}"][data-answer="{one}"])')


def test_hovering_an_answer_says_what_it_would_change_and_moves_nothing(wizard: Page) -> None:
    answers = example("flux")
    answer(wizard, answers)
    until(wizard, "!document.querySelector('[data-stale]')", seconds=60)
    flips = json.loads(json.dumps(Analysis(recommend(real_guide(), answers)).run().to_data()["flips"]))
    flip = next(item for item in flips if isinstance(item["answer"], str) and item["answer"] != "unsure")
    others = [item["id"] for item in real_guide().entry("questions", flip["question"])["answers"]]
    said = wizard.locator(f"#dw-q-{flip['question']}-preview")
    reached(wizard, flip["question"])
    wizard.wait_for_timeout(300)
    wizard.evaluate("window.forgetShifts()")
    answer_box(wizard, flip["question"], flip["answer"]).hover()
    for leader in flip["leaders"]:
        expect(said).to_contain_text(real_guide().strategy(leader).name)
    expect(said).to_contain_text(re.compile("recommended|level"))
    expect(said).to_be_in_viewport()
    changing = {item["answer"] for item in flips if item["question"] == flip["question"]}
    calm = next((one for one in others if one not in changing and one != answers.get(flip["question"])), None)
    if calm is not None:
        answer_box(wizard, flip["question"], calm).hover()
        expect(said).to_contain_text("recommended")
    wizard.keyboard.press("Escape")
    expect(said).to_be_empty()
    answer_box(wizard, flip["question"], flip["answer"]).hover()
    expect(said).not_to_be_empty()
    wizard.locator("h1").hover()
    expect(said).to_be_empty()
    unmoved(wizard, 0)
    assert wizard.evaluate("window.results.at(-1).answers") == answers


def test_what_is_focused_is_described_by_what_it_would_change(wizard: Page) -> None:
    wizard.get_by_role("button", name="Start again").focus()
    radio = wizard.locator(f'[data-question="{FIRST["id"]}"]').first
    radio.focus()
    described = wizard.locator(f"#{radio.get_attribute('aria-describedby')}")
    expect(described).to_contain_text("Leaves")
    assert described.get_attribute("aria-live") is None and described.get_attribute("role") is None
    wizard.keyboard.press("Space")
    result_for(wizard, {FIRST["id"]: radio.get_attribute("data-answer")})
    expect(described).to_be_empty()


def test_looks_wait_for_answers(wizard: Page) -> None:
    """Many looks and an answer at once: the answer comes, and only the newest look is worked out."""
    asked = wizard.evaluate_handle(
        """() => {
          const post = Worker.prototype.postMessage;
          const calls = [];
          Worker.prototype.postMessage = function (message) { calls.push(message.call); return post.call(this, message); };
          return { calls, undo() { Worker.prototype.postMessage = post; } };
        }"""
    )
    for box in wizard.locator(".dw-answer:visible").all()[:6]:
        box.dispatch_event("pointerover", {"bubbles": True, "pointerType": "mouse"})
    said = {FIRST["id"]: FIRST["answers"][0]["id"]}
    answer(wizard, said)
    calls = wizard.evaluate("(asked) => { asked.undo(); return asked.calls; }", asked)
    assert calls.count("preview") <= 1 and "answer" in calls


# ---- when the calculator cannot run ----


def test_no_request_leaves_the_origin_and_the_policy_holds(context: BrowserContext, served: str) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = opened(context, served)
    answer(page, example("flux"))
    origin = urlsplit(served).netloc
    assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {origin}
    assert page.evaluate("window.violations") == []
    assert any("assets/runtime/" in url for url in asked)


def test_without_script_questions_options_and_ways_on_are_readable(browser: Browser, served: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served}wizard/")
        expect(page.locator("decision-wizard")).to_have_attribute("data-wizard-state", "static")
        for question in guide_data()["questions"]:
            expect(page.locator(f"#dw-q-{question['id']}")).to_be_attached()
        for option in real_guide().options:
            expect(page.locator("#dw-result").get_by_role("link", name=option.name, exact=True)).to_be_visible()
        page.get_by_role("link", name="examples with recommendations", exact=True).click()
        expect(page.locator("h1")).to_be_visible()
        assert "/examples/" in page.url


def failed(page: Page, served: str) -> None:
    """The wizard says that it cannot work out answers, and offers what works without."""
    page.goto(f"{served}wizard/")
    page.wait_for_selector('[data-wizard-state="failed"]', timeout=READY)
    box = page.locator(".dw-failed")
    expect(box).to_contain_text("The recommendation engine could not be loaded")
    expect(box.locator("[data-why]")).not_to_be_empty()
    for name in ("examples with recommendations", "matrix"):
        expect(box.get_by_role("link", name=name)).to_be_visible()


@pytest.mark.parametrize("missing", ["assets/runtime/python", "assets/runtime/manifest.json", "assets/worker.js"])
def test_a_missing_file_is_said_and_can_be_tried_again(context: BrowserContext, served: str, missing: str) -> None:
    page = context.new_page()
    pattern = re.compile(re.escape(missing))
    page.route(pattern, lambda route: route.fulfill(status=404, body="not here"))
    failed(page, served)
    said = {FIRST["id"]: FIRST["answers"][0]["id"]}
    page.locator(f'[data-question="{FIRST["id"]}"][data-answer="{said[FIRST["id"]]}"]').check()
    page.unroute(pattern)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    assert result_for(page, said)["answers"] == said


def test_webassembly_switched_off_is_said(browser: Browser, served: str) -> None:
    without = launch(SimpleNamespace(chromium=browser.browser_type), args=["--js-flags=--jitless"])
    page = without.new_page()
    failed(page, served)
    expect(page.locator("[data-why]")).to_contain_text("WebAssembly")
    without.close()
