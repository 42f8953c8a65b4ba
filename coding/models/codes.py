"""Code sets: public, the same for every practice."""

from django.db import models

from coding.models.releases import Release, ReleasedQuerySet


class CodeSystem(models.TextChoices):
    ICD10CM = "icd10cm", "ICD-10-CM"
    CPT = "cpt", "CPT"
    HCPCS = "hcpcs", "HCPCS"
    ICD10PCS = "icd10pcs", "ICD-10-PCS"
    MODIFIER = "modifier", "Modifier"
    PLACE = "place", "Place of service"
    REVENUE = "revenue", "Revenue code"
    BILL_TYPE = "bill", "Type of bill"
    TAXONOMY = "taxonomy", "Provider taxonomy"


class Code(models.Model):
    """A code of a public code set with its wording and instructions, as one release has it.

    `notes` of ICD-10-CM codes are the tabular list's own (not inherited) instructions, each a list of lines:
    includes, inclusion_terms, excludes1, excludes2, code_first, use_additional, code_also, seventh, notes.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="codes", db_index=False)
    system = models.CharField(max_length=8, choices=CodeSystem.choices)
    code = models.CharField(max_length=10)  # with its dot
    wording = models.TextField()
    billable = models.BooleanField(default=True)
    parent = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=16, blank=True)  # visit, procedure, lab, drug … for procedures
    notes = models.JSONField(default=dict, blank=True)

    objects = ReleasedQuerySet["Code"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "system", "code"], name="code_once")]
        indexes = [
            models.Index(fields=["code"], name="code_prefix", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.code


class TermKind(models.TextChoices):
    INCLUSION = "inclusion", "Inclusion term of the tabular list"
    INDEX = "index", "Alphabetic index"
    NEOPLASM = "neoplasm", "Neoplasm table"
    DRUG = "drug", "Table of drugs and chemicals"
    EXTERNAL = "external", "Index of external causes"


class Term(models.Model):
    """Words that lead to a code: an entry of an index with the words of its main term first, or an inclusion term.

    `text` is "abscess abdomen wall" for the entry wall under abdomen under Abscess. `optional` are the entry's
    nonessential modifiers, which may be there or not. `see` is the entry it sends to; `code` is then that entry's.
    `code` is with its dot and may be a heading, to which more characters belong; empty where an entry only sends on.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="terms", db_index=False)
    system = models.CharField(max_length=8, choices=CodeSystem.choices, default=CodeSystem.ICD10CM)
    text = models.TextField()
    code = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=12, choices=TermKind.choices)
    optional = models.TextField(blank=True)
    see = models.TextField(blank=True)

    objects = ReleasedQuerySet["Term"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["release", "code"], name="term_of_code")]

    def __str__(self) -> str:
        return self.text
