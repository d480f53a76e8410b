"""The editor of pages as its server: who may ask, what is answered, and what becomes of the file."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from hooks import ROOT
from hooks.page_editor import PageEditor
from hooks.page_editor.change import Verdict
from hooks.page_editor.gate import MOST_BYTES
from tests.support.page_client import Client

SECOND = (ROOT / "tests" / "guides" / "second.yml").read_text("utf-8")
WEIGHT = '["criteria",1,"weight"]'
RATING = '["options",0,"ratings","reach",'


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A guide in a separate folder; nothing else may ever be written there."""
    file = tmp_path / "outside.yml"
    file.write_text(SECOND, "utf-8")
    yield Client(file)
    assert [path.name for path in tmp_path.iterdir()] == ["outside.yml"]


REFUSED = [
    (403, {"HTTP_ORIGIN": "http://evil.example"}),
    (403, {"HTTP_ORIGIN": "http://127.0.0.1:9000"}),
    (403, {"HTTP_ORIGIN": "https://127.0.0.1:8000"}),
    (403, {"HTTP_ORIGIN": "null"}),
    (403, {"HTTP_ORIGIN": None}),
    (403, {"HTTP_SEC_FETCH_SITE": "cross-site"}),
    (403, {"HTTP_SEC_FETCH_SITE": "same-site"}),
    (403, {"HTTP_X_EDITOR_TOKEN": None}),
    (403, {"HTTP_X_EDITOR_TOKEN": "x" * 43}),
    (403, {"HTTP_X_EDITOR_TOKEN": "\xff"}),
    (403, {"REMOTE_ADDR": "192.168.0.7"}),
    (403, {"REMOTE_ADDR": ""}),
    (403, {"HTTP_HOST": "evil.example:8000", "HTTP_ORIGIN": "http://evil.example:8000"}),
    (403, {"HTTP_HOST": "127.0.0.1.evil.example:8000", "HTTP_ORIGIN": "http://127.0.0.1.evil.example:8000"}),
    (403, {"HTTP_HOST": "127.0.0.1:9000", "HTTP_ORIGIN": "http://127.0.0.1:9000"}),
    (403, {"HTTP_HOST": "x@127.0.0.1:8000", "HTTP_ORIGIN": "http://x@127.0.0.1:8000"}),
    (403, {"HTTP_HOST": None}),
    (405, {"REQUEST_METHOD": "GET"}),
    (405, {"REQUEST_METHOD": "PUT"}),
    (415, {"CONTENT_TYPE": "text/plain"}),
    (415, {"CONTENT_TYPE": "application/x-www-form-urlencoded"}),
    (411, {"CONTENT_LENGTH": ""}),
    (411, {"CONTENT_LENGTH": "-1"}),
    (413, {"CONTENT_LENGTH": str(MOST_BYTES + 1)}),
    (413, {"CONTENT_LENGTH": "9" * 5000}),
]


@pytest.mark.parametrize(("status", "changed"), REFUSED, ids=str)
@pytest.mark.parametrize("name", ["find", "form", "write"])
def test_who_may_not_ask_gets_nothing_and_changes_nothing(
    client: Client, status: int, changed: dict[str, str | None], name: str
) -> None:
    base = client.ask("form", {"paths": [WEIGHT]})[1]["base"]
    asked = {
        "base": base,
        "changes": [{"path": WEIGHT, "value": "8"}],
        "paths": [WEIGHT],
        "blocks": [],
        "despite": True,
    }
    found, said = client.ask(name, asked, **changed)
    assert (found, list(said)) == (status, ["words"])
    assert client.file.read_text("utf-8") == SECOND


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "127.0.0.2:8000"])
def test_every_name_of_this_machine_will_do(client: Client, host: str) -> None:
    status, said = client.ask("form", {"paths": [WEIGHT]}, HTTP_HOST=host, HTTP_ORIGIN=f"http://{host}")
    assert status == 200, said


def test_a_page_holds_the_editor_only_on_this_machine_and_in_no_frame(client: Client) -> None:
    local = {
        "REMOTE_ADDR": "::1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "localhost:8000",
        "HTTP_SEC_FETCH_DEST": "document",
    }
    page = "<html><body></body></html>"
    assert client.editor.token in client.editor.added_to(page, local)
    for changed in ({"REMOTE_ADDR": "10.0.0.9"}, {"HTTP_HOST": "evil.example:8000"}, {"HTTP_SEC_FETCH_DEST": "iframe"}):
        assert client.editor.added_to(page, local | changed) == page
    assert PageEditor(lambda: client.file).token != client.editor.token


