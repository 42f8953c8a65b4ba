"""Gastroenterology: visits, their notes and their codes."""

from rcm.demo.scenarios.shape import MONTHS, NOT_MEDICARE, WEEKS, Dx, Line, Scenario

_SEGMENT = (
    {"segment": "ascending colon", "seg": "2"},
    {"segment": "transverse colon", "seg": "3"},
    {"segment": "descending colon", "seg": "4"},
    {"segment": "sigmoid colon", "seg": "5"},
)

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="ga_screening_colonoscopy_medicare",
        reason="Screening colonoscopy, average risk.",
        history=(
            "{age}-year-old {person}, last colonoscopy {years} years ago, clean. No symptoms, no family history of "
            "cancer."
        ),
        exam="Sedation by anesthesia team. Preparation {prep}. Scope to cecum, landmarks seen.",
        results="No polyps, no masses. Withdrawal time {minutes} minutes.",
        plan=("Screening for malignant neoplasm of colon: screening colonoscopy to cecum normal, next in ten years.",),
        dx=(Dx("Z12.11", ("Screening for malignant neoplasm of colon",), vague="Z12.10", stale="Z12.1"),),
        lines=(Line("G0121", (1,), says="screening colonoscopy to cecum"),),
        slots={
            "years": ("ten", "eleven", "twelve"),
            "prep": ("good", "excellent"),
            "minutes": ("8", "9", "11"),
        },
        ages=(66, 78),
        pos="24",
        payers=("medicare",),
        by=("MD", "DO"),
        weight=5,
    ),
    Scenario(
        key="ga_screening_colonoscopy",
        reason="First screening colonoscopy.",
        history="{age}-year-old {person}, first screening, no symptoms. {family}",
        exam="Sedation by anesthesia team. Preparation {prep}. Scope to cecum, landmarks seen.",
        results="No polyps, no masses. Withdrawal time {minutes} minutes.",
        plan=("Screening for malignant neoplasm of colon: screening colonoscopy to cecum normal, next in ten years.",),
        dx=(Dx("Z12.11", ("Screening for malignant neoplasm of colon",), vague="Z12.10", stale="Z12.1"),),
        lines=(Line("45378", (1,), "33", says="screening colonoscopy to cecum"),),
        slots={
            "family": ("No family history of cancer.", "Grandfather had colon cancer at 80."),
            "prep": ("good", "fair"),
            "minutes": ("8", "9", "11"),
        },
        ages=(45, 64),
        pos="24",
        payers=NOT_MEDICARE,
        by=("MD", "DO"),
        weight=6,
    ),
    Scenario(
        key="ga_polyp_snare_and_biopsy",
        reason="Colonoscopy because of earlier polyps.",
        history="{age}-year-old {person} with polyps {years} years ago, no symptoms. {drug}",
        exam="Sedation by anesthesia team. Preparation good. Scope to cecum, landmarks seen.",
        results=(
            "{size} mm polyp in the {segment}; separate 3 mm patch in the rectum. Pathology back: tubular adenoma of "
            "the {segment}; rectal hyperplastic polyp."
        ),
        plan=(
            "Benign neoplasm of {segment}, adenoma: polyp removed whole by snare.",
            "Rectal polyp, a different site: cold forceps biopsy. Next colonoscopy in five years.",
            "Personal history of adenomatous colon polyps.",
        ),
        dx=(
            Dx("D12.{seg}", ("Benign neoplasm of {segment}",), vague="D12.6", stale="D12"),
            Dx("K62.1", ("Rectal polyp",), vague="K62.9", stale="K62"),
            Dx("Z86.0101", ("Personal history of adenomatous colon polyps",), stale="Z86.010"),
        ),
        lines=(
            Line("45385", (1, 3), says="removed whole by snare"),
            Line("45380", (2,), says="cold forceps biopsy"),
        ),
        slots={
            "years": ("three", "five", "seven"),
            "drug": ("On aspirin.", "No blood thinners."),
            "size": ("8", "10", "12"),
            "segment": _SEGMENT,
        },
        ages=(48, 80),
        pos="24",
        by=("MD", "DO"),
        weight=9,
    ),
    Scenario(
        key="ga_colitis_colonoscopy",
        reason="Bloody diarrhea for {weeks} weeks, colonoscopy.",
        history=(
            "{age}-year-old {person}, {times} loose stools a day with blood for {weeks} weeks, weight down {pounds} lb."
        ),
        exam="Sedation by anesthesia team. Preparation good. Scope to terminal ileum, ileum normal.",
        results="Continuous inflamed mucosa from rectum to cecum, Mayo 2. Biopsies: chronic active colitis.",
        plan=(
            "Ulcerative pancolitis with rectal bleeding: biopsies of each segment; mesalamine and prednisone started.",
        ),
        dx=(Dx("K51.011", ("Ulcerative pancolitis with rectal bleeding",), vague="K51.919", stale="K51.01"),),
        lines=(Line("45380", (1,), says="biopsies of each segment"),),
        slots={"weeks": WEEKS, "times": ("six", "eight", "ten"), "pounds": ("6", "9", "12")},
        ages=(20, 70),
        pos="22",
        by=("MD", "DO"),
        referred=True,
        weight=5,
    ),
    Scenario(
        key="ga_reflux_endoscopy",
        reason="Upper endoscopy for reflux not helped by treatment.",
        history=(
            "{age}-year-old {person} with heartburn {times} a week for {months} months in spite of {drug}. No trouble "
            "swallowing. Stomach pain after meals."
        ),
        exam="Sedation by anesthesia team. Scope to second part of duodenum.",
        results=(
            "Esophagus: breaks in the mucosa, grade {grade}, not bleeding. Stomach lining red; biopsies taken. "
            "Pathology: chronic superficial gastritis, no H. pylori."
        ),
        plan=(
            "Reflux disease with esophagitis, without bleeding: double-dose {drug} for eight weeks.",
            "Chronic superficial gastritis without bleeding: biopsy of stomach done, avoid ibuprofen.",
        ),
        dx=(
            Dx("K21.00", ("Reflux disease with esophagitis, without bleeding",), stale="K21.0"),
            Dx("K29.30", ("Chronic superficial gastritis without bleeding",), vague="K29.70", stale="K29.3"),
        ),
        lines=(Line("43239", (1, 2), says="biopsy of stomach done"),),
        slots={
            "times": ("four days", "five days", "every day"),
            "months": MONTHS,
            "drug": ("omeprazole", "pantoprazole"),
            "grade": ("A", "B"),
        },
        ages=(24, 78),
        pos="24",
        by=("MD", "DO"),
        referred=True,
        weight=8,
    ),
    Scenario(
        key="ga_reflux_visit",
        reason="Heartburn.",
        history=(
            "{age}-year-old {person} with heartburn after meals and on lying down for {weeks} weeks, better with "
            "antacids. No weight loss, no trouble swallowing, no bleeding. {habit}"
        ),
        exam="BP {bp}, weight {weight} lb. Abdomen soft, not tender.",
        plan=(
            "Reflux disease without esophagitis: {drug} before breakfast for eight weeks, raise head of bed, smaller "
            "meals.",
        ),
        dx=(Dx("K21.9", ("Reflux disease without esophagitis",), stale="K21"),),
        lines=(Line("OFFICE3", (1,)),),
        slots={
            "weeks": WEEKS,
            "drug": ("omeprazole 20 mg", "pantoprazole 40 mg"),
            "habit": ("Two coffees a day.", "Late dinners.", "Peppermint and chocolate daily."),
        },
        ages=(20, 80),
        referred=True,
        weight=6,
    ),
    Scenario(
        key="ga_irritable_bowel",
        reason="Cramps and loose stools.",
        history=(
            "{age}-year-old {person} with cramps relieved by stools and {times} loose stools a day for {months} "
            "months. No blood, no weight loss, sleeps through. Worse with {trigger}."
        ),
        exam="BP {bp}. Abdomen soft, mild tenderness on the left, no mass.",
        results="Outside blood count, celiac test and stool marker reviewed: normal.",
        plan=("Irritable bowel syndrome with diarrhea, not controlled: {drug}, low-FODMAP trial with dietitian.",),
        dx=(Dx("K58.0", ("Irritable bowel syndrome with diarrhea",), vague="K58.9", stale="K58"),),
        lines=(Line("OFFICE4", (1,)),),
        slots={
            "times": ("three", "four", "five"),
            "months": MONTHS,
            "trigger": ("stress", "milk", "onions"),
            "drug": ("rifaximin for 14 days", "amitriptyline 10 mg"),
        },
        ages=(19, 62),
        weight=6,
    ),
    Scenario(
        key="ga_crohn_biologic",
        reason="Crohn disease follow-up on biologic.",
        history=(
            "{age}-year-old {person} with Crohn disease of the large intestine on {drug} for {months} months. "
            "{times} formed stools a day, no blood, no fever."
        ),
        exam="BP {bp}, weight {weight} lb. Abdomen soft. No sores of mouth or skin.",
        results="Blood count and metabolic panel drawn and run here today: hemoglobin {hb}, liver tests normal.",
        plan=(
            "Crohn disease of large intestine without complications: in remission on {drug}, drug toxicity labs, "
            "next dose set.",
        ),
        dx=(
            Dx(
                "K50.10",
                ("Crohn disease of large intestine without complications",),
                vague="K50.90",
                stale="K50.1",
            ),
        ),
        lines=(
            Line("OFFICE4", (1,)),
            Line("85025", (1,), says="Blood count and metabolic panel drawn"),
            Line("80053", (1,), says="metabolic panel drawn"),
            Line("36415", (1,)),
        ),
        slots={
            "drug": ("adalimumab", "ustekinumab", "vedolizumab"),
            "months": MONTHS,
            "times": ("One or two", "Two"),
            "hb": ("12.8", "13.4", "14.1"),
        },
        ages=(20, 66),
        weight=6,
    ),
    Scenario(
        key="ga_fatty_liver",
        reason="Raised liver tests.",
        history=(
            "{age}-year-old {person} with raised liver tests for {months} months, drinks {drinks}. Weight up 20 lb in "
            "three years."
        ),
        exam="BP {bp}. Body mass index {bmi}. Liver edge 2 cm below the ribs, no fluid.",
        results=(
            "Liver stiffness by elastography here today: {kpa} kPa. Hepatitis tests negative, outside report reviewed."
        ),
        plan=(
            "Fatty liver, not alcohol-related, low stiffness: weight goal, coffee is fine, repeat in two years.",
            "Obesity, class 2: 10 % weight loss plan, medicine discussed.",
            "Body mass index {bmi}, adult.",
        ),
        dx=(
            Dx("K76.0", ("Fatty liver, not alcohol-related",), vague="K76.9", stale="K76"),
            Dx("E66.812", ("Obesity, class 2",), vague="E66.9", stale="E66.81"),
            Dx("Z68.{bmicode}", ("Body mass index {bmi}, adult",), stale="Z68.3"),
        ),
        lines=(
            Line("OFFICE4", (1, 2, 3)),
            Line("91200", (1,), says="Liver stiffness by elastography"),
        ),
        slots={
            "months": MONTHS,
            "drinks": ("no alcohol", "one glass of wine a month"),
            "kpa": ("5.2", "6.1", "6.8"),
            "bmi": (
                {"bmi": "35.4", "bmicode": "35"},
                {"bmi": "36.8", "bmicode": "36"},
                {"bmi": "38.2", "bmicode": "38"},
            ),
        },
        ages=(28, 70),
        referred=True,
        weight=6,
    ),
    Scenario(
        key="ga_breath_test",
        reason="Upper stomach pain, breath test.",
        history=(
            "{age}-year-old {person} with burning pain below the breastbone for {weeks} weeks, {pattern}. No "
            "bleeding, no weight loss. Off acid medicine for two weeks."
        ),
        exam="BP {bp}. Mild tenderness in the upper abdomen, no mass.",
        results="Urea breath test for H. pylori done here today: {result}.",
        plan=("Epigastric pain: {next}.",),
        dx=(Dx("R10.13", ("Epigastric pain",), vague="R10.9", stale="R10.1"),),
        lines=(
            Line("OFFICE3", (1,)),
            Line("83013", (1,), says="Urea breath test for H. pylori"),
        ),
        slots={
            "weeks": WEEKS,
            "pattern": ("worse at night", "worse fasting", "after spicy food"),
            "result": ("negative",),
            "next": (
                "pantoprazole 40 mg for four weeks, endoscopy if no better",
                "omeprazole 20 mg, food diary, recheck",
            ),
        },
        ages=(20, 64),
        weight=5,
    ),
    Scenario(
        key="ga_hemorrhoid_banding",
        reason="Bleeding hemorrhoids, banding.",
        history=(
            "{age}-year-old {person} with bright blood on paper {times} a week for {months} months; fiber and "
            "{cream} did not help. Colonoscopy last year clean."
        ),
        exam="Anoscope: internal hemorrhoids that slip out and go back by themselves, largest at {place}.",
        plan=(
            "Second degree hemorrhoids: rubber band ligation of one column, tolerated well. Next column in four weeks.",
        ),
        dx=(Dx("K64.1", ("Second degree hemorrhoids",), vague="K64.9", stale="K64"),),
        lines=(Line("46221", (1,), says="rubber band ligation of one column"),),
        slots={
            "times": ("two days", "three days", "most days"),
            "months": MONTHS,
            "cream": ("steroid cream", "suppositories"),
            "place": ("left lateral", "right posterior", "right anterior"),
        },
        ages=(28, 76),
        by=("MD", "DO"),
        weight=5,
    ),
    Scenario(
        key="ga_celiac",
        reason="Celiac disease, first year on diet.",
        history=(
            "{age}-year-old {person} with celiac disease, gluten-free for {months} months. Bloating {better}, energy "
            "back. Reads labels, eats out {times} a month."
        ),
        exam="BP {bp}, weight {weight} lb. Abdomen soft, skin clear.",
        results="Blood count drawn and run here today: hemoglobin {hb}.",
        plan=("Celiac disease, responding: dietitian yearly, antibody in six months, bone density planned.",),
        dx=(Dx("K90.0", ("Celiac disease, responding",), vague="K90.9", stale="K90"),),
        lines=(
            Line("OFFICE3", (1,)),
            Line("85025", (1,), says="Blood count drawn and run here today"),
            Line("36415", (1,)),
        ),
        slots={
            "months": MONTHS,
            "better": ("gone", "much less"),
            "times": ("twice", "three times"),
            "hb": ("11.9", "12.6", "13.3"),
        },
        ages=(18, 60),
        weight=4,
    ),
    Scenario(
        key="ga_video_constipation",
        reason="Video visit: constipation.",
        history=(
            "{age}-year-old {person} seen by video with sound, at home, agrees to the visit. {times} hard stools a "
            "week for {months} months, straining, no blood, colonoscopy clean. {tried} not enough."
        ),
        exam="By video: well, abdomen not swollen by own report.",
        plan=("Chronic idiopathic constipation: {drug} daily, water, footstool, food fiber.",),
        dx=(Dx("K59.04", ("Chronic idiopathic constipation",), vague="K59.00", stale="K59.0"),),
        lines=(Line("OFFICE3", (1,), "95"),),
        slots={
            "times": ("One or two", "Two"),
            "months": MONTHS,
            "tried": ("Psyllium", "Polyethylene glycol"),
            "drug": ("linaclotide 145 mcg", "plecanatide 3 mg"),
        },
        ages=(22, 78),
        pos="10",
        weight=5,
    ),
    Scenario(
        key="ga_iron_anemia",
        reason="Low iron, looking for the source.",
        history=(
            "{age}-year-old {person} with anemia for {weeks} weeks, tired, {where}. Takes {drug} daily. Outside "
            "hemoglobin {old}, ferritin 6."
        ),
        exam="BP {bp}, pulse {pulse}. Pale lids. Abdomen soft. Stool dark, test for blood positive.",
        results="Blood count drawn and run here today: hemoglobin {hb}. Outside ferritin reviewed.",
        plan=(
            "Iron deficiency anemia due to chronic blood loss: iron every other day, upper and lower endoscopy next "
            "week, stop {drug}.",
        ),
        dx=(Dx("D50.0", ("Iron deficiency anemia due to chronic blood loss",), vague="D50.9", stale="D50"),),
        lines=(
            Line("OFFICE4", (1,)),
            Line("85025", (1,), says="Blood count drawn and run here today"),
            Line("36415", (1,)),
        ),
        slots={
            "weeks": WEEKS,
            "where": ("short of breath on hills", "dizzy on standing"),
            "drug": ("ibuprofen", "naproxen"),
            "old": ("9.4", "9.9", "10.2"),
            "hb": ("9.1", "9.6", "10.0"),
        },
        ages=(40, 84),
        referred=True,
        weight=5,
    ),
)
