"""The same navigation and vehicle as Nav2's contract has."""

from ros.nav2_contract.fixtures import client, domain, robot  # noqa: F401
