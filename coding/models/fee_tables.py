"""CMS's tables behind Medicare's amounts: relative values, cost indices, localities, factors, DRG weights."""

from django.db import models

from coding.models.releases import Release, ReleasedQuerySet


class RelativeValue(models.Model):
    """A procedure's line of the physician fee schedule (PPRRVU). `modifier`: empty, 26, TC or 53.

    Indicators are CMS's letters and numbers as they stand in the file's record layout.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="values", db_index=False)
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    status = models.CharField(max_length=1)  # A active, B bundled, C by the carrier, I not valid, N not covered …
    work = models.DecimalField(max_digits=8, decimal_places=2)
    pe_nonfacility = models.DecimalField(max_digits=8, decimal_places=2)
    pe_facility = models.DecimalField(max_digits=8, decimal_places=2)
    nonfacility_na = models.BooleanField(default=False)  # rarely or never done outside a facility
    facility_na = models.BooleanField(default=False)
    malpractice = models.DecimalField(max_digits=8, decimal_places=2)
    pctc = models.CharField(max_length=1)  # professional/technical split: 1 splits, 2 professional only …
    global_days = models.CharField(max_length=3)  # 000 010 090 MMM XXX YYY ZZZ
    preoperative = models.DecimalField(max_digits=4, decimal_places=2)  # share of the global package
    intraoperative = models.DecimalField(max_digits=4, decimal_places=2)
    postoperative = models.DecimalField(max_digits=4, decimal_places=2)
    multiple = models.CharField(max_length=1)
    bilateral = models.CharField(max_length=1)
    assistant = models.CharField(max_length=1)
    co_surgeon = models.CharField(max_length=1)
    team = models.CharField(max_length=1)
    endoscopic_base = models.CharField(max_length=5, blank=True)
    conversion_factor = models.DecimalField(max_digits=8, decimal_places=4)  # dollars for one unit
    supervision = models.CharField(max_length=2, blank=True)  # of diagnostic procedures
    imaging_family = models.CharField(max_length=2, blank=True)

    objects = ReleasedQuerySet["RelativeValue"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "code", "modifier"], name="relative_value_once")]

    def __str__(self) -> str:
        return f"{self.code}-{self.modifier}" if self.modifier else self.code


class Gpci(models.Model):
    """What work, practice expense and malpractice cost in a locality, the nation being 1."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="gpcis", db_index=False)
    contractor = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    state = models.CharField(max_length=2, blank=True)
    name = models.CharField(max_length=120)
    work = models.DecimalField(max_digits=6, decimal_places=3)
    practice_expense = models.DecimalField(max_digits=6, decimal_places=3)
    malpractice = models.DecimalField(max_digits=6, decimal_places=3)

    objects = ReleasedQuerySet["Gpci"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "contractor", "locality"], name="gpci_once")]

    def __str__(self) -> str:
        return f"{self.contractor}-{self.locality}"


class Locality(models.Model):
    """The counties of a fee schedule locality."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="localities", db_index=False)
    contractor = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    state = models.CharField(max_length=40)  # as CMS writes it, in full
    area = models.CharField(max_length=120)
    counties = models.TextField()

    objects = ReleasedQuerySet["Locality"].as_manager()

    class Meta:
        verbose_name_plural = "localities"
        indexes = [models.Index(fields=["release", "contractor", "locality"], name="locality_by_number")]

    def __str__(self) -> str:
        return f"{self.contractor}-{self.locality}"


class AnesthesiaFactor(models.Model):
    """Dollars for one anesthesia unit in a locality."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="anesthesia", db_index=False)
    contractor = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    factor = models.DecimalField(max_digits=8, decimal_places=4)

    objects = ReleasedQuerySet["AnesthesiaFactor"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "contractor", "locality"], name="anesthesia_once")]

    def __str__(self) -> str:
        return f"{self.contractor}-{self.locality}"


class DrgWeight(models.Model):
    """What a stay of an MS-DRG weighs, the average stay being 1, and how long it lasts, in days (IPPS table 5)."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="drg_weights", db_index=False)
    drg = models.CharField(max_length=3)
    mdc = models.CharField(max_length=3, blank=True)
    type = models.CharField(max_length=4, blank=True)  # MED, SURG
    title = models.CharField(max_length=200)
    weight = models.DecimalField(max_digits=8, decimal_places=4)
    geometric_days = models.DecimalField(max_digits=6, decimal_places=1)
    arithmetic_days = models.DecimalField(max_digits=6, decimal_places=1)

    objects = ReleasedQuerySet["DrgWeight"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "drg"], name="drg_weight_once")]

    def __str__(self) -> str:
        return self.drg
