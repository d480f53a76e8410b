"""Starter sets against what their charts make of their values.

`RENDERED` was read on 2026-11-27 from `helm template` (4.1.4) with the values of the sets, at the versions that the sets pin.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
import yaml

from tests.support.manifests import nested
from tests.support.starter_sets import SETS, StarterSet


class Chart(NamedTuple):
    """What a chart made: version, services with their port, the service that finds each server, and the path for audit logs."""

    version: str
    services: frozenset[str]
    port: int
    internal: str
    audit: str


def _server(name: str, version: str) -> Chart:
    services = frozenset({name, f"{name}-active", f"{name}-standby", f"{name}-internal"})
    return Chart(version, services, 8200, f"{name}-internal", f"/{name}/audit")


RENDERED = {"vault": _server("vault", "0.34.1"), "openbao": _server("openbao", "0.29.2")}
"""By release, which is also the namespace and the set that installs it."""

NEEDED = {"connect": ("2.4.1", "onepassword-service-account-token", "token")}
"""By chart: a version, and the Secret and the key that its pods read."""


def text_of(owner: str) -> str:
    return "\n".join([*StarterSet(owner).lines, *StarterSet(owner).files.values()])


def installed(owner: str) -> dict[str, str]:
    """Charts of a set, without their repository, and their versions."""
    return {
        one.words[-1].rpartition("/")[2]: one.get("--version")
        for one in StarterSet(owner).commands
        if one.words[:2] == ["helm", "install"]
    }


@pytest.mark.parametrize("owner", RENDERED)
def test_the_servers_find_each_other_and_can_log(owner: str) -> None:
    chart, found = RENDERED[owner], StarterSet(owner)
    assert installed(owner)[owner] == chart.version
    values = yaml.safe_load(found.files[f"{owner}-values.yaml"])["server"]
    config, replicas = values["ha"]["raft"]["config"], values["ha"]["replicas"]
    joined = re.findall(r'retry_join \{ leader_api_addr = "(\w+)://([\w-]+)\.([\w-]+):(\d+)" \}', config)
    assert joined == [("http", f"{owner}-{number}", chart.internal, str(chart.port)) for number in range(replicas)]
    assert set(re.findall(rf"\b{owner}-\d\b", " ".join(found.lines))) == {
        f"{owner}-{number}" for number in range(replicas)
    }
    logs = [path for path in re.findall(r'file_path ?= ?"?([^"\s]+)', text_of(owner)) if path != "stdout"]
    assert logs and values["auditStorage"]["enabled"]
    assert all(path.startswith(f"{chart.audit}/") for path in logs)
    assert "operator init" in text_of(owner) and "operator unseal" in text_of(owner)


@pytest.mark.parametrize("owner", SETS)
def test_addresses_in_the_cluster_agree_with_the_chart(owner: str) -> None:
    """Service, namespace and port exist, and the scheme is the one that the listener speaks."""
    found = StarterSet(owner)
    for scheme, service, namespace, port in re.findall(r"(https?)://([\w-]+)\.([\w-]+)\.svc:(\d+)", text_of(owner)):
        if service == "kubernetes":
            continue  # the API server
        chart = RENDERED[namespace]
        assert service in chart.services and int(port) == chart.port
        server = StarterSet(namespace) if found.base is None else found.base
        assert server.owner == namespace
        values = server.files[f"{namespace}-values.yaml"]
        assert scheme == ("http" if "tls_disable = 1" in values else "https")
    for service in re.findall(r"port-forward --namespace (\w+) service/([\w-]+) 8200:(\d+)", text_of(owner)):
        assert service[1] in RENDERED[service[0]].services and int(service[2]) == RENDERED[service[0]].port


@pytest.mark.parametrize("owner", [owner for owner in SETS if NEEDED.keys() & installed(owner).keys()])
def test_a_chart_finds_the_secret_that_its_pods_read(owner: str) -> None:
    for chart, (version, name, key) in NEEDED.items():
        assert installed(owner)[chart] == version
        made = next(
            one
            for one in StarterSet(owner).commands
            if one.words[:5] == ["kubectl", "create", "secret", "generic", name]
        )
        assert made.get("--from-file").startswith(f"{key}=")
        release = next(one for one in StarterSet(owner).commands if one.words[:2] == ["helm", "install"])
        assert made.namespace == release.namespace


@pytest.mark.parametrize("owner", SETS)
def test_keys_that_are_read_are_keys_of_the_secret(owner: str) -> None:
    """Where the set itself says which keys a Secret gets."""
    found = StarterSet(owner)
    keys: dict[str, set[str]] = {}
    for one in found.commands:
        if one.words[:4] == ["kubectl", "create", "secret", "generic"]:
            given = [*one.options.get("--from-file", ()), *one.options.get("--from-literal", ())]
            keys.setdefault(one.words[4], set()).update(value.partition("=")[0] for value in given)
    for one in found.documents():
        if one["kind"] == "ExternalSecret":
            keys.setdefault(one["spec"]["target"]["name"], set()).update(
                part["secretKey"] for part in one["spec"]["data"]
            )
        if one["kind"] == "Secret" and "stringData" in one:
            keys.setdefault(one["metadata"]["name"], set()).update(one["stringData"])
    for _, one in nested(found.documents()):
        if {"name", "key"} <= one.keys() and one["name"] in keys:
            assert one["key"] in keys[one["name"]], one
