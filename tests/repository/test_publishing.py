"""What publishes the site: headers, the container file, the workflow and the monthly list of stale facts."""

from __future__ import annotations

import hashlib
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from hooks import ROOT
from hooks.checked import check_guide
from hooks.cli.main import main
from hooks.cli.stale import as_markdown, going_stale

DAY = date(2026, 11, 23)
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
HEADERS = (ROOT / "docs" / "_headers").read_text(encoding="utf-8")
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
SECOND = ROOT / "tests" / "guides" / "second.yml"


# Headers


def header_rules() -> dict[str, dict[str, str]]:
    """Headers by pattern, as hosts read the file `_headers`."""
    rules: dict[str, dict[str, str]] = {}
    for line in HEADERS.splitlines():
        if line.startswith("/"):
            rules[line.strip()] = current = {}
        elif line.strip():
            name, _, value = line.partition(":")
            current[name.strip()] = value.strip()
    return rules


def test_the_server_and_the_file_for_other_hosts_set_the_same_headers() -> None:
    ours = dict(re.findall(r'add_header ([\w-]+) "([^"]+)" always;', NGINX))
    assert ours == header_rules()["/*"]
    assert ours["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in ours["Content-Security-Policy"]


def immutable(address: str) -> bool:
    """What the server says about an address (a path with its query)."""
    patterns = re.findall(r'~(\S+) "public, max-age=31536000, immutable";', NGINX)
    assert len(patterns) == 3
    return any(re.search(pattern, address) for pattern in patterns)


@pytest.mark.xdist_group("second")
def test_only_what_is_named_by_its_content_is_kept_for_ever(second_site: Path) -> None:
    kept = []
    for path in sorted(path for path in second_site.rglob("*") if path.is_file()):
        name = f"/{path.relative_to(second_site).as_posix()}"
        if immutable(name):
            kept.append(name)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            named = re.search(r"-([0-9a-f]{12})\.bin$", name)
            assert named is None or digest.startswith(named[1]), name
        for pattern, headers in header_rules().items():
            if "immutable" in headers.get("Cache-Control", "") and re.fullmatch(pattern.replace("*", ".*"), name):
                assert immutable(name) or name.endswith(".map"), name
    assert sum(name.endswith(".bin") for name in kept) >= 5
    assert not [name for name in kept if name.endswith((".html", ".json", "/sw.js"))]
    assert not immutable("/assets/site.css") and immutable("/assets/site.css?v=0123abcd")
    assert not immutable("/wizard/?v=0123abcd")


@pytest.mark.xdist_group("second")
def test_the_site_carries_the_headers_for_other_hosts(second_site: Path) -> None:
    assert (second_site / "_headers").read_text(encoding="utf-8") == HEADERS


# Container file and workflow


def test_the_container_file_copies_what_is_there() -> None:
    copied = [shlex.split(line)[1:] for line in CONTAINER.splitlines() if line.startswith("COPY ")]
    for source, *_ in (words for words in copied if not words[0].startswith("--")):
        assert (ROOT / source).exists(), source
    target = next(words[2] for words in copied if words[0] == "--from=build")
    assert f"root {target};" in NGINX
    port = re.search(r"EXPOSE (\d+)", CONTAINER)
    assert port and f"listen {port[1]};" in NGINX
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {"node_modules", ".venv", "site"} <= set(ignored)
    assert not {"data", "docs", "hooks", "selector"} & set(ignored)


def steps(job: str) -> list[str]:
    return [step["run"] for step in WORKFLOW["jobs"][job]["steps"] if "run" in step]


def test_the_workflow_builds_tests_publishes_and_previews() -> None:
    jobs = WORKFLOW["jobs"]
    assert "bash .ci/run" in steps("test")
    assert any("mkdocs build --strict" in run for run in steps("build"))
    assert set(jobs["deploy"]["needs"]) == {"test", "build"}
    assert any(step.get("with", {}).get("name") == "preview" for step in jobs["build"]["steps"])
    for job in jobs.values():
        assert "timeout-minutes" in job or job in (jobs["deploy"], jobs["stale"])


def test_every_command_of_the_workflow_is_one_of_ours() -> None:
    runs = [run for job in WORKFLOW["jobs"] for run in steps(job)]
    commands = {found for run in runs for found in re.findall(r"uv run guide ([a-z-]+)", run)}
    assert commands == {"check", "stale"}
    for command in commands:
        assert main([command, "--help"]) == 0


def test_the_monthly_list_is_one_issue() -> None:
    (script,) = [run for run in steps("stale") if "gh issue" in run]
    assert all(f"gh issue {word} " in script for word in ("list", "edit", "create", "close"))
    assert WORKFLOW["jobs"]["stale"]["permissions"]["issues"] == "write"
    assert WORKFLOW[True]["schedule"]


# Stale facts


def test_stale_facts_are_listed_with_their_lines_and_nothing_else_is() -> None:
    checked = check_guide(SECOND, today=DAY)
    assert checked.guide is not None
    guide = checked.guide
    assert as_markdown(guide, DAY, "guide.yml", checked.loaded.line, None) == ""

    limit = guide.data["guide"]["stale_after_days"]
    newest = max(fact.verified for fact in (*going_stale(guide, date(2099, 1, 1))[0],))
    last_day = date.fromordinal(newest.toordinal() + limit)
    stale, soon = going_stale(guide, last_day)
    assert {fact.verified for fact in soon} >= {newest} and newest not in {fact.verified for fact in stale}
    stale, soon = going_stale(guide, date.fromordinal(last_day.toordinal() + 1))
    assert newest in {fact.verified for fact in stale} and soon == []

    text = as_markdown(guide, date(2099, 1, 1), "guide.yml", checked.loaded.line, "https://code.test/guide")
    for fact in stale[:200]:
        line = checked.loaded.line(fact.path)
        assert f"{fact.about} ([guide.yml:{line}](https://code.test/guide/blob/main/guide.yml#L{line}))" in text


def test_the_command_prints_the_list(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    assert main(["stale", "--file", str(SECOND)]) == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4070908800")
    assert main(["stale", "--file", str(SECOND)]) == 0
    assert re.match(r"Facts of `.*second\.yml` on 2099-01-01", capsys.readouterr().out)
