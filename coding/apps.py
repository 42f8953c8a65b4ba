"""Django app: coding."""

from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "coding"
