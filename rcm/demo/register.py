"""Put the demo world's standing facts into the database: practices, people, payers, prices, patients.

Everything that a practice would key in once. Visits, codes, claims and money come from the replay.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from compliance.models import Membership, User
from compliance.models import Practice as PracticeRow
from compliance.scope import practice_scope
from encounters.domain.status import Relationship
from encounters.models import Authorization as AuthorizationRow
from encounters.models import Coverage as CoverageRow
from encounters.models import Fee, FeeSchedule
from encounters.models import Location as LocationRow
from encounters.models import Patient as PatientRow
from encounters.models import Payer as PayerRow
from encounters.models import Provider as ProviderRow
from rcm.demo import facts

CLEARINGHOUSE = ("CLEARHARBOR", "Clear Harbor Exchange")
CHARGES = "Charges"
PAYER_CHANNELS = {"medicare": "Portal", "medicaid": "Mail"}
RELATIONSHIPS = {
    "self": Relationship.SELF,
    "spouse": Relationship.SPOUSE,
    "child": Relationship.CHILD,
}


@dataclass(frozen=True)
class Registered:
    """The database's keys for what the world knows by name, one practice at a time."""

    practice: PracticeRow
    patients: dict[str, int] = field(default_factory=dict)  # MRN
    payers: dict[str, int] = field(default_factory=dict)  # payer id
    providers: dict[str, int] = field(default_factory=dict)  # Provider.key
    referring: dict[str, int] = field(default_factory=dict)  # NPI
    locations: dict[str, int] = field(default_factory=dict)  # Location.key
    coverages: dict[str, int] = field(default_factory=dict)  # Coverage.key
    authorizations: dict[str, int] = field(default_factory=dict)  # number


def register_practices(world: facts.World) -> dict[str, PracticeRow]:
    """The practices of the billing company, by slug."""
    rows = [
        PracticeRow(
            slug=one.slug, name=one.name, npi=one.npi, tax_id=one.tax_id, taxonomy=one.taxonomy, phone=one.phone,
            submitter_id=one.submitter_id, clearinghouse_id=CLEARINGHOUSE[0], clearinghouse_name=CLEARINGHOUSE[1],
            street=one.address.street, city=one.address.city, state=one.address.state,
            zip_code=one.address.zip_code,
        )
        for one in world.practices
    ]  # fmt: skip
    return {row.slug: row for row in PracticeRow.objects.bulk_create(rows)}


def register_users(
    world: facts.World, practices: dict[str, PracticeRow], passwords: dict[str, str]
) -> dict[str, list[User]]:
    """The demo's people by role, with their memberships; `passwords` by username."""
    by_role: dict[str, list[User]] = {}
    for one in world.users:
        first, _, last = one.display_name.rpartition(" ")
        user = User(username=one.username, first_name=first, last_name=last)
        user.set_password(passwords[one.username])
        user.save()
        by_role.setdefault(one.role, []).append(user)
        for slug in one.practices:
            with practice_scope(practices[slug].pk):
                Membership.objects.create(practice=practices[slug], user=user, role=one.role)
    return by_role


def register_practice(world: facts.World, practice: PracticeRow) -> Registered:
    """Everything standing of one practice, in a fixed number of statements."""
    keys = Registered(practice=practice)
    with practice_scope(practice.pk):
        _payers(world, keys)
        _places_and_people(world, keys)
        _patients(world, keys)
        _authorizations(world, keys)
    return keys


def _schedule(practice: PracticeRow, name: str, prices: Iterable[tuple[str, Decimal]], since: date) -> FeeSchedule:
    schedule = FeeSchedule.objects.create(practice=practice, name=name, effective_from=since)
    Fee.objects.bulk_create(
        Fee(practice=practice, schedule=schedule, code=code, amount=amount) for code, amount in prices
    )
    return schedule


def _payers(world: facts.World, keys: Registered) -> None:
    practice, since = keys.practice, world.today.replace(month=1, day=1, year=world.today.year - 1)
    _schedule(practice, CHARGES, world.charge_master.items(), since)
    for one in world.payers:
        row = PayerRow.objects.create(
            practice=practice, payer_id=one.payer_id, name=one.name, kind=one.kind,
            filing_indicator=one.claim_filing, filing_days=one.filing_days, correction_days=one.correction_days,
            appeal_days=one.appeal_days, silence_days=one.silence_days, poll_days=one.status_poll_days,
            appeal_channel=PAYER_CHANNELS.get(one.kind, "Portal"), member_id_pattern=one.member_id_pattern,
            authorization_codes=sorted(one.known_authorization),
            contract=_schedule(practice, one.plan_name[:34] + f" {world.today.year}", one.fee_schedule.items(), since),
        )  # fmt: skip
        keys.payers[one.payer_id] = row.pk