def test_a_text_a_level_and_a_weight_are_shown_and_written_and_nothing_else_changes(client: Client) -> None:
    client.file.chmod(0o640)
    values = ((RATING + '"text"]', "Any product: yes, 'any'"), (RATING + '"verified"]', "2026-11-24"))
    status, said = client.change("show", *values)
    assert status == 200
    assert said["html"].count('class="ge-in"') == said["html"].count('class="ge-out"') == 1
    assert "<mark>" in said["html"]
    assert client.file.read_text("utf-8") == SECOND
    assert client.change("check", *values)[1]["stops"] is False
    status, said = client.change("write", *values)
    assert (status, "Written to outside.yml" in said["words"]) == (200, True)
    gone, come = differing(SECOND, client.file.read_text("utf-8"))
    assert len(gone) == 1
    assert come == [gone[0].replace("Any product", "'Any product: yes, ''any'''").replace("2026-11-23", "2026-11-24")]
    assert stat.S_IMODE(client.file.stat().st_mode) == 0o640


def differing(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.split("\n"), after.split("\n")
    pairs = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return [one for one, _ in pairs], [other for _, other in pairs]


def test_a_problem_is_said_at_its_field_and_needs_a_second_word(client: Client) -> None:
    status, said = client.change("write", (WEIGHT, "seven"))
    assert (status, said["stops"]) == (409, True)
    assert "expected a whole number from 0 to 1000" in said["at"][WEIGHT]
    assert client.file.read_text("utf-8") == SECOND
    status, said = client.change("write", (WEIGHT, "40"))
    assert (status, "ranks first for example" in said["html"]) == (409, False)
    assert re.search(
        r"ranks first for example.*<p class=\"ge-note\">line \d+, in examples", said["at"][WEIGHT], re.DOTALL
    )
    assert client.change("write", (WEIGHT, "40"), despite=True)[0] == 200
    assert differing(SECOND, client.file.read_text("utf-8")) == (["    weight: 7"], ["    weight: 40"])
    assert client.change("write", (WEIGHT, "7"))[0] == 200, "problems that were there before are no new ones"


def test_a_level_that_the_criterion_has_not_is_said_at_its_field(client: Client) -> None:
    said = client.change("check", (RATING + '"level"]', "anythng"))[1]
    assert "nearest: anything" in said["at"][RATING + '"level"]']


def test_with_two_changes_a_consequence_is_told_for_both(client: Client) -> None:
    said = client.change("check", (WEIGHT, "40"), ('["criteria",1,"reason"]', "A guess."))[1]
    assert (said["at"], "ranks first for example" in said["html"]) == ({}, True)


def field(html: str, path: str) -> str:
    """The part of a form that is about one value."""
    (found,) = re.findall(
        rf'data-path="{re.escape(escape(path))}".*?</div>\n<p class="ge-help".*?</p>', html, re.DOTALL
    )
    return str(found)


@pytest.mark.parametrize(
    ("path", "option"),
    [
        ('["options",0,"licence","source"]', '<option value="osi-mit" selected>'),
        ('["options",0,"works_with",0]', '<option value="dco">Developer Certificate of Origin</option>'),
        ('["strategies",0,"members",0]', '<option value="mit">MIT License</option>'),
        ('["criteria",0,"group"]', '<option value="freedom" selected>'),
        ('["questions",1,"answers",0,"effects",0,"weight"]', ""),
    ],
)
def test_an_id_is_chosen_among_those_that_the_guide_has(client: Client, path: str, option: str) -> None:
    html = client.ask("form", {"paths": [path]})[1]["html"]
    assert option in html


def test_of_many_sources_one_is_found_by_typing(client: Client) -> None:
    more = "".join(f"  - {{id: extra-{number}, title: Extra {number}, url: 'https://example.org/{number}', kind: documentation}}\n" for number in range(60))  # fmt: skip
    client.file.write_text(SECOND.replace("\nsources:\n", f"\nsources:\n{more}", 1), "utf-8")
    path = '["options",0,"licence","source"]'
    html = field(client.ask("form", {"paths": [path]})[1]["html"], path)
    assert '<option value="extra-59">Extra 59</option>' in html
    assert re.search(r'<input id="(\S+)" .* value="osi-mit" .* list="\1-known"', html)
    said = client.change("check", (path, "osi-mitt"))[1]
    assert "Unknown source &#39;osi-mitt&#39;" in said["at"][path] and "nearest: osi-mit" in said["at"][path]


def test_the_help_of_a_level_says_what_each_level_means(client: Client) -> None:
    html = client.ask("form", {"paths": [RATING + '"level"]']})[1]["html"]
    shown = field(html, RATING + '"level"]')
    assert "Open services only: Even those who only run it for" in shown
    assert "Id of a level" not in shown
    listed = field(
        client.ask("form", {"paths": ['["options",0,"works_with",0]']})[1]["html"], '["options",0,"works_with",0]'
    )
    assert "Ids of options that it is known to work with" in listed


def test_a_file_that_changed_meanwhile_is_left_as_it_is(client: Client) -> None:
    base = client.ask("form", {"paths": [WEIGHT]})[1]["base"]
    client.file.write_text(SECOND + "\n# mine\n", "utf-8")
    status, said = client.ask("write", {"base": base, "changes": [{"path": WEIGHT, "value": "8"}], "despite": True})
    assert (status, "has changed" in said["words"]) == (409, True)
    assert client.file.read_text("utf-8") == SECOND + "\n# mine\n"


def test_a_save_during_the_check_is_not_written_over(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def saved(*_: object) -> Verdict:
        client.file.write_text(SECOND + "\n# mine\n", "utf-8")
        return Verdict([], 0, is_shown=True)

    monkeypatch.setattr("hooks.page_editor.app.verdict_of", saved)
    assert client.change("write", (WEIGHT, "8"))[0] == 409
    assert client.file.read_text("utf-8") == SECOND + "\n# mine\n"


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        (WEIGHT, "7", 422),  # nothing different
        ('["options",0,"id"]', "other", 422),
        ('["format"]', "2", 422),
        ('["options"]', "x", 422),
        ('["options",0,"ratings"]', "{}", 422),
        ('["options",0,"none"]', "x", 422),
        ('["options",99,"name"]', "x", 422),
        ('["options",-1,"name"]', "x", 422),
        ("[]", "x", 400),
        (WEIGHT, "a\x00b", 422),
        (WEIGHT, "\ud800", 422),
        (WEIGHT, 8, 400),
        (WEIGHT, None, 400),
        ("../../etc/passwd", "x", 400),
        ('"options"', "x", 400),
        ('[["options"]]', "x", 400),
        ("[" * 100_000, "x", 400),
    ],
)
def test_what_is_no_single_value_of_the_file_is_never_written(
    client: Client, path: str, value: Any, status: int
) -> None:
    base = client.ask("form", {"paths": [WEIGHT]})[1]["base"]
    asked = {"base": base, "changes": [{"path": path, "value": value}], "despite": True, "file": "/etc/passwd"}
    assert client.ask("write", asked)[0] == status
    assert client.file.read_text("utf-8") == SECOND


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b"null", b"\xff", b'{"base": []}', b'{"changes": 1}', b"[" * 200_000]
)
@pytest.mark.parametrize("name", ["find", "form", "show", "check", "write"])
def test_what_cannot_be_understood_is_answered_with_a_sentence(client: Client, name: str, body: bytes) -> None:
    status, said = client.ask(name, body)
    assert (status in (400, 409), len(said["words"]) > 20) == (True, True)


