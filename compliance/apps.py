"""Django app: compliance."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "compliance"
