"""What screens, operations and the draw read about audits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from coding.domain.audits import AuditStatus, Finished, Plan, Reason
from coding.domain.suggestions import Decision
from coding.models import AuditedCode, AuditPlan, CodingAudit, CodingCase, Suggestion
from coding.queries.cases import codes_of
from compliance.models import AuditEvent, Practice, User
from compliance.scope import scoped_practices
from encounters.queries import charges_on
from pages.paging import PAGE, Numbered

CASE = "coding.codingcase"
CODED = "case.coded"
CASES_LISTED = "api.codingcase.listed"
# Pages that show a patient's codes: the case itself, later visits ("coded before"), and what was billed.
SHOW_CODES = tuple(
    f"{page}.viewed" for page in ("case", "api.case", "claim", "api.claim", "submission", "denial", "appeal")
)


def plan_of(practice_id: int) -> Plan:
    """How much a practice audits, as its draw reads it. Raises AuditPlan.DoesNotExist."""
    row = AuditPlan.objects.get(practice_id=practice_id)
    return Plan(
        percents={reason: getattr(row, f"{reason}_percent") for reason in Reason},
        high_value=row.high_value,
        new_coder_days=row.new_coder_days,
    )


def finished_cases(practice_id: int, case_ids: Sequence[int], now: datetime) -> list[tuple[CodingCase, Finished]]:
    """Finished cases with what the draw wants to know of them, in six queries. Charges are at today's prices."""
    cases = list(
        CodingCase.objects.filter(pk__in=case_ids)
        .select_related("encounter__patient", "encounter__provider")
        .prefetch_related("diagnoses", "procedures")
        .order_by("pk")
    )
    codes = {case.pk: codes_of(case) for case in cases}
    prices = charges_on(practice_id, now.date(), {s.code for each in codes.values() for s in each.services})
    first = CodingCase.objects.filter(coder=OuterRef("pk"), finalized_at__isnull=False).order_by("finalized_at")
    coders = User.objects.filter(pk__in={case.coder_id for case in cases if case.coder_id})
    since = dict(coders.annotate(since=Subquery(first.values("finalized_at")[:1])).values_list("pk", "since"))
    accepted = Suggestion.objects.filter(case__in=case_ids, decision=Decision.ACCEPTED, withheld=False)
    lowest = dict(accepted.order_by("case").values_list("case").annotate(lowest=Min("confidence")))
    return [
        (
            case,
            Finished(
                case_id=case.pk,
                finalized_at=case.finalized_at,
                codes=codes[case.pk],
                charged=sum((prices.get(s.code, Decimal(0)) * s.units for s in codes[case.pk].services), Decimal(0)),
                coder_since=since.get(case.coder_id) if case.coder_id else None,
                lowest_confidence=lowest.get(case.pk),
                alone=case.auto_completed_at is not None,
            ),
        )
        for case in cases
        if case.finalized_at is not None
    ]


def saw_first_coding(audit: CodingAudit, user: User) -> bool:
    """Whether the audit trail holds an act of this person that may have shown the first coding."""
    case = audit.case
    since = case.finalized_at or audit.sampled_at
    shown = Q(verb__in=SHOW_CODES, patient_id=case.encounter.patient_id, at__gte=since)
    own = Q(verb__in=(CODED, *SHOW_CODES), subject_type=CASE, subject_id=case.pk)
    listed = Q(verb=CASES_LISTED, detail__contains={"rows": [case.pk]})
    return AuditEvent.objects.filter(practice_id=audit.practice_id, actor=user).filter(shown | own | listed).exists()


def audit_rows() -> QuerySet[CodingAudit]:
    """Audits with the parties that a row shows."""
    return CodingAudit.objects.select_related(
        "coder", "auditor", "ruled_by", "case__encounter__patient", "case__encounter__provider"
    )


def audit_record(pk: int) -> CodingAudit:
    """One audit with its visit and, once the second coding is fixed, every compared code.

    Raises CodingAudit.DoesNotExist.
    """
    return (
        audit_rows()
        .select_related("case__encounter__location", "practice")
        .prefetch_related("codes", "case__encounter__addenda")
        .get(pk=pk)
    )


def blind_audit(case_id: int, user: User) -> int | None:
    """The audit for which this person must not see the case's codes yet."""
    return (
        CodingAudit.objects.filter(case_id=case_id, auditor=user, status=AuditStatus.OPEN)
        .values_list("pk", flat=True)
        .first()
    )


VIEWS: dict[str, Q] = {
    "": Q(status=AuditStatus.OPEN),
    "explain": Q(status=AuditStatus.FIXED),
    "coder": Q(status__in=[AuditStatus.NOTED, AuditStatus.DISPUTED]),
    "done": Q(status=AuditStatus.CLOSED),
}


@dataclass(frozen=True)
class AuditListPage(Numbered):
    """One page of the audits in a state, and how many stand in each."""

    rows: Sequence[CodingAudit]
    number: int
    total: int
    counts: dict[str, int]


TOLD = (AuditStatus.NOTED, AuditStatus.DISPUTED, AuditStatus.CLOSED)  # what the visit's coder knows of


def known_to(user: User, auditing: Collection[int]) -> Q:
    """The audits a person may see: those of practices where they audit, but for their own visits, and of these
    what they were told.
    """
    return Q(practice_id__in=auditing) & ~Q(coder=user) | Q(coder=user, status__in=TOLD)


