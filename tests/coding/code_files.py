"""Small files in the layouts of their publishers. CPT numbers stand without any descriptor."""

from pathlib import Path

ORDER = """\
00001 A00     0 Cholera                                                      Cholera
00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to Vibrio cholerae 01, biovar cholerae
00003 A001    1 Cholera due to Vibrio cholerae 01, biovar eltor              Cholera due to Vibrio cholerae 01, biovar eltor
00004 S525    0 Fracture of lower end of radius                              Fracture of lower end of radius
00005 S52501A 1 Unsp fracture of the lower end of right radius, init         Unspecified fracture of the lower end of right radius, initial encounter
"""  # noqa: E501 - fixed columns
PCS_CODES = """\
0016070 Bypass Cerebral Ventricle to Nasopharynx with Autologous Tissue Substitute, Open Approach
XY0YX37 Extracorporeal Introduction of Nafamostat Anticoagulant, New Technology Group 7
"""
PCS_ORDER = """\
00001 001     0 Central Nervous System and Cranial Nerves, Bypass            Central Nervous System and Cranial Nerves, Bypass
00002 0016070 1 Bypass Cereb Vent to Nasophar with Autol Sub, Open           Bypass Cerebral Ventricle to Nasopharynx with Autologous Tissue Substitute, Open Approach
"""  # noqa: E501 - fixed columns
TABULAR = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <chapter><name>1</name><desc>Certain infectious diseases</desc>
    <section id="A00-A09">
      <diag><name>A00</name><desc>Cholera</desc>
        <excludes1><note>food poisoning (A05.-)</note></excludes1>
        <diag><name>A00.0</name><desc>Cholera due to Vibrio cholerae 01, biovar cholerae</desc>
          <inclusionTerm><note>Classical cholera</note></inclusionTerm>
        </diag>
      </diag>
      <diag><name>S52.5</name><desc>Fracture of lower end of radius</desc>
        <sevenChrDef><extension char="A">initial encounter</extension></sevenChrDef>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
"""
INDEX_CSV = """\
RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code
1,A,0,Aarskog's syndrome,,,,Q87.19
2,A,0,Abandonment,Maltreatment,,,
3,A,0,"Abdomen, abdominal",,condition,,
4,A,1,acute,,,,R10.0
5,A,1,"injury, chest",,,(blunt),S29.9-
6,M,0,Maltreatment,,,,T74.9
7,P,0,Pain,,,,R52
8,P,1,"belly, abdominal","Abdomen, acute",,,
"""
INDEX_XML = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
<version>2026</version>
<title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
<letter><title>A</title>
  <mainTerm><title>Abasia <nemod>(-astasia) (hysterical)</nemod></title><code>F44.4</code></mainTerm>
  <mainTerm><title>Abscess</title><code>L02.91</code>
    <term level="1"><title>abdomen</title>
      <term level="2"><title>wall</title><code>L02.211</code></term>
    </term>
  </mainTerm>
  <mainTerm><title>Ache</title><see>Abscess, abdomen, wall</see></mainTerm>
</letter>
</ICD10CM.index>
"""
NEOPLASM_CSV = """\
RowID,Level,Term,SeeAlso,NonEssModif,MalignantPrimary,MalignantSecondary,CaInSitu,Benign,UncertainBehavior,UnspecifiedBehavior
1,0,"Neoplasm, neoplastic",,,C80.1,C79.9,D09.9,D36.9,D48.9,D49.9
2,1,breast,,(female),C50.9-,C79.81,-,,,
"""
DRUG_XML = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
<title>ICD-10-CM TABLE of DRUGS and CHEMICALS</title>
<letter><title>A</title>
  <mainTerm><title>Aspirin</title>
    <cell col="2">T39.011</cell><cell col="3">T39.012</cell><cell col="6">T39.015</cell><cell col="7">--</cell>
  </mainTerm>
</letter>
</ICD10CM.index>
"""
PAIRS = """\
Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\tModifier\tPTP Edit Rationale
45385\t45380\t\t20200101\t*\t1\tMore extensive procedure
99202\t99201\t*\t19960101\t20201231\t0\tMutually exclusive procedures
"""
UNITS = """\
HCPCS/CPT Code,MUE Values,MUE Adjudication Indicator,MUE Rationale
99213,2,3 Date of Service Edit: Clinical,Clinical: Data
J3301,16,3,Clinical: Data
"""
ADD_ONS = "Primary Code,Add-on Code,Edit Type\n11102,11103,1\nCCCCC,0054T,2\n"
RVU = """\
,,2025 National Physician Fee Schedule Relative Value File October Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
29881,,,A,,7.03,8.22,NA,8.22,,1.39,16.64,16.64,0,090,0.10,0.69,0.21,3,1,0,0,0,29870,32.3465,09,0,99,0.00,0.00,0.00
93306,26,,A,,1.46,0.52,,0.52,,0.04,2.02,2.02,1,XXX,0.00,0.00,0.00,6,0,0,0,0,,32.3465,09,0,99,0.00,0.00,0.00
"""  # noqa: E501 - CMS's heading
GPCI = """\
ADDENDUM E. FINAL CY 2025 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY,,,,,,
,,,,,,
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2025 PW GPCI,2025 PE GPCI,2025 MP GPCI
02102,AK,01,ALASKA*,1.5,1.081,0.592
"""
LOCALITIES = """\
COUNTIES INCLUDED IN 2025 LOCALITIES,,,,
Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties
1112,54,CALIFORNIA ,BAKERSFIELD,KERN
,,,,
1112,55,,CHICO,BUTTE
*  Payment locality is serviced by two carriers.,,,,
"""
ANESTHESIA = """\
Contractor,Locality,Locality Name,National Anes CF of 20.3178
02102 ,01 ,ALASKA*,27.86
"""
TAXONOMY = 'Code,Grouping,Classification,Specialization\n207Q00000X,"Physicians",Family Medicine,\n'
DRG_TABLE = (
    "TABLE 5. LIST OF MS-DRGs\n"
    "MS-DRG\tPost-Acute\tSpecial Pay\tMDC\tTYPE\tMS-DRG Title\tWeights\tGeometric mean LOS\tArithmetic mean LOS\n"
    "291\tYes\tNo\t05\tMED\tHEART FAILURE AND SHOCK WITH MCC\t1.2683\t3.8\t5.0\n"
    "998\tNo\tNo\t\t**\tPRINCIPAL DIAGNOSIS INVALID\t0.0000\t0.0\t0.0\n"
)
COVERAGE = """\
policy,title,contractor,procedure,diagnosis,rule,effective_from,effective_to
L33394,Vitamin D tests,15202,82306,E55.-,covered,2025-01-01,
"""


def contractor_line(code: str, sequence: int, record: int, words: str, ended: str = "") -> str:
    """A line of CMS's HCPCS file with its 320 columns."""
    line = f"{code:<5}{sequence:05}{record}{words:<80}".ljust(284) + f"{ended:<8}"
    return f"{line:<320}\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
