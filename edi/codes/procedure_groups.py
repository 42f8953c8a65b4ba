"""Groups of procedure codes that ask for something more on a claim. Numbers only; sources in each comment."""

_UNLISTED = """
01999 15999 17999 19499 20999 21089 21299 21499 21899 22899 22999 23929 24999 25999 26989 27299 27599 27899 28899
29799 29999 30999 31299 31599 31899 32999 33999 36299 37501 37799 38129 38589 38999 39499 39599 40799 40899 41599
41899 42299 42699 42999 43289 43499 43659 43999 44238 44799 44899 44979 45399 45499 45999 46999 47379 47399 47579
47999 48999 49329 49659 49999 50549 50949 51999 53899 54699 55559 55899 58578 58579 58679 58999 59897 59898 59899
60659 60699 64999 66999 67299 67399 67599 67999 68399 68899 69399 69799 69949 69979 76496 76497 76498 76499 76999
77299 77399 77499 77799 78099 78199 78299 78399 78499 78599 78699 78799 78999 79999 81099 81479 81599 84999 85999
86849 86999 87999 88099 88199 88299 88399 88749 89240 89398 90399 90749 90899 90999 91299 92499 92700 93799 93998
94799 95199 95999 96379 96549 96999 97039 97139 97799 99199 99429 99499 99600 A0999 A4421 A4649 A9698 A9699 A9999
B9998 B9999 C9399 E0769 E1399 J1599 J3490 J3590 J7199 J7599 J7699 J7799 J7999 J8498 J8499 J8597 J8999 J9999 K0108
K0812 K0898 K0899 L0999 L1499 L2999 L3649 L3999 L5999 L7499 L8039 L8499 L8699 P9099 Q0507 Q0508 Q0509 Q4050 Q4051
Q4082 Q4100 S8189 T1999 T2025 T2047 T5999 V2199 V2399 V2599 V2629 V2799 V5298 V5299
"""
UNLISTED = frozenset(_UNLISTED.split())
"""Codes for "something else": the service must be described. Source: 837P guide, SV101-7."""

MAMMOGRAPHY = frozenset(["77063", "77065", "77066", "77067", "G0279"])
"""Source: 837P guide, REF*EW; CMS 100-04 chapter 18, section 20."""

AMBULANCE = frozenset(
    ["A0425", "A0426", "A0427", "A0428", "A0429", "A0430", "A0431", "A0432", "A0433", "A0434", "A0435", "A0436"]
)
"""Trips and their miles. Source: CMS 100-04 chapter 15."""

CHIROPRACTIC = frozenset(["98940", "98941", "98942", "98943"])

TEETH_AND_SURFACES = {
    **dict.fromkeys(("D2140", "D2330", "D2391"), 1),
    **dict.fromkeys(("D2150", "D2331", "D2392"), 2),
    **dict.fromkeys(("D2160", "D2332", "D2393"), 3),
    **dict.fromkeys(("D2161", "D2335", "D2394"), 4),
}
"""Dental fillings and the number of surfaces that the code stands for (4: four or more)."""


def is_anesthesia(code: str) -> bool:
    """Anesthesia by time. Source: 837P guide, SV103 MJ; 01953 and 01996 are counted in units."""
    return len(code) == 5 and "00100" <= code <= "01999" and code not in ("01953", "01996") and code.isdecimal()


def is_laboratory(code: str) -> bool:
    """Tests that fall under CLIA. Source: CMS, list of codes subject to CLIA edits; 42 CFR 493."""
    return len(code) == 5 and "80047" <= code <= "89398" and code.isdecimal() and not "80500" <= code <= "80506"


def needs_tooth(code: str) -> bool:
    """Fillings, crowns, root canals and extractions name the tooth. Source: 837D guide, TOO."""
    return (
        "D2140" <= code <= "D2394"
        or "D2710" <= code <= "D2799"
        or "D3310" <= code <= "D3348"
        or ("D7140" <= code <= "D7250")
    )


def needs_quadrant(code: str) -> bool:
    """Gum surgery and scaling by quadrant. Source: 837D guide, SV304."""
    return code in ("D4210", "D4211", "D4240", "D4241", "D4260", "D4261", "D4341", "D4342")
