"""What screens and stages read about visits and coverage."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from encounters.domain.status import EncounterStatus
from encounters.models import Coverage, Encounter, Fee, Patient, Payer
from pages.paging import PAGE, Numbered
from worklist.domain.kinds import Kind
from worklist.models import WorkItem


def first_payer_names(patient_ids: Iterable[int]) -> dict[int, str]:
    """Each patient's first payer by name, in one query."""
    rows = (
        Coverage.objects.filter(patient_id__in=set(patient_ids))
        .order_by("patient_id", "-rank", "effective_from")
        .values_list("patient_id", "payer__name")
    )
    return dict(rows)


def ordered_coverages() -> QuerySet[Coverage]:
    """Coverages with their payers: who pays first on top, the newest first within a rank."""
    return Coverage.objects.select_related("payer").order_by("rank", "-effective_from", "pk")


def active_on(day: date) -> Q:
    """Coverage that is in force on a day."""
    return Q(effective_from__lte=day) & (Q(effective_to__isnull=True) | Q(effective_to__gte=day))


def coverage_on(patient: Patient, day: date) -> Coverage | None:
    """The coverage that pays first on a day, from the patient's prefetched coverages."""
    active = [
        plan
        for plan in patient.coverages.all()
        if plan.effective_from <= day and (plan.effective_to is None or plan.effective_to >= day)
    ]
    return min(active, key=lambda plan: (plan.rank, plan.pk), default=None)


CHARGES = "Charges"  # a practice's own prices: every fee schedule of this name, the newest in force counts


def charges_on(practice_id: int, day: date, codes: Iterable[str]) -> dict[str, Decimal]:
    """The practice's own price of each code on a day, dollars per unit, in one query."""
    rows = (
        Fee.objects.filter(
            practice_id=practice_id,
            schedule__name=CHARGES,
            schedule__effective_from__lte=day,
            code__in=set(codes),
        )
        .order_by("schedule__effective_from")
        .values_list("code", "amount")
    )
    return dict(rows)


@dataclass(frozen=True, slots=True)
class ChargeMaster:
    """Dollars per unit by code, one table per day from which it is in force, newest first."""

    tables: tuple[tuple[date, Mapping[str, Decimal]], ...]

    def on(self, day: date) -> Mapping[str, Decimal]:
        """The prices in force on a day; before the first table, the first table's."""
        for since, prices in self.tables:
            if since <= day:
                return prices
        return self.tables[-1][1] if self.tables else {}


def charge_master(practice_id: int) -> ChargeMaster:
    """All prices of a practice, in one query."""
    tables: defaultdict[date, dict[str, Decimal]] = defaultdict(dict)
    rows = Fee.objects.filter(practice_id=practice_id, schedule__name=CHARGES)
    for since, code, amount in rows.values_list("schedule__effective_from", "code", "amount"):
        tables[since][code] = amount
    return ChargeMaster(tuple(sorted(tables.items(), reverse=True)))


def contract_prices(coverage: Coverage | None, codes: Iterable[str]) -> dict[str, Decimal]:
    """What the payer's contract allows for each code, dollars per unit, in one query; nothing without a contract."""
    contract = coverage.payer.contract_id if coverage else None
    if contract is None:
        return {}
    return dict(Fee.objects.filter(schedule_id=contract, code__in=set(codes)).values_list("code", "amount"))


def contract_prices_of(*, patient: str, day: str, code: str) -> Subquery:
    """What the contract of whoever pays first (as `coverage_on` has it) allows for one unit of a code, in dollars.

    For annotating rows that hold patient, day and code under these names; NULL without a contract or a price.
    """
    on = OuterRef(OuterRef(day))  # two subqueries deep
    active = Q(effective_from__lte=on) & (Q(effective_to=None) | Q(effective_to__gte=on))
    plans = Coverage.objects.filter(active, patient=OuterRef(OuterRef(patient))).order_by("rank", "pk")
    contract = Subquery(plans.values("payer__contract_id")[:1])
    return Subquery(Fee.objects.filter(schedule_id=contract, code=OuterRef(code)).values("amount")[:1])


def encounter_rows() -> QuerySet[Encounter]:
    """Visits with the parties that a row shows, newest first."""
    return Encounter.objects.select_related("patient", "provider", "location", "coding_case").order_by(
        "-service_date", "-pk"
    )


def encounter_record(pk: int) -> Encounter:
    """One visit with everything its page shows. Raises Encounter.DoesNotExist."""
    return (
        Encounter.objects.select_related(
            "practice", "patient", "provider", "referring", "location", "authorization", "coding_case"
        )
        .prefetch_related(
            Prefetch("patient__coverages", ordered_coverages()), "patient__authorizations__payer", "claims", "addenda"
        )
        .get(pk=pk)
    )


@dataclass(frozen=True, kw_only=True)
class VisitFilter:
    """What the list of visits shows; empty fields do not filter."""

    state: str = ""  # a key of STATES
    provider: str = ""  # number
    location: str = ""  # number
    month: str = ""  # YYYY-MM of the service date
    q: str = ""  # beginning of a last name, or a visit's number


STATES: dict[str, Q] = {
    "unsigned": Q(status=EncounterStatus.OPEN),
    "to_code": Q(status=EncounterStatus.CLOSED) & (Q(coding_case__isnull=True) | Q(coding_case__status="open")),
    "coded": Q(coding_case__status="finalized"),
    "billed": Q(coding_case__status="billed"),
}


@dataclass(frozen=True)
class VisitPage(Numbered):
    """One page of visits with the counts of its facets."""

    rows: list[Encounter]
    payers: dict[int, str]
    number: int
    total: int
    states: dict[str, int]
    months: list[tuple[str, str, int]]
    providers: list[tuple[str, str, int]]
    locations: list[tuple[str, str, int]]


