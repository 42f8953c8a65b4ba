"""The project's own app: pipeline, home page, demo."""

from importlib import import_module

from django.apps import AppConfig


class RcmConfig(AppConfig):
    name = "rcm"
    label = "rcm"
    verbose_name = "Clearwater RCM"

    def ready(self) -> None:
        """Make the project's Celery app the current one, so that a nudge finds its broker in every process."""
        import_module("rcm.celery")
