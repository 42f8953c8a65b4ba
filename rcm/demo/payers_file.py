"""What the simulated clearinghouse and payers know of the demo world, in the shape of their `payers.json`."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rcm.demo.facts import Authorization, Coverage, Payer, Roster, World

CLEARINGHOUSE = {"id": "CLEARHARBOR", "name": "Clear Harbor Exchange"}


def payers_file(world: World) -> dict[str, Any]:
    """The payers' own truth: rosters, approvals and rules, not what our practices believe.

    A roster row is the subscriber, whose number it is; dependents are covered under it.
    """
    rosters: dict[str, list[Roster]] = defaultdict(list)
    for coverage in _coverages(world):
        if coverage.roster is not None:
            rosters[coverage.payer_id].append(coverage.roster)
    approvals: dict[str, list[Authorization]] = defaultdict(list)
    for each in world.authorizations:
        if each.on_payer_file:
            approvals[each.payer_id].append(each)
    return {
        "seed": world.seed,
        "clearinghouse": CLEARINGHOUSE,
        "practices": [
            {
                "slug": each.slug,
                "name": each.name,
                "npi": each.npi,
                "tax_id": each.tax_id,
                "submitter_id": each.submitter_id,
            }
            for each in world.practices
        ],
        "payers": [_payer(each, rosters[each.payer_id], approvals[each.payer_id]) for each in world.payers],
    }


def _coverages(world: World) -> Iterator[Coverage]:
    for patient in world.patients:
        yield from patient.coverages
    for encounter in world.encounters:
        fix = encounter.mistake.fix if encounter.mistake else None
        if fix is not None and fix.coverage is not None and fix.ended_on is not None:
            yield fix.coverage


def _payer(payer: Payer, rosters: list[Roster], approvals: list[Authorization]) -> dict[str, Any]:
    return {
        "payer_id": payer.payer_id,
        "name": payer.name,
        "kind": payer.kind,
        "filing_indicator": payer.claim_filing,
        "filing_days": payer.payer_filing_days,
        "acknowledge_hours": payer.acknowledge_hours,
        "decision_days": list(payer.decision_days),
        "pay_weekday": payer.pay_weekday,
        "deductible": str(payer.deductible),
        "coinsurance": str(payer.coinsurance),
        "copay": str(payer.copay),
        "sequestration": "0.02" if payer.kind == "medicare" else "0.00",
        "fee_schedule": {code: str(amount) for code, amount in payer.fee_schedule.items()},
        "needs_authorization": sorted(payer.needs_authorization),
        "covered_diagnoses": {code: list(prefixes) for code, prefixes in payer.covered_diagnoses.items()},
        "bundles": [
            {"column_one": each.column_one, "column_two": each.column_two, "modifier": each.modifier}
            for each in payer.bundles
        ],
        "unspecific_diagnoses": sorted(payer.unspecific_diagnoses),
        "members": [_member(each) for each in rosters],
        "authorizations": [_approval(each) for each in approvals],
    }


def _member(roster: Roster) -> dict[str, Any]:
    return {
        "member_id": roster.member_id,
        "last_name": roster.subscriber.last_name,
        "first_name": roster.subscriber.first_name,
        "birth_date": roster.subscriber.birth_date.isoformat(),
        "sex": roster.subscriber.sex,
        "active_from": roster.active_from.isoformat(),
        "active_to": roster.active_to.isoformat() if roster.active_to else None,
    }


def _approval(each: Authorization) -> dict[str, Any]:
    return {
        "number": each.number,
        "member_id": each.member_id,
        "codes": list(each.codes),
        "from": each.first_day.isoformat(),
        "to": each.payer_to.isoformat(),
    }
