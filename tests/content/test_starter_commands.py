"""Commands of the starter files of data/guide.yml: copied as a whole, pasted as a whole."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.support.starter_sets import SETS, StarterSet

COMMANDS = {
    f"{owner}/{starter['path']}": starter["content"]
    for owner, starters in SETS.items()
    for starter in starters
    if starter.get("language") == "sh"
}

PROOF = re.compile(r"kubectl (logs|exec) |test \"\$\(kubectl exec |sudo ETCDCTL_API=3 etcdctl .* get /registry/")
"""What shows that the application has the value."""

UNDOES = re.compile(
    r"\b(delete|uninstall|purge|destroy|remove|disable-addons|no-enable-[\w-]+)\b|\bgit rm\b|\bhelm del\b|\bkill\b"
)

WRITES = re.compile(r"(?:(?<![-=<&0-9])>>?\s*|\s(?:-o|--output|--out|-w)[ =]|\btee (?:-a )?)(\"[^\"]*\"|[^\s;|&)]+)")
"""A file that a command writes: by the shell, or by its own option."""

SECRET_FILE = re.compile(
    r"\.(agekey|pem|key)$|password|backup|token|client-(id|secret)|keys?\.ya?ml$|/?init[^/]*\.json$|shop-db\.json$"
)

ENCRYPTED = re.compile(r"\| (kubeseal|sops encrypt)\b[^|]* > ")


def test_commands_are_told_from_files_by_their_language() -> None:
    """Stored without a prompt, so that a copied block is what a shell reads. Pages draw the line numbers."""
    for owner, starters in SETS.items():
        for starter in starters:
            assert starter.get("language") not in ("console", "bash", "shell"), owner
            assert not re.search(r"(?m)^[$#>] ", starter["content"]) or starter.get("language") != "sh", owner


@pytest.mark.parametrize("owner", SETS)
def test_a_set_begins_with_commands_and_ends_with_its_clean_up(owner: str) -> None:
    paths = [starter["path"] for starter in SETS[owner]]
    kinds = [starter.get("language", "yaml") for starter in SETS[owner]]
    assert kinds[0] == "sh"
    assert paths[-1] == "clean-up" and kinds[-1] == "sh"
    assert len(set(paths)) == len(paths)
    steps = [path for path, kind in zip(paths, kinds, strict=True) if kind == "sh"][:-1]
    if steps != ["commands"]:
        # Alternatives share a number: 1-encrypt-eks, 1-encrypt-gke.
        assert all(re.match(r"\d-[a-z]", step) for step in steps), steps
        numbers = [int(step[0]) for step in steps]
        assert numbers == sorted(numbers) and set(numbers) == set(range(1, numbers[-1] + 1)), steps


@pytest.mark.parametrize("owner", SETS)
def test_the_last_command_before_the_clean_up_is_the_proof(owner: str) -> None:
    *_, last = [starter for starter in SETS[owner] if starter.get("language") == "sh"][:-1]
    assert PROOF.match(last["content"].strip().split("\n")[-1]), last["content"]


@pytest.mark.parametrize("name", COMMANDS)
def test_only_the_clean_up_deletes_what_the_set_makes(name: str) -> None:
    """Readers paste a whole block. Temporary files may go at once, by `rm`."""
    found = UNDOES.search(COMMANDS[name])
    if name.endswith("/clean-up"):
        assert found, "it deletes nothing"
    else:
        assert not found, found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_block_asks_for_input_in_its_last_line_only(name: str) -> None:
    """Pasted lines behind a question would be taken for its answer."""
    for line in COMMANDS[name].strip().split("\n")[:-1]:
        assert not re.search(r"exec -t?i|\blogin\b(?! role=)(?!.*--method)|\bread -|sops edit", line), line


OUTSIDE = ("~/", "/", "$DIR/", "$HOME/", "jsonpath=")
FORMATS = ("yaml", "json", "tsv", "none", "-")


def written(commands: str) -> Iterator[tuple[str, str]]:
    """Files that commands write into the working directory, each with its line."""
    for line in commands.split("\n"):
        for match in WRITES.finditer(line):
            path = match[1].strip('"')
            if not path.startswith(OUTSIDE) and path not in FORMATS:
                yield path, line


@pytest.mark.parametrize("name", COMMANDS)
def test_no_secret_is_written_into_the_working_directory(name: str) -> None:
    """It may be a clone: keys, passwords and backups are written outside it, and encrypted files only into it."""
    for path, line in written(COMMANDS[name]):
        assert not SECRET_FILE.search(path) or ENCRYPTED.search(line), line


def test_files_that_are_written_are_found() -> None:
    assert [path for path, _ in written("age-keygen -o cluster.agekey")] == ["cluster.agekey"]
    assert [path for path, _ in written("openssl rand 16 > password.txt\nkubectl get x -o yaml >> backup.yaml")] == [
        "password.txt",
        "backup.yaml",
    ]
    assert (
        list(written('printf x > "$DIR/password"; kubectl get x -o yaml > ~/.config/keys.yaml; x >/dev/null &')) == []
    )
    assert all(
        SECRET_FILE.search(path) for path in ("a.agekey", "password.txt", "keys-backup.yaml", "a.pem", "init.json")
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_shell_reads_the_commands(name: str) -> None:
    done = subprocess.run(["bash", "-n"], input=COMMANDS[name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_shellcheck_finds_nothing() -> None:
    for name, commands in COMMANDS.items():
        # SC2016: what is in single quotes is for the shell in the pod.
        done = subprocess.run(
            ["shellcheck", "--shell=bash", "--exclude=SC2016", "-"],
            input=commands,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{name}\n{done.stdout}"


@pytest.mark.parametrize("owner", SETS)
def test_notes_count_the_lines_that_are_there(owner: str) -> None:
    for starter in SETS[owner]:
        if starter.get("language") == "sh":
            lines = starter["content"].strip().count("\n") + 1
            numbers = re.findall(r"\b[Ll]ines? (\d+)(?: (?:to|and) (\d+))?", starter.get("note", ""))
            assert all(int(number) <= lines for pair in numbers for number in pair if number), starter["path"]


@pytest.mark.parametrize(("owner", "carrier"), [("sops", "Kustomization"), ("onepassword-eso-sops", "Kustomization"),
                                                 ("ksops", "Application"), ("sealed-secrets", "Application")])  # fmt: skip
def test_what_is_committed_is_applied_from_git(owner: str, carrier: str) -> None:
    assert carrier in {document["kind"] for document in StarterSet(owner).documents()}
    commands = "\n".join(text for name, text in COMMANDS.items() if name.startswith(f"{owner}/"))
    if owner != "sealed-secrets":
        assert "git push" in commands
        assert set(re.findall(r"kubectl apply -f (\S+)", commands)) <= {"application.yaml"}
    for starter in SETS[owner]:
        # The clone never has a value in plain text: files hold a placeholder when they are encrypted.
        if "stringData" in starter["content"] and "kind: Secret" in starter["content"]:
            assert "password: PASSWORD" in starter["content"]
            assert f"sops encrypt --in-place {starter['path']}" in commands
            assert "sops set --value-stdin" in commands


def test_notes_say_how_to_change_an_encrypted_value() -> None:
    words = {
        "sops": "sops edit",
        "ksops": "sops edit",
        "sealed-secrets": "--merge-into",
        "onepassword-eso-sops": "To replace the token",
    }
    for owner, word in words.items():
        assert any(word in starter.get("note", "") for starter in SETS[owner]), owner
