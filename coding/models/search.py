"""Search indexes, kept where every process on every host finds them."""

from django.db import models

from coding.models.codes import CodeSystem


class SearchIndex(models.Model):
    """The search index of a code system over the releases that hold together. It can be built again at any time."""

    system = models.CharField(max_length=8, choices=CodeSystem.choices)
    key = models.CharField(max_length=64)  # of the releases and of the format of `data`
    built_at = models.DateTimeField()
    data = models.BinaryField()  # coding.lexicon.to_bytes

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="search_index_once")]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.key[:8]}"
