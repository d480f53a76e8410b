"""Roles, policies and audiences of starter sets: who logs in, what for, and that two pages do not write them differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import NamedTuple

import pytest

from tests.support.manifests import PODS, nested, pod_of
from tests.support.starter_sets import SETS, StarterSet


class Client(NamedTuple):
    """Who logs in: the role it names, its service account and namespace, the audience of its token and what it reads."""

    role: str
    account: str
    namespace: str
    audience: str


def clients(owner: str) -> Iterator[Client]:
    """Everything in a set that logs in to Vault or OpenBao with a service account."""
    accounts: dict[str, str] = {}
    for document, pod in ((one, pod_of(one)) for one in StarterSet(owner).documents() if one["kind"] in PODS):
        here, account = document["metadata"].get("namespace", "shop"), pod.get("serviceAccountName", "default")
        tokens = {volume["name"]: part["serviceAccountToken"]["audience"] for volume in pod.get("volumes", ())
                  for part in volume.get("projected", {}).get("sources", ())}  # fmt: skip
        for volume in pod.get("volumes", ()):
            if "csi" in volume:
                accounts[volume["csi"]["volumeAttributes"]["secretProviderClass"]] = account
        notes = pod["annotations"]
        if role := notes.get("vault.hashicorp.com/role"):
            yield Client(
                role, account, here, tokens[notes["vault.hashicorp.com/agent-service-account-token-volume-name"]]
            )
        if role := re.search(
            r"auth/kubernetes/login role=(\w+) jwt=@/var/run/(\w+)/token", "\n".join(StarterSet(owner).lines)
        ):
            yield Client(role[1], account, here, tokens[f"{role[2]}-token"])
    for document in StarterSet(owner).documents():
        here, spec = document.get("metadata", {}).get("namespace", ""), document.get("spec", {})
        if document["kind"] == "SecretProviderClass" and "roleName" in spec["parameters"]:
            name = document["metadata"]["name"]
            yield Client(spec["parameters"]["roleName"], accounts[name], here, spec["parameters"]["audience"])
        for key, one in nested(spec):
            if key == "kubernetes" and "role" in one:
                reference = one.get("serviceAccountRef") or {
                    "name": one["serviceAccount"],
                    "audiences": one["audiences"],
                }
                assert len(reference["audiences"]) == 1
                yield Client(one["role"], reference["name"], here, reference["audiences"][0])


def roles(owner: str) -> dict[str, dict[str, str]]:
    """The roles that a set writes, with their fields."""
    return {
        one.words[2].rpartition("/")[2]: dict(word.split("=", 1) for word in one.words[3:])
        for one in StarterSet(owner).commands
        if one.words[1:2] == ["write"] and "/role/" in one.words[2]
    }


def policies(owner: str) -> dict[str, str]:
    return {
        one.words[3]: StarterSet(owner).files[one.words[4]]
        for one in StarterSet(owner).commands
        if one.words[1:3] == ["policy", "write"]
    }


BOUND = [owner for owner in SETS if list(clients(owner))]


def test_sets_with_roles_are_found() -> None:
    assert len(BOUND) >= 9 and {"vault", "openbao", "eso-vault", "openbao-mounted", "openbao-injected", "vso"} <= {
        *BOUND
    }


@pytest.mark.parametrize("owner", BOUND)
def test_role_account_and_audience_agree(owner: str) -> None:
    for client in clients(owner):
        role = roles(owner)[client.role]
        assert client.account in role["bound_service_account_names"].split(",")
        assert client.namespace in role["bound_service_account_namespaces"].split(",")
        assert client.audience == role["audience"]


@pytest.mark.parametrize("owner", BOUND)
def test_the_policy_of_the_role_covers_what_is_read(owner: str) -> None:
    base = StarterSet(owner).base
    known = (policies(base.owner) if base else {}) | policies(owner)
    for role in roles(owner).values():
        allowed = re.findall(r'path "([^"]+)"', known[role["policies"]])
        text = "\n".join([*StarterSet(owner).lines, *StarterSet(owner).files.values()])
        assert "shop/db" in text
        assert any(fnmatch("secret/data/shop/db", pattern) for pattern in allowed)
        assert all(
            fnmatch(path, pattern)
            for path in re.findall(r"secret/data/[\w/]+", text.replace("secret/data/shop/*", ""))
            for pattern in allowed
        )


def test_nothing_is_written_twice_with_different_content() -> None:
    """Who follows two pages one after the other must not break the first. Names in a cloud account count too."""
    found: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for owner in SETS:
        for role, fields in roles(owner).items():
            found["role", next(one.words[0] for one in StarterSet(owner).commands if "/role/" in str(one.words)), role][
                owner
            ] = str(sorted(fields.items()))
        for name, content in policies(owner).items():
            found["policy", name][owner] = content
        for one in StarterSet(owner).commands:
            if one.words[:3] in (
                ["aws", "iam", "create-role"],
                ["aws", "iam", "create-policy"],
                ["aws", "iam", "put-role-policy"],
            ):
                name = one.get("--policy-name") or one.get("--role-name")
                file = one.get("--assume-role-policy-document") or one.get("--policy-document")
                found[one.words[2], name][owner] = StarterSet(owner).files[file.removeprefix("file://")]
    for what, contents in found.items():
        assert len(set(contents.values())) == 1, (what, list(contents))
