"""The billing company's two clients: practices, places, providers, and the people who log in."""

from rcm.demo.facts import Address, DemoUser, Location, Practice, Provider, ReferringProvider
from rcm.demo.identity import npi
from rcm.demo.scenarios import (
    BEHAVIORAL,
    CARDIOLOGY,
    DERMATOLOGY,
    FAMILY,
    GASTROENTEROLOGY,
    ORTHOPEDICS,
)

LAKESHORE = "lakeshore"
HARBORVIEW = "harborview"

PRACTICE_OF: dict[str, str] = {
    FAMILY: LAKESHORE,
    CARDIOLOGY: LAKESHORE,
    DERMATOLOGY: LAKESHORE,
    BEHAVIORAL: LAKESHORE,
    ORTHOPEDICS: HARBORVIEW,
    GASTROENTEROLOGY: HARBORVIEW,
}

# Tax numbers begin with 89, a prefix the tax authority does not give out.
PRACTICES: tuple[Practice, ...] = (
    Practice(
        LAKESHORE,
        "Lakeshore Family Medicine",
        npi(1),
        "890412277",
        "LAKESHORE",
        "193200000X",
        Address("1200 Shore Road", "Lake Ellery", "MI", "496010120"),
        "2315550110",
    ),
    Practice(
        HARBORVIEW,
        "Harborview Specialty Group",
        npi(2),
        "890538841",
        "HARBORVIEW",
        "193200000X",
        Address("48 Pier Street", "Port Alder", "MI", "496020048"),
        "2315550120",
    ),
)

LOCATIONS: tuple[Location, ...] = (
    Location(
        "lakeshore-main",
        LAKESHORE,
        "Lakeshore main clinic",
        "11",
        None,
        Address("1200 Shore Road", "Lake Ellery", "MI", "496010120"),
        "2315550110",
    ),
    Location(
        "lakeshore-north",
        LAKESHORE,
        "Lakeshore north clinic",
        "11",
        None,
        Address("75 Birch Avenue", "North Ellery", "MI", "496030075"),
        "2315550111",
    ),
    Location(
        "lake-ellery-hospital",
        LAKESHORE,
        "Lake Ellery Hospital",
        "21",
        npi(13),
        Address("300 Ellery Parkway", "Lake Ellery", "MI", "496010300"),
        "2315550113",
    ),
    Location(
        "lakeshore-video",
        LAKESHORE,
        "Lakeshore video visits",
        "10",
        None,
        Address("1200 Shore Road", "Lake Ellery", "MI", "496010120"),
        "2315550112",
    ),
    Location(
        "harborview-office",
        HARBORVIEW,
        "Harborview office",
        "11",
        None,
        Address("48 Pier Street", "Port Alder", "MI", "496020048"),
        "2315550120",
    ),
    Location(
        "harborview-surgery",
        HARBORVIEW,
        "Harborview Surgery Center",
        "24",
        npi(11),
        Address("52 Pier Street", "Port Alder", "MI", "496020052"),
        "2315550121",
    ),
    Location(
        "port-alder-hospital",
        HARBORVIEW,
        "Port Alder Medical Center",
        "22",
        npi(12),
        Address("900 Hospital Way", "Port Alder", "MI", "496020900"),
        "2315550122",
    ),
    Location(
        "harborview-video",
        HARBORVIEW,
        "Harborview video visits",
        "10",
        None,
        Address("48 Pier Street", "Port Alder", "MI", "496020048"),
        "2315550123",
    ),
)

# first name, last name, credentials, taxonomy, specialty, log-in
_PROVIDERS: tuple[tuple[str, str, str, str, str, str | None], ...] = (
    ("Rosalind", "Achebe", "MD", "207Q00000X", FAMILY, "achebe"),
    ("Anders", "Lindqvist", "MD", "207Q00000X", FAMILY, None),
    ("Kenji", "Sato", "DO", "207Q00000X", FAMILY, None),
    ("Maren", "Ostby", "FNP", "363LF0000X", FAMILY, None),
    ("Vikram", "Chandra", "MD", "207RC0000X", CARDIOLOGY, None),
    ("Odile", "Fontaine", "MD", "207N00000X", DERMATOLOGY, None),
    ("Naomi", "Feld", "PhD", "103TC0700X", BEHAVIORAL, None),
    ("Curtis", "Boone", "LCSW", "1041C0700X", BEHAVIORAL, None),
    ("Amara", "Diallo", "MD", "2084P0800X", BEHAVIORAL, None),
    ("Gregor", "Halloran", "MD", "207X00000X", ORTHOPEDICS, "halloran"),
    ("Liam", "Petrie", "DPT", "225100000X", ORTHOPEDICS, None),
    ("Ilse", "Brandvold", "MD", "207RG0100X", GASTROENTEROLOGY, None),
)

PROVIDERS: tuple[Provider, ...] = tuple(
    Provider(
        last.lower(),
        PRACTICE_OF[specialty],
        first,
        last,
        credentials,
        npi(101 + n),
        taxonomy,
        specialty,
        login,
    )
    for n, (first, last, credentials, taxonomy, specialty, login) in enumerate(_PROVIDERS)
)

REFERRING: tuple[ReferringProvider, ...] = tuple(
    ReferringProvider(first, last, credentials, npi(301 + n))
    for n, (first, last, credentials) in enumerate(
        (
            ("Helen", "Quist", "MD"),
            ("Marcus", "Abara", "DO"),
            ("Yuki", "Tanabe", "MD"),
            ("Paula", "Reinholt", "FNP"),
            ("Dorian", "Voss", "MD"),
            ("Leila", "Haddad", "MD"),
            ("Piet", "Vandermeer", "DO"),
            ("Grace", "Oyelaran", "MD"),
        )
    )
)

_BOTH = (LAKESHORE, HARBORVIEW)

USERS: tuple[DemoUser, ...] = (
    DemoUser("front_desk", "frontdesk", "Hana Brooks", _BOTH),
    DemoUser("coder", "coder", "Tomasz Hale", _BOTH),
    DemoUser("coding_auditor", "auditor", "Priya Raman", _BOTH),
    DemoUser("biller", "biller", "Marisol Vega", _BOTH),
    DemoUser("poster", "poster", "Ines Duarte", _BOTH),
    DemoUser("denial_specialist", "denials", "Theo Winslow", _BOTH),
    DemoUser("patient_accounts", "accounts", "Lucia Ferro", _BOTH),
    DemoUser("supervisor", "supervisor", "Joanna Sorensen", _BOTH),
    DemoUser("compliance_officer", "compliance", "Walter Nkemelu", _BOTH),
    DemoUser("provider", "achebe", "Rosalind Achebe", (LAKESHORE,), "achebe"),
    DemoUser("provider", "halloran", "Gregor Halloran", (HARBORVIEW,), "halloran"),
    DemoUser("administrator", "admin", "Sam Whitaker", _BOTH),
    DemoUser("integration", "interface", "Records interface", _BOTH),
)
