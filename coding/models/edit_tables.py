"""CMS's tables behind the edits: NCCI pairs, units of a day, add-on codes, coverage determinations. Numbers only."""

from django.db import models

from coding.models.releases import Release, ReleasedQuerySet


class PairEdit(models.Model):
    """Two procedures of one day of which the second is not paid beside the first (NCCI procedure-to-procedure).

    Holds from `effective_from` (None: since before the file says) through `deleted_on` (None: still).
    """

    # Pairs come by millions: the loader writes them with their release in one transaction, so that
    # checking the key row by row would only double the time.
    release = models.ForeignKey(
        Release, on_delete=models.CASCADE, related_name="pairs", db_index=False, db_constraint=False
    )
    column_one = models.CharField(max_length=5)  # paid
    column_two = models.CharField(max_length=5)  # not paid beside it
    effective_from = models.DateField(null=True)
    deleted_on = models.DateField(null=True)
    modifier_indicator = models.CharField(max_length=1)  # 0 never both, 1 both with a modifier, 9 not applicable
    rationale = models.CharField(max_length=80, blank=True)

    objects = ReleasedQuerySet["PairEdit"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["release", "column_one", "column_two"], name="pair_of_codes")]

    def __str__(self) -> str:
        return f"{self.column_one}/{self.column_two}"


class UnitLimit(models.Model):
    """The most units of a code that CMS believes for one patient, provider and day (medically unlikely edit).

    `adjudication` (MAI): 1 each line by itself, 2 the day, absolute by policy, 3 the day, may be appealed.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="unit_limits", db_index=False)
    code = models.CharField(max_length=5)
    units = models.PositiveIntegerField()
    adjudication = models.CharField(max_length=1)
    rationale = models.CharField(max_length=80, blank=True)

    objects = ReleasedQuerySet["UnitLimit"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="unit_limit_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.units}"


class AddOnEdit(models.Model):
    """An add-on code with a primary one that must stand beside it.

    `edit_type` 1: only the listed primaries; 2: the contractor says which (`primary` is CCCCC); 3: the listed ones
    and what the contractor adds.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="add_ons", db_index=False)
    add_on = models.CharField(max_length=5)
    primary = models.CharField(max_length=5)
    edit_type = models.CharField(max_length=1)
    effective_from = models.DateField(null=True)
    deleted_on = models.DateField(null=True)

    objects = ReleasedQuerySet["AddOnEdit"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["release", "add_on"], name="add_on_of_code")]

    def __str__(self) -> str:
        return f"{self.add_on}+{self.primary}"


class CoveragePolicy(models.Model):
    """One pairing of a local or national coverage determination: this procedure for this diagnosis.

    `rule` covered: the diagnosis supports it; excluded: it never does. A diagnosis may be a heading, for all below it.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="policies", db_index=False)
    policy = models.CharField(max_length=20)  # L33394, NCD 190.23
    title = models.CharField(max_length=200, blank=True)
    contractor = models.CharField(max_length=5, blank=True)  # empty: everywhere
    procedure = models.CharField(max_length=5)
    diagnosis = models.CharField(max_length=8)
    rule = models.CharField(max_length=8, choices=[("covered", "Covered"), ("excluded", "Excluded")])
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)

    objects = ReleasedQuerySet["CoveragePolicy"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["release", "procedure", "diagnosis"], name="policy_of_codes")]

    def __str__(self) -> str:
        return f"{self.policy} {self.procedure} {self.diagnosis}"
