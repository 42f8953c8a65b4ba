"""Approvals: which visits need one, which have it, and what is wrong with the others."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from rcm.demo.facts import Authorization, Coding, Coverage, Patient, Payer


def needed_codes(coding: Coding, payer: Payer) -> tuple[str, ...]:
    """The codes of the visit for which the payer wants an authorization."""
    return tuple(sorted({line.code for line in coding.lines} & payer.needs_authorization))


def approval(
    rng: Random, patient: Patient, coverage: Coverage, codes: tuple[str, ...], service_date: date, serial: int
) -> Authorization:
    """An authorization asked for in time, on our file and the payer's."""
    first_day = service_date - timedelta(days=rng.randrange(5, 25))
    last_day = service_date + timedelta(days=rng.randrange(20, 70))
    held_as = coverage.roster.member_id if coverage.roster else coverage.member_id
    return Authorization(
        number=f"AU{80_000 + serial}",
        mrn=patient.mrn,
        payer_id=coverage.payer_id,
        member_id=held_as,
        codes=codes,
        first_day=first_day,
        last_day=last_day,
        payer_to=last_day,
        registered_on=first_day,
    )


def expired(right: Authorization, service_date: date) -> Authorization:
    """The same approval, but on the payer's file it ended some days before the visit."""
    return replace(right, payer_to=service_date - timedelta(days=3), first_day=service_date - timedelta(days=60))


def unregistered(right: Authorization) -> Authorization:
    """The payer gave it; nobody wrote it into our file."""
    return replace(right, registered_on=None)


def extended(wrong: Authorization, service_date: date, serial: int) -> Authorization:
    """A second approval that the payer gives afterwards and that covers the visit."""
    last_day = service_date + timedelta(days=30)
    return replace(
        wrong,
        number=f"AU{80_000 + serial}",
        first_day=service_date,
        last_day=last_day,
        payer_to=last_day,
        registered_on=None,
    )
