"""What manifests of the starter files make and need, once they are applied and their controllers are done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

PODS = ("Pod", "Deployment")


class Thing(NamedTuple):
    """Something in a cluster; the namespace is "" for what is in none."""

    kind: str
    namespace: str
    name: str


def nested(value: Any, parent: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All mappings inside a value, each with the key under which it is."""
    if isinstance(value, dict):
        yield parent, value
        for key, inner in value.items():
            yield from nested(inner, str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from nested(inner, parent)


def made_by(document: dict[str, Any], namespace: str) -> Iterator[Thing]:
    """What is there once a manifest is applied and its controller is done."""
    kind, name, spec = document["kind"], document["metadata"]["name"], document.get("spec", {})
    here = document["metadata"].get("namespace", namespace)
    yield Thing(kind, "" if kind in ("Namespace", "ClusterRoleBinding") else here, name)
    match kind:
        case "Application" if "CreateNamespace=true" in spec["syncPolicy"]["syncOptions"]:
            yield Thing("Namespace", "", spec["destination"]["namespace"])
        case "ExternalSecret":
            yield Thing("Secret", here, spec["target"]["name"])
        case "VaultStaticSecret" if spec["destination"]["create"]:
            yield Thing("Secret", here, spec["destination"]["name"])
        case "InfisicalStaticSecret":
            yield from (Thing("Secret", one["namespace"], one["name"]) for one in spec["targets"])
        case "DopplerSecret":
            yield Thing("Secret", spec["managedSecret"]["namespace"], spec["managedSecret"]["name"])
        case "OnePasswordItem" | "SealedSecret":
            yield Thing("Secret", here, name)


REFERENCES = {
    "serviceAccountRef": "ServiceAccount", "infisicalAuthRef": "InfisicalAuth", "infisicalConnectionRef": "InfisicalConnection",
    "identityIdRef": "Secret", "tokenSecret": "Secret", "secretRef": "Secret", "secretKeyRef": "Secret", "configMapRef": "ConfigMap",
    "dopplerToken": "Secret", "clientId": "Secret", "clientSecret": "Secret", "serviceAccountSecretRef": "Secret",
    "secretStoreRef": "SecretStore", "rolloutRestartTargets": "",
}  # fmt: skip
"""Fields that name something else; where the value is "", its kind stands beside the name."""


def needs_of(document: dict[str, Any], namespace: str) -> Iterator[Thing]:
    """What a manifest names: it stays pending, or is refused, without it."""
    here = document["metadata"].get("namespace", namespace)
    if here:
        yield Thing("Namespace", "", here)
    for key, one in nested(document.get("spec", {})):
        if key in REFERENCES and "name" in one and REFERENCES[key]:
            yield Thing(REFERENCES[key], one.get("namespace", here), one["name"])
        yield from _named_in(key, one, here)
    if document["kind"] == "RoleBinding":
        yield Thing("Role", here, document["roleRef"]["name"])
    for one in document.get("subjects", ()):
        yield Thing(one["kind"], one["namespace"], one["name"])


def _named_in(key: str, one: dict[str, Any], here: str) -> Iterator[Thing]:
    if "serviceAccountName" in one:
        yield Thing("ServiceAccount", here, one["serviceAccountName"])
    if key == "secret" and "secretName" in one:
        yield Thing("Secret", here, one["secretName"])
    if key == "volumeAttributes":
        yield Thing("SecretProviderClass", here, one["secretProviderClass"])
    if key == "managedSecret":
        yield Thing("Namespace", "", one["namespace"])
    if isinstance(one.get("serviceAccount"), dict):
        yield Thing("ServiceAccount", here, one["serviceAccount"]["name"])
    if isinstance(one.get("serviceAccount"), str):
        yield Thing("ServiceAccount", here, one["serviceAccount"])
    if "vaultConnectionRef" in one:
        yield Thing("VaultConnection", here, one["vaultConnectionRef"])
    if "vaultAuthRef" in one:
        yield Thing("VaultAuth", here, one["vaultAuthRef"])
    if "remoteNamespace" in one:
        yield Thing("Namespace", "", one["remoteNamespace"])


def pod_of(document: dict[str, Any]) -> dict[str, Any]:
    """The pod's own spec of a manifest that has one, with the annotations of the pod."""
    template = document["spec"]["template"] if document["kind"] == "Deployment" else document
    return {**template["spec"], "annotations": template["metadata"].get("annotations", {})}
