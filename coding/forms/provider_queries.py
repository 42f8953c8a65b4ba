"""A question to a provider, its answer, and why it is taken back."""

import re
from typing import Any

from django import forms

from coding.domain.provider_queries import TEMPLATES, Draft, Indicator, QueryKind, found_in, quoted

PLACE = re.compile(r"(\d{1,7})-(\d{1,7})")


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=200, label="Why")


class AskForm(forms.Form):
    """Kind, question, answers offered, and the words of the note: picked sentences and the coder's own quotation."""

    kind = forms.ChoiceField(
        choices=[(kind.value, f"{template.title}: {template.help}") for kind, template in TEMPLATES.items()],
        label="What is unclear",
    )
    question = forms.CharField(
        max_length=600, label="Question", widget=forms.Textarea(attrs={"rows": 3, "class": "in", "data-key": "E"})
    )
    answers = forms.CharField(
        required=False,
        max_length=1400,
        label="Answers offered, one a line",
        help_text="Every answer that the note supports. “Other” and “unable to determine” are added by themselves; "
        "leave it empty to ask for words.",
        widget=forms.Textarea(attrs={"rows": 5, "class": "in"}),
    )
    words = forms.CharField(
        required=False,
        max_length=600,
        label="Quote other words of the note",
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off"}),
    )

    def __init__(self, note: str, data: Any = None, kind: QueryKind = QueryKind.SPECIFICITY) -> None:
        template = TEMPLATES[kind]
        super().__init__(
            data,
            initial={"kind": kind.value, "question": template.question, "answers": "\n".join(template.options)},
        )
        self.note = note
        self.picked = set(data.getlist("pick")[:60]) if data is not None else set()

    def clean_words(self) -> Indicator | None:
        given = self.cleaned_data["words"]
        found = found_in(self.note, given)
        if given.strip() and found is None:
            raise forms.ValidationError("These words are not in the note. Copy them as they stand there.")
        return found

    def clean_answers(self) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in self.cleaned_data["answers"].splitlines() if line.strip())
        if any(len(line) > 160 for line in lines):
            raise forms.ValidationError("An answer has 160 letters at most.")
        return lines

    def draft(self) -> Draft:
        """The question as it was filled in; places that are not in the note are left out."""
        places = (PLACE.fullmatch(value) for value in self.picked)
        spans = sorted((int(place[1]), int(place[2])) for place in places if place)
        quotes = [found for start, end in spans if (found := quoted(self.note, start, end))]
        own = self.cleaned_data["words"]
        return Draft(
            kind=QueryKind(self.cleaned_data["kind"]),
            question=self.cleaned_data["question"],
            options=self.cleaned_data["answers"],
            indicators=(*quotes, *([own] if own and own not in quotes else [])),
        )


class AnswerForm(forms.Form):
    """A provider's answer: one of those offered, and words."""

    words = forms.CharField(
        required=False,
        max_length=4000,
        label="In your own words",
        widget=forms.Textarea(attrs={"rows": 4, "class": "in", "data-key": "E"}),
    )
    choice = forms.CharField(required=False, max_length=160)
