"""A value that must never be seen, in every kind of file that holds secrets."""

from __future__ import annotations


def secret(name: str, body: str) -> str:
    """A Secret in plain text."""
    return f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\n{body}"


CANARY = "canary-7d20c9"

SECRET_FILES = {
    "plain/secret.yaml": secret("a", f"data:\n  password: {CANARY}\nstringData:\n  token: {CANARY}\n"),
    "plain/docker.yaml": secret("b", f"data:\n  .dockerconfigjson: '{{\"auths\":{{\"x\":{{\"auth\":\"{CANARY}\"}}}}}}'\n"),
    "plain/key.yaml": secret("c", f"stringData:\n  tls.key: |\n    -----BEGIN PRIVATE KEY-----\n    {CANARY}\n"),
    "plain/list.json": f'{{"apiVersion": "v1", "kind": "Secret", "metadata": {{"name": "{CANARY} x"}}, "data": {{"key": "{CANARY}"}}}}',
    "plain/invalid.yaml": f"apiVersion: v1\nkind: Secret\nstringData:\n  password: '{CANARY}\n  other: {{{CANARY}\n",
    ".env": f"PASSWORD={CANARY}\n",
    "app/prod.env": f"PASSWORD={CANARY}\nsops_mac=ENC[{CANARY}]\n",
    "chart/values.yaml": f"db:\n  password: {CANARY}\n  adminPassword: &p {CANARY}\n",
    "chart/secrets.yaml": f"valueFiles:\n  - secrets://{CANARY}\n",
    "sops/part.enc.yaml": f"user: {CANARY}\npassword: ENC[{CANARY}]\nsops:\n  mac: {CANARY}\n  lastmodified: x\n  age:\n    - recipient: {CANARY}\n",
    "terraform/terraform.tfvars": f'password = "{CANARY}"\n',
    "terraform/main.tf": f'resource "aws_secretsmanager_secret_version" "x" {{\n  secret_string = "{CANARY}"\n}}\n',
    "kustomize/kustomization.yaml": f"secretGenerator:\n  - name: x\n    literals: [password={CANARY}]\n",
    "keys/id_rsa": f"-----BEGIN OPENSSH PRIVATE KEY-----\n{CANARY}\n",
    "config.json": f'{{"password": "{CANARY}", "sops": {{"mac": "{CANARY}", "lastmodified": "{CANARY}"}}}}',
    ".docker/config.json": f'{{"auths": {{"x": {{"auth": "{CANARY}"}}}}}}',
    "store.yaml": f"apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata:\n  name: s\nspec:\n  provider:\n    vault:\n      server: https://{CANARY}\n      auth: {{token: {CANARY}}}\n",
    "release/app.yaml": f"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: a\nspec:\n  values:\n    password: {CANARY}\n",
    ".github/workflows/deploy.yml": f"      - run: helm upgrade x --set password={CANARY}\n",
    ".sops.yaml": f"creation_rules:\n  - age: {CANARY}\n",
}  # fmt: skip
"""A value in every kind of file that holds secrets."""
