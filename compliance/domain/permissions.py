"""Who may do what: one table from role to operations. Source: DOMAIN section 3 (least privilege)."""

from enum import StrEnum


class Role(StrEnum):
    """A person's (or client's) function in a practice."""

    FRONT_DESK = "front_desk"
    CODER = "coder"
    CODING_AUDITOR = "coding_auditor"
    BILLER = "biller"
    POSTER = "poster"
    DENIAL_SPECIALIST = "denial_specialist"
    PATIENT_ACCOUNTS = "patient_accounts"
    SUPERVISOR = "supervisor"
    COMPLIANCE_OFFICER = "compliance_officer"
    PROVIDER = "provider"
    ADMINISTRATOR = "administrator"
    INTEGRATION = "integration"


ROLE_LABELS: dict[Role, str] = {
    Role.FRONT_DESK: "Front desk",
    Role.CODER: "Coding",
    Role.CODING_AUDITOR: "Coding audit",
    Role.BILLER: "Billing",
    Role.POSTER: "Payment posting",
    Role.DENIAL_SPECIALIST: "Denials",
    Role.PATIENT_ACCOUNTS: "Patient accounts",
    Role.SUPERVISOR: "Supervision",
    Role.COMPLIANCE_OFFICER: "Compliance",
    Role.PROVIDER: "Provider",
    Role.ADMINISTRATOR: "Administration",
    Role.INTEGRATION: "Integration",
}

# permission → what it allows, in words a supervisor reads
PERMISSIONS: dict[str, str] = {
    "work.read": "See the work queue",
    "work.act": "Assign, snooze and note work",
    "encounters.read": "See visits, patients and coverage",
    "encounters.write": "Create visits; correct registration and coverage",
    "coding.read": "See coding cases",
    "coding.code": "Assign and finalize codes",
    "coding.audit": "Audit coded visits as a second coder",
    "coding.audit_plan": "Set how much is audited; decide disputed audits",
    "queries.answer": "Answer questions about one’s own visits",
    "coding.rules": "Set what may be coded without a person, coders’ specialties and what was learned",
    "claims.read": "See claims, batches and their history",
    "claims.fix": "Correct a claim’s fields and apply fixes",
    "claims.release": "Hold, release and send claims; void and replace",
    "remits.read": "See remittances",
    "remits.post": "Decide exceptions and post",
    "denials.read": "See denials and appeals",
    "denials.work": "Correct, appeal or close denials",
    "reports.read": "See dashboards",
    "audit.read": "See the audit trail",
    "ledger.write_off": "Write a balance off",
}

_READ_CYCLE = {
    "encounters.read",
    "coding.read",
    "claims.read",
    "remits.read",
    "denials.read",
}
_WORK = {"work.read", "work.act"}

GRANTS: dict[Role, frozenset[str]] = {
    Role.FRONT_DESK: frozenset({*_WORK, "encounters.read", "encounters.write"}),
    Role.CODER: frozenset({*_WORK, "encounters.read", "coding.read", "coding.code"}),
    Role.CODING_AUDITOR: frozenset({*_WORK, "encounters.read", "coding.read", "coding.audit"}),
    Role.BILLER: frozenset({*_WORK, *_READ_CYCLE, "encounters.write", "claims.fix", "claims.release"}),
    Role.POSTER: frozenset(
        {
            *_WORK,
            "encounters.read",
            "claims.read",
            "remits.read",
            "remits.post",
            "denials.read",
        }
    ),
    Role.DENIAL_SPECIALIST: frozenset({*_WORK, *_READ_CYCLE, "claims.fix", "claims.release", "denials.work"}),
    Role.PATIENT_ACCOUNTS: frozenset({*_WORK, "encounters.read", "claims.read", "remits.read"}),
    Role.SUPERVISOR: frozenset(set(PERMISSIONS) - {"audit.read", "queries.answer"}),
    Role.COMPLIANCE_OFFICER: frozenset({*_WORK, *_READ_CYCLE, "audit.read"}),
    Role.PROVIDER: frozenset({"work.read", "queries.answer"}),
    Role.ADMINISTRATOR: frozenset(),
    Role.INTEGRATION: frozenset({*_READ_CYCLE, "encounters.write", "work.read", "work.act"}),
}


def roles_with(permission: str) -> frozenset[Role]:
    """Every role that grants this permission. Raises KeyError for a permission nobody defined."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return frozenset(role for role, granted in GRANTS.items() if permission in granted)


def works_as(held: frozenset[Role]) -> frozenset[Role]:
    """The roles whose work a person sees: the own ones; a supervisor's is everybody's."""
    return frozenset(Role) if Role.SUPERVISOR in held else held


def may(roles: frozenset[Role], permission: str) -> bool:
    """Whether any of these roles grants the permission."""
    return any(permission in GRANTS[role] for role in roles)
