"""Makes folders to be read by benchmarks/detect.py: a large repository of the usual mix of files, and one that means harm.

Everything comes from a seed; values that look secret are made up.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

FILES, BYTES = 10_000, 100_000_000

API = "apiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: {space}\n  labels:\n    app: {name}\n"
HEX = "0123456789abcdef"


class Mix:
    """The files of a large repository, one kind after the other."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)

    def word(self) -> str:
        """A name."""
        return self.random.choice(("web", "api", "db", "cache", "queue", "mail", "auth", "bill")) + str(
            self.random.randrange(1000)
        )

    def code(self, length: int) -> str:
        """What looks encrypted."""
        return "".join(self.random.choices(HEX, k=length))

    def document(self, api: str, kind: str, body: str) -> str:
        """One manifest."""
        return "---\n" + API.format(api=api, kind=kind, name=self.word(), space=self.word()) + body

    def workload(self) -> str:
        """A deployment with its service, and settings."""
        env = "".join(
            f"            - name: SETTING_{n}\n              value: '{self.word()}'\n"
            for n in range(self.random.randrange(30))
        )
        spec = (
            "spec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: main\n"
            f"          image: registry.example/{self.word()}:1.2.3\n          env:\n{env}"
        )
        service = "spec:\n  ports:\n    - port: 80\n      targetPort: http\n"
        return self.document("apps/v1", "Deployment", spec) + self.document("v1", "Service", service)

    def secret(self) -> str:
        """One of several ways to write a secret down."""
        return self.random.choice((self._sealed, self._external, self._encrypted, self._plain))()

    def _sealed(self) -> str:
        keys = "".join(f"    {self.word()}: {self.code(600)}\n" for _ in range(4))
        return self.document("bitnami.com/v1alpha1", "SealedSecret", f"spec:\n  encryptedData:\n{keys}")

    def _external(self) -> str:
        return self.document("external-secrets.io/v1", "ExternalSecret", "spec:\n  secretStoreRef:\n    name: store\n")

    def _encrypted(self) -> str:
        keys = "".join(f"  {self.word()}: ENC[AES256_GCM,data:{self.code(60)},type:str]\n" for _ in range(8))
        end = f"sops:\n  lastmodified: '2026-01-01'\n  mac: ENC[{self.code(60)}]\n  age:\n    - recipient: age1x\n"
        return self.document("v1", "Secret", f"stringData:\n{keys}{end}")

    def _plain(self) -> str:
        return self.document("v1", "Secret", f"data:\n  password: {self.code(24)}\n")

    def release(self) -> str:
        """A Helm release with values."""
        values = "".join(f"    {self.word()}:\n      enabled: true\n      size: {n}Gi\n" for n in range(25))
        return self.document(
            "helm.toolkit.fluxcd.io/v2", "HelmRelease", f"spec:\n  chart:\n    spec: {{chart: x}}\n  values:\n{values}"
        )

    def template(self) -> str:
        """A template of a chart."""
        rows = "".join(
            f'  {self.word()}: {{{{ .Values.{self.word()} | default "{self.word()}" | quote }}}}\n' for _ in range(60)
        )
        return f"{{{{- if .Values.enabled }}}}\n{self.document('v1', 'ConfigMap', f'data:{chr(10)}{rows}')}{{{{- end }}}}\n"

    def values(self) -> str:
        """A values file with its remarks."""
        return "".join(
            f"# How {(name := self.word())} is set up, and what it takes.\n{name}:\n  enabled: false\n  image: {{}}\n"
            f'  resources:\n    limits: {{cpu: 100m, memory: 128Mi}}\n  password: ""\n'
            for _ in range(self.random.randrange(20, 120))
        )

    def terraform(self) -> str:
        """Resources of a cloud."""
        return "".join(
            f'resource "aws_iam_role" "{self.word()}" {{\n  name = "{self.word()}"\n  tags = {{ team = "{self.word()}" }}\n}}\n\n'
            for _ in range(40)
        )

    def source(self) -> str:
        """A source file."""
        return 'package main\n\nimport (\n\t"fmt"\n)\n\n' + "".join(
            f"// {self.word()} does what its name says.\nfunc {self.word()}(a int) int {{\n\treturn a + {n}\n}}\n\n"
            for n in range(90)
        )

    def prose(self) -> str:
        """A page of documentation."""
        return "".join(f"## {self.word()}\n\n" + " ".join(self.word() for _ in range(80)) + "\n\n" for _ in range(16))

    def dashboard(self) -> str:
        """A large JSON document, as tools export them."""
        panel = {"type": "graph", "gridPos": {"h": 8, "w": 12}, "targets": [{"expr": "sum(rate(x[5m]))", "refId": "A"}]}
        panels = [{**panel, "id": n, "title": self.word(), "hash": self.code(40)} for n in range(1400)]
        return json.dumps({"panels": panels, "title": self.word()}, indent=2)

    def schema(self) -> str:
        """Generated definitions: one long document."""
        rows = "".join(
            f"            {self.word()}{n}:\n              description: What {self.word()} is for.\n              type: string\n"
            for n in range(6000)
        )
        return self.document(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", f"spec:\n  schema:\n    properties:\n{rows}"
        )

    def lock(self) -> str:
        """A lock file of packages."""
        return json.dumps(
            {"packages": {self.word() + str(n): {"integrity": self.code(88)} for n in range(2000)}}, indent=2
        )

    def files(self, count: int) -> Iterator[tuple[str, str]]:
        """(path, text), `count` of them."""
        kinds: list[tuple[float, str, Callable[[], str]]] = [
            (0.25, "clusters/{c}/apps/{n}/deployment.yaml", self.workload),
            (0.10, "clusters/{c}/apps/{n}/secret.yaml", self.secret),
            (0.10, "clusters/{c}/apps/{n}/release.yaml", self.release),
            (0.10, "charts/{n}/templates/config.yaml", self.template),
            (0.05, "charts/{n}/values.yaml", self.values),
            (0.08, "terraform/{c}/{n}.tf", self.terraform),
            (0.208, "services/{n}/main.go", self.source),
            (0.092, "wiki/{n}.md", self.prose),
            (0.003, "monitoring/{n}/dashboard.json", self.dashboard),
            (0.004, "platform/{n}/definitions.yaml", self.schema),
            (0.012, "services/{n}/package-lock.json", self.lock),
        ]
        number = 0
        for share, path, make in kinds:
            for _ in range(round(share * count)):
                number += 1
                yield path.format(c=f"c{number % 7}", n=f"app{number}"), make()


