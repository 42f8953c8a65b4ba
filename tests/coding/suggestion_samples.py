"""A small set of codes, so that the suggestion tests need neither a database nor the whole code set."""

from functools import cache

from coding.suggestion.facts import NoteFacts, Policy, Suggestions
from coding.suggestion.knowledge import CodeRow, Knowledge, TermRow, compile_knowledge
from coding.suggestion.suggest import DEFAULT, suggest

_CODES = """
I10|Essential (primary) hypertension
I11|Hypertensive heart disease|heading
I11.0|Hypertensive heart disease with heart failure
I12|Hypertensive chronic kidney disease|heading
I12.9|Hypertensive chronic kidney disease with stage 1 through stage 4 chronic kidney disease
I13|Hypertensive heart and chronic kidney disease|heading
I13.0|Hypertensive heart and chronic kidney disease with heart failure and stage 1-4 chronic kidney disease
I50|Heart failure|heading
I50.22|Chronic systolic (congestive) heart failure
I50.9|Heart failure, unspecified
N18|Chronic kidney disease (CKD)|heading
N18.31|Chronic kidney disease, stage 3a
N18.9|Chronic kidney disease, unspecified
E11|Type 2 diabetes mellitus|heading
E11.22|Type 2 diabetes mellitus with diabetic chronic kidney disease
E11.42|Type 2 diabetes mellitus with diabetic polyneuropathy
E11.9|Type 2 diabetes mellitus without complications
E66|Overweight and obesity|heading
E66.9|Obesity, unspecified
Z68|Body mass index [BMI]|heading
Z68.31|Body mass index [BMI] 31.0-31.9, adult
Z79|Long term (current) drug therapy|heading
Z79.84|Long term (current) use of oral hypoglycemic drugs
Z79.01|Long term (current) use of anticoagulants
M25|Other joint disorder, not elsewhere classified|heading
M25.561|Pain in right knee
M25.562|Pain in left knee
M25.569|Pain in unspecified knee
M17|Osteoarthritis of knee|heading
M17.0|Bilateral primary osteoarthritis of knee
M17.10|Unilateral primary osteoarthritis, unspecified knee
M17.11|Unilateral primary osteoarthritis, right knee
M17.12|Unilateral primary osteoarthritis, left knee
M17.9|Osteoarthritis of knee, unspecified
G62|Other and unspecified polyneuropathies|heading
G62.9|Polyneuropathy, unspecified
J18|Pneumonia, unspecified organism|heading
J18.9|Pneumonia, unspecified organism
J06|Acute upper respiratory infections of multiple and unspecified sites|heading
J06.9|Acute upper respiratory infection, unspecified
J45|Asthma|heading
J45.909|Unspecified asthma, uncomplicated
R05|Cough|heading
R05.9|Cough, unspecified
R50|Fever of other and unknown origin|heading
R50.9|Fever, unspecified
R07|Pain in throat and chest|heading
R07.9|Chest pain, unspecified
I25|Chronic ischemic heart disease|heading
I25.10|Atherosclerotic heart disease of native coronary artery without angina pectoris
C50|Malignant neoplasm of breast|heading
C50.919|Malignant neoplasm of unspecified site of unspecified female breast
Z80|Family history of primary malignant neoplasm|heading
Z80.3|Family history of malignant neoplasm of breast
Z85|Personal history of malignant neoplasm|heading
Z85.3|Personal history of malignant neoplasm of breast
H61|Other disorders of external ear|heading
H61.892|Other specified disorders of left external ear
K21|Gastro-esophageal reflux disease|heading
K21.9|Gastro-esophageal reflux disease without esophagitis
K21.00|Gastro-esophageal reflux disease with esophagitis, without bleeding
S93|Dislocation and sprain of joints and ligaments at ankle, foot and toe level|heading
S93.401|Sprain of unspecified ligament of right ankle|heading
S93.401A|Sprain of unspecified ligament of right ankle, initial encounter
S93.401D|Sprain of unspecified ligament of right ankle, subsequent encounter
S93.409|Sprain of unspecified ligament of unspecified ankle|heading
S93.409A|Sprain of unspecified ligament of unspecified ankle, initial encounter
S93.409D|Sprain of unspecified ligament of unspecified ankle, subsequent encounter
T46|Poisoning by, adverse effect of and underdosing of agents affecting the cardiovascular system|heading
T46.4X5A|Adverse effect of angiotensin-converting-enzyme inhibitors, initial encounter
Z00|Encounter for general examination|heading
Z00.00|Encounter for general adult medical examination without abnormal findings
"""


@cache
def small_knowledge() -> Knowledge:
    """The codes above, compiled once."""
    return compile_knowledge(_rows(), (TermRow("pain knee", "M25.569", "index"),))


def _rows() -> list[CodeRow]:
    rows = []
    for line in _CODES.strip().splitlines():
        code, wording, *heading = line.split("|")
        parent = code[:7].rstrip(".") if len(code) == 8 else "" if len(code) == 3 else code[:3]
        rows.append(CodeRow(code, wording, not heading, parent, {}))
    return rows


def suggested(text: str, *, setting: str = "outpatient", age: int = 55, policy: Policy = DEFAULT) -> Suggestions:
    """What is suggested for a note."""
    return suggest(NoteFacts(text=text, sex="F", age=age, setting=setting), small_knowledge(), policy=policy)


def codes(text: str, *, setting: str = "outpatient") -> list[str]:
    """The diagnoses suggested for a note, in their sequence."""
    return [found.code for found in suggested(text, setting=setting).diagnoses]
