"""From the codes of an adjustment to what it is about, what to try first, and where it could have been stopped.

Source: DOMAIN section 5. Group and CARC come from CAS01 and CAS02, RARCs from LQ*HE, MOA and MIA.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coding.domain.edits.findings import Family
from denials.domain.categories import CATEGORIES, Category, Play, Station

_CARCS: Mapping[Category, str] = {
    Category.ELIGIBILITY: "24 26 27 31 32 33 34 109 140 177 178 179 180 200 238 239 257 258",
    Category.COORDINATION: "19 20 21 22 100 136 209 228 254 269 270 276 280 289",
    Category.AUTHORIZATION: "15 39 61 197 198 210 243 284 287 288 296 302",
    Category.CODING: (
        "4 5 6 7 8 9 10 11 12 13 14 16 107 110 125 129 135 146 147 181 182 189 199 206 207 234 236 240 267 268 282 "
        "A8 B15 B16 B22"
    ),
    Category.BUNDLING: "54 60 97 190 194 231 B10 B14 B20 P14",
    Category.NECESSITY: "40 50 55 56 58 114 150 151 152 153 154 186 188 216 249 B8",
    Category.DOCUMENTATION: "112 148 163 164 173 174 175 176 226 227 250 251 252 A1 B12",
    Category.TIMELY: "29 138 166 285 286 B4",
    Category.DUPLICATE: "18 B13",
    Category.NON_COVERED: "49 51 53 78 96 111 155 157 158 159 160 167 169 202 203 204 233 256 272 B1",
    Category.ENROLLMENT: "170 171 172 183 184 185 208 242 279 283 299 B7 B23",
    Category.LIMITS: "35 119 149 222 273",
}
CATEGORY_OF: Mapping[str, Category] = {carc: category for category, carcs in _CARCS.items() for carc in carcs.split()}

# CARCs that say little by themselves: their remark codes decide.
VAGUE = frozenset({"16", "96", "125", "226", "234", "252", "A1", "B15"})
_RARCS: Mapping[Category, str] = {
    Category.DOCUMENTATION: ("M23 M29 M30 M31 M60 M127 M135 M143 N3 N26 N29 N202 N205 N206 N366 N393 N395 MA121"),
    Category.BUNDLING: "M2 M14 M15 M80 M97 M144 N19 N20 N70 N390",
    Category.AUTHORIZATION: "M62 N45 N54 N351",
    Category.COORDINATION: "MA04 MA48 MA64 MA83 MA92 N4 N5 N8 N36 N48",
    Category.ELIGIBILITY: "MA27 MA36 MA37 MA61 N30 N52 N191 N197 N216 N382",
    Category.NECESSITY: "M25 M83 M85 N10 N115 N163 N180 N386",
    Category.ENROLLMENT: "M115 N32 N95 N198",
    Category.LIMITS: "M86 M90 N117 N357 N362",
    Category.DUPLICATE: "N111",
}
CATEGORY_OF_REMARK: Mapping[str, Category] = {
    rarc: category for category, rarcs in _RARCS.items() for rarc in rarcs.split()
}

# The family of our own edits that looks at the same thing; a denial with one could have been caught before it left.
_FAMILIES: Mapping[Family, str] = {
    Family.ELIGIBILITY: "26 27 31 32 33 34 140 200 238 239",
    Family.COORDINATION: "22",
    Family.AUTHORIZATION: "15 197 198 243 284 296 302",
    Family.MODIFIER: "4 182",
    Family.PLACE: "5 58",
    Family.DEMOGRAPHIC: "6 7 9 10",
    Family.DIAGNOSIS: "146",
    Family.PERSON: "16 125",
    Family.BUNDLING: "97 231 236",
    Family.UNITS: "151 222",
    Family.DATES: "13 14 110",
    Family.HISTORY: "B16",
    Family.DUPLICATE: "18 B13",
    Family.FILING: "29 166",
    Family.PROVIDER: "206 207 208",
}
FAMILY_OF: Mapping[str, Family] = {carc: family for family, carcs in _FAMILIES.items() for carc in carcs.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One refused amount as the payer coded it, with what our own records say about it."""

    group: str
    carc: str
    remarks: tuple[str, ...] = ()
    authorization_sent: bool = False  # the claim carried an approval on file for the service and its date
    authorization_on_file: bool = False  # there is one, but the claim did not carry it


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """What a denial is about and what to try first."""

    category: Category
    play: Play
    station: Station
    avoidable: bool


def classify(refusal: Refusal) -> Classified:
    """Category, first play and station of a refusal, and whether one of our own edit families could have caught it."""
    category = _category(refusal)
    facts = CATEGORIES[category]
    return Classified(
        category=category,
        play=_play(refusal, category),
        station=facts.station,
        avoidable=category is not Category.PAYER_ERROR and refusal.carc in FAMILY_OF,
    )


def _category(refusal: Refusal) -> Category:
    category = CATEGORY_OF.get(refusal.carc, Category.OTHER)
    if refusal.carc in VAGUE or category is Category.OTHER:
        category = _by_remarks(refusal.remarks) or category
    if category is Category.AUTHORIZATION and refusal.authorization_sent:
        return Category.PAYER_ERROR
    return category


def _by_remarks(remarks: Iterable[str]) -> Category | None:
    return next((CATEGORY_OF_REMARK[each] for each in remarks if each in CATEGORY_OF_REMARK), None)


def _play(refusal: Refusal, category: Category) -> Play:
    if category is Category.AUTHORIZATION and refusal.authorization_on_file:
        return Play.CORRECT
    if refusal.group == "PR" and category in (Category.NON_COVERED, Category.LIMITS):
        return Play.PATIENT
    return CATEGORIES[category].play
