"""What the guide's evidence makes of repositories: small hand-made copies of the structures of public ones.

Each is named after the repository whose structure it copies; nothing in it is taken over from there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from selector.detect.conclusion import Reading, differing
from selector.detect.evidence import Rules
from selector.detect.files import plan
from selector.detect.scan import Scan
from selector.plan.drift import decision
from selector.report.detected import detected, detected_data, headline
from selector.report.followed import compared, followed_text, recorded
from selector.report.terminal import Paint
from selector.scoring.recommend import recommend
from tests.support.real_guide import real_guide
from tests.support.secret_files import CANARY, SECRET_FILES

GENERIC = {"spec": {}}


def doc(api: str, kind: str, name: str = "x", body: str = "") -> str:
    return f"---\napiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n{body}"


def kustomization(name: str, *, decrypts: bool = False) -> str:
    body = "spec:\n  path: ./apps\n" + ("  decryption:\n    provider: sops\n" if decrypts else "")
    return doc("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, body)


def release(name: str) -> str:
    return doc("helm.toolkit.fluxcd.io/v2", "HelmRelease", name, f"spec:\n  chart:\n    spec:\n      chart: {name}\n")


def external_secret(name: str, version: str = "v1") -> str:
    return doc(f"external-secrets.io/{version}", "ExternalSecret", name, "spec:\n  secretStoreRef: {name: store}\n")


def store(provider: str, *, kind: str = "ClusterSecretStore", version: str = "v1", name: str = "store") -> str:
    return doc(f"external-secrets.io/{version}", kind, name, f"spec:\n  provider:\n    {provider}\n")


def application(name: str, body: str = "spec:\n  source: {path: apps}\n") -> str:
    return doc("argoproj.io/v1alpha1", "Application", name, body)


def encrypted(
    keys: str,
    body: str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  password: ENC[AES256_GCM,data:x]\n",
) -> str:
    return f"{body}sops:\n    lastmodified: '2026-01-01T00:00:00Z'\n    mac: ENC[AES256_GCM,data:x]\n{keys}"


AGE = "    age:\n        - recipient: age1a\n          enc: |\n            -----BEGIN\n        - recipient: age1b\n          enc: x\n    pgp: []\n"
ONE_AGE = "    kms: []\n    age:\n        - recipient: age1a\n          enc: |\n            -----BEGIN\n"
PGP = "    age: []\n    pgp:\n        - fp: ABC\n          enc: |\n            -----BEGIN PGP\n"
GCP = "    gcp_kms:\n    -   resource_id: projects/x\n        enc: x\n"
AZURE = "    azure_kv:\n        - vault_url: https://x.vault.azure.net\n          enc: x\n"

ONEPASSWORD = "onepassword:\n      connectHost: http://x\n      vaults: {home: 1}"


@dataclass(frozen=True)
class Repository:
    """Files, and what they must say: options in use, some answers, warnings."""

    files: dict[str, str]
    uses: tuple[str, ...]
    answers: dict[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    setup: str | None = None
    likely: tuple[str, ...] | None = None


REPOSITORIES: dict[str, Repository] = {
    "onedr0p/home-ops": Repository(
        {
            **{f"kubernetes/apps/default/{name}/app/helmrelease.yaml": release(name) for name in ("plex", "sonarr", "radarr", "atuin", "echo")},
            **{f"kubernetes/apps/default/{name}/app/externalsecret.yaml": external_secret(name) for name in ("plex", "sonarr")},
            "kubernetes/apps/default/plex/ks.yaml": kustomization("plex"),
            "kubernetes/apps/external-secrets/onepassword/app/clustersecretstore.yaml": store(ONEPASSWORD),
            "kubernetes/apps/kube-system/cilium/app/networking.yaml": doc("cilium.io/v2", "CiliumLoadBalancerIPPool", "pool"),
        },
        ("eso", "onepassword"),
        {"gitops": "flux", "store": ("onepassword",), "tools": ("eso",), "platform": "on-premises", "environment": "homelab",
         "application": "no", "secrets": 2},
        ("open-store",),
    ),
    "budimanjojo/home-cluster": Repository(
        {
            "cluster/bootstrap/key.sops.yaml": encrypted(ONE_AGE),
            "cluster/base/flux.yaml": kustomization("cluster", decrypts=True),
            "cluster/apps/a/base/externalsecret.yaml": external_secret("a"),
            "cluster/apps/external-secrets/store.yaml": store("bitwardensecretsmanager:\n      organizationID: x"),
            "talos/talconfig.yaml": "clusterName: home\n",
            ".sops.yaml": "creation_rules:\n  - age: age1x\n",
        },
        ("sops", "eso", "other-store"),
        {"gitops": "flux", "store": ("other",), "tools": ("sops", "eso"), "platform": "on-premises"},
        ("one-recipient", "open-store"),
    ),
    "khuedoan/homelab": Repository(
        {
            "system/argocd/Chart.yaml": "apiVersion: v2\nname: argocd\ndependencies:\n  - name: argo-cd\n    version: 1\n",
            "apps/x/templates/secret.yaml": external_secret("x", "v1beta1"),
            "platform/global-secrets/store.yaml": store("kubernetes:\n      remoteNamespace: x", version="v1beta1"),
            "platform/dex/values.yaml": "dex:\n  config:\n    clientSecret: $CLIENT_SECRET\n",
        },
        ("eso",),
        {"gitops": "argocd", "tools": ("eso",)},
        ("eso-v1beta1", "open-store"),
    ),
    "jupyterhub/mybinder.org-deploy": Repository(
        {
            ".gitattributes": "secrets/** filter=git-crypt diff=git-crypt\n",
            ".github/workflows/cd.yml": "jobs:\n  deploy:\n    steps:\n      - run: |\n          python ./deploy.py prod\n",
            "secrets/config/common/main.yaml": "\0GITCRYPT\0xxxx",
            "config/prod.yaml": "binderhub:\n  password: ''\n",
        },
        (),
        {"gitops": "pipeline"},
    ),
    "2i2c-org/infrastructure": Repository(
        {
            **{
                f"config/clusters/{name}/enc-support.secret.values.yaml": encrypted(GCP, "jupyterhub:\n  password: ENC[AES256_GCM,data:x]\n")
                for name in ("a", "b", "c", "d", "e", "f", "templates")
            },
            "terraform/gcp/cluster.tf": 'resource "google_container_cluster" "cluster" {\n}\n',
            "terraform/aws/main.tf": 'resource "aws_s3_bucket" "x" {\n}\n',
            ".github/workflows/deploy-hubs.yaml": "      - run: deployer deploy x\n",
        },
        ("sops",),
        {"gitops": "pipeline", "tools": ("sops",), "platform": "gcp", "clusters": "many"},
        (),
        "sops",
    ),
    "alphagov/govuk-helm-charts": Repository(
        {
            "charts/app-config/templates/app.yaml": "{{- range .Values.apps }}\n" + application("{{ .name }}") + "{{- end }}\n",
            "charts/argo-bootstrap/templates/app.yaml": application("bootstrap"),
            "charts/external-secrets/templates/a.yaml": external_secret("a") + external_secret("b"),
            "charts/external-secrets/Chart.yaml": "apiVersion: v2\nname: external-secrets\n",
            "charts/store/templates/s.yaml": store("aws:\n      service: SecretsManager\n      region: x\n      auth:\n        jwt: {serviceAccountRef: {name: x}}"),
            "charts/app-config/values-production.yaml": "serviceAccount:\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::1:role/x\n",
        },
        ("eso", "aws-secrets-manager"),
        {"gitops": "argocd", "store": ("aws",), "platform": "aws", "bootstrap": "identity", "secrets": 2},
        ("open-store",),
        "aws-synced",
    ),
    "hmcts/sds-flux-config": Repository(
        {
            "apps/base/kustomize.yaml": kustomization("apps", decrypts=True),
            "apps/a/dev/values.enc.yaml": encrypted(AZURE),
            "apps/traefik/secret-provider.yaml": doc("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "tls", "spec:\n  provider: azure\n  parameters: {keyvaultName: x}\n"),
            "apps/traefik/dev/secret-provider.yaml": doc("secrets-store.csi.x-k8s.io/v1alpha1", "SecretProviderClass", "tls", "spec:\n  parameters: {keyvaultName: y}\n"),
            "apps/a/sa.yaml": doc("v1", "ServiceAccount", "a").replace("  name: a\n", "  name: a\n  annotations:\n    azure.workload.identity/client-id: x\n"),
        },
        ("sops", "csi", "azure-key-vault"),
        {"gitops": "flux", "store": ("azure",), "tools": ("sops", "csi"), "platform": "azure", "bootstrap": "identity"},
        ("csi-alpha",),
    ),
    "ricsanfre/pi-cluster": Repository(
        {
            "kubernetes/clusters/prod/a.yaml": kustomization("a"),
            "kubernetes/clusters/dev/a.yaml": kustomization("a"),
            "kubernetes/platform/external-secrets/store.yaml": store("vault:\n      server: https://vault.example\n      path: secret"),
            "kubernetes/apps/a/es.yaml": external_secret("a"),
            "kubernetes/platform/prometheus/components/vault-agent/values.yaml": 'podAnnotations:\n  vault.hashicorp.com/agent-inject: "true"\n',
        },
        ("eso", "vault"),
        {"gitops": "flux", "store": ("vault",), "clusters": "few", "tools": ("eso", "injector")},
        ("open-store",),
        "eso-vault",
    ),
    "tyriis/home-ops": Repository(
        {
            "kubernetes/main/apps/a/external-secret.yaml": external_secret("a"),
            "kubernetes/main/apps/secops/store.yaml": store("vault:\n      server: http://x.svc:8200", name="openbao-backend"),
            "kubernetes/utility/apps/a/secret.sops.yaml": encrypted(AGE),
            "kubernetes/main/flux.yaml": kustomization("a", decrypts=True),
        },
        ("sops", "eso", "openbao"),
        {"gitops": "flux", "store": ("openbao",)},
        ("open-store",),
    ),
    "operate-first/apps": Repository(
        {
            "argocd/apps/a.yaml": application("a"),
            "acm/a.yaml": external_secret("a", "v1beta1"),
            "cluster-scope/store.yaml": store("vault:\n      server: https://v", kind="SecretStore", version="v1beta1"),
            "logging/secret-generator.yaml": "apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: s}\nfiles:\n  - s.enc.yaml\n",
            "logging/s.enc.yaml": encrypted(PGP),
            "argocd/routes/route.yaml": doc("route.openshift.io/v1", "Route", "argocd"),
            "db/secret.yaml": doc("v1", "Secret", "db", "stringData:\n  database-password: hunter-two-two\n"),
        },
        ("sops", "ksops", "eso", "vault"),
        {"gitops": "argocd", "store": ("vault",), "tools": ("sops", "eso")},
        ("plain-secret", "eso-v1beta1", "pgp-only"),
    ),
    "CodeForPhilly/cfp-live-cluster": Repository(
        {f"app.secrets/{name}.yaml": doc("bitnami.com/v1alpha1", "SealedSecret", name, "spec:\n  encryptedData:\n    a: AgB\n") for name in "abc"},
        ("sealed-secrets",),
        {"tools": ("sealed-secrets",), "secrets": 3},
        (),
        "sealed-secrets",
    ),
    "bcit-ltc/flux": Repository(
        {
            "apps/a/api-key.yaml": doc("secrets.hashicorp.com/v1beta1", "VaultStaticSecret", "a", "spec:\n  mount: kv\n"),
            "apps/a/db.yaml": doc("secrets.hashicorp.com/v1beta1", "VaultDynamicSecret", "b", "spec:\n  mount: db\n"),
            "apps/0-inactive/old/secret.yaml": doc("v1", "Secret", "old", "stringData:\n  password: long-forgotten\n"),
            "init/dockerconfigjson-template.yaml": doc("v1", "Secret", "t", "data:\n  .dockerconfigjson: e30=\n"),
            "clusters/prod/a.yaml": kustomization("a"),
        },
        ("vso", "vault"),
        {"gitops": "flux", "store": ("vault",), "tools": ("vso",), "on-demand": "expiring"},
        (),
        "vault-synced",
    ),
    "toot-community/kubernetes": Repository(
        {
            "argocd/applications/a.yaml": application("a"),
            "argocd/configuration/1p.yaml": doc("onepassword.com/v1", "OnePasswordItem", "a", "spec:\n  itemPath: vaults/x/items/y\n"),
        },
        ("onepassword", "onepassword-operator"),
        {"gitops": "argocd", "store": ("onepassword",)},
    ),
    "jacorbello/cortech-infra": Repository(
        {
            "apps/a/argocd.yaml": application("a"),
            "apps/a/infisical.yaml": doc("secrets.infisical.com/v1alpha1", "InfisicalSecret", "a", "spec:\n  hostAPI: x\n"),
            "k8s/values.yaml": "grafana:\n  adminPassword: qma-long-enough-1\n  secretKey: DATABASE_URL\n",
            "k8s/metallb.yaml": doc("metallb.io/v1beta1", "IPAddressPool", "a"),
        },
        ("infisical", "infisical-operator"),
        {"gitops": "argocd", "store": ("infisical",), "platform": "on-premises"},
        ("plain-value",),
    ),
    "lsst-sqre/phalanx": Repository(
        {
            "environments/templates/a.yaml": application("a"),
            "applications/a/templates/vault-secrets.yaml": doc("ricoberger.de/v1alpha1", "VaultSecret", "a", "spec:\n  path: x\n"),
            "applications/a/templates/sa.yaml": doc("v1", "ServiceAccount", "a").replace("  name: a\n", "  name: a\n  annotations:\n    iam.gke.io/gcp-service-account: x\n"),
            "src/phalanx/storage/vault.py": "import hvac\n",
        },
        ("vault",),
        {"gitops": "argocd", "store": ("vault",), "platform": "gcp"},
    ),
    "theepicsaxguy/homelab": Repository(
        {
            "k8s/apps/set.yaml": doc("argoproj.io/v1alpha1", "ApplicationSet", "apps"),
            "k8s/apps/a/es.yaml": external_secret("a"),
            "k8s/stores/bitwarden.yaml": store("bitwardensecretsmanager:\n      organizationID: x"),
        },
        ("eso", "other-store"),
        {"gitops": "argocd", "store": ("other",)},
        ("open-store",),
    ),
    "small-hack/argocd-apps": Repository(
        {
            "app/app.yaml": application("a"),
            "app/es.yaml": external_secret("a"),
            "app/theme.yaml": doc("v1", "Secret", "theme", "stringData:\n  dark.css: |\n    :root {\n      --base: #f5e0dc;\n    }\n"),
            "app/alerts.yaml": doc("v1", "Secret", "alerts", "stringData:\n  alertmanager.yaml: |\n    # add a password here later\n    route:\n      receiver: default\n"),
            "app/here.yaml": doc("v1", "Secret", "here", "stringData:\n  config: '{\"tlsClientConfig\":{\"insecure\":false}}'\n"),
            "app/objects.yaml": doc("v1", "Secret", "objects", "stringData:\n  store.yaml: |\n    type: s3\n    secret_key: hunter-two-two\n"),
        },
        ("eso",),
        {"gitops": "argocd", "secrets": 2},
        ("plain-secret",),
    ),
    "mojaloop/iac-aws-platform": Repository(
        {
            "terraform/gateway/templates/annotations.yaml.tpl": 'annotations:\n  vault.hashicorp.com/agent-inject: "true"\n',
            "terraform/setup/vault/templates/secret.yaml": "{{- range $.Values.spaces }}\n" + doc("redhatcop.redhat.io/v1alpha1", "VaultSecret", "{{ . }}") + "{{- end }}\n",
            "terraform/base/longhorn.yaml.tpl": doc("longhorn.io/v1beta1", "RecurringJob", "a"),
            "terraform/base/machines.tf": 'resource "aws_instance" "node" {\n}\n',
        },
        (),
        {"store": ("vault",), "tools": ("injector",), "platform": None},
    ),
    "onedr0p/cluster-template": Repository(
        {
            "templates/kubernetes/flux/apps.yaml.j2": "#% if x %#\n" + kustomization("apps", decrypts=True) + "#% endif %#\n",
            "templates/kubernetes/token.sops.yaml.j2": doc("v1", "Secret", "t", 'stringData:\n  token: "#{ token }#"\n'),
        },
        (),
        {"gitops": "flux", "tools": ("sops",)},
    ),
    "validatedpatterns/multicloud-gitops": Repository(
        {
            "values-hub.yaml": "clusterGroup:\n  applications:\n    vault:\n      name: vault\n      chart: hashicorp-vault\n",
            "charts/shop/templates/es.yaml": external_secret("a"),
        },
        ("eso",),
        {"gitops": "argocd", "store": ("vault",), "tools": ("eso",)},
    ),
    "mspnp/aks-baseline": Repository(
        {
            "cluster.bicep": "resource mc 'Microsoft.ContainerService/managedClusters@2024-01-01' = {\n  properties: {\n    addonProfiles: {\n      azureKeyvaultSecretsProvider: {\n",
        },
        (),
        {"platform": "azure", "tools": ("csi",)},
    ),
    "elastisys/compliantkubernetes-apps": Repository(
        {
            "helmfile.d/upstream/prometheus/templates/csi.yaml": "{{- if .Values.csi }}\n" + doc("secrets-store.csi.x-k8s.io/v1alpha1", "SecretProviderClass", "x") + "{{- end }}\n",
            "helmfile.d/upstream/harbor/values.yaml": "harborAdminPassword: Harbor12345\npassword: long-enough-2\n",
            "pipeline/.sops.yaml": "creation_rules:\n  - pgp: ABC\n",
        },
        (),
        {"tools": ("sops",)},
    ),
    "aws-ia/terraform-aws-eks-blueprints": Repository(
        {
            "patterns/multi/main.tf": 'module "eks" {\n  source = "terraform-aws-modules/eks/aws"\n}\n',
            "patterns/multi/secrets.tf": "  yaml_body = <<YAML\napiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nspec:\n  provider:\n    aws:\n      service: SecretsManager\n",
        },
        (),
        {"platform": "aws", "store": ("aws",), "tools": ("eso",)},
    ),
    "alphagov/govuk-infrastructure": Repository(
        {
            "terraform/deployments/cluster-infrastructure/main.tf": 'module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  encryption_config = {\n    resources = ["secrets"]\n  }\n}\n',
            "terraform/deployments/cluster-infrastructure/iam.tf": '      "secretsmanager:GetSecretValue",\n',
            "terraform/deployments/cluster-services/external_secrets.tf": 'resource "helm_release" "external_secrets" {\n  chart = "external-secrets"\n  values = [yamlencode({\n        "eks.amazonaws.com/role-arn" = local.arn\n  })]\n}\n',
            "terraform/deployments/cluster-services/argo.tf": 'resource "helm_release" "argo_cd" {\n  chart            = "argo-cd"\n}\n',
            "terraform/deployments/cluster-services/dex.tf": 'resource "kubernetes_secret_v1" "dex_client" {\n  data = {\n    clientSecret = random_password.x.result\n  }\n}\n',
            "terraform/shared-modules/search/secrets.tf": 'resource "aws_secretsmanager_secret" "a" {\n}\nresource "aws_secretsmanager_secret_version" "a" {\n  secret_string = jsonencode({})\n}\n',
            "terraform/deployments/other-cloud/secrets.tf": 'resource "google_secret_manager_secret" "a" {\n}\n',
        },
        (),
        {"platform": "aws", "gitops": "argocd", "store": ("aws",), "tools": ("eso",), "etcd": "encrypted", "editing": "terraform", "bootstrap": "identity"},
        ("terraform-state",),
        None,
        ("eso", "aws-secrets-manager", "kms-v2"),
    ),
    "GoogleCloudPlatform/bank-of-anthos": Repository(
        {
            "iac/cluster.tf": 'resource "google_container_cluster" "x" {\n  database_encryption {\n    state = "ENCRYPTED"\n  }\n}\n  role = "roles/iam.workloadIdentityUser"\n',
            "iac/secrets.tf": 'resource "google_secret_manager_secret" "a" {\n}\nresource "google_secret_manager_secret_version" "a" {\n  secret_data_wo = var.x\n}\n',
            "kubernetes-manifests/config.yaml": doc("v1", "ConfigMap", "demo", "data:\n  DEMO_LOGIN_PASSWORD: bankofanthos\n  POSTGRES_PASSWORD_FILE: /run/x\n"),
            "kubernetes-manifests/plain.yaml": doc("v1", "ConfigMap", "url", "data:\n  PASSWORD_URL: https://x\n  EMPTY_PASSWORD: ''\n"),
            "extras/jwt/jwt-secret.yaml": doc("v1", "Secret", "jwt-key", "data:\n  jwtRS256.key: aHVudGVyLXR3by10d28=\n"),
        },
        ("native-secrets",),
        {"platform": "gcp", "bootstrap": "identity", "store": ("google",), "etcd": "encrypted"},
        ("plain-secret", "config-password"),
        None,
        ("google-secret-manager", "kms-v2"),
    ),
    "a mess": Repository(
        {
            "flux/a.yaml": kustomization("a"),
            "argo/a.yaml": application("a"),
            "a/plain.yaml": doc("v1", "Secret", "a", "data:\n  password: aHVudGVyMg==\n") + doc("v1", "Secret", "b", "stringData:\n  token: abcdefgh\n"),
            "a/list.yaml": "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: c}\n  data: {key: YWJjZGVm}\n",
            "a/repo.yaml": doc("v1", "Secret", "repo", "stringData:\n  url: https://x\n  type: git\n"),
            "a/placeholder.yaml": doc("v1", "Secret", "p", "stringData:\n  password: <path:kv/data/x#password>\n  other: ${OTHER}\n"),
            "b/sealed.yaml": doc("bitnami.com/v1alpha1", "SealedSecret", "s", "spec:\n  encryptedData:\n    a: AgB\n"),
            "c/kustomization.yaml": "secretGenerator:\n  - name: x\n    envs: [.env]\n",
        },
        ("sealed-secrets",),
        {"tools": ("sealed-secrets",), "secrets": 4},
        ("plain-secret", "secret-generator"),
        "sealed-secrets",
    ),
    "only plain Secrets": Repository(
        {"k8s/secret.yaml": doc("v1", "Secret", "a", "stringData:\n  password: hunter-two\n")},
        ("native-secrets",),
        {"secrets": 1},
        ("plain-secret",),
        "native-secrets",
    ),
}  # fmt: skip

TALK: dict[str, dict[str, str]] = {
    "external-secrets/external-secrets": {
        "go.mod": "module x\nrequire (\n\tsigs.k8s.io/controller-runtime v0.1\n)\n",
        "docs/snippets/store.yaml": store("aws:\n      service: SecretsManager"),
        "e2e/suites/a/a.yaml": external_secret("a"),
        "config/crds/bases/x.yaml": doc("apiextensions.k8s.io/v1", "CustomResourceDefinition", "externalsecrets.external-secrets.io"),
        "pkg/provider/aws/client.go": 'import "github.com/aws/aws-sdk-go-v2/service/secretsmanager"\n',
        "deploy/charts/x/templates/secret.yaml": "{{- if .Values.on }}\n" + doc("v1", "Secret", "x", "data:\n  a: {{ .x }}\n") + "{{- end }}\n",
        "terraform/aws/main.tf": 'resource "aws_eks_cluster" "x" {}\n',
        ".github/workflows/release.yml": "      - run: helm upgrade x\n",
    },
    "getsops/sops": {
        "go.mod": "module x\nrequire (\n\tgithub.com/urfave/cli v1.22.16\n)\n",
        ".sops.yaml": "creation_rules:\n  - pgp: ABC\n",
        "example.ini": "[sops]\nmac = ENC[AES256_GCM,data:x]\n",
        "functional-tests/res/a.enc.yaml": encrypted(PGP),
    },
    "argoproj/argo-helm": {
        ".github/configs/cr.yaml": "owner: x\n",
        "charts/apps/templates/apps.yaml": "{{- range .Values.applications }}\n" + application("{{ .name }}") + "{{- end }}\n",
        "charts/server/templates/gke.yaml": "{{- if .Values.gke }}\n" + doc("cloud.google.com/v1", "BackendConfig", "x") + "{{- end }}\n",
    },
    "kubernetes-sigs/secrets-store-csi-driver": {
        "go.mod": "module x\nrequire (\n\tk8s.io/client-go v0.1\n)\n",
        "deploy/windows.yaml": doc("apps/v1", "DaemonSet", "x", "spec:\n  template:\n    spec:\n      nodeSelector:\n        kubernetes.io/os: windows\n"),
    },
    "fluxcd/website": {
        "content/en/docs/guides/sops.md": "```yaml\n" + encrypted(AGE) + kustomization("a", decrypts=True) + "```\n",
        "static/openapi.json": '{"info": {"kind": "SealedSecret"}, "sops": {"description": "sops.mac, lastmodified"}}',
        ".github/workflows/build.yml": "      - run: hugo\n",
    },
    "this guide": {
        "data/guide.yml": "options:\n  - id: sops\n    starter:\n      - content: |\n          "
        + doc("bitnami.com/v1alpha1", "SealedSecret", "x", "spec:\n  encryptedData: {a: x}\n").replace("\n", "\n          "),
        "tests/content/a.yaml": external_secret("a"),
        "selector/cli.py": "# boto3.client('secretsmanager')\n",
    },
}  # fmt: skip


def read(files: dict[str, str]) -> Reading:
    guide = real_guide()
    rules = Rules.of(guide)
    chosen = plan(rules, files)
    scan = Scan(rules)
    for path in chosen.paths:
        scan.add(path, files[path].encode())
    return Reading(guide, rules, scan, chosen)


@pytest.mark.parametrize("name", REPOSITORIES)
def test_what_a_repository_says(name: str) -> None:
    wanted, reading = REPOSITORIES[name], read(REPOSITORIES[name].files)
    assert sorted(use.option for use in reading.uses) == sorted(wanted.uses)
    if wanted.likely is not None:
        assert [use.option for use in reading.likely] == list(wanted.likely)
    assert {question: reading.values.get(question) for question in wanted.answers} == wanted.answers
    assert sorted(one.evidence.id for one in reading.warnings) == sorted(wanted.warnings)
    if wanted.setup is not None:
        strategies = [setup.strategy for setup in reading.setups]
        assert real_guide().strategy(wanted.setup) in strategies


def test_no_value_of_a_secret_file_is_kept_or_shown() -> None:
    reading = read(SECRET_FILES)
    found = {one.evidence.id for one in reading.found}
    assert {"plain-secret", "plain-value", "sops-file", "secret-generator", "helm-secrets", "store-vault"} <= found
    shown = json.dumps(detected_data(reading)) + detected(reading, Paint(False), every=True)
    assert "plain/secret.yaml" in shown
    for text in (shown, repr(reading.scan.tallies), repr(reading.values)):
        assert CANARY not in text


def test_both_engines_are_a_contradiction() -> None:
    gitops = next(one for one in read(REPOSITORIES["a mess"].files).answers if one.question.id == "gitops")
    assert gitops.value is None
    assert [support.answer for support in gitops.supports] == ["flux", "argocd"]


@pytest.mark.parametrize("name", TALK)
def test_nothing_is_in_use_where_tools_are_only_talked_about(name: str) -> None:
    reading = read(TALK[name])
    assert (reading.uses, reading.likely) == ((), ())
    assert reading.values == {}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("onedr0p/home-ops", "You run: External Secrets Operator + 1Password on Flux, for 2 of 5 application folders."),
        ("theepicsaxguy/homelab", "You run: External Secrets Operator + Bitwarden Secrets Manager on Argo CD."),
        ("a mess", "You run: Sealed Secrets on Flux and on Argo CD."),
        ("CodeForPhilly/cfp-live-cluster", "You run: Sealed Secrets."),
        (
            "alphagov/govuk-infrastructure",
            "The files suggest that you run: External Secrets Operator, AWS Secrets Manager and KMS encryption, on Argo CD.",
        ),
        ("jupyterhub/mybinder.org-deploy", "Nothing was found that this guide knows as in use."),
    ],
)
def test_the_headline_says_what_runs_on_what_and_how_far(name: str, said: str) -> None:
    assert headline(read(REPOSITORIES[name].files)) == said


def test_several_tools_are_named_apart_where_files_do_not_show_what_belongs_together() -> None:
    files = {
        "a/sealed.yaml": doc("bitnami.com/v1alpha1", "SealedSecret", "s", "spec:\n  encryptedData:\n    a: AgB\n"),
        "b/db.enc.yaml": encrypted(AGE),
        "c/es.yaml": external_secret("a") + external_secret("b"),
        "c/aws.yaml": store("aws:\n      service: SecretsManager"),
        "c/vault.yaml": store("vault:\n      server: https://v"),
    }
    said = headline(read(files))
    assert said == (
        "You run: AWS Secrets Manager + External Secrets Operator. Also in use: Vault + External Secrets Operator,"
        " Sealed Secrets, SOPS."
    )


@pytest.mark.parametrize("name", REPOSITORIES)
def test_what_is_decided_from_a_repository_is_followed_by_it(name: str) -> None:
    reading = read(REPOSITORIES[name].files)
    result = recommend(real_guide(), reading.values)
    made = json.loads(json.dumps(decision(result, "2026-11-27", repository=recorded(reading))))
    for leader in made["leaders"]:
        members = real_guide().strategy(leader).members
        follows = reading.follows(members, made["repository"]["uses"])
        found = compared(reading, follows, differing(reading, made["answers"]), made["repository"])
        assert found.keeps, followed_text(found)
        assert "not find" not in followed_text(found)
        assert set(reading.follows(members).missing).isdisjoint(reading.shown), "what files suggest is not missing"


def test_every_piece_of_evidence_of_use_is_found_somewhere_here() -> None:
    """Those not yet covered are named, so that the list can only shrink."""
    seen = {
        one.evidence.id
        for files in (*[r.files for r in REPOSITORIES.values()], *TALK.values())
        for one in read(files).found
    }
    uncovered = {one.id for one in Rules.of(real_guide()).evidence if one.strength == "sure"} - seen
    assert uncovered <= {
        "sops-operator", "helm-secrets", "store-aws-parameters", "store-google", "store-doppler", "store-infisical",
        "store-conjur", "csi-volume", "vault-agent", "vault-plugin", "doppler-operator", "onepassword-inject", "conjur-files",
        "kms-encryption",
    }  # fmt: skip
