"""Orthopedics: visits, their notes and their codes."""

from rcm.demo.scenarios.shape import MONTHS, PAIN, SIDE, WEEKS, Dx, Line, Scenario

SURGEON = ("MD", "DO", "PA-C")
THERAPIST = ("DPT",)

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="or_knee_injection",
        reason="{Side} knee pain for {months} months, worse on stairs; outer hip pain.",
        history=(
            "{age}-year-old {person} with {side} knee pain {pain}/10, stiff in the morning, no locking, no injury. "
            "Therapy and acetaminophen tried. Separate pain over the outer {side} hip at night for {weeks} weeks."
        ),
        exam=(
            "BP {bp}. {Side} knee: medial joint-line tenderness, crepitus, small effusion. {Side} hip: tender over the "
            "trochanter, rotation free."
        ),
        results="{Side} knee film of last month: medial narrowing, osteophytes.",
        plan=(
            "Primary osteoarthritis, {side} knee: after consent and sterile prep, knee joint injected, 40 mg "
            "triamcinolone with 4 mL lidocaine, lateral approach, no ultrasound. Tolerated well.",
            "Trochanteric bursitis, {side} hip: evaluated separately, stretching program, meloxicam 7.5 mg.",
        ),
        dx=(
            Dx("M17.1{lat}", ("Primary osteoarthritis, {side} knee",), vague="M17.9", stale="M17.1"),
            Dx("M70.6{lat}", ("Trochanteric bursitis, {side} hip",), vague="M70.60", stale="M70.6"),
        ),
        lines=(
            Line("OFFICE3", (2,)),
            Line("20610", (1,), "{mod}", says="knee joint injected"),
            Line("J3301", (1,), units="4", wrong_units=40, says="40 mg triamcinolone"),
        ),
        slots={"side": SIDE, "months": MONTHS, "weeks": WEEKS, "pain": PAIN},
        ages=(46, 84),
        by=SURGEON,
        weight=9,
    ),
    Scenario(
        key="or_shoulder_impingement",
        reason="{Side} shoulder pain when reaching overhead.",
        history=(
            "{age}-year-old {person} with {weeks} weeks of {side} shoulder pain, {pain}/10, from {cause}. Night "
            "pain. No numbness, no injury."
        ),
        exam="{Side} shoulder: painful arc 70 to 120 degrees, impingement signs positive, cuff strength full.",
        results="{Side} shoulder film, two views, today: no fracture, small acromial spur.",
        plan=("Impingement syndrome, {side} shoulder: naproxen, therapy twice a week, recheck in six weeks.",),
        dx=(Dx("M75.4{lat}", ("Impingement syndrome, {side} shoulder",), vague="M75.40", stale="M75.4"),),
        lines=(
            Line("OFFICE3", (1,)),
            Line("73030", (1,), "{mod}", says="shoulder film, two views"),
        ),
        slots={
            "side": SIDE,
            "weeks": WEEKS,
            "pain": PAIN,
            "cause": ("painting", "swimming", "warehouse work"),
        },
        ages=(28, 76),
        by=SURGEON,
        referred=True,
        weight=7,
    ),
    Scenario(
        key="or_rotator_cuff",
        reason="{Side} shoulder weakness, review of MRI.",
        history=(
            "{age}-year-old {person}, {months} months of {side} shoulder pain and weakness without injury. Six weeks "
            "of therapy brought little. Wants to know about surgery."
        ),
        exam="{Side} shoulder: abduction 4/5, painful; external rotation 4/5; passive motion full.",
        results="Outside MRI reviewed by me: partial-thickness supraspinatus tear, {percent} % of tendon depth.",
        plan=(
            "Incomplete rotator cuff tear, {side} shoulder, not traumatic: options and risks of repair discussed; "
            "chooses more therapy, prescription {drug} started.",
        ),
        dx=(
            Dx(
                "M75.11{lat}",
                ("Incomplete rotator cuff tear, {side} shoulder",),
                vague="M75.100",
                stale="M75.11",
            ),
        ),
        lines=(Line("OFFICE4", (1,)),),
        slots={
            "side": SIDE,
            "months": MONTHS,
            "percent": ("40", "50", "60"),
            "drug": ("meloxicam 15 mg", "celecoxib 200 mg"),
        },
        ages=(40, 80),
        by=SURGEON,
        referred=True,
        weight=5,
    ),
    Scenario(
        key="or_knee_mri",
        reason="{Side} knee catches after twisting {weeks} weeks ago.",
        history=(
            "{age}-year-old {person} twisted the {side} knee {weeks} weeks ago {doing}. Swelling next day, catching, "
            "cannot squat. No earlier knee trouble."
        ),
        exam="{Side} knee: moderate effusion, medial joint-line tenderness, positive McMurray, ligaments firm.",
        results="MRI of the {side} knee without contrast, done here today: tear of the medial meniscus.",
        plan=(
            "Acute medial meniscus tear, {side} knee, first visit for this injury: brace, crutches, prescription "
            "{drug}, arthroscopy discussed.",
        ),
        dx=(
            Dx(
                "S83.24{lat}A",
                ("Acute medial meniscus tear, {side} knee",),
                vague="S83.249A",
                stale="S83.24{lat}",
            ),
        ),
        lines=(
            Line("OFFICE4", (1,)),
            Line("73721", (1,), "{mod}", says="MRI of the {side} knee without contrast"),
        ),
        slots={
            "side": SIDE,
            "weeks": ("two", "three", "four"),
            "doing": ("playing soccer", "on ice", "skiing", "on stairs"),
            "drug": ("diclofenac 75 mg", "meloxicam 15 mg"),
        },
        ages=(19, 63),
        by=SURGEON,
        weight=6,
    ),
    Scenario(
        key="or_knee_arthroscopy",
        reason="{Side} knee arthroscopy.",
        history=(
            "{age}-year-old {person} with locking of the {side} knee for {months} months from an old meniscus tear "
            "seen on MRI; therapy and injection failed. Consent signed."
        ),
        exam="Under general anesthesia: {side} knee stable, range 0 to 130 degrees.",
        results="Findings: complex tear of the posterior horn of the medial meniscus; cartilage grade 2.",
        plan=(
            "Old tear, posterior horn of medial meniscus, {side} knee: arthroscopic partial medial meniscectomy with "
            "shaver and punch to a stable rim. No complications; home with crutches.",
        ),
        dx=(
            Dx(
                "M23.22{lat}",
                ("Old tear, posterior horn of medial meniscus, {side} knee",),
                vague="M23.229",
                stale="M23.22",
            ),
        ),
        lines=(Line("29881", (1,), "{mod}", says="arthroscopic partial medial meniscectomy"),),
        slots={"side": SIDE, "months": MONTHS},
        ages=(24, 68),
        pos="24",
        by=("MD", "DO"),
        weight=4,
    ),
    Scenario(
        key="or_lumbar_stenosis_mri",
        reason="Leg heaviness on walking, MRI of the back today.",
        history=(
            "{age}-year-old {person} with {months} months of back pain and heavy legs after {blocks} blocks, better "
            "sitting. Eight weeks of therapy without relief. No bladder trouble."
        ),
        exam="Stands bent forward. Strength full, ankle reflexes absent, pulses good, extension brings on leg pain.",
        results="MRI lumbar spine without contrast, done here today: narrowing at L4-L5, {grade}.",
        plan=(
            "Lumbar spinal stenosis with neurogenic claudication: gabapentin 300 mg started, epidural referral, "
            "surgery discussed.",
        ),
        dx=(
            Dx(
                "M48.062",
                ("Lumbar spinal stenosis with neurogenic claudication",),
                vague="M48.00",
                stale="M48.06",
            ),
        ),
        lines=(
            Line("OFFICE4", (1,)),
            Line("72148", (1,), says="MRI lumbar spine without contrast"),
        ),
        slots={"months": MONTHS, "blocks": ("one", "two", "three"), "grade": ("moderate", "severe")},
        ages=(52, 84),
        by=SURGEON,
        weight=6,
    ),
    Scenario(
        key="or_carpal_tunnel_injection",
        reason="Planned {side} carpal tunnel injection.",
        history=(
            "{age}-year-old {person} with {months} months of numb {side} thumb, index and middle finger at night; "
            "splint helped little. Nerve test showed slowing at the wrist. No diabetes."
        ),
        exam="{Side} hand: Phalen positive, grip full, no wasting.",
        plan=(
            "Carpal tunnel syndrome, {side} upper limb: carpal tunnel injected with 20 mg triamcinolone and 1 mL "
            "lidocaine, no nerve pain. Splint at night.",
        ),
        dx=(Dx("G56.0{lat}", ("Carpal tunnel syndrome, {side} upper limb",), vague="G56.00", stale="G56.0"),),
        lines=(
            Line("20526", (1,), "{mod}", says="carpal tunnel injected"),
            Line("J3301", (1,), units="2", wrong_units=20, says="20 mg triamcinolone"),
        ),
        slots={"side": SIDE, "months": MONTHS},
        ages=(30, 72),
        by=SURGEON,
        referred=True,
        weight=5,
    ),
    Scenario(
        key="or_carpal_tunnel_release",
        reason="{Side} carpal tunnel release.",
        history=(
            "{age}-year-old {person}, {side} hand numb day and night for {months} months, dropping things. Splint and "
            "injection gave no lasting relief. Consent signed."
        ),
        exam="{Side} thumb muscle slightly wasted, sensation reduced in the median area.",
        plan=(
            "Carpal tunnel syndrome, {side} upper limb: open release of the median nerve at the wrist under local "
            "anesthesia, ligament divided under view. Home, sutures out in 12 days.",
        ),
        dx=(Dx("G56.0{lat}", ("Carpal tunnel syndrome, {side} upper limb",), vague="G56.00", stale="G56.0"),),
        lines=(Line("64721", (1,), "{mod}", says="open release of the median nerve at the wrist"),),
        slots={"side": SIDE, "months": MONTHS},
        ages=(34, 80),
        pos="24",
        by=("MD", "DO"),
        weight=3,
    ),
    Scenario(
        key="or_ankle_sprain",
        reason="Rolled {side} ankle {days} days ago.",
        history=(
            "{age}-year-old {person} rolled the {side} ankle inward {days} days ago {doing}. Walks with a limp, "
            "swelling, {pain}/10. No earlier sprain."
        ),
        exam="{Side} ankle: swelling and bruising on the outer side, tender over the calcaneofibular ligament, stable.",
        results="{Side} ankle film, three views, today: no fracture.",
        plan=(
            "Sprain of calcaneofibular ligament, {side} ankle, first visit for this injury: short leg splint applied, "
            "ice, elevation, ibuprofen, recheck in ten days.",
        ),
        dx=(
            Dx(
                "S93.41{lat}A",
                ("Sprain of calcaneofibular ligament, {side} ankle",),
                vague="S93.40{lat}A",
                stale="S93.41{lat}",
            ),
        ),
        lines=(
            Line("OFFICE3", (1,)),
            Line("73610", (1,), "{mod}", says="ankle film, three views"),
            Line("29515", (1,), "{mod}", says="short leg splint applied"),
        ),
        slots={
            "side": SIDE,
            "days": ("two", "three", "four"),
            "doing": ("playing basketball", "on a curb", "running"),
            "pain": PAIN,
        },
        ages=(14, 58),
        by=SURGEON,
        weight=6,
    ),
    Scenario(
        key="or_wrist_fracture",
        reason="Fell on outstretched {side} hand {when}.",
        history=(
            "{age}-year-old {person} fell on the outstretched {side} hand {when}. Pain and swelling at the wrist, "
            "{pain}/10. No numbness, no other injury."
        ),
        exam="{Side} wrist: swollen, tender over the distal radius, skin intact, fingers warm and moving.",
        results="{Side} wrist film, three views, today: extra-articular distal radius fracture, 5 degrees dorsal tilt.",
        plan=(
            "Closed Colles fracture of {side} radius, first visit for this injury: fracture care without manipulation, "
            "cast applied, film in one week.",
        ),
        dx=(
            Dx(
                "S52.53{lat}A",
                ("Closed Colles fracture of {side} radius",),
                vague="S52.539A",
                stale="S52.53{lat}",
            ),
        ),
        lines=(
            Line("25600", (1,), "{mod}", says="fracture care without manipulation"),
            Line("73110", (1,), "{mod}", says="wrist film, three views"),
        ),
        slots={"side": SIDE, "when": ("yesterday", "this morning", "two days ago"), "pain": PAIN},
        ages=(38, 86),
        by=SURGEON,
        weight=4,
    ),
    Scenario(
        key="or_hyaluronan_knee",
        reason="{Side} knee viscosupplement injection.",
        history=(
            "{age}-year-old {person} with {side} knee osteoarthritis, steroid shots in the past lasted only {weeks} "
            "weeks. Therapy done. Not ready for replacement."
        ),
        exam="{Side} knee: varus, crepitus, no effusion, range 5 to 120 degrees.",
        plan=(
            "Primary osteoarthritis, {side} knee: under ultrasound guidance with image saved, knee joint injected with "
            "48 mg hylan, one syringe, lot recorded. Tolerated well.",
        ),
        dx=(Dx("M17.1{lat}", ("Primary osteoarthritis, {side} knee",), vague="M17.9", stale="M17.1"),),
        lines=(
            Line("20611", (1,), "{mod}", says="under ultrasound guidance with image saved"),
            Line("J7325", (1,), units="48", wrong_units=480, says="48 mg hylan"),
        ),
        slots={"side": SIDE, "weeks": WEEKS},
        ages=(48, 82),
        by=SURGEON,
        weight=4,
    ),
    Scenario(
        key="or_therapy_frozen_shoulder",
        reason="Physical therapy visit, {side} shoulder.",
        history=(
            "{age}-year-old {person}, visit {visit} of 12 for frozen {side} shoulder. Pain {pain}/10 (was 8). "
            "Reaches the second shelf. Plan of care signed."
        ),
        exam="{Side} shoulder: flexion {flexion} degrees, external rotation 25 degrees, capsular end feel.",
        plan=(
            "Adhesive capsulitis, {side} shoulder: therapeutic exercise 30 minutes; joint mobilization by hand 15 "
            "minutes; dynamic functional activities, lifting and reaching, 15 minutes in a separate period. Continue "
            "twice a week.",
        ),
        dx=(Dx("M75.0{lat}", ("Adhesive capsulitis, {side} shoulder",), vague="M75.00", stale="M75.0"),),
        lines=(
            Line("97110", (1,), "GP", units="2", wrong_units=30, says="therapeutic exercise 30 minutes"),
            Line("97530", (1,), "GP", says="dynamic functional activities"),
            Line("97140", (1,), "GP", says="joint mobilization by hand 15 minutes"),
        ),
        slots={
            "side": SIDE,
            "visit": ("3", "5", "7", "9"),
            "pain": ("3", "4", "5"),
            "flexion": ("105", "118", "126"),
        },
        ages=(40, 74),
        by=THERAPIST,
        weight=7,
    ),
    Scenario(
        key="or_therapy_evaluation",
        reason="Physical therapy evaluation, {side} knee.",
        history=(
            "{age}-year-old {person} referred for {side} knee pain under the kneecap for {weeks} weeks, worse on "
            "stairs and after sitting. No surgery, one other condition that does not affect care."
        ),
        exam="{Side} quadriceps 4/5, hip abduction 4/5, tight outer thigh, step-down test painful. Stable picture.",
        plan=(
            "Patellofemoral disorder, {side} knee: low-complexity evaluation done, goals set; therapeutic exercise "
            "15 minutes, home program given. Twice a week for six weeks.",
        ),
        dx=(Dx("M22.2X{lat}", ("Patellofemoral disorder, {side} knee",), vague="M22.2X9", stale="M22.2"),),
        lines=(
            Line("97161", (1,), "GP", says="low-complexity evaluation done"),
            Line("97110", (1,), "GP", wrong_units=15, says="therapeutic exercise 15 minutes"),
        ),
        slots={"side": SIDE, "weeks": WEEKS},
        ages=(16, 62),
        by=THERAPIST,
        referred=True,
        weight=4,
    ),
    Scenario(
        key="or_hip_arthritis",
        reason="{Side} groin pain, worse over {months} months.",
        history=(
            "{age}-year-old {person} with {side} groin pain on walking, {pain}/10, cannot tie shoes. Uses a cane. "
            "Therapy and {drug} tried."
        ),
        exam="{Side} hip: internal rotation 5 degrees and painful, flexion 90 degrees, leg lengths equal.",
        results="{Side} hip film with pelvis, two views, today: joint space gone at the top, cysts.",
        plan=(
            "Primary osteoarthritis, {side} hip: replacement discussed with risks and recovery, chooses surgery, "
            "date to be set; blood thinner plan reviewed.",
        ),
        dx=(Dx("M16.1{lat}", ("Primary osteoarthritis, {side} hip",), vague="M16.9", stale="M16.1"),),
        lines=(
            Line("OFFICE4", (1,)),
            Line("73502", (1,), "{mod}", says="hip film with pelvis, two views"),
        ),
        slots={"side": SIDE, "months": MONTHS, "pain": PAIN, "drug": ("naproxen", "meloxicam", "celecoxib")},
        ages=(50, 86),
        by=SURGEON,
        referred=True,
        weight=5,
    ),
)