def audit_page(view: str, known: Q, number: int = 1) -> AuditListPage:
    """Audits by their day; what is done, the newest first. Two queries."""
    counted = CodingAudit.objects.filter(known).aggregate(
        **{f"v{n}": Count("pk", filter=condition) for n, condition in enumerate(VIEWS.values())}
    )
    counts = {name: counted[f"v{n}"] for n, name in enumerate(VIEWS)}
    number = max(1, min(number, -(-counts[view] // PAGE)))
    order = ("-closed_at", "-pk") if view == "done" else ("due_date", "pk")
    rows = (
        audit_rows()
        .filter(known, VIEWS[view])
        .annotate(audited=Count("codes"), right=Count("codes", filter=Q(codes__agreed=True)))
    )
    found = list(rows.order_by(*order)[(number - 1) * PAGE : number * PAGE])
    return AuditListPage(found, number, counts[view], counts)


def audit_plans(now: datetime) -> list[tuple[Practice, AuditPlan]]:
    """Every practice in scope with its plan; where there is none, the one that would be proposed, not saved."""
    plans = {plan.practice_id: plan for plan in AuditPlan.objects.select_related("changed_by")}
    practices = Practice.objects.filter(pk__in=scoped_practices())
    return [(one, plans.get(one.pk) or AuditPlan(practice=one, since=now, changed_at=now)) for one in practices]


@dataclass(frozen=True, kw_only=True)
class CodeFilter:
    """Which audited codes: fixed in the last days, of a coder (0: completed without one), code, category, agreed."""

    days: int = 90
    coder: int | None = None
    code: str = ""
    category: str = ""
    agreed: str = ""  # yes, no

    def rows(self, today: date) -> QuerySet[AuditedCode]:
        """The audited codes that the filter lets through."""
        found = AuditedCode.objects.filter(audit__fixed_at__date__gt=today - timedelta(days=self.days))
        if self.coder is not None:
            found = found.filter(audit__coder_id=self.coder or None)
        if self.code:
            found = found.filter(code=self.code)
        if self.category:
            found = found.filter(category=self.category)
        if self.agreed:
            found = found.filter(agreed=self.agreed == "yes")
        return found


@dataclass(frozen=True)
class CodeListPage(Numbered):
    """One page of audited codes."""

    rows: list[AuditedCode]
    number: int
    total: int


def audited_codes(chosen: CodeFilter, today: date, number: int = 1) -> CodeListPage:
    """Audited codes, the newest audit first. Two queries."""
    rows = chosen.rows(today)
    total = rows.count()
    number = max(1, min(number, -(-total // PAGE)))
    found = rows.select_related("audit__coder", "audit__auditor", "audit__case__encounter__patient")
    return CodeListPage(
        list(found.order_by("-audit__fixed_at", "-audit_id", "position")[(number - 1) * PAGE : number * PAGE]),
        number,
        total,
    )


@dataclass(frozen=True)
class Agreement:
    """How many of the codes audited agreed; `key` is the filter value of the rows behind it."""

    key: str
    label: str
    agreed: int
    audited: int

    @property
    def rate(self) -> Decimal | None:
        """agreed ÷ audited, None when nothing was audited."""
        return Decimal(self.agreed) / self.audited if self.audited else None


@dataclass(frozen=True)
class Quality:
    """Accuracy over a period: codes that agreed ÷ codes audited, in all, per coder, per code, and by category."""

    overall: Agreement
    exact_cases: int
    cases: int
    coders: list[Agreement]
    codes: list[Agreement]
    categories: list[tuple[str, int]]

    @property
    def differences(self) -> int:
        """How many codes did not agree."""
        return self.overall.audited - self.overall.agreed

    @property
    def exact_rate(self) -> Decimal | None:
        """Visits without a difference ÷ visits audited."""
        return Decimal(self.exact_cases) / self.cases if self.cases else None


TOP_CODES = 15
RIGHT = Count("pk", filter=Q(agreed=True))


def accuracy(today: date, days: int = 90) -> Agreement:
    """Codes that agreed ÷ codes audited in the last days, over the practices in scope: one query."""
    return Agreement("", "All", *_counted(CodeFilter(days=days), today))


def _counted(chosen: CodeFilter, today: date) -> tuple[int, int]:
    found = chosen.rows(today).aggregate(agreed=Count("pk", filter=Q(agreed=True)), audited=Count("pk"))
    return found["agreed"], found["audited"]


def quality(today: date, days: int = 90) -> Quality:
    """Everything on the page of coding quality: five queries whatever the number of audits."""
    rows = CodeFilter(days=days).rows(today)
    by_coder = rows.values_list(
        "audit__coder_id", "audit__coder__first_name", "audit__coder__last_name", "audit__coder__username"
    )
    by_code = rows.values_list("code").annotate(
        agreed_n=RIGHT, n=Count("pk"), wrong=Count("pk", filter=Q(agreed=False))
    )
    differing = AuditedCode.objects.filter(audit=OuterRef("pk"), agreed=False)
    cases = CodingAudit.objects.filter(fixed_at__date__gt=today - timedelta(days=days)).aggregate(
        n=Count("pk"), exact=Count("pk", filter=~Exists(differing))
    )
    return Quality(
        overall=accuracy(today, days),
        exact_cases=cases["exact"],
        cases=cases["n"],
        coders=[
            Agreement(str(pk or 0), f"{first} {last}".strip() or name or "Completed without a coder", agreed, audited)
            for pk, first, last, name, agreed, audited in by_coder.annotate(agreed_n=RIGHT, n=Count("pk")).order_by(
                "-n", "audit__coder_id"
            )
        ],
        codes=[
            Agreement(code, code, agreed, audited)
            for code, agreed, audited, _wrong in by_code.order_by("-wrong", "-n", "code")[:TOP_CODES]
        ],
        categories=list(
            rows.filter(agreed=False).values_list("category").annotate(n=Count("pk")).order_by("-n", "category")
        ),
    )
