"""One path through the pipeline on which every stage has something to do."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from coding.domain.audits import Reason
from coding.domain.provider_queries import Draft, Indicator, QueryKind
from coding.domain.status import UNDO_FOR
from coding.models import CodingCase
from coding.operations import Rates, ask_provider, propose_codes, set_audit_plan, set_auto_complete
from coding.suggestion.facts import Suggested, Suggestions
from compliance.domain.permissions import Role
from compliance.models import Practice, User
from compliance.scope import practice_scope
from denials.models import Denial
from denials.operations import draft_appeal, send_appeal
from encounters.models import Payer
from tests.flow.town import Town


def steps(town: Town, practices: Sequence[Practice], day: date) -> Iterator[str]:
    """Names each stage when it is due in all the practices, to which the same things happen.

    One visit is paid, one denied and appealed, one rejected; one would finish by itself, but lacks a procedure.
    """
    coder, specialist = town.person(Role.CODER), town.person(Role.DENIAL_SPECIALIST)
    for practice in practices:
        with practice_scope(practice.pk):
            Payer.objects.update(appeal_days=1)  # an appeal is urgent at once
        town.visit(town.patient(practice), day, "V1")
        town.visit(town.patient(practice), day, "V2", note="Essential (primary) hypertension, near goal.")
        town.visit(town.patient(practice, member_id="HMX999999999"), day, "V3")
        town.visit(town.patient(practice), day, "V4", note="Blood pressure check.")
    yield "open_cases"
    for practice in practices:
        _find_only_a_diagnosis(town, practice, "V4")
    yield from ("suggest_codes", "complete_cases")
    for practice in practices:
        _ask_about(town, practice, "V4", coder)
        _audit_all(town, practice)
        town.code(practice, "V1", coder, ["M17.11"], "99213")
        town.code(practice, "V2", coder, ["I10"], "20610")
        town.code(practice, "V3", coder, ["M17.11"], "99213")
    yield from ("draw_audits", "build_claims", "scrub_claims", "submit_ready_claims")
    town.tick()
    yield from ("fetch_inbound", "acknowledge_claims")
    town.now += timedelta(hours=7)
    town.tick()
    yield from ("fetch_inbound", "acknowledge_claims")
    town.now += timedelta(days=8)
    yield from ("follow_up_queries", "poll_claim_status")
    town.tick()
    town.now += timedelta(days=3)
    town.tick()
    yield from ("fetch_inbound", "acknowledge_claims", "ingest_remits", "post_remits", "open_denials")
    yield "advance_deadlines"
    for practice in practices:
        with practice_scope(practice.pk):
            ids = list(Denial.objects.values_list("pk", flat=True))
            appeal = draft_appeal(denial_ids=ids, actor=specialist, now=town.now)
            send_appeal(appeal_id=appeal.pk, actor=specialist, now=town.now)
    yield "send_appeals"
    town.tick()
    town.now += timedelta(days=40)
    town.tick()
    yield from ("fetch_inbound", "ingest_remits", "post_remits", "open_denials", "read_decisions", "advance_deadlines")


def _find_only_a_diagnosis(town: Town, practice: Practice, key: str) -> None:
    """The surest suggestion there is, and a practice that lets nothing less finish by itself."""
    sure = Suggested(system="icd10cm", code="I10", confidence=100, spans=(), reason="The note names it.")
    with practice_scope(practice.pk):
        case = CodingCase.objects.get(encounter__external_id=key)
        found = {case.pk: Suggestions((sure,))}
        propose_codes(found=found, engine_version="path", learned_version=None, now=town.now)
        set_auto_complete(practice_id=practice.pk, lowest=100, actor=town.person(Role.SUPERVISOR), now=town.now)


def _ask_about(town: Town, practice: Practice, key: str, coder: User) -> None:
    """A question that no provider has answered for four days, by the clock of a child process, too."""
    with practice_scope(practice.pk):
        case = CodingCase.objects.select_related("encounter").get(encounter__external_id=key)
        words = Indicator(0, len(case.encounter.note), case.encounter.note)
        draft = Draft(
            kind=QueryKind.FINDING,
            question="What was the blood pressure checked for?",
            options=("Follow-up of a known condition", "Screening"),
            indicators=(words,),
        )
        ask_provider(case_id=case.pk, draft=draft, actor=coder, now=town.now - timedelta(days=4))


def _audit_all(town: Town, practice: Practice) -> None:
    """Every case finished from now on, as `Town.code` finishes it, is in the sample."""
    percents = {reason: 100 if reason is Reason.RANDOM else 0 for reason in Reason}
    rates = Rates(percents=percents, high_value=Decimal(1000), new_coder_days=90)
    with practice_scope(practice.pk):
        since = town.now - UNDO_FOR
        set_audit_plan(practice_id=practice.pk, rates=rates, actor=town.person(Role.SUPERVISOR), now=since)
