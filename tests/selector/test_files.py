"""Files in and text out of the command line, on any platform, and guides read from the site that publishes them."""

from __future__ import annotations

import codecs
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hooks import ROOT
from selector.cli import main
from selector.files import InputError, read_text, text_of
from tests.support.browser import serve
from tests.support.real_guide import guide_data, real_guide

Captured = pytest.CaptureFixture[str]

TEXT = json.dumps({"answer": "größer – “so”"}, ensure_ascii=False)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),  # Notepad of former days, PowerShell 5.1 with -Encoding UTF8
        TEXT.encode("utf-16"),  # PowerShell 5.1 by default
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace(" ", "\r\n").encode("utf-16"),
    ],
)
def test_text_is_read_in_every_encoding_that_programs_write(data: bytes) -> None:
    assert "".join(text_of(data).split()) == "".join(TEXT.split())


def test_bytes_that_are_no_text_are_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "picture.json"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\xfd")
    with pytest.raises(
        InputError, match=r"cannot read .*picture\.json: it is neither UTF-8 nor UTF-16; save it as UTF-8"
    ):
        read_text(str(path))


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide as a site publishes it."""
    path = tmp_path_factory.mktemp("published") / "api" / "guide.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"revision": real_guide().revision, "guide": real_guide().data}, default=list), "utf-8")
    return path


def run(*arguments: str, given: bytes = b"", encoding: str | None = None) -> tuple[int, bytes, str]:
    """The command in a separate process whose streams have an encoding."""
    environment = os.environ | ({"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"} if encoding else {})
    command = [sys.executable, "-m", "selector.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=given, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "ascii"])
def test_a_decision_is_verified_whatever_encoding_it_was_written_in(guide: Path, tmp_path: Path, encoding: str) -> None:
    question = guide_data()["questions"][0]
    answers = tmp_path / "answers.json"
    answers.write_bytes(json.dumps({question["id"]: question["answers"][0]["id"]}).encode("utf-16"))
    code, out, said = run("decide", "--guide", str(guide), "--answers", str(answers), encoding=encoding)
    assert code == 0, said
    decision = tmp_path / "decision.json"
    decision.write_bytes(out)
    assert run("verify", "--guide", str(guide), str(decision), encoding=encoding)[0] == 0
    for command in ("adr", "recommend"):
        code, out, said = run(
            command, "--guide", str(guide), "--answers", "-", given=answers.read_bytes(), encoding=encoding
        )
        assert code == 0, said
        assert real_guide().options[0].name in out.decode(encoding)
        assert encoding.startswith("utf") or "“" not in out.decode(encoding) or encoding == "cp1252"


def test_guide_check_prints_on_a_console_that_knows_few_characters() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "hooks.cli.main", "check", "--quick", "--file", "tests/guides/second.yml"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("ending", ["", "/", "api/guide.json"])
def test_the_guide_is_read_from_its_published_site(guide: Path, capsys: Captured, ending: str) -> None:
    with serve(guide.parent.parent, "/guide") as address:
        root = address if ending == "api/guide.json" else address.rstrip("/")
        assert main(["recommend", "--guide", root + ending]) == 0
    assert real_guide().options[0].name in capsys.readouterr().out


def test_an_address_that_has_no_guide_is_said(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "index.json").write_text("<!doctype html><title>Log in</title>", "utf-8")
    with serve(tmp_path) as address:
        assert main(["recommend", "--guide", address]) == 2
        assert f"{address}api/guide.json answered 404" in capsys.readouterr().err
        assert main(["recommend", "--guide", f"{address}index.json"]) == 2
        assert "a web page" in capsys.readouterr().err
    assert main(["recommend", "--guide", address]) == 2
    assert "did not answer" in capsys.readouterr().err
