"""From the fields of the page to one save, and what the person is told about it."""

from dataclasses import dataclass

from django.utils import timezone

from coding import operations
from coding.domain.codes import CaseCodes
from coding.domain.merging import Clash, mine_instead
from coding.forms import Act, CodesForm
from coding.models import CodingCase
from coding.views.acting import acted
from coding.views.live_edits import fixed
from compliance.models import User
from encounters.operations import CannotDischarge, set_discharge_status


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: refused for a reason, or kept, perhaps together with what others did meanwhile."""

    refusal: str = ""
    people: tuple[str, ...] = ()  # who else had changed the case
    clashes: tuple[Clash, ...] = ()  # what the person still has to choose


def save(case: CodingCase, form: CodesForm, user: User) -> Saved:
    """Save the page's codes on a case after the act that a button asked for."""
    if not form.whole:
        return Saved("The page did not send all its fields. Reload it, then make your change again.")
    if not form.is_valid():
        return Saved("Correct the marked field; nothing of this change is saved yet.", (), tuple(form.clashes))
    codes, refusal = _acted(case, form, form.act)
    if refusal:
        return Saved(refusal, (), tuple(form.clashes))
    coding = operations.Coding(
        case_id=case.pk,
        codes=codes,
        revision=form.revision,
        accepted=_accepted(form.codes(), form.act),
        merge=True,
    )
    outcome = operations.code_cases(codings=[coding], actor=user, now=timezone.now())
    if refused := outcome.refused.get(case.pk):
        return Saved(str(refused), (), tuple(form.clashes))
    if form.discharge_status not in ("", case.encounter.discharge_status):
        try:
            set_discharge_status(
                encounter_id=case.encounter_id, status=form.discharge_status, actor=user, now=timezone.now()
            )
        except CannotDischarge as reason:
            return Saved(str(reason), (), tuple(form.clashes))
    together = outcome.merged.get(case.pk, operations.Together((), ()))
    people = tuple("You, in another window," if name == str(user) else name for name in together.people)
    return Saved("", people, (*_left(form), *together.clashes))


def _acted(case: CodingCase, form: CodesForm, act: Act | None) -> tuple[CaseCodes, str]:
    """The codes after the act that a button asked for, and why it cannot be done on the day of service."""
    codes = form.codes()
    if act and act.verb == "fix":
        return fixed(case, codes, act.code)
    if act and act.verb == "mine" and 1 <= act.position <= len(form.clashes):
        return mine_instead(codes, form.clashes[act.position - 1]), ""
    return acted(codes, act, case.encounter.service_date)


def _accepted(codes: CaseCodes, act: Act | None) -> frozenset[str]:
    """The code that a person just said yes to."""
    lists = {"accept_diagnosis": codes.diagnoses, "accept_service": tuple(each.code for each in codes.services)}
    named = lists.get(act.verb, ()) if act else ()
    return frozenset(named[act.position - 1 : act.position]) if act and act.position else frozenset()


def _left(form: CodesForm) -> list[Clash]:
    """The clashes that this act did not settle."""
    settled = form.act.position if form.act and form.act.verb in ("mine", "theirs") else 0
    return [clash for at, clash in enumerate(form.clashes, 1) if at != settled]
