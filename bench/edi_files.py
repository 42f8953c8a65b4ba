"""Large X12 files for measuring, the same bytes every time. Everyone and everything in them is made up.

An 835 of one payer: charges come from a fee schedule, nine of ten allowed amounts from a contract and the rest are
any cents; names, member ids, control numbers and dates differ from claim to claim.
"""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from edi.npi import check_digit

_FIRST = ("Ada", "Ben", "Cora", "Dan", "Eve", "Finn", "Gia", "Hal", "Ida", "Jon", "Kay", "Lee", "Mia", "Ned", "Oda")
_LAST = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
_CODES = (*map(str, range(99202, 99216)), "36415", "20610", "71046", "93000", "80053", "85025")
_DIAGNOSES = ("E119", "I10", "M25561", "J069", "R0789", "Z0000", "N390", "K219", "E785", "F419")
_PROVIDERS = tuple(number + check_digit(number) for number in ("173045881", "199999998", "124531959", "149775854"))
_CLINIC = _PROVIDERS[0]
_FIRST_DAY = date(2026, 1, 5)
_ISA = "ISA*00*          *00*          *ZZ*{sender:<15}*ZZ*{receiver:<15}*260302*1230*^*00501*000000017*0*T*:~"


def write_835(path: Path, claims: int, *, lines: int = 3, seed: int = 835) -> None:
    """One remittance that balances: `claims` claims of `lines` lines, one paid in full, in part or denied by chance.

    A claim has CLP, NM1, DTM and for each line SVC, DTM, one or two CAS, REF and AMT.
    """
    chance = random.Random(seed)
    fees = {code: chance.randrange(4_000, 60_000) for code in _CODES}
    contract = {code: fee * chance.randrange(40, 90) // 100 for code, fee in fees.items()}
    bodies = path.with_suffix(".body")
    paid, count = 0, 0
    with bodies.open("w", encoding="ascii") as file:
        for number in range(1, claims + 1):
            text, amount = _remit_claim(chance, number, lines, fees, contract)
            file.write(text)
            paid += amount
            count += text.count("~")
    head = (
        f"ST*835*0001~BPR*I*{_cents(paid - 1240)}*C*ACH*CCP*01*999999992*DA*123456*1411234567**01*999988880*DA*98765"
        "*20260309~TRN*1*EFT0001*1411234567~DTM*405*20260308~N1*PR*Harbor Mutual~N3*9 Quay~N4*Duluth*MN*55802~"
        f"PER*BL*EDI Desk*TE*8005550199~N1*PE*Lakeshore Medical Group*XX*{_CLINIC}~REF*TJ*411234567~LX*1~"
    )
    plb = f"PLB*{_CLINIC}*20261231*WO:26-0000000*12.4~"
    with path.open("w", encoding="ascii") as file, bodies.open(encoding="ascii") as body:
        file.write(_ISA.format(sender="HARBOR", receiver="LAKESHORE"))
        file.write("GS*HP*HARBOR*LAKESHORE*20260302*1230*18*X*005010X221A1~")
        file.write(head)
        while block := body.read(1 << 20):
            file.write(block)
        file.write(f"{plb}SE*{head.count('~') + count + 2}*0001~GE*1*18~IEA*1*000000017~")
    bodies.unlink()


def _remit_claim(
    chance: random.Random, number: int, lines: int, fees: dict[str, int], contract: dict[str, int]
) -> tuple[str, int]:
    """The text of a claim and what it pays in cents."""
    day = _FIRST_DAY + timedelta(days=chance.randrange(50))
    denied = chance.random() < 0.08
    charge, paid, owed = 0, 0, 0
    texts = []
    for line in range(1, lines + 1):
        code = chance.choice(_CODES)
        fee = fees[code]
        allowed = contract[code] if chance.random() < 0.9 else chance.randrange(100, fee)
        share = chance.choice((0, 0, 0, 500, 2_000)) if not denied else 0
        share = min(share, allowed)
        net = 0 if denied else allowed - share
        cas = f"CAS*CO*50*{_cents(fee)}~" if denied else f"CAS*CO*45*{_cents(fee - allowed)}~"
        if share:
            cas += f"CAS*PR*{chance.choice('123')}*{_cents(share)}~"
        modifier = chance.choice(("", "", ":25", ":59"))
        texts.append(
            f"SVC*HC:{code}{modifier}*{_cents(fee)}*{_cents(net)}**1~DTM*472*{day:%Y%m%d}~{cas}"
            f"REF*6R*{number}L{line}~AMT*B6*{_cents(allowed)}~"
        )
        charge, paid, owed = charge + fee, paid + net, owed + share
    head = (
        f"CLP*26-{number:07d}*{4 if denied else 1}*{_cents(charge)}*{_cents(paid)}*{_cents(owed) if owed else ''}*12*"
        f"2630{number:08d}*11*1~NM1*QC*1*{chance.choice(_LAST)}*{chance.choice(_FIRST)}****MI*HM{number:07d}~"
        f"DTM*050*{day + timedelta(days=9):%Y%m%d}~"
    )
    return head + "".join(texts), paid


def write_837p(path: Path, claims: int, *, lines: int = 3, seed: int = 837) -> None:
    """One batch of professional claims, new patients every claim, a new billing provider every 500 claims."""
    chance = random.Random(seed)
    fees = {code: chance.randrange(4_000, 60_000) for code in _CODES}
    head = (
        "ST*837*0001*005010X222A1~BHT*0019*00*B17*20260302*1230*CH~NM1*41*2*Lakeshore Medical Group*****46*LAKESHORE~"
        "PER*IC*Billing Office*TE*2185550100~NM1*40*2*Clear Harbor Exchange*****46*CLEARHARBOR~"
    )
    level, billing, count = 0, 0, head.count("~")
    with path.open("w", encoding="ascii") as file:
        file.write(_ISA.format(sender="LAKESHORE", receiver="CLEARHARBOR"))
        file.write("GS*HC*LAKESHORE*CLEARHARBOR*20260302*1230*18*X*005010X222A1~")
        file.write(head)
        for number in range(1, claims + 1):
            text = ""
            if number % 500 == 1:
                level += 1
                billing = level
                text = (
                    f"HL*{level}**20*1~PRV*BI*PXC*207Q00000X~NM1*85*2*Lakeshore Medical Group*****XX*{_CLINIC}~"
                    "N3*1 Shore Road~N4*Duluth*MN*558020001~REF*EI*411234567~"
                )
            level += 1
            text += f"HL*{level}*{billing}*22*0~" + _claim(chance, number, lines, fees)
            file.write(text)
            count += text.count("~")
        file.write(f"SE*{count + 1}*0001~GE*1*18~IEA*1*000000017~")


def _claim(chance: random.Random, number: int, lines: int, fees: dict[str, int]) -> str:
    day = _FIRST_DAY + timedelta(days=chance.randrange(50))
    born = date(1940, 1, 1) + timedelta(days=chance.randrange(24_000))
    diagnoses = chance.sample(_DIAGNOSES, chance.randint(1, 4))
    codes = [chance.choice(_CODES) for _ in range(lines)]
    charge = sum(fees[each] for each in codes)
    hi = "*".join(f"{'ABF' if at else 'ABK'}:{each}" for at, each in enumerate(diagnoses))
    texts = [
        f"SBR*P*18*G100******CI~NM1*IL*1*{chance.choice(_LAST)}*{chance.choice(_FIRST)}****MI*HM{number:07d}~"
        f"N3*{chance.randint(1, 999)} Shore Road~N4*Duluth*MN*55802~DMG*D8*{born:%Y%m%d}*{chance.choice('FM')}~"
        f"NM1*PR*2*Harbor Mutual*****PI*HM001~CLM*26-{number:07d}*{_cents(charge)}***11:B:1*Y*A*Y*Y~HI*{hi}~"
        f"NM1*82*1*Reed*Ana****XX*{chance.choice(_PROVIDERS)}~PRV*PE*PXC*207Q00000X~"
    ]
    for line, code in enumerate(codes, 1):
        modifier = chance.choice(("", "", ":25", ":59"))
        texts.append(
            f"LX*{line}~SV1*HC:{code}{modifier}*{_cents(fees[code])}*UN*1***{chance.randint(1, len(diagnoses))}~"
            f"DTP*472*D8*{day:%Y%m%d}~REF*6R*{number}L{line}~"
        )
    return "".join(texts)


def _cents(amount: int) -> str:
    text = f"{Decimal(amount) / 100:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
