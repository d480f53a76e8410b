"""What publishes the site: headers, the container file, the workflow and the monthly list of stale facts."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from hooks import ROOT
from hooks.checked import check_guide
from hooks.cli.main import main
from hooks.cli.stale import as_markdown, going_stale
from tests.support.sites import build, build_site, copy_of_project, shared_folder

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


def jobs_of(name: str) -> dict[str, Any]:
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    jobs: dict[str, Any] = yaml.safe_load(text)["jobs"]
    return jobs


def test_the_workflow_builds_tests_publishes_and_previews() -> None:
    jobs = WORKFLOW["jobs"]
    assert "bash .ci/run" in steps("test")
    assert any("mkdocs build --strict" in run for run in steps("build"))
    assert set(jobs["deploy"]["needs"]) == {"test", "build"}
    assert all("timeout-minutes" in job for job in (*jobs.values(), *jobs_of("preview.yml").values()))


def test_the_preview_is_the_folder_that_works_from_disk_and_the_site_knows_its_address() -> None:
    builds = {step["name"]: step for step in WORKFLOW["jobs"]["build"]["steps"] if "mkdocs" in step.get("run", "")}
    preview = builds["Preview, to be unzipped and opened from disk"]
    assert preview["env"] == {"OFFLINE": "true"}
    assert preview["if"] == "github.event_name == 'pull_request'"
    assert builds["Site to publish"]["env"] == {"SITE_URL": "${{ steps.pages.outputs.base_url }}/"}


def test_a_deploy_or_the_issue_is_never_broken_off_and_pipes_fail() -> None:
    assert WORKFLOW["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"
    assert "'stale'" in WORKFLOW["concurrency"]["group"]  # else the monthly run would take a deploy's place
    assert WORKFLOW["defaults"]["run"]["shell"] == "bash"  # GitHub runs this with pipefail, and its own default without


PINNED = re.compile(r"uses: (?:\./\S+|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")


def test_every_action_is_pinned_by_digest_and_uv_by_hashes() -> None:
    files = [path for path in (ROOT / ".github").rglob("*.yml") if path.name != "dependabot.yml"]
    used = [line.strip() for path in files for line in path.read_text("utf-8").splitlines() if " uses: " in line]
    assert len(used) > 10
    assert [line for line in used if not PINNED.search(line)] == []
    assert re.search(r"^uv==[\d.]+ \\\n    --hash=", (ROOT / ".ci/requirements.txt").read_text("utf-8"), re.MULTILINE)
    for path in (ROOT / ".ci/run", ROOT / "Containerfile", ROOT / ".github/actions/set-up/action.yml"):
        text = path.read_text("utf-8")
        assert "--requirement .ci/requirements.txt" in text and "install uv" not in text, path


def test_every_command_of_the_workflow_is_one_of_ours() -> None:
    runs = [run for job in WORKFLOW["jobs"] for run in steps(job)]
    commands = {found for run in runs for found in re.findall(r"uv run guide ([a-z-]+)", run)}
    assert commands == {"check", "links", "stale"}
    for command in commands:
        assert main([command, "--help"]) == 0


# What the workflows do on GitHub, with a stand-in for its command `gh`

GH = """#!{python}
import json, os, pathlib, subprocess, sys
folder = pathlib.Path(os.environ["FAKE_GH"])
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + chr(10))
text = " ".join(sys.argv[1:])
for name in ("issue list", "artifacts", "/pulls", "/comments"):
    if name in text and (folder / name.strip("/").replace(" ", "-")).exists() and "--jq" in sys.argv:
        data = (folder / name.strip("/").replace(" ", "-")).read_text()
        query = sys.argv[sys.argv.index("--jq") + 1]
        sys.exit(subprocess.run(["jq", "-r", query], input=data, text=True).returncode)
