// Reads manifests as JSON from standard input and prints, for each, what the package that ships its kind says:
// null (fine), a message, or "no package". Run by test_starters.py.
import { readFileSync } from "node:fs";

const PACKAGES = {
  "bitnami.com/v1alpha1": "@kubernetes-models/sealed-secrets/bitnami.com/v1alpha1",
  "external-secrets.io/v1": "@kubernetes-models/external-secrets/external-secrets.io/v1",
  "kustomize.toolkit.fluxcd.io/v1": "@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1",
};

async function judge(manifest) {
  const name = PACKAGES[manifest.apiVersion];
  if (!name) return "no package";
  const Kind = (await import(name))[manifest.kind];
  if (!Kind) return `no kind ${manifest.kind} in ${name}`;
  try {
    new Kind(manifest).validate();
    return null;
  } catch (error) {
    return error.message;
  }
}

const manifests = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(await Promise.all(manifests.map(judge))));
