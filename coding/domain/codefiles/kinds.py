"""The code sets and tables that can be loaded, by the names that `manage.py load_codes` takes."""

from enum import StrEnum


class ReleaseKind(StrEnum):
    """A code set or table of which there are releases."""

    ICD10CM = "icd10cm"
    ICD10CM_TABULAR = "icd10cm-tabular"
    ICD10CM_INDEX = "icd10cm-index"
    ICD10CM_NEOPLASM = "icd10cm-neoplasm"
    ICD10CM_DRUG = "icd10cm-drug"
    ICD10CM_EXTERNAL = "icd10cm-external"
    ICD10PCS = "icd10pcs"
    HCPCS = "hcpcs"
    CPT = "cpt"
    MODIFIER = "modifier"
    PLACE = "pos"
    REVENUE = "revenue"
    BILL_TYPE = "bill-type"
    TAXONOMY = "taxonomy"
    MS_DRG = "ms-drg"
    RVU = "rvu"
    GPCI = "gpci"
    LOCALITY = "locality"
    ANESTHESIA = "anesthesia"
    PTP_PRACTITIONER = "ptp-practitioner"
    PTP_OUTPATIENT = "ptp-outpatient"
    MUE_PRACTITIONER = "mue-practitioner"
    MUE_OUTPATIENT = "mue-outpatient"
    MUE_DME = "mue-dme"
    ADD_ON = "add-on"
    COVERAGE = "coverage"


KIND_LABELS: dict[ReleaseKind, str] = {
    ReleaseKind.ICD10CM: "ICD-10-CM",
    ReleaseKind.ICD10CM_TABULAR: "ICD-10-CM tabular instructions",
    ReleaseKind.ICD10CM_INDEX: "ICD-10-CM alphabetic index",
    ReleaseKind.ICD10CM_NEOPLASM: "ICD-10-CM neoplasm table",
    ReleaseKind.ICD10CM_DRUG: "ICD-10-CM table of drugs",
    ReleaseKind.ICD10CM_EXTERNAL: "ICD-10-CM index of external causes",
    ReleaseKind.ICD10PCS: "ICD-10-PCS",
    ReleaseKind.HCPCS: "HCPCS Level II",
    ReleaseKind.CPT: "CPT",
    ReleaseKind.MODIFIER: "Modifiers",
    ReleaseKind.PLACE: "Places of service",
    ReleaseKind.REVENUE: "Revenue codes",
    ReleaseKind.BILL_TYPE: "Types of bill",
    ReleaseKind.TAXONOMY: "Provider taxonomy",
    ReleaseKind.MS_DRG: "MS-DRG weights",
    ReleaseKind.RVU: "Relative values",
    ReleaseKind.GPCI: "Cost indices (GPCI)",
    ReleaseKind.LOCALITY: "Fee schedule localities",
    ReleaseKind.ANESTHESIA: "Anesthesia factors",
    ReleaseKind.PTP_PRACTITIONER: "NCCI pairs, practitioner",
    ReleaseKind.PTP_OUTPATIENT: "NCCI pairs, outpatient hospital",
    ReleaseKind.MUE_PRACTITIONER: "NCCI units, practitioner",
    ReleaseKind.MUE_OUTPATIENT: "NCCI units, outpatient hospital",
    ReleaseKind.MUE_DME: "NCCI units, equipment supplier",
    ReleaseKind.ADD_ON: "NCCI add-on codes",
    ReleaseKind.COVERAGE: "Coverage determinations",
}
