"""Family medicine: visits, their notes and their codes."""

from rcm.demo.scenarios.shape import MONTHS, NOT_MEDICARE, PAIN, SIDE, WEEKS, Dx, Line, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="fm_hypertension_lipids",
        reason="Follow-up of blood pressure and cholesterol.",
        history=(
            "{age}-year-old {person} with essential hypertension on {drug} {dose} mg daily and pure "
            "hypercholesterolemia on {statin}. Takes both most days. No chest pain, no breathlessness, no swelling. "
            "Home readings run 135 to 150 over 80 to 92."
        ),
        exam="BP {high_bp}, pulse {pulse}. Lungs clear. Heart regular, no murmur. No ankle edema.",
        results="LDL {ldl} mg/dL today, fasting; potassium and creatinine normal in the last panel.",
        plan=(
            "Essential hypertension, above goal: raise {drug}, recheck in {weeks} weeks, home log.",
            "Pure hypercholesterolemia, LDL {ldl}: change {statin} to the evening, diet reviewed, lipid panel drawn.",
        ),
        dx=(
            Dx("I10", ("Essential hypertension, above goal",)),
            Dx("E78.00", ("Pure hypercholesterolemia",), vague="E78.5", stale="E78.0"),
        ),
        lines=(
            Line("OFFICE4", (1, 2)),
            Line("80061", (2,), says="lipid panel drawn"),
            Line("36415", (2, 1)),
        ),
        slots={
            "drug": ("lisinopril", "losartan", "amlodipine"),
            "dose": ("5", "10", "20"),
            "statin": ("atorvastatin 20 mg", "rosuvastatin 10 mg", "simvastatin 40 mg"),
            "ldl": ("128", "134", "141", "156", "162"),
            "weeks": WEEKS,
        },
        ages=(38, 86),
        weight=9,
    ),
    Scenario(
        key="fm_diabetes_neuropathy",
        reason="Diabetes follow-up; {feet} in both feet.",
        history=(
            "{age}-year-old {person} with type 2 diabetes on metformin {dose} mg twice a day. Home glucose {low} to "
            "{high}. Reports {feet} in both feet for {months} months, worse at night. Also treated for high blood "
            "pressure. No foot wounds."
        ),
        exam="BP {bp}, weight {weight} lb. Monofilament reduced at {sites} of 10 sites in both feet. Pulses full.",
        results="A1c {a1c} % today.",
        plan=(
            "Type 2 diabetes with diabetic polyneuropathy, A1c {a1c} %: add {second}, foot care reviewed.",
            "Essential hypertension, controlled: continue lisinopril.",
            "Long-term use of oral diabetes medicine: kidney function every six months.",
        ),
        dx=(
            Dx("E11.42", ("Type 2 diabetes with diabetic polyneuropathy",), vague="E11.8", stale="E11.4"),
            Dx("I10", ("Essential hypertension, controlled",)),
            Dx("Z79.84", ("Long-term use of oral diabetes medicine",)),
        ),
        lines=(
            Line("OFFICE4", (1, 2, 3)),
            Line("83036", (1,), says="A1c {a1c} % today"),
        ),
        slots={
            "feet": ("numbness", "tingling", "burning"),
            "dose": ("500", "850", "1,000"),
            "low": ("120", "130", "140"),
            "high": ("190", "210", "230"),
            "months": MONTHS,
            "sites": ("3", "4", "5"),
            "a1c": ("7.6", "7.9", "8.1", "8.4", "8.8"),
            "second": ("empagliflozin 10 mg", "sitagliptin 100 mg"),
        },
        ages=(42, 84),
        weight=8,
    ),
    Scenario(
        key="fm_preventive_adult",
        reason="Yearly preventive examination.",
        history=(
            "{age}-year-old {person} here for a yearly physical, no complaints. Sleeps {hours} hours, exercises "
            "{times} a week. No tobacco. Family history: {family}. Medicines: none."
        ),
        exam=(
            "BP {bp}, pulse {pulse}, weight {weight} lb. Head, neck, heart, lungs, abdomen, skin and joints examined: "
            "no abnormal findings."
        ),
        plan=(
            "General adult medical examination without abnormal findings. Screening schedule, diet and safety "
            "counselling done.",
            "Encounter for immunization: influenza vaccine 0.5 mL given in the {side} deltoid.",
        ),
        dx=(
            Dx("Z00.00", ("General adult medical examination without abnormal findings",), stale="Z00.0"),
            Dx("Z23", ("Encounter for immunization",)),
        ),
        lines=(
            Line("PREVENTIVE", (1,), modifiers="25"),
            Line("90471", (2,), says="given in the {side} deltoid"),
            Line("90686", (2,), says="influenza vaccine 0.5 mL"),
        ),
        slots={
            "hours": ("six", "seven", "eight"),
            "times": ("twice", "three times", "four times"),
            "side": SIDE,
            "family": ("father with coronary disease at 61", "mother with diabetes", "nothing of note"),
        },
        ages=(19, 64),
        payers=NOT_MEDICARE,
        weight=8,
    ),
    Scenario(
        key="fm_preventive_with_thyroid",
        reason="Yearly preventive examination; tired, wants thyroid checked.",
        history=(
            "{age}-year-old {person} here for the yearly physical. Separately reports {months} months of tiredness and "
            "{symptom} although taking levothyroxine {dose} mcg for acquired hypothyroidism."
        ),
        exam="BP {bp}, pulse {pulse}. Thyroid not enlarged, skin dry, reflexes slow to relax. Rest of the exam normal.",
        results="TSH {tsh} mIU/L today (was 3.1).",
        plan=(
            "General adult medical examination with abnormal findings: counselling and screening schedule done.",
            "Acquired hypothyroidism, undertreated, TSH {tsh}: raise levothyroxine, repeat TSH in six weeks.",
        ),
        dx=(
            Dx("Z00.01", ("General adult medical examination with abnormal findings",), stale="Z00.0"),
            Dx("E03.8", ("Acquired hypothyroidism, undertreated",), vague="E03.9", stale="E03"),
        ),
        lines=(
            Line("PREVENTIVE", (1,)),
            Line("OFFICE3", (2,)),
            Line("84443", (2,), says="TSH {tsh} mIU/L today"),
        ),
        slots={
            "months": MONTHS,
            "symptom": ("weight gain", "cold hands", "constipation"),
            "dose": ("50", "75", "88"),
            "tsh": ("7.2", "8.4", "9.6", "11.3"),
        },
        ages=(25, 64),
        payers=NOT_MEDICARE,
        weight=5,
    ),
    Scenario(
        key="fm_medicare_wellness",
        reason="Yearly Medicare wellness visit.",
        history=(
            "{age}-year-old {person} for the yearly wellness visit. Health risk questionnaire reviewed; lives "
            "{lives}; no falls in the past year; walks without help. Medicines, providers and family history updated."
        ),
        exam="BP {bp}, weight {weight} lb. Clock drawing normal, recalls three of three words.",
        plan=(
            "Yearly wellness visit, no abnormal findings: written prevention plan given, advance directive discussed.",
            "Encounter for immunization: high-dose influenza vaccine 0.7 mL given.",
        ),
        dx=(
            Dx("Z00.00", ("Yearly wellness visit, no abnormal findings",), stale="Z00.0"),
            Dx("Z23", ("Encounter for immunization",)),
        ),
        lines=(
            Line("G0439", (1,), says="written prevention plan given"),
            Line("G0008", (2,), says="influenza vaccine 0.7 mL given"),
            Line("90662", (2,), says="high-dose influenza vaccine"),
        ),
        slots={"lives": ("alone", "with a spouse", "with a daughter", "in a senior apartment")},
        ages=(66, 90),
        payers=("medicare",),
        weight=11,
    ),
    Scenario(
        key="fm_strep_throat",
        reason="Sore throat for {days} days with fever.",
        history=(
            "{age}-year-old {person} with sore throat for {days} days, fever to {fever} F, painful swallowing. No "
            "cough, no rash. {contact} has been ill with the same. No drug allergies."
        ),
        exam="Temp {fever} F, pulse {pulse}. Tonsils red with exudate, tender anterior neck nodes. Lungs clear.",
        results="Rapid group A strep test positive.",
        plan=("Streptococcal pharyngitis: {drug} for 10 days, fluids, home until 24 hours on treatment.",),
        dx=(Dx("J02.0", ("Streptococcal pharyngitis",), vague="J02.9", stale="J02"),),
        lines=(
            Line("OFFICE3", (1,)),
            Line("87880", (1,), says="Rapid group A strep test positive"),
        ),
        slots={
            "days": ("two", "three", "four"),
            "fever": ("100.9", "101.4", "102.2"),
            "drug": ("amoxicillin", "penicillin V"),
            "contact": ("A sibling", "A classmate", "A child in the house"),
        },
        ages=(6, 42),
        payers=NOT_MEDICARE,
        weight=7,
    ),
    Scenario(
        key="fm_asthma_exacerbation",
        reason="Wheezing and cough, using rescue inhaler {puffs} times a day.",
        history=(
            "{age}-year-old {person} with moderate persistent asthma, worse for {days} days after {trigger}. Woken by "
            "cough every night. On an inhaled steroid, doses missed. No fever."
        ),
        exam="Pulse {pulse}, oxygen {spo2} %. Expiratory wheeze in all fields, speaks full sentences.",
        results="Spirometry: FEV1 {fev} % of predicted.",
        plan=(
            "Moderate persistent asthma with acute exacerbation: albuterol 2.5 mg by nebulizer here, wheeze better "
            "after; prednisone 40 mg for five days; daily controller restarted, inhaler technique shown.",
        ),
        dx=(
            Dx(
                "J45.41",
                ("Moderate persistent asthma with acute exacerbation",),
                vague="J45.901",
                stale="J45.4",
            ),
        ),
        lines=(
            Line("OFFICE4", (1,)),
            Line("94010", (1,), says="Spirometry: FEV1"),
            Line("94640", (1,), says="by nebulizer here"),
        ),
        slots={
            "puffs": ("four", "five", "six"),
            "days": ("two", "three", "five"),
            "trigger": ("a cold", "smoke exposure", "pollen"),
            "fev": ("62", "66", "68", "71"),
        },
        ages=(12, 60),
        payers=NOT_MEDICARE,
        weight=5,
    ),
    Scenario(
        key="fm_copd_smoker",
        reason="More breathless and more sputum for {days} days.",
        history=(
            "{age}-year-old {person} with chronic obstructive pulmonary disease, smokes {packs} a day for {years} "
            "years. Sputum turned {colour}. Uses a long-acting inhaler daily. No chest pain."
        ),
        exam="Pulse {pulse}, oxygen {spo2} %. Prolonged expiration, scattered wheeze, no crackles. No edema.",
        results="Spirometry: ratio 0.58, FEV1 {fev} % of predicted.",
        plan=(
            "COPD with acute exacerbation: prednisone 40 mg for five days, azithromycin, follow up in one week.",
            "Nicotine dependence, cigarettes: 6 minutes of quit counselling, patch started, quit day chosen.",
        ),
        dx=(
            Dx("J44.1", ("COPD with acute exacerbation",), vague="J44.9", stale="J44"),
            Dx("F17.210", ("Nicotine dependence, cigarettes",), vague="F17.200", stale="F17.21"),
        ),
        lines=(
            Line("OFFICE4", (1, 2)),
            Line("94010", (1,), says="Spirometry: ratio 0.58"),
            Line("99406", (2,), says="6 minutes of quit counselling"),
        ),
        slots={
            "days": ("three", "four", "five"),
            "packs": ("half a pack", "one pack"),
            "years": ("25", "30", "38"),
            "colour": ("yellow", "green"),
            "fev": ("44", "48", "53"),
        },
        ages=(50, 82),
        weight=5,
    ),
    Scenario(
        key="fm_cystitis",
        reason="Burning with urination for {days} days.",
        history=(
            "{age}-year-old woman with burning, urgency and frequency for {days} days. No fever, no flank pain, no "
            "blood seen. Last infection {ago} ago."
        ),
        exam="Temp 98.4 F, BP {bp}. Mild suprapubic tenderness, no flank tenderness.",
        results="Dipstick: leukocyte esterase positive, nitrite positive, blood negative.",
        plan=("Acute cystitis without hematuria: {drug}, fluids, return if fever or flank pain.",),
        dx=(Dx("N30.00", ("Acute cystitis without hematuria",), vague="N39.0", stale="N30.0"),),
        lines=(
            Line("OFFICE3", (1,)),
            Line("81002", (1,), says="Dipstick: leukocyte esterase positive"),
        ),
        slots={
            "days": ("two", "three", "four"),
            "ago": ("one year", "eight months", "two years"),
            "drug": ("nitrofurantoin for five days", "trimethoprim-sulfamethoxazole for three days"),
        },
        ages=(18, 80),
        sex="F",
        weight=6,
    ),
    Scenario(
        key="fm_low_back_pain",
        reason="Low back pain for {weeks} weeks.",
        history=(
            "{age}-year-old {person} with low back pain for {weeks} weeks after {cause}, {pain}/10, no leg pain, no "
            "weakness, no bladder trouble, no cancer history. Ibuprofen helps partly."
        ),
        exam=(
            "BP {bp}. Paraspinal tenderness at L4 and L5, flexion limited, straight leg raise negative, strength full."
        ),
        plan=(
            "Low back pain, no red flags: naproxen 500 mg, heat, stay active, exercise sheet, recheck in four weeks.",
        ),
        dx=(Dx("M54.50", ("Low back pain, no red flags",), vague="M54.9", stale="M54.5"),),
        lines=(Line("OFFICE3", (1,)),),
        slots={"weeks": WEEKS, "cause": ("moving furniture", "yard work", "a long drive"), "pain": PAIN},
        weight=7,
    ),
    Scenario(
        key="fm_sciatica_injection",
        reason="Back pain shooting down the {side} leg.",
        history=(
            "{age}-year-old {person} with {weeks} weeks of low back pain going down the {side} leg to the calf, "
            "{pain}/10. No weakness, no numbness in the saddle area. Cannot sleep."
        ),
        exam="BP {bp}. Straight leg raise positive on the {side} at 40 degrees. Strength and reflexes equal.",
        plan=(
            "Lumbago with sciatica, {side} side: ketorolac 60 mg given into the {other} gluteus here, pain 3/10 after "
            "20 minutes. Naproxen and therapy referral, imaging if no better in six weeks.",
        ),
        dx=(Dx("M54.4{lat}", ("Lumbago with sciatica, {side} side",), vague="M54.40", stale="M54.4"),),
        lines=(
            Line("OFFICE3", (1,)),
            Line("96372", (1,), says="given into the {other} gluteus here"),
            Line("J1885", (1,), units="4", wrong_units=60, says="ketorolac 60 mg"),
        ),
        slots={"side": SIDE, "weeks": WEEKS, "pain": ("7", "8")},
        ages=(24, 64),
        weight=5,
    ),
    Scenario(
        key="fm_vitamin_d",
        reason="Tired for {months} months; vitamin D check.",
        history=(
            "{age}-year-old {person} with vitamin D deficiency found last year, took supplements for {taken} and "
            "stopped. Now fatigue for {months} months, sleeps well, mood fair, no weight change."
        ),
        exam="BP {bp}, pulse {pulse}. No pallor, thyroid normal, strength full, no bone tenderness.",
        results="25-hydroxy vitamin D {level} ng/mL.",
        plan=(
            "Vitamin D deficiency, level {level}: 50,000 units weekly for eight weeks, then 2,000 daily, repeat level.",
            "Other fatigue: sleep and activity advice, blood count if it lasts.",
        ),
        dx=(
            Dx("E55.9", ("Vitamin D deficiency, level {level}",), stale="E55"),
            Dx("R53.83", ("Other fatigue",), stale="R53.8"),
        ),
        lines=(
            Line("OFFICE3", (1, 2)),
            Line("82306", (1,), says="25-hydroxy vitamin D {level} ng/mL"),
            Line("36415", (1,)),
        ),
        slots={"months": MONTHS, "taken": ("two months", "three months"), "level": ("11", "13", "16", "18")},
        ages=(28, 84),
        weight=6,
    ),
    Scenario(
        key="fm_well_child",
        reason="Well-child visit.",
        history=(
            "{age}-year-old {person}, brought by {parent} for a routine visit. Eats well, sleeps {hours} hours, in "
            "school, reads at grade level. No concerns. Shots up to date except this year's influenza."
        ),
        exam="Weight {pounds} lb, growth along the {centile} centile. Vision and hearing pass. Complete exam normal.",
        plan=(
            "Routine child health examination without abnormal findings: safety, screens and teeth discussed.",
            "Encounter for immunization: influenza vaccine 0.5 mL given in the {side} deltoid.",
        ),
        dx=(
            Dx("Z00.129", ("Routine child health examination without abnormal findings",), stale="Z00.12"),
            Dx("Z23", ("Encounter for immunization",)),
        ),
        lines=(
            Line("PREVENTIVE", (1,), modifiers="25"),
            Line("90471", (2,), says="given in the {side} deltoid"),
            Line("90686", (2,), says="influenza vaccine 0.5 mL"),
        ),
        slots={
            "parent": ("mother", "father", "grandmother"),
            "hours": ("nine", "ten"),
            "centile": ("40th", "50th", "60th"),
            "pounds": ("44", "52", "61", "70"),
            "side": SIDE,
        },
        ages=(5, 11),
        payers=NOT_MEDICARE,
        weight=7,
    ),
    Scenario(
        key="fm_earwax_rhinitis",
        reason="Blocked {side} ear; sneezing this season.",
        history=(
            "{age}-year-old {person} with muffled hearing on the {side} for {weeks} weeks. Also sneezing and itchy "
            "eyes every {season}, {drug} helps only partly."
        ),
        exam="BP {bp}. {Side} canal filled with hard wax; drum normal after removal. Nasal mucosa pale and swollen.",
        plan=(
            "Impacted cerumen, {side} ear: wax removed with curette and alligator forceps under direct view, hearing "
            "back.",
            "Allergic rhinitis due to pollen: add fluticasone spray, {drug} daily through the season.",
        ),
        dx=(
            Dx("H61.2{lat}", ("Impacted cerumen, {side} ear",), vague="H61.20", stale="H61.2"),
            Dx("J30.1", ("Allergic rhinitis due to pollen",), vague="J30.9", stale="J30"),
        ),
        lines=(
            Line("OFFICE3", (2,)),
            Line("69210", (1,), "{mod}", says="wax removed with curette"),
        ),
        slots={
            "side": SIDE,
            "weeks": WEEKS,
            "season": ("spring", "autumn"),
            "drug": ("cetirizine", "loratadine"),
        },
        ages=(16, 84),
        weight=5,
    ),
    Scenario(
        key="fm_finger_laceration",
        reason="Cut {side} index finger {hours} hours ago.",
        history=(
            "{age}-year-old {person} cut the {side} index finger with a kitchen knife {hours} hours ago while {doing}. "
            "Bleeding stopped with pressure. Last tetanus shot over ten years ago."
        ),
        exam="{size} cm clean straight laceration, pulp of {side} index finger, nail intact, no foreign body, tendon "
        "and sensation intact.",
        plan=(
            "Laceration without foreign body of {side} index finger without damage to nail: digital block, irrigated, "
            "{size} cm simple repair with {stitches} sutures. Out in ten days.",
            "Contact with a kitchen knife at home, first visit for this injury.",
            "Encounter for immunization: Tdap 0.5 mL given.",
        ),
        dx=(
            Dx(
                "S61.21{finger}A",
                ("Laceration without foreign body of {side} index finger without damage to nail",),
                vague="S61.219A",
                stale="S61.21{finger}",
            ),
            Dx("W26.0XXA", ("Contact with a kitchen knife",), stale="W26.0"),
            Dx("Z23", ("Encounter for immunization",)),
        ),
        lines=(
            Line("12001", (1,), says="cm simple repair"),
            Line("90471", (3,), says="Tdap 0.5 mL given"),
            Line("90715", (3,)),
        ),
        slots={
            "side": ({"side": "right", "finger": "0"}, {"side": "left", "finger": "1"}),
            "hours": ("two", "three"),
            "doing": ("slicing bread", "opening a box", "cutting squash"),
            "size": ("1.4", "1.8", "2.1"),
            "stitches": ("three", "four"),
        },
        ages=(18, 64),
        weight=3,
    ),
    Scenario(
        key="fm_b12_injection",
        reason="Monthly vitamin B12 injection.",
        history=(
            "{age}-year-old {person} with pernicious anemia, here for the monthly injection ordered {ago}. Numb toes "
            "{better}. No reaction to earlier doses."
        ),
        exam="BP {bp}, pulse {pulse}. Injection site clean.",
        plan=("Pernicious anemia: cyanocobalamin 1,000 mcg given into the {side} deltoid. Next in four weeks.",),
        dx=(Dx("D51.0", ("Pernicious anemia",), vague="D51.9", stale="D51"),),
        lines=(
            Line("96372", (1,), says="given into the {side} deltoid"),
            Line("J3420", (1,), wrong_units=1000, says="cyanocobalamin 1,000 mcg"),
        ),
        slots={"side": SIDE, "ago": ("in spring", "last year"), "better": ("improving", "unchanged", "gone")},
        ages=(50, 88),
        weight=5,
    ),
    Scenario(
        key="fm_video_sinusitis",
        reason="Video visit: facial pain and congestion for {days} days.",
        history=(
            "{age}-year-old {person} seen by video with sound, at home, agrees to the visit. Facial pressure over "
            "the cheeks for {days} days, got better and then worse again, thick discharge, fever {fever} F yesterday."
        ),
        exam="By video: alert, not breathless, points to both cheeks as tender, no eye swelling.",
        plan=(
            "Acute maxillary sinusitis: {drug} for seven days, saline rinses, in-person visit if no better in three "
            "days.",
        ),
        dx=(Dx("J01.00", ("Acute maxillary sinusitis",), vague="J01.90", stale="J01.0"),),
        lines=(Line("OFFICE3", (1,), "95"),),
        slots={
            "days": ("ten", "eleven", "twelve"),
            "fever": ("100.4", "100.8", "101.0"),
            "drug": ("amoxicillin-clavulanate", "doxycycline"),
        },
        ages=(19, 70),
        pos="10",
        weight=6,
    ),
)
