"""Input of the claim pages."""

from typing import Any

from django import forms

from claims.queries.record import LETTERS

LINE_FIELDS = ("modifiers", "pointers", "units")
CLAIM_FIELDS = ("diagnoses", "authorization_number", "member_id")


class CellForm(forms.Form):
    """One field edited in place, with the revision of the claim that the page was drawn from."""

    field = forms.ChoiceField()
    value = forms.CharField(required=False, max_length=200)
    revision = forms.IntegerField(min_value=0)

    names: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"] = forms.ChoiceField(choices=[(name, name) for name in self.names])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "field" in found:
            read = getattr(self, f"_{found['field']}")
            found["edit"] = {found["field"]: read(found.get("value", "").replace(",", " ").strip())}
        return found

    @property
    def sentence(self) -> str:
        """The first thing that is wrong."""
        return next((str(one) for errors in self.errors.values() for one in errors), "")


class LineCellForm(CellForm):
    names = LINE_FIELDS

    def _modifiers(self, value: str) -> list[str]:
        return value.upper().split()

    def _units(self, value: str) -> int:
        if not value.isdecimal() or len(value) > 4:
            raise forms.ValidationError("Units are a number from 1 to 999.")
        return int(value)

    def _pointers(self, value: str) -> list[int]:
        """ "A B", "AB" or "1 2" as positions."""
        marks = value.upper().split() if any(c.isdecimal() for c in value) else list(value.upper().replace(" ", ""))
        if not all(mark in LETTERS or (mark.isdecimal() and 1 <= int(mark) <= len(LETTERS)) for mark in marks):
            raise forms.ValidationError("Point with the letters of the diagnoses, as in A B.")
        return [int(mark) if mark.isdecimal() else LETTERS.index(mark) + 1 for mark in marks]


class ClaimCellForm(CellForm):
    names = CLAIM_FIELDS

    def _diagnoses(self, value: str) -> list[str]:
        return value.upper().split()

    def _authorization_number(self, value: str) -> str:
        if len(value) > 30:
            raise forms.ValidationError("An authorization number has at most 30 characters.")
        return value

    def _member_id(self, value: str) -> str:
        if not 2 <= len(value) <= 30:
            raise forms.ValidationError("A member ID has between 2 and 30 characters.")
        return value


class ReasonForm(forms.Form):
    """Why; kept in the audit trail."""

    reason = forms.CharField(max_length=200, label="Reason, kept in the audit trail")


class ClaimNoteForm(forms.Form):
    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), label="Note")
