"""The payers' side of the world: what the simulated payers would do with what was entered and with what is right."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from payersim.adjudicate import Memory, decide
from payersim.claims import Claim, Line, Person
from payersim.plans import Network, network_of
from payersim.screen import Earlier, screen
from rcm.demo.facts import CaughtBy, Coding, Coverage, Encounter, Mistake, Patient, World
from rcm.demo.world import payers_file

CARCS = {
    Mistake.INACTIVE_COVERAGE: "27",
    Mistake.MISSING_AUTHORIZATION: "197",
    Mistake.UNSPECIFIC_DIAGNOSIS: "16",
    Mistake.DIAGNOSIS_NOT_COVERED: "50",
    Mistake.UNBUNDLED_PAIR: "236",
    Mistake.MISSING_MODIFIER: "97",
    Mistake.LATE_FILING: "29",
}


@pytest.fixture(scope="module")
def network(large_world: World) -> Network:
    return network_of(json.loads(json.dumps(payers_file(large_world))))


def claim_for(
    world: World, visit: Encounter, patient: Patient, coverage: Coverage, coding: Coding, *, authorized: bool
) -> Claim:
    practice = next(each for each in world.practices if each.slug == visit.practice)
    known = visit.authorization is not None and (authorized or visit.authorization.registered_on is not None)
    lines = tuple(
        Line(
            number=number,
            qualifier="HC",
            code=line.code,
            modifiers=line.modifiers,
            charge=world.charge_master[line.code] * line.units,
            units=Decimal(line.units),
            diagnoses=tuple(coding.diagnoses[place - 1].replace(".", "") for place in line.pointers),
            service_from=visit.service_date,
            service_to=visit.service_date,
        )
        for number, line in enumerate(coding.lines, 1)
    )
    subscriber = coverage.subscriber
    return Claim(
        claim_number=visit.key,
        payer_id=coverage.payer_id,
        payer_name="",
        frequency="1",
        original_control="",
        charge=sum((line.charge for line in lines), Decimal(0)),
        place=visit.place_of_service,
        filing_code="",
        payer_order="P",
        batch="",
        billing_name=practice.name,
        billing_npi=practice.npi,
        billing_tax_id=practice.tax_id,
        member_id=coverage.member_id,
        subscriber=Person(subscriber.last_name, subscriber.first_name),
        birth_date=subscriber.birth_date,
        sex=subscriber.sex,
        patient=Person(patient.person.last_name, patient.person.first_name),
        rendering=Person("", ""),
        rendering_npi=next(each.npi for each in world.providers if each.key == visit.provider),
        diagnoses=tuple(code.replace(".", "") for code in coding.diagnoses),
        authorization=visit.authorization.number if known and visit.authorization else "",
        prior_paid=Decimal(0),
        clearinghouse_trace="",
        lines=lines,
    )


def as_entered(world: World) -> Iterator[tuple[Encounter, Claim]]:
    people = {each.mrn: each for each in world.patients}
    for visit in world.encounters:
        if visit.coded_at is not None and visit.duplicate_of is None:
            patient = people[visit.mrn]
            coverage = patient.coverages[0]
            yield visit, claim_for(world, visit, patient, coverage, visit.entered_codes, authorized=False)


def denials(network: Network, visit: Encounter, claim: Claim) -> set[str]:
    assert visit.coded_at is not None
    decision = decide(claim, network.payers[claim.payer_id], Memory(received_on=visit.coded_at.date()))
    return {each.adjustments[0].reason for each in decision.lines if each.denied}


def rejections(network: Network, visit: Encounter, claim: Claim) -> tuple[object, ...]:
    assert visit.coded_at is not None
    return screen(claim, network, Earlier(received_on=visit.coded_at.date()))


def test_faultless_visits_are_accepted_and_paid(large_world: World, network: Network) -> None:
    for visit, claim in as_entered(large_world):
        if visit.mistake is None:
            assert rejections(network, visit, claim) == (), visit.key
            assert denials(network, visit, claim) == set(), visit.key


def test_what_the_payer_should_notice_is_denied_for_that_reason(large_world: World, network: Network) -> None:
    found = 0
    for visit, claim in as_entered(large_world):
        if visit.mistake and visit.mistake.caught_by == CaughtBy.PAYER:
            assert rejections(network, visit, claim) == (), visit.key
            assert CARCS[visit.mistake.kind] in denials(network, visit, claim), visit.key
            found += 1
    assert found > 150


def test_what_the_clearinghouse_should_notice_is_rejected(large_world: World, network: Network) -> None:
    found = 0
    for visit, claim in as_entered(large_world):
        if visit.mistake and visit.mistake.caught_by == CaughtBy.CLEARINGHOUSE:
            assert rejections(network, visit, claim), visit.key
            found += 1
    assert found > 40


def test_fixed_visits_are_paid(large_world: World, network: Network) -> None:
    people = {each.mrn: each for each in large_world.patients}
    found = 0
    for visit in large_world.encounters:
        mistake = visit.mistake
        if mistake is None or mistake.fix.coding is None or visit.coded_at is None:
            continue
        patient = people[visit.mrn]
        claim = claim_for(large_world, visit, patient, patient.coverages[0], mistake.fix.coding, authorized=True)
        assert denials(network, visit, claim) == set(), visit.key
        found += 1
    assert found > 200


def test_replaced_coverages_are_on_the_roster(large_world: World, network: Network) -> None:
    found = 0
    for visit in large_world.encounters:
        fix = visit.mistake.fix if visit.mistake else None
        if fix and fix.coverage and fix.ended_on:
            member = network.payers[fix.coverage.payer_id].members[fix.coverage.member_id]
            assert member.active_from <= visit.service_date
            found += 1
    assert found > 20


def test_later_approvals_cover_the_visit(large_world: World, network: Network) -> None:
    people = {each.mrn: each for each in large_world.patients}
    found = 0
    for visit in large_world.encounters:
        more = visit.mistake.fix.authorization if visit.mistake else None
        if more is not None:
            payer = network.payers[visit.payer_id]
            roster = people[visit.mrn].coverages[0].roster
            assert roster is not None
            codes = {line.code for line in visit.true_codes.lines} & payer.needs_authorization
            for code in codes:
                assert any(
                    each.covers(member_id=roster.member_id, code=code, on=visit.service_date)
                    for each in payer.authorizations[more.number]
                )
            found += 1
    assert found > 20


def test_no_right_coding_is_called_unspecific(large_world: World) -> None:
    refused = {payer.payer_id: payer.unspecific_diagnoses for payer in large_world.payers}
    for visit in large_world.encounters:
        assert not refused[visit.payer_id] & set(visit.true_codes.diagnoses)


def test_member_numbers_have_the_payers_form(large_world: World) -> None:
    patterns = {payer.payer_id: payer.member_id_pattern for payer in large_world.payers}
    for patient in large_world.patients:
        for plan in patient.coverages:
            assert plan.roster is not None
            assert re.fullmatch(patterns[plan.payer_id], plan.roster.member_id)


def test_short_member_numbers_break_the_form(large_world: World) -> None:
    patterns = {payer.payer_id: payer.member_id_pattern for payer in large_world.payers}
    people = {each.mrn: each for each in large_world.patients}
    for visit in large_world.encounters:
        if visit.mistake and visit.mistake.kind == Mistake.WRONG_MEMBER_ID:
            number = people[visit.mrn].coverages[0].member_id
            fits = re.fullmatch(patterns[visit.payer_id], number) is not None
            assert fits == (visit.mistake.caught_by == CaughtBy.CLEARINGHOUSE)


def test_late_visits_are_late_by_the_right_limit(large_world: World) -> None:
    payers = {payer.payer_id: payer for payer in large_world.payers}
    for visit in large_world.encounters:
        if visit.mistake and visit.mistake.kind == Mistake.LATE_FILING and visit.coded_at:
            days = (visit.coded_at.date() - visit.service_date).days
            payer = payers[visit.payer_id]
            if visit.mistake.caught_by == CaughtBy.PAYER:
                assert payer.payer_filing_days < days <= payer.filing_days - 5
            else:
                assert days > payer.filing_days
