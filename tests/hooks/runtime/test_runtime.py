"""The packed runtime in real Chromium: it starts, answers as CPython does, and says what is wrong when it cannot."""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from hooks import ROOT
from hooks.render.site import wizard_json
from hooks.runtime import Runtime, pack
from selector import web
from selector.web.session import Session
from tests.content.test_repositories import REPOSITORIES
from tests.support.browser import QUIET, serve, system_chromium
from tests.support.sites import copy_of_project, real_guide
from tests.support.worker_page import ask, wait_for, worker_site

LIMIT = 4_800_000  # bytes on the wire for everything that the wizard needs: trade-offs, cases and own facts included
PARTS = ("python", "loader", "stdlib", "app", "wizard")

ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be")  # the page has no more codecs than it needs
FILES = {
    path: text.encode(ENCODINGS[number % len(ENCODINGS)])
    for number, (path, text) in enumerate(REPOSITORIES["bcit-ltc/flux"].files.items())
}
GIVE_FILES = """(files) => worker.postMessage({files: {
  more: files.map(([path, bytes]) => [path, new File([new Uint8Array(bytes)], path)]), first: true, last: true}})"""


@pytest.fixture(scope="session")
def runtime() -> Runtime:
    return pack(ROOT, wizard_json(real_guide(), directories=True), image=False)


