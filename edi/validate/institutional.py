"""Rules of institutional claims: type of bill, admission, codes with days and amounts (SNIP 4 and 5)."""

from collections.abc import Iterator

from edi.codes.bill_type import ADMISSION_TYPES, is_inpatient
from edi.validate.claims import Institutional, institutional, line_start, shown
from edi.validate.diagnoses import coded
from edi.validate.finding import ERROR, WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import tables_of

_FINAL = ("1", "4")
_INTERIM = ("2", "3")
_STILL_HERE = "30"
_OUTPATIENT = frozenset({"13", "14", "23", "71", "72", "74", "75", "76", "77", "83", "85"})
_EMERGENCY = ("045", "0516", "0526", "0762")
_HIPPS = {"0022": "21", "0023": "32"}


def _cl1(place: Place, element: int, code: str, says: str, *, level: int, severity: str = ERROR) -> Finding:
    return place.finding(code, says, level=level, severity=severity, segment="CL1", element=element)


@institutional
def type_of_bill(claim: Institutional, place: Place) -> Iterator[Finding]:
    """CLM05-1 is a facility type. Source: code source 235/236; CMS 100-04 chapter 25, form locator 4."""
    if len(claim.facility_type) <= 2 and claim.facility_type not in tables_of(place).facilities:
        yield place.finding(
            "bill-type",
            f"{shown(claim.facility_type)} is not a type of facility.",
            level=5,
            segment="CLM",
            element=5,
            component=1,
        )


@institutional
def status_and_frequency(claim: Institutional, place: Place) -> Iterator[Finding]:
    """A last bill has a patient who left, an interim one a patient who is still there.

    Source: CMS 100-04, 25.75, FL 17.
    """
    if not is_inpatient(claim.facility_type):
        return
    still = claim.patient_status == _STILL_HERE
    if still and claim.frequency in _FINAL:
        yield _cl1(place, 3, "patient-status", "The bill is a last one, but the patient is still there.", level=4)
    elif not still and claim.patient_status and claim.frequency in _INTERIM:
        yield _cl1(place, 3, "patient-status", "The bill is an interim one, but the patient has left.", level=4)


@institutional
def admission(claim: Institutional, place: Place) -> Iterator[Finding]:
    """Admission type, source and status are in their lists. Source: code sources 231, 230, 239; 837I guide, CL1."""
    tables = tables_of(place)
    if claim.admission_type and claim.admission_type not in ADMISSION_TYPES:
        yield _cl1(place, 1, "admission-type", f"{shown(claim.admission_type)} is not an admission type.", level=5)
    if claim.admission_source and claim.admission_source not in tables.admission_sources:
        says = f"{shown(claim.admission_source)} is not an admission source."
        yield _cl1(place, 2, "admission-source", says, level=5, severity=WARNING)
    if claim.patient_status and claim.patient_status not in tables.patient_statuses:
        yield _cl1(place, 3, "patient-status", f"{shown(claim.patient_status)} is not a patient status.", level=5)
    if claim.admission_type == "4" and claim.admission_source not in ("5", "6", ""):
        yield _cl1(place, 2, "newborn-source", "A newborn's admission source is 5 or 6.", level=4)


@institutional
def inpatient_facts(claim: Institutional, place: Place) -> Iterator[Finding]:
    """An admission has its day, its diagnosis, its type, and at the end its hour of discharge.

    Source: 837I guide, loop 2300 DTP*435, DTP*096, HI*ABJ, CL1.
    """
    if not is_inpatient(claim.facility_type):
        return
    stay = claim.facility_type[0] in "1246"
    if claim.admission_date is None and stay:
        yield place.finding(
            "missing-admission-date",
            "An inpatient claim needs the admission date (DTP*435).",
            level=4,
            segment="DTP",
            segment_number=place.number,
        )
    if not claim.admitting and claim.facility_type in ("11", "12", "18", "21", "22") and claim.diagnoses:
        yield place.finding(
            "missing-admitting-diagnosis",
            "An inpatient claim needs the admitting diagnosis (HI*ABJ).",
            level=4,
            severity=ERROR if claim.facility_type == "11" else WARNING,
            segment="HI",
            segment_number=place.number,
        )
    if not claim.admission_type:
        yield _cl1(place, 1, "admission-type", "The admission type is missing.", level=4)
    if claim.facility_type == "11" and claim.frequency in _FINAL and not claim.discharge_hour:
        yield place.finding(
            "missing-discharge-hour",
            "A last inpatient bill needs the hour of discharge (DTP*096).",
            level=4,
            severity=WARNING,
            segment="DTP",
            segment_number=place.number,
        )


