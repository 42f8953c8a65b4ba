"""What supervisors, auditors and coders send about audits."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from coding.domain.audits import REASON_WORDS, Reason
from coding.models import AuditedCode, AuditPlan
from coding.operations.audits import Rates
from compliance.models import Practice


class PlanForm(forms.Form):
    """How many in a hundred cases of each kind are audited, for one practice."""

    def __init__(self, practice: Practice, plan: AuditPlan, data: Any = None) -> None:
        super().__init__(data, prefix=f"p{practice.pk}")
        self.practice = practice
        for reason in Reason:
            self.fields[f"{reason}_percent"] = forms.IntegerField(
                min_value=0,
                max_value=100,
                initial=getattr(plan, f"{reason}_percent"),
                label=f"{REASON_WORDS[reason][:1].upper()}{REASON_WORDS[reason][1:]}, %",
                widget=forms.NumberInput(attrs={"class": "in"}),
            )
        self.fields["high_value"] = forms.DecimalField(
            min_value=Decimal(0),
            max_digits=9,
            decimal_places=2,
            initial=plan.high_value,
            label="A charge is high from, $",
            widget=forms.NumberInput(attrs={"class": "in"}),
        )
        self.fields["new_coder_days"] = forms.IntegerField(
            min_value=0,
            max_value=999,
            initial=plan.new_coder_days,
            label="A coder is new for, days",
            widget=forms.NumberInput(attrs={"class": "in"}),
        )

    def rates(self) -> Rates:
        """The plan as it was filled in."""
        return Rates(
            percents={reason: self.cleaned_data[f"{reason}_percent"] for reason in Reason},
            high_value=self.cleaned_data["high_value"],
            new_coder_days=self.cleaned_data["new_coder_days"],
        )


class ExplainForm(forms.Form):
    """A reason for each difference, and the education note to the coder."""

    def __init__(self, rows: Sequence[AuditedCode], data: Any = None) -> None:
        super().__init__(data)
        for row in rows:
            self.fields[row.field_name] = forms.CharField(
                max_length=200, label=f"Why, {row.code}", widget=forms.TextInput(attrs={"class": "in"})
            )
        self.fields["note"] = forms.CharField(
            max_length=4000,
            required=False,
            label="Education note to the coder",
            help_text="What to look for next time, and where the guideline says so.",
            widget=forms.Textarea(attrs={"rows": 5, "class": "in", "data-key": "N"}),
        )
        self._positions = [row.position for row in rows]

    def reasons(self) -> dict[int, str]:
        """The reason of each difference by its position."""
        return {position: self.cleaned_data[f"reason_{position}"] for position in self._positions}


class AnswerNoteForm(forms.Form):
    words = forms.CharField(
        max_length=4000,
        required=False,
        label="Your answer",
        help_text="To dispute, name the words of the note that support your codes.",
        widget=forms.Textarea(attrs={"rows": 4, "class": "in", "data-key": "N"}),
    )


class SettleForm(forms.Form):
    words = forms.CharField(
        max_length=4000, label="Decision", widget=forms.Textarea(attrs={"rows": 4, "class": "in", "data-key": "N"})
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        given = data.getlist("pick")[:60] if data is not None else []
        self.coder_right = {int(value) for value in given if value.isdigit()}
