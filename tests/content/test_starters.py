"""The starter files of data/guide.yml: they parse, use current APIs and agree with the schemas that packages ship.

Core kinds are judged by `kubernetes-validate`, custom kinds by the `@kubernetes-models` packages where one ships them.
`UNCHECKED` names what no package ships. On 2026-11-25 those with their own definition were compared with it,
unknown fields refused; Kustomize, KSOPS and the API server's configuration were read against their documentation.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import kubernetes_validate
import pytest
import yaml

from hooks.runtime.fetch import tool
from tests.support.node_packages import node_packages
from tests.support.real_guide import guide_data

KUBERNETES = "1.36"
"""The newest version that the guide names."""

OWNERS = {entry["id"]: entry for section in ("options", "strategies") for entry in guide_data()[section]}

# Files that belong to a tool rather than the cluster: no apiVersion, no kind.
TOOL_FILES = (
    ".sops.yaml",
    "argocd-values.yaml",
    "injector-values.yaml",
    "openbao-values.yaml",
    "vault-values.yaml",
    "conjur-policy.yml",
    "remove-shop.yml",
)

DEPRECATED = (
    "apps/v1beta",
    "extensions/",
    "external-secrets.io/v1alpha1",
    "external-secrets.io/v1beta1",
    "kustomize.toolkit.fluxcd.io/v1beta",
    "secrets-store.csi.x-k8s.io/v1alpha1",
    "secrets.infisical.com/v1alpha1",
    "kubernetes-client.io/",
)

CORE = ("v1", "apps/v1")

UNCHECKED = {
    ("apiserver.config.k8s.io/v1", "EncryptionConfiguration"),
    ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
    ("onepassword.com/v1", "OnePasswordItem"),
    ("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass"),
    ("secrets.doppler.com/v1alpha1", "DopplerSecret"),
    ("secrets.hashicorp.com/v1beta1", "VaultAuth"),
    ("secrets.hashicorp.com/v1beta1", "VaultConnection"),
    ("secrets.hashicorp.com/v1beta1", "VaultStaticSecret"),
    ("secrets.infisical.com/v1beta1", "InfisicalAuth"),
    ("secrets.infisical.com/v1beta1", "InfisicalConnection"),
    ("secrets.infisical.com/v1beta1", "InfisicalStaticSecret"),
    ("viaduct.ai/v1", "ksops"),
}

NEWER = {"external-secrets.io/v1": {"onepasswordSDK", "serviceAccountSecretRef"}}
"""Fields that an API has and the newest package (2.0.0) does not know yet; read on 2026-11-27 in the operator's own types
(OnePasswordSDKProvider and OnePasswordSDKAuth in apis/externalsecrets/v1), where `vault` and `auth` are required too."""


class _Tagged(yaml.SafeLoader):
    """A loader that lets through the tags of a tool's own language (Conjur's policies)."""


def _plain(loader: _Tagged, _suffix: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node)
    return loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else node.value


_Tagged.add_multi_constructor("!", _plain)  # type: ignore[no-untyped-call]


def files() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every starter file with the name of its owner."""
    for owner, entry in OWNERS.items():
        for starter in entry.get("starter", ()):
            yield f"{owner}/{starter['path']}", starter


YAML_FILES = {name: starter for name, starter in files() if starter.get("language", "yaml") == "yaml"}


def documents(name: str) -> list[dict[str, Any]]:
    """The manifests in a file; each is a mapping."""
    # The loader is a SafeLoader with tags that become plain values.
    found = list(yaml.load_all(YAML_FILES[name]["content"], Loader=_Tagged))
    return [document for document in found if document is not None]


def is_manifest(name: str) -> bool:
    return name.rpartition("/")[2] not in TOOL_FILES


MANIFESTS = [(name, document) for name in YAML_FILES if is_manifest(name) for document in documents(name)]
CORE_MANIFESTS = [(name, document) for name, document in MANIFESTS if document["apiVersion"] in CORE]


def test_every_option_has_starter_files() -> None:
    """Named strategies without their own files show those of their members."""
    assert [option["id"] for option in guide_data()["options"] if not option.get("starter")] == []


@pytest.mark.parametrize("name", YAML_FILES)
def test_yaml_parses_and_says_what_it_is(name: str) -> None:
    found = documents(name)
    assert found
    for document in found if is_manifest(name) else []:
        assert isinstance(document, dict)
        assert document.get("apiVersion") and document.get("kind"), document
        assert not document["apiVersion"].startswith(DEPRECATED), document["apiVersion"]


def test_json_parses() -> None:
    for name, starter in files():
        if starter.get("language") == "json":
            assert json.loads(starter["content"]), name


def test_no_old_fields() -> None:
    for name, document in MANIFESTS:
        if document["kind"] == "SealedSecret":
            assert "data" not in document["spec"], name
        if document["kind"] == "EncryptionConfiguration":
            providers = [item for rule in document["resources"] for item in rule["providers"]]
            assert all(item["kms"].get("apiVersion") == "v2" for item in providers if "kms" in item), name


