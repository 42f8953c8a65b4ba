"""States, territories and military post (N402, CLM11-4), and which ZIP codes are theirs.

The ranges of the first three ZIP digits follow the US Postal Service's assignment; they change seldom, and a few
towns get their mail across a border, so a mismatch is a warning.
"""

from edi.codes.table import Code, CodeTable

_NAMES = """AL Alabama|AK Alaska|AS American Samoa|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|\
DE Delaware|DC District of Columbia|FM Micronesia|FL Florida|GA Georgia|GU Guam|HI Hawaii|ID Idaho|IL Illinois|\
IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MH Marshall Islands|MD Maryland|MA Massachusetts|\
MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|\
NM New Mexico|NY New York|NC North Carolina|ND North Dakota|MP Northern Mariana Islands|OH Ohio|OK Oklahoma|OR Oregon|\
PW Palau|PA Pennsylvania|PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|\
UT Utah|VT Vermont|VI Virgin Islands|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|\
AA Military post, Americas|AE Military post, Europe|AP Military post, Pacific"""

_CANADA = """AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|\
NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon"""

_ZIP = """AL 350-369|AK 995-999|AS 967|AZ 850-865|AR 716-729 755|CA 900-961|CO 800-816|CT 060-069|DE 197-199|\
DC 200 202-205 569|FM 969|FL 320-349|GA 300-319 398-399|GU 969|HI 967-968|ID 832-838|IL 600-629|IN 460-479|\
IA 500-528|KS 660-679|KY 400-427 471|LA 700-714|ME 039-049|MH 969|MD 206-219|MA 010-027 055|MI 480-499|MN 550-567|\
MS 386-397|MO 630-658|MT 590-599|NE 680-693|NV 889-898|NH 030-038|NJ 070-089|NM 870-884|NY 005 063 100-149|\
NC 270-289|ND 580-588|MP 969|OH 430-459|OK 730-749|OR 970-979|PW 969|PA 150-196|PR 006-009|RI 028-029|SC 290-299|\
SD 570-577|TN 370-385|TX 733 750-799 885|UT 840-847|VT 050-059|VI 008|VA 201 220-246|WA 980-994|WV 247-268|\
WI 530-549|WY 820-831 834|AA 340|AE 090-099|AP 962-966"""

BUILT_IN = CodeTable("State", [Code(each[:2], each[3:]) for each in _NAMES.split("|")])
PROVINCES = CodeTable("Province", [Code(each[:2], each[3:]) for each in _CANADA.split("|")])


def _spread(ranges: str) -> frozenset[str]:
    found: set[str] = set()
    for each in ranges.split():
        first, _, last = each.partition("-")
        found.update(f"{number:03d}" for number in range(int(first), int(last or first) + 1))
    return frozenset(found)


ZIP_PREFIXES = {each[:2]: _spread(each[3:]) for each in _ZIP.split("|")}
ALL_PREFIXES = frozenset().union(*ZIP_PREFIXES.values())


def zip_fits(state: str, postal_code: str) -> bool:
    """Whether a ZIP code can belong to a state; True when the state has none that we know."""
    prefixes = ZIP_PREFIXES.get(state)
    return prefixes is None or postal_code[:3] in prefixes
