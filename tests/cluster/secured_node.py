"""A node with OpenSearch's own security plugin: TLS everywhere, users, roles; set up by what the guide has run."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError, ResponseError

from tests.cluster.nodes import HERE, SHORT_LIVED, STARTING, SearchNode, SearchNodes
from tests.cluster.tls_end import PASSWORD, USER, authority, certificate

ROLE = HERE.parents[1] / "deploy" / "opensearch-role.json"
API = "/_plugins/_security/api"
HEAP = 384  # MB
PLUGIN = "org.opensearch.security.OpenSearchSecurityPlugin"
BASIC = """
_meta: {type: config, config_version: 2}
config: {dynamic: {authc: {basic: {http_enabled: true, transport_enabled: true, order: 0,
  http_authenticator: {type: basic, challenge: true}, authentication_backend: {type: intern}}}}}
"""
EMPTY = {
    "action_groups": "actiongroups", "internal_users": "internalusers", "nodes_dn": "nodesdn", "roles": "roles",
    "roles_mapping": "rolesmapping", "tenants": "tenants",
}  # fmt: skip
SETTINGS = {
    "ssl.transport.pemcert_filepath": "own.pem",
    "ssl.transport.pemkey_filepath": "own.key",
    "ssl.transport.pemtrustedcas_filepath": "ca.pem",
    "ssl.transport.enforce_hostname_verification": "false",
    "ssl.http.enabled": "true",
    "ssl.http.pemcert_filepath": "own.pem",
    "ssl.http.pemkey_filepath": "own.key",
    "ssl.http.pemtrustedcas_filepath": "ca.pem",
    "ssl.http.clientauth_mode": "OPTIONAL",
    "authcz.admin_dn": "CN=admin",
    "nodes_dn": "CN=own",
    "allow_default_init_securityindex": "true",
    "audit.type": "noop",
}


@dataclass
class SecuredNode(SearchNode):
    """Asked by its tests with the certificate of who may do everything."""

    secured: bool = True
    java: Sequence[str] = (*SHORT_LIVED, f"-Dplugin={PLUGIN}")

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def ca(self) -> Path:
        return self.folder / "config" / "ca.pem"

    def ask(self, path: str, method: str = "GET", body: object = None) -> dict[str, Any]:
        own = {"cert_file": str(self.ca.with_name("admin.pem")), "key_file": str(self.ca.with_name("admin.key"))}
        with urllib3.PoolManager(ca_certs=str(self.ca), **own) as pool:
            answer = pool.request(method, f"{self.address}{path}", json=body, timeout=20, retries=False)
        if answer.status >= 300:
            raise ResponseError(f"{answer.status} {answer.data!r}")
        told: dict[str, Any] = json.loads(answer.data)
        return told

    def until_it_guards(self) -> None:
        """The plugin makes its own index after the node has begun."""
        until = time.monotonic() + STARTING
        while True:
            try:
                self.ask(f"{API}/roles")
                return
            except HTTPError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def let_in(self, user: str, password: str, *roles: str) -> None:
        """As the guide does for the archive: an account, and its roles."""
        self.ask(f"{API}/internalusers/{user}", "PUT", {"password": password, "opendistro_security_roles": roles})


def secured(folder: Path) -> SearchNodes:
    """A running node that lets the archive in as the guide says."""
    (plain,) = SearchNodes.of(1, folder).nodes
    settings = [*plain.settings, *(f"plugins.security.{name}={value}" for name, value in SETTINGS.items())]
    node = SecuredNode(plain.name, plain.folder, plain.port, settings, HEAP)
    config = node.ca.parent
    (config / "opensearch-security").mkdir(parents=True)
    ca = authority(config, "ca")
    for name in ("own", "admin"):
        certificate(config, ca, name=name)
    (config / "opensearch-security" / "config.yml").write_text(BASIC, "utf-8")
    for name, kind in EMPTY.items():
        told = f"_meta: {{type: {kind}, config_version: 2}}\n"
        (config / "opensearch-security" / f"{name}.yml").write_text(told, "utf-8")
    nodes = SearchNodes([node])
    try:
        nodes.start()
        node.until_it_guards()
    except BaseException:
        nodes.stop()
        raise
    node.ask(f"{API}/roles/diwan", "PUT", json.loads(ROLE.read_text("utf-8")))
    node.let_in(USER, PASSWORD, "diwan")
    return nodes
