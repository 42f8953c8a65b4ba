"""What a poster fills in."""

from django import forms


class MatchForm(forms.Form):
    """Whose payment it is, by claim number."""

    claim = forms.CharField(label="Claim number", max_length=20)


class SetAsideForm(forms.Form):
    """Why a payment posts on no claim."""

    reason = forms.CharField(label="Reason", max_length=200)


class AcceptForm(forms.Form):
    """What a provider adjustment was for; without a claim it is the practice's own."""

    claim = forms.CharField(label="Claim number", max_length=20, required=False)
    note = forms.CharField(label="Note", max_length=200)
