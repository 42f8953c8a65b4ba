"""Input of the audit trail page."""

from django import forms


class TrailForm(forms.Form):
    """Filters; each may be left empty."""

    person = forms.CharField(max_length=80, required=False, label="Person")
    act = forms.CharField(max_length=60, required=False, label="Act")
    patient = forms.IntegerField(
        required=False, label="Patient number", widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    day = forms.DateField(required=False, label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)
