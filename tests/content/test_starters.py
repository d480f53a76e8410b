"""The starter files of data/guide.yml: they parse, use current APIs and agree with the schemas that packages ship.

Core kinds are judged by `kubernetes-validate`, custom kinds by the `@kubernetes-models` packages where one ships them.
`UNCHECKED` names what no package ships. On 2026-11-25 those with their own definition were compared with it,
unknown fields refused; Kustomize, KSOPS and the API server's configuration were read against their documentation.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import kubernetes_validate
import pytest

from hooks.runtime.fetch import tool
from tests.support.node_packages import node_packages
from tests.support.real_guide import guide_data
from tests.support.starter_sets import OWNERS, documents_in

KUBERNETES = "1.36"
"""The newest version that the guide names."""

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


def files() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every starter file with the name of its owner."""
    for owner, entry in OWNERS.items():
        for starter in entry.get("starter", ()):
            yield f"{owner}/{starter['path']}", starter


YAML_FILES = {name: starter for name, starter in files() if starter.get("language", "yaml") == "yaml"}


def documents(name: str) -> list[dict[str, Any]]:
    """The manifests in a file; each is a mapping."""
    return documents_in(YAML_FILES[name]["content"])


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
