"""The demo's questions to providers and its audits: asked, answered and coded again through the product's operations.

Earlier ones are done; those of the last days wait for whoever tries the demo.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from coding.domain.audits import AuditStatus, Reason
from coding.domain.codes import CaseCodes, Service
from coding.domain.provider_queries import TEMPLATES, UNABLE, Draft, Indicator, QueryKind, passages
from coding.domain.status import CaseStatus
from coding.models import AuditPlan, CodingAudit, CodingCase, ProviderQuery
from coding.operations import (
    CannotAsk,
    CannotAudit,
    Rates,
    answer_note,
    answer_query,
    ask_provider,
    fix_second,
    save_second,
    send_note,
    set_audit_plan,
    settle_dispute,
    take_audit,
)
from compliance.models import User
from rcm.demo import facts
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import close_item

PLANNED = timedelta(days=75)  # since when the practices audit
ASKED = timedelta(days=45)  # since when coders ask now and then
LATELY = timedelta(days=9)  # what was drawn since is left to whoever tries the demo
TALKED_LATELY = timedelta(days=25)  # what was explained or disputed since, too
STRICT = 5  # of so many audits the auditor codes one visit a level lower
ASKED_LATELY = timedelta(days=6)
ONE_IN = 6  # so many coded visits of a provider with a log-in had a question
LAST_ACT = time(17, tzinfo=UTC)  # of the demo's last day
RATES = {
    Reason.RANDOM: 8, Reason.HIGH_VALUE: 20, Reason.HIGH_LEVEL: 20, Reason.MODIFIER: 15, Reason.LOW_CONFIDENCE: 25,
    Reason.NEW_CODER: 0, Reason.AUTO_COMPLETED: 20,
}  # fmt: skip
NOTE = "Compare the assessment with the codes line by line; the guideline section on outpatient coding has the rule."


def codes_of(coding: facts.Coding) -> CaseCodes:
    """A coding of the world as the product takes it."""
    services = (
        Service(code=line.code, modifiers=line.modifiers, units=line.units, pointers=line.pointers)
        for line in coding.lines
    )
    return CaseCodes(coding.diagnoses, tuple(services))


@dataclass
class Reviewers:
    """Who asks, answers, audits and decides."""

    world: facts.World
    users: Mapping[str, list[User]]  # by role
    visits: Mapping[str, facts.Encounter]
    today: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.today = datetime.combine(self.world.today, LAST_ACT)

    def ask(self, now: datetime) -> None:
        """Before the day's coding, in the practice in scope: some questions, most of them answered at once."""
        if now < self.today - ASKED:
            return
        for case in CodingCase.objects.filter(
            status=CaseStatus.OPEN, encounter__provider__user__isnull=False, provider_queries__isnull=True
        ).select_related("encounter__provider__user"):
            visit = self.visits.get(case.encounter.external_id)
            if visit is None:
                continue
            stays = visit.coded_at is None or visit.coded_at > self.today
            if stays and now >= self.today - ASKED_LATELY:
                self._ask(case, now)
            elif not stays and visit.coded_at is not None and visit.coded_at <= now and case.pk % ONE_IN == 0:
                self._ask(case, now)
                self._answer(case, now)
        self._answer_some(now)

    def _ask(self, case: CodingCase, now: datetime) -> None:
        draft = _question(case)
        if draft is not None:
            with suppress(CannotAsk):
                ask_provider(case_id=case.pk, draft=draft, actor=self.users["coder"][0], now=now)

    def _answer(self, case: CodingCase, now: datetime) -> None:
        for query in ProviderQuery.objects.waiting().filter(case=case).select_related("provider__user"):
            choice, words = ANSWERS[QueryKind(query.kind)]
            provider = query.provider.user
            assert provider is not None
            answer_query(query_id=query.pk, choice=choice, words=words, actor=provider, now=now)

    def _answer_some(self, now: datetime) -> None:
        """Of what still waits, every other question is answered after two days."""
        old = ProviderQuery.objects.waiting().filter(asked_at__lte=now - timedelta(days=2))
        for query in old.select_related("case"):
            if query.pk % 2 == 0:
                self._answer(query.case, now)

    def audit(self, now: datetime, practice_id: int) -> None:
        """The auditor's, the coder's and the supervisor's part of the day, in the practice in scope."""
        if now < self.today - PLANNED:
            return
        supervisor = self.users["supervisor"][0]
        if not AuditPlan.objects.filter(practice_id=practice_id).exists():
            rates = Rates(percents=RATES, high_value=Decimal(500), new_coder_days=90)
            set_audit_plan(practice_id=practice_id, rates=rates, actor=supervisor, now=now)
        before = self.today - LATELY
        for audit in _audits(AuditStatus.OPEN, sampled_at__lt=min(before, now - timedelta(days=2))):
            self._code_again(audit, now)
        talked = min(self.today - TALKED_LATELY, now - timedelta(days=1))
        for audit in _audits(AuditStatus.NOTED, noted_at__lt=now - timedelta(days=1)):
            if audit.noted_at is not None and (audit.noted_at < talked or audit.pk % 3):
                self._reply(audit, now)
        for audit in _audits(AuditStatus.DISPUTED, answered_at__lt=talked):
            right = [row.position for row in audit.codes.all() if not row.agreed][:1]
            words = "The note supports the first coding here."
            settle_dispute(audit_id=audit.pk, coder_right=right, words=words, actor=supervisor, now=now)

        self._correct_claims(now)

    def _correct_claims(self, now: datetime) -> None:
        """Billing has put right what an audit found wrong some while ago, in the payer's portal."""
        old = WorkItem.objects.open().filter(kind=Kind.CLAIM_CODED_WRONG, opened_at__lt=now - timedelta(days=7))
        for item_id in list(old.filter(opened_at__lt=self.today - LATELY).values_list("pk", flat=True)):
            biller = self.users["biller"][0]
            close_item(item_id=item_id, outcome="Corrected in the payer’s portal", actor=biller, now=now)

    def _code_again(self, audit: CodingAudit, now: datetime) -> None:
        visit = self.visits.get(audit.case.encounter.external_id)
        if visit is None:
            return
        auditor = self.users["coding_auditor"][0]
        with suppress(CannotAudit):
            take_audit(audit_id=audit.pk, actor=auditor, now=now)
            save_second(
                audit_id=audit.pk,
                codes=_strictly(audit, codes_of(visit.true_codes)),
                revision=None,
                actor=auditor,
                now=now,
            )
            fixed = fix_second(audit_id=audit.pk, actor=auditor, now=now)
            if fixed.status == AuditStatus.FIXED:
                reasons = {row.position: WHY.get(row.category, "As the note says it") for row in fixed.codes.all()}
                send_note(audit_id=audit.pk, reasons=reasons, note=NOTE, actor=auditor, now=now)

    def _reply(self, audit: CodingAudit, now: datetime) -> None:
        disputes = audit.pk % 2 == 0
        words = "The assessment names it in its own line." if disputes else ""
        assert audit.coder is not None
        answer_note(audit_id=audit.pk, agrees=not disputes, words=words, actor=audit.coder, now=now)


