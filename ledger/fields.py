"""Money in the database."""

from typing import Any

from django.db import models


class MoneyField(models.DecimalField[Any, Any]):
    """US dollars to the cent, numeric(12,2)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)
