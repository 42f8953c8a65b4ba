"""Our claims as a remittance may name them, in a fixed number of queries for any number of its claims."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet

from claims.models import Claim
from edi.remit_835 import RemitHeader
from encounters.models import Fee, Payer
from payments.domain.match import Candidates, OurClaim, OurLine, SentClaim, reference_keys

Prices = dict[int, dict[str, Decimal]]  # dollars per unit by contract and code


def payer_of(practice_id: int, header: RemitHeader) -> Payer | None:
    """Our payer behind a remittance: by the id we bill (REF*2U, N104, TRN03), else by its exact name."""
    references = [each.value for each in header.payer.references if each.qualifier == "2U"]
    ids = [each for each in (*references, header.payer.id, header.payer_id, header.payer_id[1:]) if each]
    rows = Payer.objects.filter(practice_id=practice_id).filter(Q(payer_id__in=ids) | Q(name__iexact=header.payer.name))
    found = {row.payer_id: row for row in rows}
    named = next((found[each] for each in ids if each in found), None)
    return named or (next(iter(found.values())) if len(found) == 1 else None)


def candidates(practice_id: int, sent: Sequence[SentClaim]) -> Candidates:
    """What these claims could mean: by our number and by the payer's."""
    numbers = {each.number for each in sent if each.number}
    controls = {each.control_number for each in sent if each.control_number}
    rows = _claims(practice_id).filter(Q(number__in=numbers) | Q(payer_control_number__in=controls))
    ours = [our_claim(row) for row in rows]
    by_control: dict[str, list[OurClaim]] = {}
    for each in ours:
        if each.payer_control_number:
            by_control.setdefault(each.payer_control_number, []).append(each)
    return Candidates(by_number={each.number: each for each in ours}, by_control=by_control)


def lookalikes(practice_id: int, sent: Sequence[SentClaim]) -> list[OurClaim]:
    """Claims of the same member, or of the same name and day, or whose number a payer has lengthened."""
    members = {each.member_id for each in sent if each.member_id}
    names = {each.last_name for each in sent if each.last_name}
    days = {each.service_date for each in sent if each.service_date}
    longer = {each.number[:size] for each in sent for size in range(5, min(len(each.number), 20))}
    rows = _claims(practice_id).filter(
        Q(coverage__member_id__in=members, service_from__in=days)
        | Q(patient__last_name__in=names | {name.title() for name in names}, service_from__in=days)
        | Q(number__in=longer)
    )
    return [our_claim(row) for row in rows]


def claims_named(practice_id: int, references: Iterable[str]) -> list[OurClaim]:
    """Claims whose number, ours or the payer's, stands in one of these PLB references."""
    keys = set().union(*(reference_keys(each) for each in references))
    rows = _claims(practice_id).filter(Q(number__in=keys) | Q(payer_control_number__in=keys))
    return [our_claim(row) for row in rows] if keys else []


def one_claim(practice_id: int, claim_id: int) -> OurClaim | None:
    """A claim that a person named."""
    row = _claims(practice_id).filter(pk=claim_id).first()
    return our_claim(row) if row else None


def contract_prices(contract_ids: Iterable[int | None], codes: Iterable[str]) -> Prices:
    """Contract prices of these codes."""
    found: Prices = {}
    rows = Fee.objects.filter(schedule_id__in={each for each in contract_ids if each}, code__in=set(codes)).values_list(
        "schedule_id", "code", "amount"
    )
    for schedule, code, amount in rows:
        found.setdefault(schedule, {})[code] = amount
    return found


def _claims(practice_id: int) -> QuerySet[Claim]:
    return (
        Claim.objects.filter(practice_id=practice_id)
        .select_related("patient", "coverage", "payer")
        .prefetch_related("lines")
        .order_by("pk")
    )


def our_claim(claim: Claim) -> OurClaim:
    """A claim row with its lines as matching sees it."""
    return OurClaim(
        id=claim.pk,
        number=claim.number,
        payer_control_number=claim.payer_control_number,
        payer_id=claim.payer_id,
        patient_id=claim.patient_id,
        patient_name=str(claim.patient),
        last_name=claim.patient.last_name,
        member_id=claim.coverage.member_id,
        service_date=claim.service_from,
        charge=claim.charge_amount,
        contract_id=claim.payer.contract_id,
        lines=tuple(
            OurLine(
                id=line.pk,
                number=line.number,
                code=line.code,
                modifiers=tuple(line.modifiers),
                service_date=line.service_date,
                charge=line.charge_amount,
                units=line.units,
            )
            for line in claim.lines.all()
        ),
    )
