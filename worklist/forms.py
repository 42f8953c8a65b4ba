"""Input of the queue's verbs."""

from datetime import date, timedelta
from typing import Any

from django import forms


class PickedForm(forms.Form):
    """The rows a bulk verb works on."""

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.picked = [int(value) for value in data.getlist("pick") if value.isdigit()]

    def clean(self) -> dict[str, Any]:
        if not self.picked:
            raise forms.ValidationError("Pick at least one row first (X).")
        return super().clean() or {}

    @property
    def sentence(self) -> str:
        """The first thing that is wrong, the picking before the rest."""
        said = [*self.non_field_errors(), *(one for errors in self.errors.values() for one in errors)]
        return str(next(iter(said), ""))


class AssignForm(PickedForm):
    to = forms.CharField(max_length=20)  # me, nobody, or a user's number


class SnoozeForm(PickedForm):
    until = forms.CharField(max_length=10)  # a date, or a number of days

    def clean_until(self) -> int | date:
        given = self.cleaned_data["until"].strip()
        if given.isdigit():
            return int(given)
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise forms.ValidationError("Give a day as 2026-11-30, or a number of days.") from None

    def day(self, today: date) -> date:
        """The day until which the rows rest."""
        until = self.cleaned_data["until"]
        return today + timedelta(days=until) if isinstance(until, int) else until


class NoteForm(forms.Form):
    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), label="Note")


class BulkNoteForm(PickedForm):
    text = forms.CharField(max_length=2000)


class CloseForm(forms.Form):
    outcome = forms.CharField(max_length=120, label="What was done")


class SaveViewForm(forms.Form):
    name = forms.CharField(max_length=40, label="Name of the view")
    query = forms.CharField(max_length=400, required=False, widget=forms.HiddenInput)
