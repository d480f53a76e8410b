"""Reads a starter set as a whole: what its commands and files make and need, in the order in which a reader runs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from tests.support.manifests import Thing, made_by, needs_of, nested
from tests.support.real_guide import guide_data
from tests.support.shell_commands import Command, simple_commands

OWNERS = {entry["id"]: entry for section in ("options", "strategies") for entry in guide_data()[section]}
SETS: dict[str, list[dict[str, Any]]] = {
    owner: entry["starter"] for owner, entry in OWNERS.items() if "starter" in entry
}

BASES = {"the page on Vault": "vault", "the page on OpenBao": "openbao"}
"""Words of a note by which a set starts where another one ends."""


class Tagged(yaml.SafeLoader):
    """A loader that lets through the tags of a tool's own language (Conjur's policies)."""


def _plain(loader: Tagged, _suffix: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node)
    return loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else node.value


Tagged.add_multi_constructor("!", _plain)  # type: ignore[no-untyped-call]


@dataclass
class Step:
    """One line of commands: what it makes and what has to be there for it."""

    line: str
    made: set[Thing] = field(default_factory=set)
    used: set[Thing] = field(default_factory=set)


def documents_in(text: str) -> list[dict[str, Any]]:
    """The documents of a YAML file."""
    return [found for found in yaml.load_all(text, Loader=Tagged) if found is not None]


@dataclass(frozen=True)
class StarterSet:
    """A set and what it starts from."""

    owner: str

    @property
    def files(self) -> dict[str, str]:
        return {one["path"]: one["content"] for one in SETS[self.owner] if one.get("language") != "sh"}

    @property
    def notes(self) -> str:
        return " ".join(one.get("note", "") for one in SETS[self.owner])

    @property
    def base(self) -> StarterSet | None:
        """The set of another page that has to be done before."""
        found = next((base for words, base in BASES.items() if f"from {words}, still" in self.notes), None)
        return StarterSet(found) if found else None

    @property
    def lines(self) -> list[str]:
        """All lines of commands but those of the clean-up."""
        blocks = [one for one in SETS[self.owner] if one.get("language") == "sh" and one["path"] != "clean-up"]
        return [line for block in blocks for line in block["content"].strip().split("\n")]

    @property
    def clean_up(self) -> list[Command]:
        return [found for line in SETS[self.owner][-1]["content"].split("\n") for found in simple_commands(line)]

    @property
    def commands(self) -> list[Command]:
        return [found for line in self.lines for found in simple_commands(line)]

    def documents(self, *paths: str) -> list[dict[str, Any]]:
        """The manifests of these files, of files below these folders, or of all files."""
        wanted = [
            text
            for path, text in self.files.items()
            if path.endswith((".yaml", ".yml"))
            and (not paths or any(PurePosixPath(path).is_relative_to(one) for one in paths))
        ]
        return [one for text in wanted for one in documents_in(text) if isinstance(one, dict) and "metadata" in one]

    def steps(self) -> Iterator[Step]:
        """Each line with what it makes and needs."""
        staged: list[str] = []
        for line in self.lines:
            step = Step(line)
            for command in simple_commands(line):
                self._read(command, step, staged)
            yield step

    def _read(self, command: Command, step: Step, staged: list[str]) -> None:
        match command.words:
            case ["git", "add", *paths]:
                staged += paths
            case ["git", "push"]:  # what GitOps applies then
                self._apply(self.documents(*staged), step)
            case ["helm", "install" | "upgrade", *_]:
                self._install(command, step)
            case ["kubectl", "create", kind, *more] if kind in CREATED:
                self._make(command, step, CREATED[kind], more[-1])
            case ["kubectl", "apply", *_]:
                documents = self.documents(*command.options.get("-f", []))
                self._apply(documents, step)
                for one in (one for one in documents if one["kind"] == "Application"):
                    spec = one["spec"]
                    self._apply(self.documents(spec["source"]["path"]), step, spec["destination"]["namespace"])
            case ["kubectl", "exec" | "logs" | "wait" | "rollout", *_]:
                self._look(command, step)
            case ["eksctl", "create", "iamserviceaccount"]:
                self._make(command, step, "ServiceAccount", command.get("--name"))
            case ["eksctl", "create", "podidentityassociation", *_]:
                assert command.get("--create-service-account") == "true"
                self._make(command, step, "ServiceAccount", command.get("--service-account-name"))

    def _install(self, command: Command, step: Step) -> None:
        if "--create-namespace" in command.options:
            step.made.add(Thing("Namespace", "", command.namespace))
        step.used.add(Thing("Namespace", "", command.namespace))
        for path in command.options.get("--values", ()):
            for key, one in nested(documents_in(self.files[path])):
                if key == "secret" and "secretName" in one:
                    step.used.add(Thing("Secret", command.namespace, one["secretName"]))

    def _look(self, command: Command, step: Step) -> None:
        """Into a pod, or at what is waited for. What a chart makes is left out, as are variables of a loop."""
        name = command.words[3] if command.words[1] == "rollout" else command.words[2]
        kind, _, name = name.rpartition("/")
        if name not in CHART_PODS and not name.startswith("$") and command.get("--for") not in ("create", "delete"):
            step.used.add(Thing(KINDS[kind], command.namespace, name))

    def _make(self, command: Command, step: Step, kind: str, name: str) -> None:
        if kind == "Namespace":
            step.made.add(Thing(kind, "", name))
            return
        if "--dry-run" not in command.options:  # else it becomes a file, which is applied with its namespace
            step.used.add(Thing("Namespace", "", command.namespace))
        step.made.add(Thing(kind, command.namespace, name))

    def _apply(self, documents: list[dict[str, Any]], step: Step, namespace: str = "") -> None:
        for one in documents:
            step.made |= set(made_by(one, namespace))
            step.used |= set(needs_of(one, namespace))


CHART_PODS = {f"{name}-{number}" for name in ("vault", "openbao") for number in range(3)}
"""Servers that a chart starts; tests of the charts' facts look at them."""

CREATED = {"namespace": "Namespace", "serviceaccount": "ServiceAccount", "secret": "Secret", "configmap": "ConfigMap"}

KINDS = {
    "": "Pod",
    "deployment": "Deployment", "pod": "Pod", "externalsecret": "ExternalSecret", "kustomization": "Kustomization",
    "application": "Application", "vaultstaticsecret": "VaultStaticSecret",
}  # fmt: skip