def _audits(status: AuditStatus, **fields: datetime) -> Iterator[CodingAudit]:
    rows = CodingAudit.objects.filter(status=status, **fields).select_related("coder", "case__encounter")
    yield from list(rows.order_by("pk"))


def _strictly(audit: CodingAudit, codes: CaseCodes) -> CaseCodes:
    """What the auditor reads in the note: now and then a lower visit level than it supports."""
    if audit.pk % STRICT:
        return codes
    lowered = (replace(s, code="99213") if s.code == "99214" else s for s in codes.services)
    return CaseCodes(codes.diagnoses, tuple(lowered))


def _question(case: CodingCase) -> Draft | None:
    """A question that fits the note: what a measured value means, or the acuity of an assessed condition."""
    found = passages(case.encounter.note)
    for kind, fits in (QUESTIONS, QUESTIONS[::-1])[case.pk % 2]:
        quote = next((each for each in found if fits(each)), None)
        if quote is not None:
            template = TEMPLATES[kind]
            return Draft(kind=kind, question=template.question, options=template.options, indicators=(quote,))
    return None


def _is_value(quote: Indicator) -> bool:
    return any(word in quote.text for word in ("mg/dL", "BP ", "A1c", "ejection", " cm", "mm "))


def _is_condition(quote: Indicator) -> bool:
    return any(word in quote.text.lower() for word in ("pain", "itis", "disorder", "failure", "diabetes", "anemia"))


QUESTIONS: tuple[tuple[QueryKind, Callable[[Indicator], bool]], ...] = (
    (QueryKind.FINDING, _is_value),
    (QueryKind.ACUITY, _is_condition),
)
ANSWERS = {
    QueryKind.FINDING: ("", "Expected under the present treatment; no separate diagnosis."),
    QueryKind.ACUITY: ("Chronic", ""),
} | {kind: (UNABLE, "") for kind in QueryKind if kind not in (QueryKind.FINDING, QueryKind.ACUITY)}
WHY = {
    "specificity": "The assessment names type and site",
    "missed": "Named and treated in the plan",
    "added": "Not assessed at this visit",
    "sequencing": "The reason for the visit comes first",
    "modifier": "A separate problem was assessed beside the procedure",
    "units": "The plan gives the amount",
    "level_high": "One stable problem, no prescription changed",
    "level_low": "Two problems, prescription drugs managed",
}
