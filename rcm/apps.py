"""The project's own app: pipeline, home page, demo."""

from django.apps import AppConfig


class RcmConfig(AppConfig):
    name = "rcm"
    label = "rcm"
    verbose_name = "Clearwater RCM"