def test_commands_hold_no_value_and_no_script_from_the_network() -> None:
    """A value belongs in a file or a prompt, not in the history of a shell; nothing is piped into a shell."""
    for name, starter in files():
        if starter.get("language") != "sh":
            continue
        assert not re.search(r"curl[^\n]*\|\s*(ba)?sh", starter["content"]), name
        assert not re.search(r"--from-literal=password=\w", starter["content"]), name


# Commands: copied as a whole, pasted as a whole.

SETS = {owner: entry["starter"] for owner, entry in OWNERS.items() if entry.get("starter")}
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
    for name, starter in files():
        assert starter.get("language") not in ("console", "bash", "shell"), name
        assert not re.search(r"(?m)^[$#>] ", starter["content"]) or starter.get("language") != "sh", name


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
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed")
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


def _resources(owner: str) -> set[str]:
    return {document["kind"] for name, document in MANIFESTS if name.startswith(f"{owner}/")}


@pytest.mark.parametrize(("owner", "carrier"), [("sops", "Kustomization"), ("onepassword-eso-sops", "Kustomization"),
                                                 ("ksops", "Application"), ("sealed-secrets", "Application")])  # fmt: skip
def test_what_is_committed_is_applied_from_git(owner: str, carrier: str) -> None:
    assert carrier in _resources(owner)
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
        "onepassword-eso-sops": "next week",
    }
    for owner, word in words.items():
        assert any(word in starter.get("note", "") for starter in SETS[owner]), owner


def test_images_have_a_version() -> None:
    for name, document in MANIFESTS:
        for image in re.findall(r"'image': '([^']+)'", str(document)):
            assert ":" in image or image.isupper() or image.replace("_", "").isupper(), (name, image)
            assert not image.endswith(":latest"), (name, image)


def test_the_list_of_what_is_not_checked_is_not_stale() -> None:
    assert {(document["apiVersion"], document["kind"]) for _, document in MANIFESTS} >= UNCHECKED


@pytest.mark.parametrize("number", range(len(CORE_MANIFESTS)))
def test_core_kinds_agree_with_the_api(number: int) -> None:
    """Strictly: a field that the API does not know is an error."""
    name, document = CORE_MANIFESTS[number]
    try:
        kubernetes_validate.validate(document, KUBERNETES, strict=True)
    except kubernetes_validate.ValidationError as problem:
        pytest.fail(f"{name}: {'.'.join(map(str, problem.path))}: {problem.message[:200]}")


def test_custom_kinds_agree_with_the_packages_that_ship_them() -> None:
    done = subprocess.run(
        [*tool("node"), "manifests.mjs"],
        cwd=node_packages(),
        input=json.dumps([document for _, document in MANIFESTS]),
        capture_output=True,
        text=True,
        check=True,
    )
    verdicts = list(zip(MANIFESTS, json.loads(done.stdout), strict=True))
    wrong = [(name, verdict) for (name, _), verdict in verdicts if verdict not in (None, "no package")]
    assert not wrong, wrong
    assert sum(verdict is None for _, verdict in verdicts) >= 14
    for (name, document), verdict in verdicts:
        if verdict is None:
            newer = NEWER.get(document["apiVersion"], set())
            strangers = set(_fields(document["spec"])) - _known_fields(document["apiVersion"]) - newer
            assert not strangers, (name, strangers)
    for version, newer in NEWER.items():
        assert not newer & _known_fields(version), "the package has caught up: take these out of NEWER"


# Below these fields names are free.
FREE = {"encryptedData", "labels", "annotations"}


def _fields(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in FREE:
                yield from _fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(inner)


def _known_fields(version: str) -> set[str]:
    """Names of all fields in the type files of the package that ships this API: the packages let strange ones pass."""
    package = {"bitnami.com": "sealed-secrets", "external-secrets.io": "external-secrets"}.get(
        version.partition("/")[0], "flux-cd"
    )
    found = {"name", "namespace"}
    for path in (node_packages() / "node_modules" / "@kubernetes-models" / package).rglob("*.d.ts"):
        found.update(re.findall(r'(?m)^\s+"?([A-Za-z]\w*)"?\??:', path.read_text("utf-8")))
    return found


@pytest.mark.parametrize("owner", [owner for owner, entry in OWNERS.items() if entry.get("starter")])
def test_every_placeholder_is_explained(owner: str) -> None:
    """A word in capitals that the reader has to replace is explained in a note beside one of the files."""
    notes = " ".join(starter.get("note", "") for starter in OWNERS[owner]["starter"])
    for starter in OWNERS[owner]["starter"]:
        # Names of environment variables and of keys are no placeholders.
        content = re.sub(r"(?m)#.*$|\b(?:name|key|secretKey): [A-Z_]+\b", "", starter["content"])
        content = re.sub(r"\b[A-Z_]+=|\[[A-Z_]+\]|\$\{?[A-Z_]+", "", content)
        words = set(re.findall(r"\b[A-Z][A-Z0-9_]{2,}\b", content))
        strange = {word for word in words if not re.search(rf"\b{word}\b", notes)}
        assert not strange, f"{owner}/{starter['path']}: {strange}"
