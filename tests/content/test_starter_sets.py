"""Each starter set as a whole: what a line needs is there before it, and what belongs together agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pytest

from tests.support.manifests import PODS, Thing, made_by, needs_of, pod_of
from tests.support.starter_sets import SETS, StarterSet

GIVEN = {
    "kube-system": "",
    "default": "",
    "flux-system": "`?flux bootstrap",
    "argocd": "Only with Argo CD",
    "doppler-operator-system": "The chart creates the namespace `doppler-operator-system`",
}
"""Namespaces that no line makes, with the words of a note that say why they are there."""


def there_before(found: StarterSet) -> set[Thing]:
    """What a reader has before the first line: what notes list, and what the set of another page made."""
    made = {
        Thing("Namespace", "", name)
        for name, why in GIVEN.items()
        if not why or re.search(why.removeprefix("`?"), found.notes)
    }
    if found.base:
        made |= {thing for step in found.base.steps() for thing in step.made}
    return made


def used_files(found: StarterSet) -> set[str]:
    """The words of all commands, and the files that Git carries."""
    return {word.removeprefix("file://") for one in [*found.commands, *found.clean_up]
            for word in [*one.words, *(value for values in one.options.values() for value in values)]}  # fmt: skip


@pytest.mark.parametrize("owner", SETS)
def test_what_a_line_needs_is_made_before(owner: str) -> None:
    made = there_before(StarterSet(owner))
    for step in StarterSet(owner).steps():
        made |= step.made
        assert not step.used - made, step.line


@pytest.mark.parametrize("owner", SETS)
def test_files_that_no_line_applies_name_only_what_the_set_has(owner: str) -> None:
    found = StarterSet(owner)
    made = there_before(found) | {thing for step in found.steps() for thing in step.made}
    made |= {thing for one in found.documents() for thing in made_by(one, "shop")}
    assert not {thing for one in found.documents() for thing in needs_of(one, "shop")} - made


@pytest.mark.parametrize("owner", SETS)
def test_files_that_commands_name_are_in_the_set_and_each_file_is_used(owner: str) -> None:
    found, words = StarterSet(owner), used_files(StarterSet(owner))
    written = set(re.findall(r"> ([\w./-]+\.ya?ml)", "\n".join(found.lines)))
    for word in words:
        named = re.fullmatch(r"(?:@)?([\w./-]+\.(?:ya?ml|json|hcl|pem))", word)
        if named and not named[1].startswith("/") and named[1] not in written and f"`{named[1]}` is" not in found.notes:
            assert named[1] in found.files or word.startswith("onepassword-token"), word
    folders = [PurePosixPath(word) for word in words if "/" in word or word.startswith(".")]
    for path in found.files:
        inside = any(PurePosixPath(path).is_relative_to(folder) for folder in folders)
        named_here = path in words or inside or path.startswith("/") or path == ".sops.yaml"
        note = next(one["note"] for one in SETS[owner] if one["path"] == path)
        assert named_here or note.startswith(("Optional", "Only with")), path


@pytest.mark.parametrize("owner", SETS)
def test_what_helm_installs_has_a_repository_and_is_uninstalled(owner: str) -> None:
    found = StarterSet(owner)
    repositories: set[str] = set()
    for one in found.commands:
        if one.words[:3] == ["helm", "repo", "add"]:
            repositories.add(one.words[3])
        elif one.words[:2] in (["helm", "install"], ["helm", "upgrade"]):
            release, chart = (
                [word for word in one.words[2:] if word != "--install"][:2]
                if "--install" not in one.options
                else (one.get("--install"), one.words[2])
            )
            assert "--repo" in one.options or chart.partition("/")[0] in repositories, chart
            gone = [end for end in found.clean_up if end.words[:2] == ["helm", "uninstall"] and release in end.words]
            assert gone and gone[0].namespace == one.namespace, release


# Pods


def pods(owner: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for one in StarterSet(owner).documents():
        if one["kind"] in PODS:
            yield one, pod_of(one)


@pytest.mark.parametrize("owner", SETS)
def test_mounts_have_volumes_and_selectors_find_their_pods(owner: str) -> None:
    for document, pod in pods(owner):
        volumes = {one["name"] for one in pod.get("volumes", ())}
        mounted = {one["name"] for part in pod["containers"] for one in part.get("volumeMounts", ())}
        projected = pod["annotations"].get("vault.hashicorp.com/agent-service-account-token-volume-name")
        assert mounted | ({projected} if projected else set()) == volumes, volumes
        if document["kind"] == "Deployment":
            labels = document["spec"]["template"]["metadata"]["labels"]
            assert document["spec"]["selector"]["matchLabels"].items() <= labels.items()


@pytest.mark.parametrize("owner", SETS)
def test_the_proof_reads_what_the_pod_has(owner: str) -> None:
    """The container, the file below a mount, or the variable that the last command names."""
    found = {(one["metadata"].get("namespace", "shop"), one["metadata"]["name"]): pod for one, pod in pods(owner)}
    for one in StarterSet(owner).commands:
        if one.words[:2] != ["kubectl", "exec"] or not one.words[2].startswith("deployment/"):
            continue
        pod = found[one.namespace, one.words[2].removeprefix("deployment/")]
        container = next(part for part in pod["containers"] if part["name"] == (one.get("--container") or "shop"))
        if one.words[3] == "printenv":
            assert one.words[4] in {entry["name"] for entry in container["env"]}
        elif one.words[3] in ("cat", "grep"):
            mounts = [entry["mountPath"] for entry in container.get("volumeMounts", ())]
            injected = ["/vault/secrets"] if "vault.hashicorp.com/agent-inject" in pod["annotations"] else []
            file = next(word for word in reversed(one.words) if word.startswith("/"))
            assert any(PurePosixPath(file).is_relative_to(mount) for mount in [*mounts, *injected]), file
            assert _written(owner, PurePosixPath(file).name), file


def _written(owner: str, name: str) -> bool:
    """Whether some field or command of the set gives a file, or a key of a Secret, this name."""
    text = "\n".join([*StarterSet(owner).lines, *StarterSet(owner).files.values()])
    forms = (rf"secretKey: {name}\b", rf"objectName: {name}\b", rf"objectAlias: {name}\b", rf"--from-file={name}=", rf"stringData:\n  {name}:",
             rf"agent-inject-secret-{name}\b", rf"fileName: {name}\b", rf"\./{name}\b")  # fmt: skip
    return any(re.search(form, text) for form in forms)


@pytest.mark.parametrize("owner", SETS)
def test_a_pod_that_could_not_read_does_not_succeed(owner: str) -> None:
    """A shell takes the result of a pipe from its end: what fetches a value must fail before it."""
    for text in StarterSet(owner).files.values():
        for before in re.findall(r"(.*?)\| wc -c", text):
            assert re.search(r"printf %s \"\$\w+\" $", before), before
