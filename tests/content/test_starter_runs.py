"""Commands of starter sets whose program a package ships are run as they are written: `sops`, with keys of age."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest
import yaml

from tests.support.starter_sets import SETS, StarterSet

PLACEHOLDER = r"AGE_PUBLIC_KEY\w*"

STAND_INS = """
op() { printf 'a-token\\n'; }
kubectl() { printf 'apiVersion: v1\\nkind: Secret\\nmetadata: {name: onepassword-token, namespace: shop}\\ndata: {token: %s}\\n' "$(base64)"; }
git() { :; }
"""
"""For programs of other parties, between which `sops` stands in one line."""

WITH_SOPS = [
    owner for owner in SETS if any(re.search(r"\bsops (encrypt|set)\b", line) for line in StarterSet(owner).lines)
]


def keys_for(found: StarterSet, home: Path) -> dict[str, Path]:
    """Makes the keys that `age-keygen -o` would make: public keys with the files of their private ones."""
    made = {}
    for line in found.lines:
        if path := re.fullmatch(r"age-keygen -o ~/(\S+)", line):
            identity = pyrage.x25519.Identity.generate()
            file = home / path[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"# public key: {identity.to_public()}\n{identity}\n", "utf-8")
            made[str(identity.to_public())] = file
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def shell(script: str, folder: Path, home: Path, key: Path) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    settings = {"HOME": str(home), "PATH": path, "SOPS_DISABLE_VERSION_CHECK": "1", "SOPS_AGE_KEY_FILE": str(key)}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_sets_that_encrypt_are_found() -> None:
    assert {*WITH_SOPS} >= {"sops", "ksops", "onepassword-eso-sops"}


@pytest.mark.parametrize("owner", WITH_SOPS)
def test_what_is_committed_is_encrypted_and_each_key_opens_it(owner: str, tmp_path: Path, home: Path) -> None:
    found = StarterSet(owner)
    clone = tmp_path / "clone"
    keys = keys_for(found, home)
    assert keys, "no line makes a key"
    for path, text in found.files.items():
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        (clone / path).write_text(text, "utf-8")
    rules = found.files[".sops.yaml"]
    assert len(re.findall(PLACEHOLDER, rules)) == len(keys)
    for public in keys:
        rules = re.sub(PLACEHOLDER, public, rules, count=1)
    (clone / ".sops.yaml").write_text(rules, "utf-8")
    lines = [line for line in found.lines if re.search(r"\bsops (encrypt|set)\b|^export SOPS", line)]
    shell(STAND_INS + "\n".join(lines), clone, home, next(iter(keys.values())))
    (file,) = [path for path in clone.glob("apps/shop/*.yaml") if "sops:" in path.read_text("utf-8")]
    committed = yaml.safe_load(file.read_text("utf-8"))
    assert [one["recipient"] for one in committed["sops"]["age"]] == [*keys]
    (value,) = committed.get("stringData", committed.get("data")).values()
    assert value.startswith("ENC[")
    for key in keys.values():
        opened = yaml.safe_load(shell(f"sops decrypt {file}", clone, home, key))
        assert opened["metadata"] == committed["metadata"]
        if "data" in opened:
            assert base64.b64decode(opened["data"]["token"]) == b"a-token"
        else:
            assert re.fullmatch("[0-9a-f]{32}", opened["stringData"]["password"])


def test_a_program_cannot_run_with_an_encrypted_manifest(tmp_path: Path, home: Path) -> None:
    """Why an encrypted manifest is of no use on a laptop: `sops exec-env` takes flat files only."""
    found = StarterSet("sops")
    (public, key), *_ = keys_for(found, home).items()
    (tmp_path / "secret.yaml").write_text(found.files["apps/shop/shop-db.yaml"], "utf-8")
    shell(f"sops encrypt --age {public} --in-place secret.yaml", tmp_path, home, key)
    with pytest.raises(AssertionError, match="cannot use complex value"):
        shell("sops exec-env secret.yaml true", tmp_path, home, key)