@pytest.fixture(scope="session")
def folder(runtime: Runtime, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one page that only starts the worker."""
    return worker_site(runtime, tmp_path_factory.mktemp("runtime"))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serve(folder, "/below") as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh visitor on the page; the worker is not started yet."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def part_file(runtime: Runtime, name: str) -> str:
    return next(part.file for part in runtime.parts if part.name == name)


def test_fits_into_the_budget(runtime: Runtime) -> None:
    assert [part.name for part in runtime.parts] == list(PARTS)
    assert runtime.bytes < LIMIT - 600_000  # the rest is for the page itself


def worked() -> float:
    """Seconds that this process and those it started have worked: a busy machine adds none."""
    return sum(os.times()[:4])


def test_nothing_changed_costs_nothing(runtime: Runtime) -> None:
    wizard = gzip.decompress(runtime.parts[-1].data).decode()
    times = []
    for _ in range(3):
        started = worked()
        again = pack(ROOT, wizard, image=False)
        times.append(worked() - started)
        assert again == runtime
    assert min(times) < 0.2


def test_a_fresh_copy_packs_the_same_bytes(runtime: Runtime, tmp_path: Path) -> None:
    project = copy_of_project(tmp_path)
    (project / ".cache").unlink(missing_ok=True)
    wizard = gzip.decompress(runtime.parts[-1].data).decode()
    again = pack(project, wizard, image=False)
    assert again.listing == runtime.listing


def test_answers_as_cpython_does(page: Page) -> None:
    """Every example of the guide, and a link, give the same JSON in the page and here."""
    guide = real_guide()
    web.start(wizard_json(guide, directories=True))
    page.evaluate("begin()")
    assert wait_for(page, "m.ready") == {"ready": True}
    requests: list[tuple[str, object]] = [("answer", {"fields": []}), ("open", {"link": "v=1&nonsense=<script>"})]
    for example in guide.data["examples"]:
        fields = [
            [f"q.{name}", str(value)] for name, value in example["answers"].items() if not isinstance(value, list)
        ]
        requests.append(("answer", {"fields": fields}))
    for seq, (call, payload) in enumerate(requests, 1):
        reply = ask(page, seq, call, payload)
        here = json.loads(web.respond(json.dumps({"call": call, "payload": payload})))
        assert reply["ok"], reply
        assert reply["data"] == here


def test_every_call_runs_in_the_page_with_all_its_parts(page: Page) -> None:
    """What the runtime was cut to must be enough for all that the page may ask for, to the last figure."""
    guide = real_guide()
    text = wizard_json(guide, directories=True)
    example = guide.data["examples"][0]["answers"]
    fields = [
        [f"q.{name}", str(one)]
        for name, given in example.items()
        for one in ([given] if isinstance(given, str) else given)
    ]
    question = next(entry for entry in guide.data["questions"] if entry["id"] not in example and "answers" in entry)
    old = "&".join(["v=1", "r=000000000000", *(f"{name}={given}" for name, given in example.items())])
    keep = {"date": "2026-11-23", "address": "https://guide.test/wizard/"}
    asked: list[tuple[str, object]] = [
        ("open", {"link": old}),
        ("answer", {"fields": fields}),
        ("more", {}),
        ("sensitivity", {"criterion": ""}),  # its first part
        ("more", {}),  # and the others
        ("preview", {"question": question["id"], "answer": question["answers"][0]["id"]}),
        ("save", {"what": "record", **keep}),
        ("save", {"what": "decision", **keep}),
        ("files", {"paths": list(FILES)}),
        ("found", {"fields": []}),
        ("confirm", {"question": "gitops"}),
        (
            "together",
            {
                "link": "",
                "pasted": f"Ann: https://guide.test/wizard/#{old}\nBob: https://guide.test/wizard/#v=1&r=000000000000&gitops=flux",
            },
        ),
        ("save", {"what": "together", **keep}),
        ("cases", {"kept": "", "case": "Today"}),
        ("what-if", {"link": f"what-if=1&case=Today&{old}&case=Later&v=1&r=000000000000&gitops=flux"}),
        ("save", {"what": "what-if.md", **keep}),
    ]
    session = Session(text)
    assert {call for call, _ in asked} == set(session._calls)  # a new call is tried here too
    page.evaluate("begin()")
    for seq, (call, payload) in enumerate(asked, 1):
        if call == "files":  # the worker asks itself, once it has been given files
            page.evaluate(GIVE_FILES, [[path, list(content)] for path, content in FILES.items()])
            told = wait_for(page, "m.files && m.files.state !== 'reading'")["files"]
            wanted = session.files(payload)["wanted"]
            assert (told["state"], told["done"]) == ("read", len(wanted)) and wanted
            for path in (list(FILES)[index] for index in wanted):
                session.read_file(path, FILES[path], len(FILES[path]))
            continue
        request = json.dumps({"call": call, "payload": payload})
        page.evaluate("(message) => worker.postMessage(message)", {"seq": seq, "call": call, "payload": payload})
        part = call == "sensitivity"
        reply = wait_for(page, f"m.seq === {seq} && (m.error || m.data.done !== false || {str(part).lower()})")
        here = json.loads(session.respond(request))
        while here.get("done") is False and not part:
            here = json.loads(session.respond(request))
        assert reply["ok"], reply
        assert reply["data"] == here, call
        assert here.get("text") != ""  # there was something to save, and something to tell
        assert "gitops" in here["read"] if call == "found" else "gitops" not in here.get("read", ())


def test_a_new_worker_is_a_new_edition(runtime: Runtime) -> None:
    """So no cache pairs an old worker with a new page: the page asks for the worker by the manifest's version."""
    assert dataclasses.replace(runtime, worker="another").manifest != runtime.manifest


def test_python_errors_reach_the_page_as_text(page: Page) -> None:
    page.evaluate("begin()")
    wait_for(page, "m.ready")
    assert ask(page, 1, "no such call", {}) == {"seq": 1, "ok": False, "error": "KeyError: 'no such call'"}
    assert ask(page, 2, "answer", {"fields": []})["ok"]


def test_the_last_of_twenty_quick_answers_wins(page: Page) -> None:
    page.evaluate(
        """() => {
        begin();
        for (let seq = 1; seq <= 20; seq++) worker.postMessage({seq, call: "answer", payload: {fields: []}});
    }"""
    )
    assert wait_for(page, "m.seq === 20")["ok"]
    said = page.evaluate("said.filter((m) => m.seq)")
    assert [m["seq"] for m in said] == list(range(1, 21))
    assert all(m == {"seq": m["seq"], "stale": True} for m in said[:-1])


def test_an_answer_that_arrives_while_figures_are_worked_out_is_served_first(page: Page) -> None:
    fields = [["q." + name, str(value)] for name, value in real_guide().data["examples"][0]["answers"].items()]
    page.evaluate("begin()")
    wait_for(page, "m.ready")
    ask(page, 1, "answer", {"fields": fields})
    page.evaluate(
        """() => {
        worker.postMessage({seq: 2, call: "more", payload: {}});
        worker.postMessage({seq: 3, call: "answer", payload: {fields: []}});
    }"""
    )
    assert wait_for(page, "m.seq === 3")["ok"]
    said = page.evaluate("said.filter((m) => m.seq >= 2).map((m) => [m.seq, !!m.stale, !!(m.data && m.data.done)])")
    # One part was under way; the rest of the series is given up, not finished first.
    assert said == [[2, False, False], [2, True, False], [3, False, False]]


def test_progress_is_in_bytes_and_complete(page: Page, runtime: Runtime) -> None:
    page.evaluate("begin()")
    wait_for(page, "m.ready")
    progress = page.evaluate("said.filter((m) => m.progress).map((m) => m.progress)")
    assert progress[-1] == {"loaded": runtime.bytes, "total": runtime.bytes}
    loaded = [step["loaded"] for step in progress]
    assert loaded == sorted(loaded)


def test_only_the_sites_own_files_are_asked_for(page: Page, address: str, runtime: Runtime) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.evaluate("begin()")
    wait_for(page, "m.ready")
    own = {address + path for path in runtime.files} | {address + "assets/worker.js"}
    assert {url for url in asked if not url.startswith("blob:" + address.split("/below", maxsplit=1)[0])} == own


# ---- faults ----


def missing(route: Route) -> None:
    route.fulfill(status=404, body="no such file")


def cut(route: Route) -> None:
    body = route.fetch().body()
    route.fulfill(status=200, body=body[: len(body) // 2])


def another_file(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Welcome to the Wi-Fi</title>")


def valid_but_wrong(route: Route) -> None:
    route.fulfill(status=200, body=gzip.compress(b"not what it should be"))


def offline(route: Route) -> None:
    route.abort("internetdisconnected")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("fault", [missing, cut, another_file, valid_but_wrong, offline])
def test_a_faulty_part_is_retried_then_named(page: Page, runtime: Runtime, part: str, fault: Any) -> None:
    tries: list[str] = []

    def answer(route: Route) -> None:
        tries.append(route.request.url)
        fault(route)

    page.route(f"**/{part_file(runtime, part)}", answer)
    page.evaluate("begin()")
    failed = wait_for(page, "m.ready")["failed"]
    assert failed["part"] == part
    assert failed["message"] == f"The part “{part}” did not load: {failed['reason']}."
    assert part in failed["message"]
    assert len(tries) == 2


@pytest.mark.parametrize("fault", [missing, cut, another_file])
def test_a_fault_that_passes_is_not_noticed(page: Page, runtime: Runtime, fault: Any) -> None:
    page.route(f"**/{part_file(runtime, 'python')}", fault, times=1)
    page.evaluate("begin()")
    assert wait_for(page, "m.ready") == {"ready": True}


@pytest.mark.parametrize("fault", [missing, cut, another_file, offline])
def test_a_faulty_manifest_is_named(page: Page, fault: Any) -> None:
    page.route("**/manifest.json", fault)
    page.evaluate("begin()")
    assert wait_for(page, "m.ready")["failed"]["part"] == "manifest"


def test_without_webassembly(browser: Browser, address: str) -> None:
    without = browser.browser_type.launch(executable_path=system_chromium(), args=[*QUIET, "--js-flags=--jitless"])
    page = without.new_page()
    page.goto(address)
    page.evaluate("begin()")
    failed = wait_for(page, "m.ready")["failed"]
    assert failed["part"] == "WebAssembly"
    assert failed["reason"] == "this browser has it switched off"
    without.close()


# ---- the second visit ----

KEPT_IMAGES = """async () => {
    const cache = await caches.open(`python ${new URL("assets/runtime/", location.href)}`);
    return Promise.all((await cache.keys()).map(async (key) => (await (await cache.match(key)).blob()).size));
}"""


def until_kept(page: Page) -> None:
    """Wait until the worker has kept its memory for the next visit."""
    deadline = time.monotonic() + 60
    while not page.evaluate(KEPT_IMAGES):
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)


def visit_until_kept(page: Page) -> Any:
    """Start, ask, and stay until the worker has kept its memory for the next visit."""
    page.evaluate("begin()")
    answered = ask(page, 1, "answer", {"fields": []})
    until_kept(page)
    return answered


def test_the_second_visit_starts_from_memory_and_answers_the_same(page: Page) -> None:
    first = visit_until_kept(page)
    assert page.evaluate(KEPT_IMAGES)[0] > 5_000_000
    page.reload()
    page.evaluate("begin()")
    assert ask(page, 1, "answer", {"fields": []}) == first
    assert ask(page, 2, "no such call", {})["error"] == "KeyError: 'no such call'"


def test_answers_are_not_kept(page: Page) -> None:
    page.evaluate("begin()")
    ask(page, 1, "answer", {"fields": [["a-field-of-this-visitor", "a-value-of-this-visitor"]]})
    until_kept(page)
    found = page.evaluate(
        """async () => {
        const cache = await caches.open(`python ${new URL("assets/runtime/", location.href)}`);
        const bytes = await (await cache.match((await cache.keys())[0])).arrayBuffer();
        return new TextDecoder("latin1").decode(bytes).includes("a-value-of-this-visitor");
    }"""
    )
    assert not found


@pytest.mark.parametrize("spoil", ["bytes.slice(0, 2)", "bytes.slice(0, 1000)", "bytes.fill(7, 60, 5000000)"])
def test_a_spoilt_memory_is_replaced(page: Page, spoil: str) -> None:
    first = visit_until_kept(page)
    page.evaluate(
        f"""async () => {{
        const cache = await caches.open(`python ${{new URL("assets/runtime/", location.href)}}`);
        const [key] = await cache.keys();
        const bytes = new Uint8Array(await (await cache.match(key)).arrayBuffer());
        await cache.put(key, new Response({spoil}));
    }}"""
    )
    page.reload()
    page.evaluate("begin()")
    assert ask(page, 1, "answer", {"fields": []}) == first