"""
"""Notes its arguments, and answers lists from files through jq, as gh does."""

needs_jq = pytest.mark.skipif(
    shutil.which("jq") is None, reason="no jq on this machine (.ci/run installs it where apt can)"
)


@dataclass
class GitHub:
    """What scripts of the workflows find there, and what they did."""

    folder: Path
    environment: dict[str, str]

    def has(self, name: str, data: object) -> None:
        (self.folder / name).write_text(json.dumps(data), "utf-8")

    def run(self, *command: str, **environment: str) -> list[list[str]]:
        done = subprocess.run(
            [*command],
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        calls = (self.folder / "calls").read_text("utf-8") if (self.folder / "calls").exists() else ""
        return [json.loads(line) for line in calls.splitlines()]


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    program = tmp_path / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(GH.replace("{python}", sys.executable), "utf-8")
    program.chmod(0o755)
    path = f"{program.parent}:{os.environ['PATH']}"
    return GitHub(tmp_path, {**os.environ, "PATH": path, "FAKE_GH": str(tmp_path)})


STALE_ISSUE = str(ROOT / ".github" / "stale-issue")
MARK = re.search(r'^mark="(.*)"$', Path(STALE_ISSUE).read_text("utf-8"), re.MULTILINE)[1]  # type: ignore[index]


@needs_jq
@pytest.mark.parametrize(
    ("there", "listed", "done"),
    [
        ([], "- a fact", "create"),
        ([], "", None),
        ([{"number": 7, "body": f"{MARK}\n\nold"}], "- a fact", "edit 7"),
        ([{"number": 7, "body": f"{MARK}\n\nold"}], "", "close 7"),
        # A reader's issue of the same title, which quotes the mark.
        ([{"number": 3, "body": f"Facts that have gone stale: what is {MARK}?"}], "- a fact", "create"),
        ([{"number": 3, "body": f"Facts that have gone stale: what is {MARK}?"}], "", None),
    ],
)
def test_the_monthly_list_is_one_issue_found_by_its_mark(
    github: GitHub, there: object, listed: str, done: str | None
) -> None:
    github.has("issue-list", there)
    (github.folder / "stale.md").write_text(listed, "utf-8")
    first, *rest = github.run("bash", STALE_ISSUE, "stale.md")
    assert first[:2] == ["issue", "list"] and "app/github-actions" in first
    assert [" ".join(call[1:3]) for call in rest] == (
        [] if done is None else [done if " " in done else f"{done} --title"]
    )
    if listed:
        assert (github.folder / rest[0][rest[0].index("--body-file") + 1]).read_text("utf-8") == f"{MARK}\n\n{listed}"


def test_a_list_that_could_not_be_made_touches_no_issue(github: GitHub) -> None:
    done = subprocess.run(["bash", STALE_ISSUE, "no.md"], cwd=github.folder, env=github.environment, check=False)
    assert done.returncode == 1
    assert not (github.folder / "calls").exists()
    listing, issue = (next(run for run in steps("stale") if word in run) for word in ("guide stale", "stale-issue"))
    assert listing.startswith("python3 -m uv run guide stale") and "|" not in listing.splitlines()[0]
    assert issue == "bash .github/stale-issue stale.md"


@needs_jq
@pytest.mark.parametrize("again", [False, True])
def test_the_preview_is_linked_in_one_comment(github: GitHub, again: bool) -> None:
    (step,) = jobs_of("preview.yml")["link"]["steps"]
    assert "${{" not in step["run"]  # nothing from outside is pasted into a script
    github.has("artifacts", {"artifacts": [{"name": "other", "id": 1}, {"name": "preview", "id": 22}]})
    github.has("pulls", [{"number": 5, "head": {"sha": "c0ffee"}}, {"number": 6, "head": {"sha": "0123456789abcdef"}}])
    old = {"id": 99, "user": {"login": "github-actions[bot]"}, "body": "<!-- preview of the site -->\nold"}
    github.has("comments", [{"id": 98, "user": {"login": "me"}, "body": old["body"]}, *([old] if again else [])])
    told = {"RUN": "11", "RUN_URL": "https://code.test/runs/11", "COMMIT": "0123456789abcdef", "HEAD": "me:mine"}
    *_, last = github.run("bash", "-eo", "pipefail", "-c", step["run"], GH_REPO="a/b", **told)
    method, place = ("PATCH", "comments/99") if again else ("POST", "6/comments")
    assert last[:4] == ["api", "--method", method, f"repos/a/b/issues/{place}"]
    assert "https://code.test/runs/11/artifacts/22" in last[-1] and "open `index.html`" in last[-1]


# What is built, and what is installed


def test_without_a_repository_no_page_leads_to_one(second_without_repository: Path) -> None:
    """Another static host, as CONTRIBUTING.md says."""
    for path in second_without_repository.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "/issues/new" not in text and "/blob/main/" not in text and "github.com/example" not in text, path


@pytest.fixture(scope="module")
def second_without_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shared_folder(tmp_path_factory) / "no-repository"
    return build_site(folder, GUIDE="tests/guides/second.yml", REPO_URL="")


def test_a_build_is_the_same_to_the_byte_for_the_same_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built twice: in two folders, time zones, languages and seeds of Python's hashes, once without any cache."""
    settings = {"GUIDE": "tests/guides/second.yml", "SITE_URL": "https://guide.test/a/"}
    digests = []
    for number, (zone, epoch) in enumerate(
        [("Pacific/Kiritimati", "1795392000"), ("America/Los_Angeles", "1795460000")]
    ):
        project = copy_of_project(tmp_path / str(number))
        shutil.copytree(ROOT / "tests/guides", project / "tests/guides")
        if number:
            (project / ".cache").unlink()
        environment = settings | {"TZ": zone, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": str(number)}
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        done = build(project)
        assert done.returncode == 0, done.stderr[-2000:]
        files = sorted(path for path in (project / "site").rglob("*") if path.is_file())
        digests.append(
            {str(path.relative_to(project / "site")): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        )
    assert digests[0] == digests[1]


def test_the_wheel_installs_what_it_contains(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(built_wheel(tmp_path))) as wheel:
        names = wheel.namelist()
        scripts = wheel.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    modules = re.findall(r"^[\w-]+ = ([\w.]+):", scripts, re.MULTILINE)
    assert modules == ["selector.cli"]
    assert all(f"{module.replace('.', '/')}.py" in names for module in modules)


def built_wheel(folder: Path) -> bytes:
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])",
            str(folder),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return next(folder.glob("*.whl")).read_bytes()


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
