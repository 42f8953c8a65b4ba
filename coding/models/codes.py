"""Code sets: public, the same for every practice."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class CodeSystem(models.TextChoices):
    ICD10CM = "icd10cm", "ICD-10-CM"
    CPT = "cpt", "CPT"
    HCPCS = "hcpcs", "HCPCS"


class Code(models.Model):
    """A code of a public code set with its wording and instructions. The same for every practice."""

    system = models.CharField(max_length=8, choices=CodeSystem.choices)
    code = models.CharField(max_length=10)  # with its dot
    wording = models.CharField(max_length=320)
    billable = models.BooleanField(default=True)
    parent = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=16, blank=True)  # visit, procedure, lab, drug … for procedures
    notes = models.JSONField(default=dict, blank=True)  # includes, excludes1, excludes2, code_first, use_additional …
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="code_once")]
        indexes = [
            GinIndex(fields=["search"], name="code_search"),
            models.Index(fields=["code"], name="code_prefix", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.code
