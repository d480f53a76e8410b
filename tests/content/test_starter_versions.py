"""Charts and images of starter sets: pinned, and at the version that the page of the tool describes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tests.support.starter_sets import OWNERS, SETS, StarterSet


def pinned() -> Iterator[tuple[str, str, str]]:
    """Owner, chart without its repository, and version of every chart that a set installs."""
    for owner in SETS:
        for one in StarterSet(owner).commands:
            if one.words[:2] in (["helm", "install"], ["helm", "upgrade"]):
                assert one.get("--version"), one.words
                yield owner, one.words[-1].rpartition("/")[2], one.get("--version")


def test_a_chart_has_the_same_version_in_all_sets() -> None:
    versions: dict[str, set[str]] = defaultdict(set)
    for _, chart, version in pinned():
        versions[chart].add(version)
    assert len(versions) >= 12
    assert {chart: found for chart, found in versions.items() if len(found) > 1} == {}


DESCRIBED_BY = {
    "sealed-secrets": "sealed-secrets", "external-secrets": "eso", "secrets-store-csi-driver": "csi", "vault": "vault",
    "vault-secrets-operator": "vso", "openbao": "openbao", "secrets-operator": "infisical-operator",
    "doppler-kubernetes-operator": "doppler-operator", "connect": "onepassword-operator", "secrets-injector": "onepassword-injector",
}  # fmt: skip
"""The page that describes what a chart installs."""

OTHER_CHARTS = {"argo-cd", "infisical-csi-provider"}
"""They install what no page describes."""

VERSION = r"(?<![\d.]){}(?!\.?\d)"


def test_a_chart_installs_the_version_that_the_page_describes() -> None:
    """The version is the chart's own, or the set says which version this chart installs."""
    for owner, chart, version in pinned():
        if chart in OTHER_CHARTS:
            continue
        release, notes = OWNERS[DESCRIBED_BY[chart]]["release"], StarterSet(DESCRIBED_BY[chart]).notes
        described = re.search(r"\d+\.\d+\.\d+", release["version"])
        assert described, release["version"]
        text = "\n".join([*StarterSet(owner).lines, *StarterSet(owner).files.values()])
        says = re.search(VERSION.format(re.escape(version)), f"{release['text']} {notes}")
        same = version == described[0] or described[0] in f"{notes} {release['text']}"
        assert same and (version == described[0] or says or described[0] in text), (owner, chart, version, described[0])


def test_a_set_says_that_its_chart_is_too_old_for_support() -> None:
    """Where the page says that only the newest version is supported and the pinned one is older."""
    found = 0
    for owner, chart, version in pinned():
        if chart in OTHER_CHARTS:
            continue
        text = OWNERS[DESCRIBED_BY[chart]]["release"]["text"]
        if re.search(r"Only the newest (minor )?version is supported", text):
            found += 1
            assert "newest" in StarterSet(owner).notes, (owner, chart, version)
    assert found >= 11


IMAGES = {"vault": "vault", "openbao": "openbao", "secrets-provider-for-k8s": "conjur", "ksops": "ksops"}


def test_images_of_tools_have_the_version_that_the_page_describes() -> None:
    count = 0
    for owner in SETS:
        text = "\n".join([*StarterSet(owner).lines, *StarterSet(owner).files.values()])
        for name, tag in re.findall(r"image: \S*?/([\w-]+):v?([\d.]+)", text):
            if name in IMAGES:
                count += 1
                assert re.search(VERSION.format(re.escape(tag)), OWNERS[IMAGES[name]]["release"]["text"]), (
                    owner,
                    name,
                    tag,
                )
        tool = "openbao" if "openbao" in owner else "vault"
        for tag in re.findall(r"(?:tag: |image\.tag=)\"?([\d.]+)", text):
            count += 1
            assert tag in OWNERS[tool]["release"]["version"], (owner, tag)
    assert count >= 8