def _places_and_people(world: facts.World, keys: Registered) -> None:
    practice = keys.practice
    places = [one for one in world.locations if one.practice == practice.slug]
    rows = LocationRow.objects.bulk_create(
        LocationRow(
            practice=practice, name=one.name, place_of_service=one.place_of_service, npi=one.npi or "",
            street=one.address.street, city=one.address.city, state=one.address.state,
            zip_code=one.address.zip_code,
        )
        for one in places
    )  # fmt: skip
    keys.locations.update({one.key: row.pk for one, row in zip(places, rows, strict=True)})
    clinicians = [one for one in world.providers if one.practice == practice.slug]
    log_ins = {user.username: user for user in User.objects.filter(username__in=[one.username for one in clinicians])}
    found = ProviderRow.objects.bulk_create(
        ProviderRow(
            practice=practice, npi=one.npi, first_name=one.first_name, last_name=one.last_name,
            credential=one.credentials, taxonomy=one.taxonomy, specialty=one.specialty,
            user=log_ins.get(one.username or ""),
        )
        for one in clinicians
    )  # fmt: skip
    keys.providers.update({one.key: row.pk for one, row in zip(clinicians, found, strict=True)})
    outside = {
        doctor.npi: doctor
        for visit in world.encounters
        if visit.practice == practice.slug
        for doctor in (visit.referring, visit.mistake.fix.referring if visit.mistake else None)
        if doctor
    }
    referrers = ProviderRow.objects.bulk_create(
        ProviderRow(
            practice=practice, npi=npi, first_name=doctor.first_name, last_name=doctor.last_name,
            credential=doctor.credentials, taxonomy="208D00000X", specialty="Outside", renders=False,
        )
        for npi, doctor in outside.items()
    )  # fmt: skip
    keys.referring.update({row.npi: row.pk for row in referrers})


def _patients(world: facts.World, keys: Registered) -> None:
    practice = keys.practice
    people = [one for one in world.patients if one.practice == practice.slug]
    rows = PatientRow.objects.bulk_create(
        PatientRow(
            practice=practice, mrn=one.mrn, last_name=one.person.last_name, first_name=one.person.first_name,
            birth_date=one.person.birth_date, sex=one.person.sex, phone=one.phone, street=one.address.street,
            city=one.address.city, state=one.address.state, zip_code=one.address.zip_code,
        )
        for one in people
    )  # fmt: skip
    keys.patients.update({row.mrn: row.pk for row in rows})
    plans = [(one.mrn, plan) for one in people for plan in one.coverages]
    covers = CoverageRow.objects.bulk_create(coverage_row(keys, mrn, plan) for mrn, plan in plans)
    keys.coverages.update({plan.key: row.pk for (_, plan), row in zip(plans, covers, strict=True)})


def coverage_row(keys: Registered, mrn: str, plan: facts.Coverage) -> CoverageRow:
    """A coverage as our file has it, not saved yet."""
    own = plan.relationship == "self"
    return CoverageRow(
        practice=keys.practice,
        patient_id=keys.patients[mrn],
        payer_id=keys.payers[plan.payer_id],
        rank=plan.order,
        member_id=plan.member_id,
        group_number=plan.group_number or "",
        relationship=RELATIONSHIPS.get(plan.relationship, Relationship.OTHER),
        subscriber_last_name="" if own else plan.subscriber.last_name,
        subscriber_first_name="" if own else plan.subscriber.first_name,
        subscriber_birth_date=None if own else plan.subscriber.birth_date,
        subscriber_sex="" if own else plan.subscriber.sex,
        effective_from=plan.active_from,
        effective_to=plan.active_to,
    )


def _authorizations(world: facts.World, keys: Registered) -> None:
    known = [one for one in world.authorizations if one.mrn in keys.patients and one.registered_on is not None]
    rows = AuthorizationRow.objects.bulk_create(authorization_row(keys, one) for one in known)
    keys.authorizations.update({row.number: row.pk for row in rows})


def authorization_row(keys: Registered, one: facts.Authorization) -> AuthorizationRow:
    """An approval as our file has it, not saved yet."""
    return AuthorizationRow(
        practice=keys.practice,
        patient_id=keys.patients[one.mrn],
        payer_id=keys.payers[one.payer_id],
        number=one.number,
        codes=list(one.codes),
        valid_from=one.first_day,
        valid_to=one.last_day,
    )


def find_registered(world: facts.World, slug: str) -> Registered:
    """The keys of a practice that an earlier run registered."""
    keys = Registered(practice=PracticeRow.objects.get(slug=slug))
    with practice_scope(keys.practice.pk):
        keys.patients.update(PatientRow.objects.values_list("mrn", "pk"))
        keys.payers.update(PayerRow.objects.values_list("payer_id", "pk"))
        npis = dict(ProviderRow.objects.values_list("npi", "pk"))
        keys.providers.update({one.key: npis[one.npi] for one in world.providers if one.practice == slug})
        keys.referring.update(npis)
        places = dict(LocationRow.objects.values_list("name", "pk"))
        keys.locations.update({one.key: places[one.name] for one in world.locations if one.practice == slug})
        plans = {
            (mrn, payer_id, rank): pk
            for mrn, payer_id, rank, pk in CoverageRow.objects.order_by("-pk").values_list(
                "patient__mrn", "payer__payer_id", "rank", "pk"
            )
        }
        keys.coverages.update(
            {
                plan.key: plans[one.mrn, plan.payer_id, plan.order]
                for one in world.patients
                if one.practice == slug
                for plan in one.coverages
                if (one.mrn, plan.payer_id, plan.order) in plans
            }
        )
        keys.authorizations.update(AuthorizationRow.objects.values_list("number", "pk"))
    return keys


def users_by_role(world: facts.World) -> dict[str, list[User]]:
    """The demo's people as they stand in the database."""
    rows = {user.username: user for user in User.objects.filter(username__in=[one.username for one in world.users])}
    by_role: dict[str, list[User]] = {}
    for one in world.users:
        by_role.setdefault(one.role, []).append(rows[one.username])
    return by_role
