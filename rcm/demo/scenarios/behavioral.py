"""Behavioral health: visits, their notes and their codes."""

from rcm.demo.scenarios.shape import MONTHS, NOT_MEDICARE, WEEKS, Dx, Line, Scenario

THERAPIST = ("PhD", "LCSW")
PRESCRIBER = ("MD", "PMHNP")

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="be_intake_anxiety",
        reason="First visit: worry all day.",
        history=(
            "{age}-year-old {person} with worry about {topic} most days for {months} months, tense, sleeps {hours} "
            "hours, trouble concentrating. No earlier treatment. Lives with {whom}. No drugs, wine on weekends."
        ),
        exam="Alert, tense, speech normal, mood worried, thoughts orderly, no thoughts of harm, judgment good.",
        results="Anxiety questionnaire scored {gad}; depression questionnaire scored {phq}.",
        plan=(
            "Generalized anxiety disorder: diagnostic evaluation done, history from patient and records; weekly "
            "cognitive behavioral therapy agreed, goals written.",
        ),
        dx=(Dx("F41.1", ("Generalized anxiety disorder",), vague="F41.9", stale="F41"),),
        lines=(
            Line("90791", (1,), says="diagnostic evaluation done"),
            Line("96127", (1,), units="2", wrong_units=20, says="questionnaire scored"),
        ),
        slots={
            "topic": ("work and money", "the children", "health"),
            "months": ("seven", "eight", "ten"),
            "hours": ("four", "five", "six"),
            "whom": ("a spouse", "parents", "a roommate"),
            "gad": ("13", "15", "17"),
            "phq": ("6", "8"),
        },
        ages=(19, 68),
        by=THERAPIST,
        referred=True,
        weight=6,
    ),
    Scenario(
        key="be_psychiatric_evaluation",
        reason="Psychiatric evaluation: low mood.",
        history=(
            "{age}-year-old {person}, second spell of depression, low mood and no interest for {weeks} weeks, sleeps "
            "badly, appetite low, can work with effort. First spell {years} years ago helped by {old}."
        ),
        exam="Slow speech, mood low, affect narrow, thoughts orderly, no thoughts of suicide, memory intact. BP {bp}.",
        results="Depression questionnaire scored {phq}.",
        plan=(
            "Major depressive disorder, recurrent, moderate: psychiatric diagnostic evaluation with medical review; "
            "{drug} started, risks explained, therapy referral, back in three weeks.",
        ),
        dx=(Dx("F33.1", ("Major depressive disorder, recurrent, moderate",), vague="F33.9", stale="F33"),),
        lines=(
            Line("90792", (1,), says="psychiatric diagnostic evaluation with medical review"),
            Line("96127", (1,), wrong_units=16, says="questionnaire scored"),
        ),
        slots={
            "weeks": WEEKS,
            "years": ("three", "six", "ten"),
            "old": ("sertraline", "fluoxetine"),
            "phq": ("14", "16", "18"),
            "drug": ("sertraline 50 mg", "escitalopram 10 mg", "bupropion 150 mg"),
        },
        ages=(21, 76),
        by=PRESCRIBER,
        referred=True,
        weight=6,
    ),
    Scenario(
        key="be_video_therapy_depression",
        reason="Video therapy session.",
        history=(
            "{age}-year-old {person} seen by video with sound, at home, agrees to the session. Mood {mood}, {event}. "
            "Did the activity plan on {days} of seven days."
        ),
        exam="Mood {mood}, affect fuller, thoughts orderly, no thoughts of harm.",
        plan=(
            "Major depressive disorder, recurrent, moderate: individual psychotherapy, 45 minutes, 1:02 to 1:47; "
            "thought record on self-blame, activity plan extended. Weekly.",
        ),
        dx=(Dx("F33.1", ("Major depressive disorder, recurrent, moderate",), vague="F32.A", stale="F33"),),
        lines=(Line("90834", (1,), "95", says="individual psychotherapy, 45 minutes"),),
        slots={
            "mood": ("a little better", "flat", "up and down"),
            "days": ("three", "four", "five"),
            "event": ("argument with a sister", "returned to choir", "hard week at work"),
        },
        ages=(19, 74),
        pos="10",
        by=THERAPIST,
        weight=8,
    ),
    Scenario(
        key="be_trauma_therapy",
        reason="Therapy session, trauma work.",
        history=(
            "{age}-year-old {person} with nightmares {times} a week since {event} {years} years ago, avoids {avoid}. "
            "Session {visit} of prolonged exposure."
        ),
        exam="Tearful at times, oriented, thoughts orderly, no thoughts of harm.",
        plan=(
            "Post-traumatic stress disorder, chronic: individual psychotherapy, 60 minutes, 10:00 to 11:00; imagined "
            "exposure and processing, distress {before} to {after}. Weekly.",
        ),
        dx=(Dx("F43.12", ("Post-traumatic stress disorder, chronic",), vague="F43.10", stale="F43.1"),),
        lines=(Line("90837", (1,), says="individual psychotherapy, 60 minutes"),),
        slots={
            "times": ("two nights", "three nights", "four nights"),
            "event": ("a car crash", "an assault", "a house fire"),
            "years": ("two", "four", "seven"),
            "avoid": ("driving", "crowds", "the news"),
            "visit": ("4", "6", "9"),
            "before": ("80", "75"),
            "after": ("45", "50"),
        },
        ages=(20, 70),
        by=THERAPIST,
        weight=7,
    ),
    Scenario(
        key="be_bipolar_medication",
        reason="Medication visit with therapy: bipolar II.",
        history=(
            "{age}-year-old {person} with bipolar II disorder on lamotrigine {dose} mg. Low for {weeks} weeks, sleeps "
            "{hours} hours, no spending, no racing thoughts. No rash."
        ),
        exam="BP {bp}, weight {weight} lb. Mood low, speech normal, no thoughts of harm, insight good.",
        plan=(
            "Bipolar II disorder, depressed, worse: raise lamotrigine, quetiapine 50 mg at night added with risks "
            "explained. Beyond that, psychotherapy for 20 minutes on routine and conflict at home.",
        ),
        dx=(Dx("F31.81", ("Bipolar II disorder",), vague="F31.9", stale="F31.8"),),
        lines=(
            Line("OFFICE4", (1,)),
            Line("90833", (1,), says="psychotherapy for 20 minutes"),
        ),
        slots={"dose": ("100", "150", "200"), "weeks": WEEKS, "hours": ("nine", "ten", "five")},
        ages=(22, 66),
        by=PRESCRIBER,
        weight=6,
    ),
    Scenario(
        key="be_adhd_followup",
        reason="Attention medication follow-up.",
        history=(
            "{age}-year-old {person} with attention deficit, combined type, on methylphenidate {dose} mg for "
            "{months} months. {where} reports better focus, wears off by {hour} pm, appetite slightly down."
        ),
        exam="BP 112/68, pulse {pulse}. Talkative, cooperative, no tics, mood good.",
        results="Rating scale completed and scored: {score}.",
        plan=(
            "Attention-deficit hyperactivity disorder, combined type: partly controlled, prescription changed to "
            "{next}, growth and pulse watched.",
        ),
        dx=(
            Dx(
                "F90.2",
                ("Attention-deficit hyperactivity disorder, combined type",),
                vague="F90.9",
                stale="F90",
            ),
        ),
        lines=(
            Line("OFFICE4", (1,)),
            Line("96127", (1,), wrong_units=18, says="Rating scale completed and scored"),
        ),
        slots={
            "dose": ("18", "27", "36"),
            "months": MONTHS,
            "where": ("School", "Family", "The tutor"),
            "hour": ("2", "3", "4"),
            "score": ("18", "22", "25"),
            "next": ("a 12-hour capsule", "lisdexamfetamine 30 mg"),
        },
        ages=(8, 24),
        payers=NOT_MEDICARE,
        by=PRESCRIBER,
        weight=6,
    ),
    Scenario(
        key="be_family_therapy",
        reason="Family session after {event}.",
        history=(
            "{age}-year-old {person} with tension, tears and quarrels since {event} {weeks} weeks ago. Patient and "
            "{whom} both present."
        ),
        exam="Patient tearful then calmer; family listens, interrupts less. No thoughts of harm.",
        plan=(
            "Adjustment disorder with mixed anxiety and depressed mood: family psychotherapy with patient present, "
            "50 minutes; listening turns, house rules agreed. Every two weeks.",
        ),
        dx=(
            Dx(
                "F43.23",
                ("Adjustment disorder with mixed anxiety and depressed mood",),
                vague="F43.20",
                stale="F43.2",
            ),
        ),
        lines=(Line("90847", (1,), says="family psychotherapy with patient present"),),
        slots={
            "event": ("a divorce", "a move", "a job loss", "a death in the family"),
            "weeks": WEEKS,
            "whom": ("mother", "spouse", "both parents"),
        },
        ages=(12, 58),
        by=THERAPIST,
        weight=5,
    ),
    Scenario(
        key="be_panic_video",
        reason="Video visit: panic attacks.",
        history=(
            "{age}-year-old {person} seen by video with sound, at home, agrees to the visit. {times} attacks a week "
            "of racing heart and fear of dying for {weeks} weeks, avoids {avoid}. Heart tests normal."
        ),
        exam="By video: anxious, speech quick, thoughts orderly, no thoughts of harm.",
        plan=(
            "Panic disorder, not controlled: {drug} started with side effects explained, breathing drill, therapy "
            "referral.",
        ),
        dx=(Dx("F41.0", ("Panic disorder",), vague="F41.9", stale="F41"),),
        lines=(Line("OFFICE4", (1,), "95"),),
        slots={
            "times": ("Two", "Three", "Four"),
            "weeks": WEEKS,
            "avoid": ("shops", "buses", "bridges"),
            "drug": ("sertraline 25 mg", "paroxetine 10 mg"),
        },
        ages=(19, 60),
        pos="10",
        by=PRESCRIBER,
        weight=6,
    ),
    Scenario(
        key="be_ocd_therapy",
        reason="Therapy session, obsessions and rituals.",
        history=(
            "{age}-year-old {person} spends {hours} hours a day on {ritual} with fear of {fear}. Session {visit} of "
            "exposure with response prevention."
        ),
        exam="Anxious during the exercise, then calmer. Insight good, no thoughts of harm.",
        plan=(
            "Obsessive-compulsive disorder, mixed thoughts and acts: individual psychotherapy, 45 minutes, 2:00 to "
            "2:45; exposure step {step} of 12 done in session. Weekly.",
        ),
        dx=(
            Dx(
                "F42.2",
                ("Obsessive-compulsive disorder, mixed thoughts and acts",),
                vague="F42.9",
                stale="F42",
            ),
        ),
        lines=(Line("90834", (1,), says="individual psychotherapy, 45 minutes"),),
        slots={
            "hours": ("two", "three", "four"),
            "ritual": ("hand washing", "checking the stove", "counting"),
            "fear": ("germs", "fire", "bad luck"),
            "visit": ("3", "5", "8"),
            "step": ("3", "5", "7"),
        },
        ages=(16, 62),
        by=THERAPIST,
        weight=5,
    ),
    Scenario(
        key="be_insomnia",
        reason="Cannot sleep.",
        history=(
            "{age}-year-old {person} needs {minutes} minutes to fall asleep, wakes {times}, for {months} months. No "
            "snoring, mood good, coffee until {hour} pm. {tried} tried."
        ),
        exam="BP {bp}. Tired, mood even, thoughts orderly, no thoughts of harm.",
        results="Two-week sleep diary reviewed: sleep efficiency {eff} %.",
        plan=("Primary insomnia, not controlled: sleep window six hours, fixed rising time, doxepin 3 mg prescribed.",),
        dx=(Dx("F51.01", ("Primary insomnia",), vague="G47.00", stale="F51.0"),),
        lines=(Line("OFFICE4", (1,)),),
        slots={
            "minutes": ("60", "90", "120"),
            "times": ("twice", "three times"),
            "months": MONTHS,
            "hour": ("3", "5"),
            "tried": ("Melatonin", "Diphenhydramine", "Valerian"),
            "eff": ("62", "68", "71"),
        },
        ages=(28, 82),
        by=PRESCRIBER,
        weight=5,
    ),
    Scenario(
        key="be_postpartum_therapy",
        reason="Therapy session, low mood after birth.",
        history=(
            "{age}-year-old woman, {weeks} weeks after birth, low mood since week two, tearful, guilt, bond with the "
            "baby good. {help} helps at home."
        ),
        exam="Tearful, thoughts orderly, no thoughts of harm to self or baby.",
        results="Postnatal depression scale scored {epds}.",
        plan=(
            "Postpartum depression: individual psychotherapy, 45 minutes, 9:30 to 10:15; sleep plan with partner, "
            "support group. Weekly.",
        ),
        dx=(Dx("F53.0", ("Postpartum depression",), vague="F32.A", stale="F53"),),
        lines=(
            Line("90834", (1,), says="individual psychotherapy, 45 minutes"),
            Line("96127", (1,), wrong_units=14, says="depression scale scored"),
        ),
        slots={
            "weeks": ("six", "eight", "ten"),
            "help": ("Her mother", "Her partner", "A sister"),
            "epds": ("13", "14", "16"),
        },
        ages=(20, 42),
        sex="F",
        payers=NOT_MEDICARE,
        by=THERAPIST,
        weight=4,
    ),
    Scenario(
        key="be_social_anxiety_short",
        reason="Short therapy session, social anxiety.",
        history=(
            "{age}-year-old {person} fears being judged in {place} since youth, generalized to most settings. "
            "Practiced {task} {times} this week."
        ),
        exam="Soft voice, eye contact better, thoughts orderly, no thoughts of harm.",
        plan=(
            "Social phobia, generalized: individual psychotherapy, 30 minutes, 4:00 to 4:30; rehearsal of a meeting, "
            "next steps on the ladder. Weekly.",
        ),
        dx=(Dx("F40.11", ("Social phobia, generalized",), vague="F40.10", stale="F40.1"),),
        lines=(Line("90832", (1,), says="individual psychotherapy, 30 minutes"),),
        slots={
            "place": ("meetings", "class", "restaurants"),
            "task": ("small talk", "phone calls", "asking a question"),
            "times": ("twice", "three times", "daily"),
        },
        ages=(16, 48),
        payers=NOT_MEDICARE,
        by=THERAPIST,
        weight=5,
    ),
    Scenario(
        key="be_depression_single",
        reason="Medication visit, depression.",
        history=(
            "{age}-year-old {person}, first depression, {weeks} weeks on {drug}. Mood {mood}, sleep better, dry "
            "mouth. Works half days."
        ),
        exam="BP {bp}, weight {weight} lb. Mood low, affect brighter, thoughts orderly, no thoughts of suicide.",
        results="Depression questionnaire scored {phq} (was 17).",
        plan=("Major depressive disorder, single episode, moderate: partial response, raise {drug}, exercise plan.",),
        dx=(Dx("F32.1", ("Major depressive disorder, single episode, moderate",), vague="F32.A", stale="F32"),),
        lines=(
            Line("OFFICE4", (1,)),
            Line("96127", (1,), wrong_units=12, says="questionnaire scored"),
        ),
        slots={
            "weeks": WEEKS,
            "drug": ("escitalopram", "sertraline", "venlafaxine"),
            "mood": ("30 % better", "a little better"),
            "phq": ("10", "11", "12"),
        },
        ages=(20, 84),
        by=PRESCRIBER,
        weight=7,
    ),
)