@institutional
def statement_period(claim: Institutional, place: Place) -> Iterator[Finding]:
    """The statement's days are in order, and the lines lie within. Source: 837I guide, DTP*434, DTP*472; FL 6."""
    first, last = claim.statement_from, claim.statement_to
    if first is None or last is None:
        return
    if last < first:
        yield place.finding(
            "dates-reversed",
            "The statement ends before it begins.",
            level=4,
            segment="DTP",
            qualifier="434",
            element=3,
        )
        return
    if claim.admission_date and claim.admission_date > last:
        yield place.finding(
            "admission-after-statement",
            "The admission lies after the statement.",
            level=4,
            segment="DTP",
            qualifier="435",
            element=3,
        )
    for index, line in enumerate(claim.lines):
        if line.service_from and not first <= line.service_from <= last:
            yield place.finding(
                "line-outside-statement",
                "The line's date lies outside the statement.",
                level=4,
                severity=WARNING,
                loop="2400",
                segment="DTP",
                qualifier="472",
                element=3,
                after=line_start(place, index),
            )


@institutional
def present_on_admission(claim: Institutional, place: Place) -> Iterator[Finding]:
    """Only inpatient diagnoses say whether they were there on admission, and theirs should. Source: 837I guide, HI-09;
    CMS, hospital-acquired conditions (exempt codes stay empty, so an empty one is a warning).
    """
    first = claim.principal
    told = [first] if first and first.present_on_admission else []
    told += [each for each in claim.other_diagnoses if each.present_on_admission]
    if claim.facility_type in _OUTPATIENT and told:
        yield place.finding(
            "poa-outpatient",
            "An outpatient claim says nothing of presence on admission.",
            level=4,
            severity=WARNING,
            segment="HI",
            element=1,
            component=9,
        )
    elif claim.facility_type == "11" and first and not told:
        yield place.finding(
            "poa-missing",
            "No diagnosis says whether it was present on admission.",
            level=4,
            severity=WARNING,
            segment="HI",
            element=1,
            component=9,
        )


@institutional
def reason_for_visit(claim: Institutional, place: Place) -> Iterator[Finding]:
    """An unplanned outpatient visit tells the patient's reason. Source: 837I guide, HI*APR; FL 70."""
    if (
        claim.facility_type not in ("13", "85", "78")
        or claim.visit_reasons
        or claim.admission_type not in ("1", "2", "5")
    ):
        return
    if any(each.revenue_code.startswith(_EMERGENCY) for each in claim.lines):
        yield place.finding(
            "missing-visit-reason",
            "An unplanned visit needs the patient's reason (HI*APR).",
            level=4,
            severity=WARNING,
            segment="HI",
            segment_number=place.number,
        )


@institutional
def revenue_codes(claim: Institutional, place: Place) -> Iterator[Finding]:
    """SV201 has four digits, isn't the total line of paper, and fits the bill. Source: code source 132; FL 42.

    Drugs that need detail (0636) and prospective payment lines (0022, 0023) have their codes.
    """
    known = tables_of(place).is_revenue_code
    for index, line in enumerate(claim.lines):
        code = line.revenue_code
        if not known(code) or code == "0001":
            says = "The total line (0001) is for paper only." if code == "0001" else "A revenue code has four digits."
            yield _at_line(place, index, "revenue-code", says, 1, level=5)
        elif code[:2] in ("01", "02") and "0100" <= code <= "0219" and claim.facility_type in _OUTPATIENT:
            yield _at_line(place, index, "room-outpatient", "An outpatient claim has no room and board.", 1, level=4)
        elif code == "0636" and not line.code:
            yield _at_line(place, index, "revenue-procedure", "Revenue code 0636 needs a procedure code.", 2, level=4)
        elif code in _HIPPS and line.qualifier != "HP" and claim.facility_type == _HIPPS[code]:
            yield _at_line(place, index, "hipps", f"Revenue code {code} needs a HIPPS code.", 2, level=4)


def _at_line(
    place: Place, index: int, code: str, says: str, element: int, *, level: int, severity: str = ERROR
) -> Finding:
    return place.finding(
        code,
        says,
        level=level,
        severity=severity,
        loop="2400",
        segment="SV2",
        element=element,
        after=line_start(place, index),
    )


@institutional
def outpatient_days(claim: Institutional, place: Place) -> Iterator[Finding]:
    """Each outpatient line has its day. Source: 837I guide, loop 2400 DTP*472."""
    if claim.facility_type not in _OUTPATIENT:
        return
    for index, line in enumerate(claim.lines):
        if line.service_from is None:
            yield place.finding(
                "missing-line-date",
                "An outpatient line needs its date of service (DTP*472).",
                level=4,
                severity=WARNING,
                loop="2400",
                segment="DTP",
                segment_number=line_start(place, index),
            )


