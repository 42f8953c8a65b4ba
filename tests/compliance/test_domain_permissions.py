"""Least privilege, as a table."""

import pytest

from compliance.domain.permissions import GRANTS, PERMISSIONS, ROLE_LABELS, Role, may, roles_with


def test_every_role_has_grants_and_a_label() -> None:
    assert set(GRANTS) == set(Role) == set(ROLE_LABELS)


def test_every_grant_is_a_defined_permission() -> None:
    assert {one for granted in GRANTS.values() for one in granted} <= set(PERMISSIONS)


def test_every_permission_is_granted_to_somebody() -> None:
    assert set(PERMISSIONS) == {one for granted in GRANTS.values() for one in granted}


def test_the_administrator_sees_no_patient_data() -> None:
    assert not GRANTS[Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        (Role.CODER, "coding.code", True),
        (Role.CODER, "claims.release", False),
        (Role.CODING_AUDITOR, "coding.code", False),
        (Role.BILLER, "claims.release", True),
        (Role.BILLER, "remits.post", False),
        (Role.POSTER, "remits.post", True),
        (Role.POSTER, "claims.fix", False),
        (Role.DENIAL_SPECIALIST, "denials.work", True),
        (Role.FRONT_DESK, "remits.read", False),
        (Role.SUPERVISOR, "ledger.write_off", True),
        (Role.SUPERVISOR, "audit.read", False),
        (Role.COMPLIANCE_OFFICER, "audit.read", True),
        (Role.COMPLIANCE_OFFICER, "claims.release", False),
    ],
)
def test_who_may_do_what(role: Role, permission: str, allowed: bool) -> None:
    assert may(frozenset({role}), permission) is allowed


def test_roles_with_a_permission() -> None:
    assert roles_with("audit.read") == {Role.COMPLIANCE_OFFICER}
    with pytest.raises(KeyError):
        roles_with("audit.rewrite")
