"""Cardiology: visits, their notes and their codes."""

from rcm.demo.scenarios.shape import MONTHS, WEEKS, Dx, Line, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="ca_atrial_fibrillation",
        reason="Follow-up of atrial fibrillation.",
        history=(
            "{age}-year-old {person} with persistent atrial fibrillation for {months} months, one cardioversion that "
            "did not last. Rate control with metoprolol {dose} mg. Takes {drug}, no bleeding. Breathless on hills."
        ),
        exam="BP {bp}, pulse {rate} irregular. Lungs clear, no edema.",
        results="12-lead ECG today, read by me: atrial fibrillation, rate {rate}, no ischemia.",
        plan=(
            "Persistent atrial fibrillation, rate {rate}: raise metoprolol, ablation discussed with risks.",
            "Long-term use of anticoagulant {drug}: kidney function normal, continue.",
        ),
        dx=(
            Dx("I48.19", ("Persistent atrial fibrillation",), vague="I48.91", stale="I48.1"),
            Dx("Z79.01", ("Long-term use of anticoagulant",)),
        ),
        lines=(
            Line("OFFICE4", (1, 2)),
            Line("93000", (1,), says="12-lead ECG today, read by me"),
        ),
        slots={
            "months": MONTHS,
            "dose": ("25", "50"),
            "drug": ("apixaban", "rivaroxaban"),
            "rate": ("88", "94", "102", "108"),
        },
        ages=(52, 88),
        referred=True,
        weight=8,
    ),
    Scenario(
        key="ca_coronary_disease",
        reason="Six-month visit for coronary disease.",
        history=(
            "{age}-year-old {person} with coronary artery disease of native vessels, stent {years} years ago, no "
            "angina since. Mixed hyperlipidemia on {statin}. Walks {minutes} minutes daily."
        ),
        exam="BP {bp}, pulse {pulse}. Heart regular, no murmur. Lungs clear.",
        results="12-lead ECG today, read by me: sinus rhythm, unchanged. LDL {ldl} mg/dL last week.",
        plan=(
            "Coronary artery disease without angina: continue aspirin and {statin}, activity goal set.",
            "Mixed hyperlipidemia, LDL {ldl}, goal under 70: add ezetimibe 10 mg.",
        ),
        dx=(
            Dx("I25.10", ("Coronary artery disease without angina",), vague="I25.9", stale="I25.1"),
            Dx("E78.2", ("Mixed hyperlipidemia",), vague="E78.5"),
        ),
        lines=(
            Line("OFFICE4", (1, 2)),
            Line("93000", (1,), says="12-lead ECG today, read by me"),
        ),
        slots={
            "years": ("two", "three", "five"),
            "statin": ("atorvastatin 80 mg", "rosuvastatin 20 mg"),
            "minutes": ("20", "30", "40"),
            "ldl": ("82", "88", "94", "101"),
        },
        ages=(48, 86),
        weight=8,
    ),
    Scenario(
        key="ca_nuclear_stress",
        reason="Nuclear stress test for exertional angina.",
        history=(
            "{age}-year-old {person} with known coronary artery disease, chest pressure after {blocks} blocks for "
            "{weeks} weeks, gone with rest. Cannot walk a treadmill because of {why}."
        ),
        exam="BP {bp}, pulse {pulse}. Lungs clear before and after the test.",
        results=(
            "Heart perfusion study, rest and stress, with wall motion: regadenoson 0.4 mg, two doses of technetium "
            "sestamibi; {finding}; ejection fraction {ef} %. Stress ECG supervised and read by me."
        ),
        plan=(
            "Coronary artery disease of native vessel with stable exertional angina: {next}, nitroglycerin to carry.",
        ),
        dx=(
            Dx(
                "I25.118",
                ("Coronary artery disease of native vessel with stable exertional angina",),
                vague="I25.119",
                stale="I25.11",
            ),
        ),
        lines=(
            Line("78452", (1,), says="Heart perfusion study, rest and stress"),
            Line("93015", (1,), says="Stress ECG supervised and read by me"),
            Line("A9500", (1,), units="2", wrong_units=20, says="two doses of technetium sestamibi"),
            Line("J2785", (1,), units="4", wrong_units=40, says="regadenoson 0.4 mg"),
        ),
        slots={
            "blocks": ("one", "two", "three"),
            "weeks": WEEKS,
            "why": ("hip arthritis", "knee arthritis", "back pain"),
            "finding": ("small reversible defect in the lower wall", "no reversible defect"),
            "ef": ("52", "56", "60"),
            "next": ("metoprolol raised", "long-acting nitrate added"),
        },
        ages=(50, 84),
        referred=True,
        weight=6,
    ),
    Scenario(
        key="ca_heart_failure_echo",
        reason="Heart failure follow-up with echocardiogram.",
        history=(
            "{age}-year-old {person} with chronic systolic heart failure from dilated cardiomyopathy, no "
            "hypertension. Sleeps on {pillows} pillows, weight up {pounds} lb in {weeks} weeks. Takes all medicines."
        ),
        exam="BP 108/66, pulse {pulse}. Neck veins 9 cm, fine crackles at the bases, ankle edema.",
        results=(
            "Complete echocardiogram with Doppler and color flow today: ejection fraction {ef} % (was 35), dilated."
        ),
        plan=(
            "Chronic systolic heart failure, fluid up: furosemide to {dose} mg, sacubitril-valsartan raised, labs in "
            "a week.",
            "Dilated cardiomyopathy, ejection fraction {ef} %: defibrillator talk if under 35 in three months.",
        ),
        dx=(
            Dx("I50.22", ("Chronic systolic heart failure",), vague="I50.9", stale="I50.2"),
            Dx("I42.0", ("Dilated cardiomyopathy",), vague="I42.9", stale="I42"),
        ),
        lines=(
            Line("OFFICE4", (1, 2)),
            Line("93306", (1, 2), says="Complete echocardiogram with Doppler and color flow"),
        ),
        slots={
            "pillows": ("two", "three"),
            "pounds": ("4", "5", "7"),
            "weeks": ("two", "three"),
            "ef": ("28", "30", "32"),
            "dose": ("40", "60", "80"),
        },
        ages=(44, 86),
        weight=6,
    ),
    Scenario(
        key="ca_hypertensive_heart",
        reason="Ankle swelling and high blood pressure.",
        history=(
            "{age}-year-old {person} with hypertensive heart disease, {weeks} weeks of ankle swelling and "
            "breathlessness on stairs. Salt intake high. Takes {drug}."
        ),
        exam="BP {high_bp}, pulse {pulse}. Lungs clear, pitting edema to mid shin.",
        results="12-lead ECG today, read by me: sinus rhythm, left ventricular hypertrophy.",
        plan=(
            "Hypertensive heart disease with heart failure: {drug} raised, salt under 2 g.",
            "Chronic diastolic heart failure: spironolactone 25 mg started, labs in one week.",
        ),
        dx=(
            Dx("I11.0", ("Hypertensive heart disease with heart failure",), stale="I11"),
            Dx("I50.32", ("Chronic diastolic heart failure",), vague="I50.30", stale="I50.3"),
        ),
        lines=(
            Line("OFFICE4", (1, 2)),
            Line("93000", (1,), says="12-lead ECG today, read by me"),
        ),
        slots={"weeks": WEEKS, "drug": ("losartan", "valsartan", "lisinopril")},
        ages=(54, 88),
        weight=6,
    ),
    Scenario(
        key="ca_palpitations_monitor",
        reason="Palpitations for {weeks} weeks.",
        history=(
            "{age}-year-old {person} with skipped beats and fluttering {times} a day for {weeks} weeks, worse with "
            "coffee. No fainting, no chest pain. Sleeps {hours} hours."
        ),
        exam="BP {bp}, pulse {pulse} with extra beats. No murmur.",
        results="48-hour ECG monitor worn, scanned and read by me: {count} ventricular extra beats, no runs.",
        plan=(
            "Palpitations explained, ventricular premature beats: less coffee, magnesium checked, metoprolol 25 mg "
            "as needed.",
        ),
        dx=(Dx("I49.3", ("ventricular premature beats",), vague="I49.9", stale="I49"),),
        lines=(
            Line("OFFICE3", (1,)),
            Line("93224", (1,), says="48-hour ECG monitor worn, scanned and read by me"),
        ),
        slots={
            "weeks": WEEKS,
            "times": ("several times", "ten times", "many times"),
            "hours": ("five", "six", "seven"),
            "count": ("1,240", "2,310", "3,875"),
        },
        ages=(24, 74),
        referred=True,
        weight=5,
    ),
    Scenario(
        key="ca_syncope",
        reason="Fainted {when}.",
        history=(
            "{age}-year-old {person} fainted {when} while {doing}: warm, grey vision, down for under a minute, quick "
            "to recover. No injury, no chest pain, no earlier spell. No family history of sudden death."
        ),
        exam="BP {bp} lying, 10 lower standing, pulse {pulse}. No murmur. Neurologic exam normal.",
        results="12-lead ECG today, read by me: sinus rhythm, normal intervals. Emergency department record reviewed.",
        plan=(
            "Syncope, likely reflex: fluids and salt, counter-pressure moves, monitor if it recurs, no driving for a "
            "week.",
        ),
        dx=(Dx("R55", ("Syncope, likely reflex",)),),
        lines=(
            Line("OFFICE4", (1,)),
            Line("93000", (1,), says="12-lead ECG today, read by me"),
        ),
        slots={
            "when": ("last week", "five days ago", "on Sunday"),
            "doing": ("standing in line", "giving blood", "cooking"),
        },
        ages=(19, 80),
        referred=True,
        weight=4,
    ),
    Scenario(
        key="ca_aortic_stenosis",
        reason="Yearly check of the aortic valve.",
        history=(
            "{age}-year-old {person} with narrowing of the aortic valve found {years} years ago. No fainting, no "
            "angina; climbs {floors} floors."
        ),
        exam="BP {bp}, pulse {pulse}. Harsh systolic murmur to the neck, second sound preserved.",
        results=(
            "Complete echocardiogram with Doppler and color flow today: valve area {area} cm2, mean gradient {grad} "
            "mmHg, ejection fraction 60 %."
        ),
        plan=("Nonrheumatic aortic stenosis, moderate: no procedure yet, warning signs explained, echo in one year.",),
        dx=(Dx("I35.0", ("Nonrheumatic aortic stenosis",), vague="I35.9", stale="I35"),),
        lines=(
            Line("OFFICE3", (1,)),
            Line("93306", (1,), says="Complete echocardiogram with Doppler and color flow"),
        ),
        slots={
            "years": ("two", "three", "four"),
            "floors": ("one", "two"),
            "area": ("1.1", "1.2", "1.4"),
            "grad": ("24", "28", "33"),
        },
        ages=(58, 88),
        weight=5,
    ),
    Scenario(
        key="ca_pacemaker_check",
        reason="Pacemaker check in the office.",
        history=(
            "{age}-year-old {person} with a two-chamber pacemaker for {years} years because of slow rhythm. No "
            "dizziness."
        ),
        exam="BP {bp}, pulse {pulse}. Pocket clean, not tender.",
        results=(
            "In-person programming of the two-chamber device: battery {battery} years, thresholds stable, atrial "
            "pacing {pace} %, rate response changed and tested."
        ),
        plan=(
            "Sick sinus syndrome, well paced.",
            "Presence of cardiac pacemaker: next check in six months, remote checks between.",
        ),
        dx=(
            Dx("I49.5", ("Sick sinus syndrome",), vague="I49.9", stale="I49"),
            Dx("Z95.0", ("Presence of cardiac pacemaker",), stale="Z95"),
        ),
        lines=(Line("93280", (1, 2), says="In-person programming of the two-chamber device"),),
        slots={"years": ("three", "five", "seven"), "battery": ("4", "6", "8"), "pace": ("38", "52", "71")},
        ages=(62, 88),
        weight=4,
    ),
    Scenario(
        key="ca_warfarin_management",
        reason="Warfarin dose review after home INR.",
        history=(
            "{age}-year-old {person} with permanent atrial fibrillation, home INR {inr}, goal 2 to 3. {change} No "
            "bleeding."
        ),
        exam="BP {bp}, pulse {pulse} irregular.",
        results="INR {inr} reviewed today.",
        plan=(
            "Therapeutic drug level monitoring: weekly warfarin dose changed by {percent} %, patient told, next INR "
            "in a week.",
            "Permanent atrial fibrillation.",
            "Long-term use of anticoagulant warfarin.",
        ),
        dx=(
            Dx("Z51.81", ("Therapeutic drug level monitoring",), stale="Z51.8"),
            Dx("I48.21", ("Permanent atrial fibrillation",), vague="I48.20", stale="I48.2"),
            Dx("Z79.01", ("Long-term use of anticoagulant",)),
        ),
        lines=(Line("93793", (1, 2, 3), says="weekly warfarin dose changed"),),
        slots={
            "inr": ("1.6", "1.7", "3.4", "3.6"),
            "percent": ("5", "10"),
            "change": ("Ate more greens this week.", "Missed one dose.", "Finished an antibiotic."),
        },
        ages=(60, 88),
        weight=4,
    ),
    Scenario(
        key="ca_exercise_stress",
        reason="Exercise test for chest pain.",
        history=(
            "{age}-year-old {person} with {weeks} weeks of sharp chest pain, sometimes with effort. {risk} Normal "
            "resting ECG. Able to walk briskly."
        ),
        exam="BP {bp}, pulse {pulse}. Chest wall not tender.",
        results="Treadmill test supervised and read by me: {mets} METs, 92 % of predicted rate, no ST change, no pain.",
        plan=("Other chest pain, not anginal: test reassuring, treat as musculoskeletal, return if it changes.",),
        dx=(Dx("R07.89", ("Other chest pain, not anginal",), vague="R07.9", stale="R07.8"),),
        lines=(Line("93015", (1,), says="Treadmill test supervised and read by me"),),
        slots={
            "weeks": WEEKS,
            "risk": ("Father had a stent at 58.", "Smoked until 2015.", "Blood pressure borderline."),
            "mets": ("9.1", "10.4", "11.2"),
        },
        ages=(34, 70),
        referred=True,
        weight=5,
    ),
    Scenario(
        key="ca_video_resistant_hypertension",
        reason="Video visit: blood pressure still high.",
        history=(
            "{age}-year-old {person} seen by video with sound, at home, agrees to the visit. Blood pressure "
            "{high_bp} at home on three medicines at full dose, one a diuretic, taken daily for {months} months."
        ),
        exam="By video: comfortable, no swelling of the ankles shown, cuff placed correctly.",
        plan=(
            "Essential hypertension, above goal.",
            "Resistant hypertension on three medicines: spironolactone 25 mg added, labs in one week, sleep test "
            "ordered.",
        ),
        dx=(
            Dx("I10", ("Essential hypertension, above goal",)),
            Dx("I1A.0", ("Resistant hypertension",), stale="I1A"),
        ),
        lines=(Line("OFFICE4", (1, 2), "95"),),
        slots={"months": MONTHS},
        ages=(40, 82),
        pos="10",
        weight=5,
    ),
    Scenario(
        key="ca_familial_cholesterol",
        reason="Very high cholesterol, runs in the family.",
        history=(
            "{age}-year-old {person} with familial hypercholesterolemia, one changed gene copy, LDL {before} "
            "untreated; {relative} had a heart attack before 50. On rosuvastatin {dose} mg for {months} months, no "
            "muscle pain."
        ),
        exam="BP {bp}. Thickened heel tendons, no arcus. Heart regular.",
        results="Fasting lipid panel today: LDL {ldl} mg/dL.",
        plan=(
            "Heterozygous familial hypercholesterolemia, LDL {ldl}: add ezetimibe, injectable medicine considered, "
            "relatives to be tested.",
        ),
        dx=(Dx("E78.011", ("Heterozygous familial hypercholesterolemia",), vague="E78.019", stale="E78.01"),),
        lines=(
            Line("OFFICE4", (1,)),
            Line("80061", (1,), says="Fasting lipid panel today"),
            Line("36415", (1,)),
        ),
        slots={
            "before": ("228", "241", "265"),
            "relative": ("father", "brother", "mother"),
            "dose": ("20", "40"),
            "months": MONTHS,
            "ldl": ("118", "127", "139"),
        },
        ages=(22, 62),
        weight=4,
    ),
)
