"""Input of registration."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from encounters.domain.status import Relationship
from encounters.models import SEXES, Coverage, Payer

RANKS = [(1, "First"), (2, "Second"), (3, "Third")]


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class MemberIdForm(forms.Form):
    member_id = forms.CharField(max_length=30, label="Member ID")


class AuthorizationForm(forms.Form):
    authorization = forms.IntegerField(label="Authorization")


class CoverageForm(forms.Form):
    """From when to when a plan covers, and in which order it pays."""

    effective_from = DayField(label="Covers from")
    effective_to = DayField(label="Until", required=False)
    rank = forms.TypedChoiceField(choices=RANKS, coerce=int, label="Pays")


class PlanForm(CoverageForm):
    """A plan as its card shows it."""

    payer = forms.TypedChoiceField(coerce=int, label="Plan")
    member_id = forms.CharField(max_length=30, label="Member ID")
    group_number = forms.CharField(max_length=30, required=False, label="Group")
    follows = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, label="Takes the place of")
    relationship = forms.ChoiceField(
        choices=[(r.value, r.name.capitalize()) for r in Relationship], label="The patient is to the holder"
    )
    subscriber_last_name = forms.CharField(max_length=60, required=False, label="Holder’s last name")
    subscriber_first_name = forms.CharField(max_length=35, required=False, label="Holder’s first name")
    subscriber_birth_date = DayField(required=False, label="Holder’s birth date")
    subscriber_sex = forms.ChoiceField(choices=[("", "—"), *SEXES], required=False, label="Holder’s sex")

    field_order = ("payer", "member_id", "effective_from", "effective_to", "rank", "follows", "group_number")

    def __init__(self, payers: Sequence[Payer], plans: Sequence[Coverage], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["payer"].choices = [(each.pk, each.name) for each in payers]  # type: ignore[attr-defined]  # a choice
        self.fields["follows"].choices = [  # type: ignore[attr-defined]  # a choice
            ("", "No other plan"),
            *((each.pk, f"{each.payer}, {each.member_id}") for each in plans),
        ]

    def clean(self) -> dict[str, Any]:
        """A holder who is somebody else has a name and a birth date."""
        given = super().clean() or {}
        if given.get("relationship", Relationship.SELF) != Relationship.SELF:
            for name in ("subscriber_last_name", "subscriber_first_name", "subscriber_birth_date"):
                if not given.get(name):
                    self.add_error(name, "The claim names the holder: fill this in.")
        return given

    @property
    def ended_on(self) -> date | None:
        """The last day of the plan that this one follows."""
        start: date = self.cleaned_data["effective_from"]
        return start - timedelta(days=1) if self.cleaned_data["follows"] else None


class ApprovalForm(forms.Form):
    """A payer's approval as it was given."""

    payer = forms.TypedChoiceField(coerce=int, label="Given by")
    number = forms.CharField(max_length=30, label="Number")
    codes = forms.CharField(max_length=80, label="For services", help_text="Codes, with blanks between them")
    valid_from = DayField(label="Valid from")
    valid_to = DayField(label="Until")

    def __init__(self, payers: Sequence[Payer], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["payer"].choices = [(each.pk, each.name) for each in payers]  # type: ignore[attr-defined]  # a choice

    def clean_codes(self) -> list[str]:
        codes: list[str] = self.cleaned_data["codes"].upper().replace(",", " ").split()
        if any(len(code) != 5 for code in codes):
            raise forms.ValidationError("A service’s code has five characters.")
        return codes

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip().upper()
