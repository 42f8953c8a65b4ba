"""The product's own words for conditions: what clinicians and patients write, beyond the wording of the code sets."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_CAPITALS_TEXT = """
ADD CAP PAD GAD FIT ALL DOE AS SK SKs AK AKs HD CVA AF HF OM PE BV ED PID PMS AMS ARF SI OA RA MVP VT AAA
CTS DPN FIT RA AI TR DUB PMB SBO PMDD SCC UC PND GSM AUD OUD CDI CIC HMB MNG ICM OSA CLL CML AML RCC HCC NHL SUI OAB PUD
AATD ADEM AGUS AIDP AIHA AION ALCAPA ALTE AMAN AMI APECED APMPPE APS ARDS ARMD ARPKD ARVC AVM AVRT AVSD BOOP BRAO
BRONJ BRUE BRVO CAPD CAUTI CCAM CIDP CIPN CJD CLABSI CMML CPAM CPEO CPVT CRAO CRBSI CRMO CRPS CRVO CSCR CSOM CTCL
CTEPH CVID CVST DDH DIC DILD DILI DIPG DLB DNAR DNET DORV EGPA ESRF FND FPIES FSGS FSHD FTD GAVE GIST GVHD HCAP
HELLP HGPIN HGSIL HHNS HHT HLH HSCT HTA HUS HZO ICANS IFIS IUFD JIA JMML LADA LAFB LCIS LETM LGIB LGSIL LHON LRTI
LTOT LVAD MAFLD MAHA MCDK MCTD MELAS MERRF MGUS MODY MOGAD MPNST MRKH MRONJ MSUD NAION NMOSD NOMID OHS OHSS OSAHS
PACNS PAPVR PCNSL PDAC PDPH PFAPA PKAN PKU PLEVA PNH PPH PPHN PPROM PRES PTE PTLD PVNS RCVS RMSF RPGN RPLS RRMS SAH
SAHS SCLC SIBO SNHL SSNHL SSPE STEACS SUNCT SVCS TAPVD TAPVR TAVI TLOC TRALI UCTD UGIB VATER VHL VRE VUR
"""
_CAPITALS = frozenset(_CAPITALS_TEXT.split())
FOLDER = files("coding.suggestion").joinpath("lexicon")
PHRASE_FILES = (  # where two lead elsewhere, the first counts
    "spoken_forms.tsv",
    "circulatory_endocrine.tsv",
    "respiratory_senses_digestive.tsv",
    "musculoskeletal_skin_injury.tsv",
    "other_conditions.tsv",
    "tumors_children_status.tsv",
    "more_conditions.tsv",
    "less_common.tsv",
    "infections_tumors_metabolism.tsv",
    "nerves_senses_circulation.tsv",
    "lungs_gut_skin_kidney.tsv",
    "findings_injuries_status.tsv",
)


def phrases() -> Iterator[tuple[str, str]]:
    """Every phrase with the code it means."""
    for name in PHRASE_FILES:
        for code, texts in _rows(FOLDER.joinpath(name)):
            for text in texts.split(";"):
                yield text.strip(), code


def adverse_drugs() -> Iterator[tuple[str, str]]:
    """Drugs in lower case with the code of their adverse effect."""
    for code, names in _rows(FOLDER.joinpath("drugs_adverse.tsv")):
        for name in names.split(";"):
            yield name.lower(), code


@cache
def more_exact() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Vague codes with the beginnings of the codes that say more."""
    return tuple((code, tuple(better.split())) for code, better in _rows(FOLDER.joinpath("more_exact.tsv")))


@cache
def integral_symptoms() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Beginnings of symptoms' codes with those of the diagnoses that they belong to."""
    rows = _rows(FOLDER.joinpath("integral_symptoms.tsv"))
    return tuple((tuple(signs.split()), tuple(causes.split())) for signs, causes in rows)


@cache
def history_codes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Codes for a condition that is over, with the beginnings of the condition's codes."""
    return tuple((code, tuple(of.split())) for code, of in _rows(FOLDER.joinpath("history_codes.tsv")))


@cache
def family_codes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Codes for a relative's condition, with the beginnings of the condition's codes."""
    return tuple((code, tuple(of.split())) for code, of in _rows(FOLDER.joinpath("family_codes.tsv")))


def procedures() -> Iterator[tuple[str, bool, list[str]]]:
    """Procedure numbers, whether they have a side, and patterns of words that say they were done."""
    for line in FOLDER.joinpath("procedures.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, sided, patterns = line.split("\t")
            yield code, sided == "s", patterns.split(" ;; ")


def billed_drugs() -> Iterator[tuple[str, float, str, str]]:
    """Drugs that are billed by amount: code, amount of one unit, its measure, pattern of names in lower case."""
    for line in FOLDER.joinpath("billed_drugs.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, amount, unit, names = line.split("\t")
            yield code, float(amount), unit, names


def regions() -> Iterator[tuple[str, str]]:
    """Words that count as other words in a code's wording: a calf is part of a leg and of a lower limb."""
    yield from _rows(FOLDER.joinpath("regions.tsv"))


@cache
def single_words() -> dict[str, bool]:
    """Phrases of one word in lower case → whether they must stand in capitals, being common words otherwise."""
    return {text.lower(): text in _CAPITALS for text, _ in phrases() if " " not in text}


@cache
def equivalents() -> dict[str, str]:
    """Words with the word that stands for the same: renal → kidney."""
    return dict(_rows(FOLDER.joinpath("word_equivalents.tsv")))


def _rows(file: Traversable) -> Iterator[tuple[str, str]]:
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            first, second = line.split("\t")
            yield first, second
