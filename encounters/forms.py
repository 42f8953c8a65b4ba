"""Input of registration."""

from django import forms


class MemberIdForm(forms.Form):
    member_id = forms.CharField(max_length=30, label="Member ID")


class AuthorizationForm(forms.Form):
    authorization = forms.IntegerField(label="Authorization")
