"""Shape of what people send about denials and appeals."""

from collections.abc import Sequence
from typing import Any

from django import forms

from claims.models import Claim, ClaimLine
from coding.domain.edits.findings import Fix, FixKind
from denials.domain.words import brief
from denials.models import Denial
from encounters.models import Coverage


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=200, label="Why")


class LinesForm(ReasonForm):
    """Why, and for which of the lines offered; a single one needs no choice."""

    def __init__(self, offered: Sequence[Denial], data: Any = None) -> None:
        super().__init__(data)
        self._offered = [each.pk for each in offered]
        if len(offered) > 1:
            self.fields["lines"] = forms.MultipleChoiceField(
                choices=[(str(each.pk), _line_says(each)) for each in offered],
                initial=[str(each.pk) for each in offered],
                widget=forms.CheckboxSelectMultiple,
                label="Lines",
                error_messages={"required": "Choose at least one line."},
            )

    @property
    def chosen(self) -> list[int]:
        """The denials chosen."""
        return [int(pk) for pk in self.cleaned_data.get("lines", self._offered)]


def _line_says(denial: Denial) -> str:
    where = f"Line {denial.line_number}" if denial.line_number else "Whole claim"
    return f"{where}, ${denial.amount:,.2f}, {brief(denial.carc, denial.category)}"


class NoteForm(forms.Form):
    text = forms.CharField(max_length=2000)


class LetterForm(forms.Form):
    letter = forms.CharField(max_length=40_000, strip=False, required=False)


class CorrectionForm(forms.Form):
    """A denied claim's fields as the corrected claim should have them; what differs becomes a fix."""

    diagnoses = forms.CharField(max_length=120, label="Diagnoses in order")
    authorization = forms.CharField(max_length=30, required=False, label="Authorization number")

    def __init__(
        self, claim: Claim, lines: list[ClaimLine], coverages: list[Coverage], fixes: list[Fix], data: Any = None
    ) -> None:
        super().__init__(data, prefix="claim")
        self.claim, self.lines = claim, lines
        first = {fix.kind: fix for fix in fixes}
        self.fields["diagnoses"].initial = " ".join(claim.diagnoses)
        approval = first.get(FixKind.SET_AUTHORIZATION)
        self.fields["authorization"].initial = approval.value if approval else claim.authorization_number
        if len(coverages) > 1:
            chosen = first.get(FixKind.SET_COVERAGE)
            self.fields["coverage"] = forms.ChoiceField(
                choices=[(str(each.pk), f"{each.payer}, {each.member_id}") for each in coverages],
                initial=chosen.value if chosen else str(claim.coverage_id),
                label="Coverage to bill",
            )
        for line in lines:
            more = [f.value for f in fixes if f.kind == FixKind.ADD_MODIFIER and f.line == line.number]
            self.fields[f"modifiers_{line.number}"] = forms.CharField(
                max_length=12,
                required=False,
                label=f"Line {line.number}, {line.code}: modifiers",
                initial=" ".join([*more, *line.modifiers]),
            )
            self.fields[f"units_{line.number}"] = forms.IntegerField(
                min_value=1, max_value=999, label=f"Line {line.number}: units", initial=line.units
            )

    def fixes(self) -> list[Fix]:
        """What differs from the denied claim, in the order of the claim."""
        given = self.cleaned_data
        found: list[Fix] = []
        diagnoses = tuple(given["diagnoses"].upper().replace(",", " ").split())
        if diagnoses != tuple(self.claim.diagnoses):
            found.append(Fix(kind=FixKind.SET_DIAGNOSES, values=diagnoses))
        if given["authorization"].strip() != self.claim.authorization_number:
            found.append(Fix(kind=FixKind.SET_AUTHORIZATION, value=given["authorization"].strip()))
        if given.get("coverage", str(self.claim.coverage_id)) != str(self.claim.coverage_id):
            found.append(Fix(kind=FixKind.SET_COVERAGE, value=given["coverage"]))
        for line in self.lines:
            modifiers = tuple(given[f"modifiers_{line.number}"].upper().replace(",", " ").split())
            if modifiers != tuple(line.modifiers):
                found.append(Fix(kind=FixKind.SET_MODIFIERS, line=line.number, values=modifiers))
            if given[f"units_{line.number}"] != line.units:
                found.append(Fix(kind=FixKind.SET_UNITS, line=line.number, value=str(given[f"units_{line.number}"])))
        return found