def _visits(chosen: VisitFilter) -> QuerySet[Encounter]:
    rows = Encounter.objects.exclude(status=EncounterStatus.CANCELLED)
    if chosen.state in STATES:
        rows = rows.filter(STATES[chosen.state])
    if chosen.provider.isdigit():
        rows = rows.filter(provider_id=int(chosen.provider))
    if chosen.location.isdigit():
        rows = rows.filter(location_id=int(chosen.location))
    if (month := _month(chosen.month)) is not None:
        rows = rows.filter(service_date__year=month.year, service_date__month=month.month)
    if chosen.q:
        rows = rows.filter(Q(patient__last_name__istartswith=chosen.q) | Q(external_id__iexact=chosen.q))
    return rows


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        return None


def visit_page(chosen: VisitFilter, number: int = 1) -> VisitPage:
    """A page of visits, newest first, with its facets: seven queries."""
    rows = _visits(chosen)
    total = rows.count()
    number = max(1, min(number, -(-total // PAGE)))
    start = (number - 1) * PAGE
    shown = list(
        rows.select_related("patient", "provider", "location", "coding_case").order_by("-service_date", "-pk")[
            start : start + PAGE
        ]
    )
    counts = _visits(replace(chosen, state="")).aggregate(**{name: Count("pk", filter=q) for name, q in STATES.items()})
    return VisitPage(
        rows=shown,
        payers=first_payer_names([visit.patient_id for visit in shown]),
        number=number,
        total=total,
        states=counts,
        months=_months(chosen),
        providers=[
            (str(pk), f"{first[:1]}. {last}", n)
            for pk, first, last, n in _visits(replace(chosen, provider=""))
            .values_list("provider_id", "provider__first_name", "provider__last_name")
            .annotate(n=Count("pk"))
            .order_by("-n", "provider_id")[:12]
        ],
        locations=[
            (str(pk), name, n)
            for pk, name, n in _visits(replace(chosen, location=""))
            .values_list("location_id", "location__name")
            .annotate(n=Count("pk"))
            .order_by("-n", "location_id")[:8]
        ],
    )


def _months(chosen: VisitFilter) -> list[tuple[str, str, int]]:
    """The last twelve months that have visits, newest first: (value, words, count)."""
    counted = (
        _visits(replace(chosen, month=""))
        .annotate(month=TruncMonth("service_date"))
        .values_list("month")
        .annotate(n=Count("pk"))
        .order_by("-month")[:12]
    )
    return [(f"{month:%Y-%m}", f"{month:%b %Y}", n) for month, n in counted]


@dataclass(frozen=True)
class PatientPage(Numbered):
    """One page of patients by name."""

    rows: list[Patient]
    number: int
    total: int


def patient_page(q: str = "", number: int = 1) -> PatientPage:
    """Patients by name; `q` is a name's beginning ("okaf" or "Okafor, D"), a record number or a member ID."""
    rows = Patient.objects.all()
    if q:
        last, _, first = q.partition(",")
        rows = rows.filter(
            Q(last_name__istartswith=last.strip(), first_name__istartswith=first.strip())
            | Q(mrn__iexact=q)
            | Exists(Coverage.objects.filter(patient=OuterRef("pk"), member_id__iexact=q))
        )
    total = rows.count()
    number = max(1, min(number, -(-total // PAGE)))
    start = (number - 1) * PAGE
    newest = Encounter.objects.filter(patient=OuterRef("pk")).order_by("-service_date").values("service_date")[:1]
    found = rows.annotate(last_visit=Subquery(newest)).prefetch_related(Prefetch("coverages", ordered_coverages()))
    return PatientPage(list(found.order_by("last_name", "first_name", "pk")[start : start + PAGE]), number, total)


def patient_record(pk: int) -> Patient:
    """One patient with coverages, authorizations and visits. Raises Patient.DoesNotExist."""
    return (
        Patient.objects.select_related("practice")
        .prefetch_related(
            Prefetch("coverages", ordered_coverages()),
            "authorizations__payer",
            Prefetch("encounters", encounter_rows().order_by("-service_date")),
        )
        .get(pk=pk)
    )


REGISTRATION = (Kind.REGISTRATION_ELIGIBILITY, Kind.REGISTRATION_AUTHORIZATION)


def registration_work(visit_id: int) -> list[WorkItem]:
    """What is open at the front desk about a visit."""
    rows = WorkItem.objects.open().filter(
        kind__in=REGISTRATION, subject_type="encounters.encounter", subject_id=visit_id
    )
    return list(rows.select_related("assigned_to").order_by("clock_date", "pk"))


def waits_for_check(visit: Encounter, since: datetime | None) -> bool:
    """Whether a claim of the visit is stopped and was not checked since registration changed something."""
    stopped = visit.claims.filter(status__in=("draft", "held"))
    checked = Q(scrubbed_at__gte=since) if since else Q(pk__isnull=False)
    return bool(stopped.exclude(checked).exists())


def payers_of(practice_id: int) -> list[Payer]:
    """A practice's payers by name."""
    return list(Payer.objects.filter(practice_id=practice_id).order_by("name"))


def codes_to_approve(visit: Encounter) -> tuple[Coverage | None, list[str]]:
    """The plan that its claim bills (else the first one on the day), and the billed codes that it wants approved."""
    claim = visit.claims.select_related("coverage__payer").order_by("-pk").first()
    if claim is None:
        plans = ordered_coverages().filter(active_on(visit.service_date), patient_id=visit.patient_id)
        return plans.first(), []
    billed = set(claim.lines.values_list("code", flat=True))
    return claim.coverage, sorted(billed & set(claim.coverage.payer.authorization_codes))
