"""Faults that starter sets had, put back: the tests of whole sets find each of them."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

import pytest

from tests.content import test_starter_charts as charts
from tests.content import test_starter_roles as roles
from tests.content import test_starter_sets as sets
from tests.content import test_starter_versions as versions
from tests.support.starter_sets import SETS

FAULTS: list[tuple[str, str, str, Callable[..., None]]] = [
    ("native-secrets", "kubectl create namespace shop\n", "", sets.test_what_a_line_needs_is_made_before),
    ("vault", "namespace.yaml -f ", "", sets.test_what_a_line_needs_is_made_before),
    ("google-mounted", "kubectl create serviceaccount shop --namespace shop\n", "", sets.test_what_a_line_needs_is_made_before),
    ("eso", "name: store\n  target", "name: other\n  target", sets.test_what_a_line_needs_is_made_before),
    ("doppler-operator", "generic doppler-token-shop", "generic token", sets.test_what_a_line_needs_is_made_before),
    ("csi", "kubectl apply -f namespace.yaml", "kubectl apply -f names.yaml", sets.test_files_that_commands_name_are_in_the_set_and_each_file_is_used),
    ("vso", "helm uninstall vault-secrets-operator --namespace vault-secrets-operator", "helm list", sets.test_what_helm_installs_has_a_repository_and_is_uninstalled),
    ("conjur", "{name: status, mountPath: /conjur/status}", "{name: state, mountPath: /conjur/status}", sets.test_mounts_have_volumes_and_selectors_find_their_pods),
    ("eso", "cat /etc/shop/db/password", "cat /etc/shop/password", sets.test_the_proof_reads_what_the_pod_has),
    ("vso", "printenv DB_PASSWORD", "printenv PASSWORD", sets.test_the_proof_reads_what_the_pod_has),
    ("eso-vault", "audiences: [vault]", "audiences: [api]", roles.test_role_account_and_audience_agree),
    ("eso-vault", "            name: shop\n            audiences", "            name: shop-secrets\n            audiences", roles.test_role_account_and_audience_agree),
    ("openbao-injected", "audience: openbao", "audience: vault", roles.test_role_account_and_audience_agree),
    ("vault-injector", '"secret/data/shop/*"', '"secret/data/other/*"', roles.test_the_policy_of_the_role_covers_what_is_read),
    ("vault", '"http://vault-active.', '"https://vault-active.', charts.test_addresses_in_the_cluster_agree_with_the_chart),
    ("vault", "vault-active.vault.svc:8200", "vault-active.vault.svc:8201", charts.test_addresses_in_the_cluster_agree_with_the_chart),
    ("vault", 'retry_join { leader_api_addr = "http://vault-1.vault-internal:8200" }', "", charts.test_the_servers_find_each_other_and_can_log),
    ("vault", "auditStorage:\n    enabled: true", "auditStorage:\n    enabled: false", charts.test_the_servers_find_each_other_and_can_log),
    ("onepassword-operator", "generic onepassword-service-account-token", "generic token", charts.test_a_chart_finds_the_secret_that_its_pods_read),
    ("native-secrets", "--from-file=password=", "--from-file=value=", sets.test_the_proof_reads_what_the_pod_has),
    ("onepassword-injector", "--from-file=token=", "--from-file=value=", charts.test_keys_that_are_read_are_keys_of_the_secret),
    ("openbao-synced", " audience=openbao", "", roles.test_nothing_is_written_twice_with_different_content),
    ("aws-mounted", "secret:shop/*", "secret:*", roles.test_nothing_is_written_twice_with_different_content),
    ("aws-synced", "--version 2.9.0", "--version 2.8.0", versions.test_a_chart_has_the_same_version_in_all_sets),
    ("sealed-secrets", "--version 2.20.0", "--version 2.19.1", versions.test_a_chart_installs_the_version_that_the_page_describes),
    ("vso", "--version 1.5.1 ", "", versions.test_a_chart_has_the_same_version_in_all_sets),
    ("openbao", "openbao/openbao:2.7.0", "openbao/openbao:2.6.2", versions.test_images_of_tools_have_the_version_that_the_page_describes),
    ("google-secret-manager", 'PASSWORD=$(gcloud secrets versions access latest --secret shop-db-password --project PROJECT_ID) && printf %s "$PASSWORD" |', "gcloud secrets versions access latest --secret shop-db-password --project PROJECT_ID |", sets.test_a_pod_that_could_not_read_does_not_succeed),
    ("openbao-mounted", "csi.agent.image.tag=2.7.0", "csi.agent.image.tag=2.6.2", versions.test_images_of_tools_have_the_version_that_the_page_describes),
]  # fmt: skip
"""Owner, what its set has, what it had, and the test that finds it."""


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_a_fault_is_found(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, right, wrong, check = FAULTS[number]
    broken = copy.deepcopy(SETS[owner])
    places = [one for one in broken if right in one["content"]]
    assert places, "the set no longer has these words"
    for one in places:
        one["content"] = one["content"].replace(right, wrong)
    monkeypatch.setitem(SETS, owner, broken)
    takes_owner = re.search(r"\bowner\b", " ".join(check.__code__.co_varnames[: check.__code__.co_argcount]))
    with pytest.raises((AssertionError, KeyError, StopIteration)):
        check(owner) if takes_owner else check()