def test_other_addresses_are_not_there(client: Client) -> None:
    for name in ("", "other", "../data/guide.yml", "app.py"):
        assert client.ask(name)[0] == 404
        assert client.ask(name, REQUEST_METHOD="GET")[0] == 405


def test_a_broken_or_missing_file_is_said(client: Client) -> None:
    client.file.write_text(SECOND + "\n\t: [", "utf-8")
    status, said = client.ask("form", {"paths": [WEIGHT]})
    assert (status, "Correct it in a text editor first" in said["words"]) == (409, True)
    client.file.unlink()
    assert client.ask("form", {"paths": [WEIGHT]})[0] == 409
    client.file.write_text(SECOND, "utf-8")


def test_a_link_to_the_file_stays_one_and_a_mark_of_byte_order_too(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yml", tmp_path / "link.yml"
    real.write_bytes(b"\xef\xbb\xbf" + SECOND.replace("\n", "\r\n").encode())
    link.symlink_to(real)
    assert Client(link).change("write", (WEIGHT, "8"))[0] == 200
    assert link.is_symlink()
    written = real.read_bytes()
    assert written == b"\xef\xbb\xbf" + SECOND.replace("weight: 7\n", "weight: 8\n").replace("\n", "\r\n").encode()


def test_a_form_has_the_values_of_its_entry_with_what_may_stand_there(client: Client) -> None:
    html = client.ask("form", {"paths": [RATING + '"level"]']})[1]["html"]
    assert '<option value="anything" selected>Anywhere and closed</option>' in html
    assert '<option value="unknown">Not known</option>' in html
    assert "What the cell of the matrix says" in html
    assert html.count("data-focus") == 1
    html = client.ask("form", {"paths": [WEIGHT]})[1]["html"]
    assert 'inputmode="decimal"' in html
    assert 'value="7"' in html
    assert 'data-path="[&#34;criteria&#34;,1,&#34;id&#34;]"' not in html, "`guide rename` changes ids"


def test_texts_of_the_file_are_no_markup_of_the_form(client: Client) -> None:
    hostile = "</textarea><script>alert(1)</script>"
    client.file.write_text(SECOND.replace("text: Any product,", f"text: '{hostile}',", 1), "utf-8")
    form = client.ask("form", {"paths": [RATING + '"text"]']})[1]["html"]
    shown = client.change("show", (RATING + '"text"]', hostile + "<img>"))[1]["html"]
    assert "<script" not in form + shown
    assert "&lt;script&gt;" in form
    assert "&lt;img&gt;" in shown