@institutional
def units_of_lines(claim: Institutional, place: Place) -> Iterator[Finding]:
    """A line has units, unless it is charged nothing. Source: 837I guide, SV205."""
    for index, line in enumerate(claim.lines):
        if line.units < 0 or (not line.units and line.charge > 0):
            yield _at_line(
                place,
                index,
                "units",
                "The units of a line must be above zero.",
                5,
                level=4,
                severity=ERROR if line.units < 0 else WARNING,
            )


@institutional
def codes_once(claim: Institutional, place: Place) -> Iterator[Finding]:
    """Condition, occurrence and value codes stand once each. Source: FL 18 to 41 of the UB-04."""
    for qualifier, codes in (
        ("BG", claim.condition_codes),
        ("BE", tuple(each.code for each in claim.coded_values)),
        ("BH", tuple((each.code, each.on) for each in claim.occurrences)),
    ):
        if len(set(codes)) < len(codes):
            yield place.finding(
                "code-twice",
                "The same code stands twice.",
                level=4,
                severity=WARNING,
                segment="HI",
                qualifier=qualifier,
            )


@institutional
def condition_lists(claim: Institutional, place: Place) -> Iterator[Finding]:
    """Condition, occurrence and value codes are in their lists, when those were imported.

    Source: code source 132 to 136.
    """
    tables = tables_of(place)
    for table, qualifier, codes in (
        (tables.conditions, "BG", claim.condition_codes),
        (tables.occurrences, "BH", tuple(each.code for each in claim.occurrences)),
        (tables.values, "BE", tuple(each.code for each in claim.coded_values)),
    ):
        for code in codes:
            if table and code not in table:
                yield place.finding(
                    "list-code",
                    f"{shown(code)} is not in the list of such codes.",
                    level=5,
                    segment="HI",
                    qualifier=qualifier,
                    component=2,
                )


@institutional
def spans(claim: Institutional, place: Place) -> Iterator[Finding]:
    """A span ends after it begins. Source: 837I guide, HI*BI."""
    for element, each in enumerate(claim.occurrence_spans, 1):
        if each.first and each.last and each.last < each.first:
            yield place.finding(
                "dates-reversed",
                "The span ends before it begins.",
                level=4,
                segment="HI",
                qualifier="BI",
                element=element,
                component=4,
            )


@institutional
def value_amounts(claim: Institutional, place: Place) -> Iterator[Finding]:
    """No value is below zero. Source: 837I guide, HI*BE."""
    for element, each in enumerate(claim.coded_values, 1):
        if each.amount < 0:
            yield place.finding(
                "value-amount",
                "A value code's amount is below zero.",
                level=3,
                segment="HI",
                qualifier="BE",
                element=element,
                component=5,
            )


@institutional
def inpatient_procedures(claim: Institutional, place: Place) -> Iterator[Finding]:
    """ICD procedures have their shape, their day, and belong to admissions. Source: 837I guide, HI*BBR and HI*BBQ."""
    if claim.principal_procedure is None:
        return
    known = tables_of(place).is_inpatient_procedure
    for number, element, qualifier, code in coded(claim, place):
        if qualifier in ("BBR", "BBQ") and not known(code):
            yield place.finding(
                "inpatient-procedure",
                "There is no such inpatient procedure code.",
                level=5,
                segment="HI",
                element=element,
                component=2,
                segment_number=number,
            )
    if claim.principal_procedure.on is None:
        yield place.finding(
            "procedure-date",
            "The principal procedure has no date.",
            level=4,
            segment="HI",
            qualifier="BBR",
            element=1,
            component=4,
        )
    elif claim.statement_to and claim.principal_procedure.on > claim.statement_to:
        yield place.finding(
            "procedure-date",
            "The principal procedure lies after the statement.",
            level=4,
            segment="HI",
            qualifier="BBR",
            element=1,
            component=4,
        )
    if claim.facility_type in _OUTPATIENT:
        yield place.finding(
            "procedure-outpatient",
            "ICD procedures belong to inpatient claims.",
            level=4,
            severity=WARNING,
            segment="HI",
            qualifier="BBR",
            element=1,
        )


@institutional
def related_group(claim: Institutional, place: Place) -> Iterator[Finding]:
    """A DRG has three digits (with severity four). Source: 837I guide, HI*DR; code source 229."""
    drg = claim.drg
    if drg and not (drg.replace("-", "").isdecimal() and len(drg) in (3, 4, 5)):
        yield place.finding("drg", "This is no DRG.", level=5, segment="HI", qualifier="DR", element=1, component=2)


@institutional
def accident_state(claim: Institutional, place: Place) -> Iterator[Finding]:
    """The state of an accident is a state. Source: 837I guide, REF*LU; code source 22."""
    if claim.accident_state and claim.accident_state not in tables_of(place).states:
        yield place.finding(
            "state",
            "The state of the accident is not a state, territory or province code.",
            level=5,
            segment="REF",
            qualifier="LU",
            element=2,
        )
