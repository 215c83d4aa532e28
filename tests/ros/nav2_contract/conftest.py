"""Fixtures of the contract."""

from ros.nav2_contract.fixtures import client, domain, robot  # noqa: F401