def write(top: Path, path: str, content: str | bytes) -> int:
    """Write one file; gives its size."""
    place = top / path
    place.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    place.write_bytes(data)
    return len(data)


def make_large(top: Path, count: int = FILES, size: int = BYTES) -> int:
    """A repository with so many files; pictures fill it up to its size. Gives the bytes."""
    done = sum(write(top, path, text) for path, text in Mix().files(count))
    pictures = 20
    for n in range(pictures):
        done += write(top, f"wiki/pictures/{n}.png", b"\x89PNG\0" + os.urandom(max(0, (size - done) // (pictures - n))))
    return done


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=False)
)
"""Each name stands for nine of the one before: expanded, it fills any memory."""


def make_hostile(top: Path) -> None:
    """Files that a reader could fall over: all that a stranger's archive may hold."""
    mix = Mix()
    sealed = mix.document("bitnami.com/v1alpha1", "SealedSecret", "spec:\n  encryptedData:\n    a: x\n")
    with (top / "huge.yaml").open("w") as file:
        for _ in range(200_000_000 // len(sealed) + 1):
            file.write(sealed)
    write(top, "bomb.yaml", BOMB)
    write(top, "bomb.json", "[" * 100_000)
    write(top, "many.yaml", "---\napiVersion: v1\nkind: ConfigMap\n" * 100_000)
    write(top, "long.yaml", "kind: Secret\n" + "a: " + "x" * 5_000_000)
    write(top, "invalid.yaml", b"kind: Secret\napiVersion: v1\nstringData:\n  password: \xff\xfe\xfa-secret\n")
    write(top, "<script>alert(1)</script>/<img src=x onerror=alert(2)>.yaml", sealed)
    write(top, "quotes/'\"; drop.yaml", sealed)
    write(top, "turned/\u202egnp.yaml", sealed)
    (top / "loop").symlink_to(top, target_is_directory=True)
    (top / "itself").symlink_to("itself")
    os.mkfifo(top / "pipe.yaml")


def make_nested(top: Path, depth: int = 3000) -> None:
    """Folders in folders, deeper than a path may be long."""
    text = Mix().workload()
    before = Path.cwd()
    try:
        os.chdir(top)
        for level in range(depth):
            Path("d").mkdir()
            os.chdir("d")
            if level % 100 == 99:
                Path("deep.yaml").write_text(text)
    finally:
        os.chdir(before)
