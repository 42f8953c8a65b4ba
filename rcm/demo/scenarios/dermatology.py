"""Dermatology: visits, their notes and their codes."""

from rcm.demo.scenarios.shape import MONTHS, NOT_MEDICARE, SIDE, WEEKS, Dx, Line, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="de_keratoses_rosacea",
        reason="Rough spots on the scalp; red face.",
        history=(
            "{age}-year-old {person} with rough spots for {months} months, lots of sun. Separately, face redness "
            "with pustules, worse with heat, {cream} stopped helping."
        ),
        exam="{count} thin scaly papules on scalp and temples. Cheeks and nose: papules, pustules, fine vessels.",
        plan=(
            "Actinic keratosis: {count} lesions destroyed with liquid nitrogen, two cycles each, aftercare sheet.",
            "Papulopustular rosacea: doxycycline 40 mg daily, trigger list, sunscreen.",
        ),
        dx=(
            Dx("L57.0", ("Actinic keratosis",), vague="L57.9", stale="L57"),
            Dx("L71.8", ("Papulopustular rosacea",), vague="L71.9", stale="L71"),
        ),
        lines=(
            Line("OFFICE4", (2,)),
            Line("17000", (1,), says="lesions destroyed with liquid nitrogen"),
            Line("17003", (1,), units="{more}", wrong_units=40, says="{count} lesions destroyed"),
        ),
        slots={
            "months": MONTHS,
            "cream": ("metronidazole gel", "azelaic acid"),
            "count": ({"count": "4", "more": "3"}, {"count": "6", "more": "5"}, {"count": "8", "more": "7"}),
        },
        ages=(52, 88),
        weight=8,
    ),
    Scenario(
        key="de_plantar_warts",
        reason="Warts on the {side} foot.",
        history=(
            "{age}-year-old {person} with painful warts on the {side} sole for {months} months; {tried} did not "
            "clear them."
        ),
        exam="{Side} sole: {count} firm papules with black dots, skin lines interrupted.",
        plan=(
            "Plantar wart, {side} foot: {count} warts destroyed with liquid nitrogen after paring. Repeat in three "
            "weeks.",
        ),
        dx=(Dx("B07.0", ("Plantar wart",), vague="B07.9", stale="B07"),),
        lines=(Line("17110", (1,), says="warts destroyed with liquid nitrogen"),),
        slots={
            "side": SIDE,
            "months": MONTHS,
            "tried": ("salicylic acid", "duct tape", "a pharmacy freeze kit"),
            "count": ("2", "3", "5"),
        },
        ages=(7, 45),
        payers=NOT_MEDICARE,
        weight=6,
    ),
    Scenario(
        key="de_biopsy_and_freeze",
        reason="New growth on the {side} forearm; rough spot on the nose.",
        history=(
            "{age}-year-old {person}, growth on the {side} forearm for {weeks} weeks, bleeds when bumped. Much sun."
        ),
        exam="{Side} forearm: {size} mm pink pearly papule with crust. Nose: one rough scaly papule.",
        plan=(
            "Skin neoplasm of unspecified behavior, {side} forearm: tangential biopsy by shave under lidocaine, sent "
            "to pathology.",
            "Actinic keratosis, nose, a separate lesion: destroyed with liquid nitrogen.",
        ),
        dx=(
            Dx("D49.2", ("Skin neoplasm of unspecified behavior",), vague="D49.9", stale="D49"),
            Dx("L57.0", ("Actinic keratosis",), vague="L57.9", stale="L57"),
        ),
        lines=(
            Line("17000", (2,), says="destroyed with liquid nitrogen"),
            Line("11102", (1,), says="tangential biopsy by shave"),
        ),
        slots={"side": SIDE, "weeks": WEEKS, "size": ("5", "6", "8")},
        ages=(50, 88),
        weight=8,
    ),
    Scenario(
        key="de_two_biopsies",
        reason="Two changing spots on the back.",
        history="{age}-year-old {person}, {who} noticed two spots on the back changing over {months} months. {risk}",
        exam=(
            "Upper back: {size} mm brown patch, uneven edge. Lower back: 5 mm dark papule. Rest of the skin without "
            "concern."
        ),
        results="Pathology back: dysplastic nevus with mild atypia in both, margins free.",
        plan=(
            "Dysplastic nevi of trunk, upper and lower back: first lesion tangential biopsy by shave, second lesion "
            "tangential biopsy by shave. Results told, skin check in six months.",
        ),
        dx=(Dx("D22.5", ("Dysplastic nevi of trunk",), vague="D22.9", stale="D22"),),
        lines=(
            Line("11102", (1,), says="first lesion tangential biopsy"),
            Line("11103", (1,), wrong_units=11, says="second lesion tangential biopsy"),
        ),
        slots={
            "who": ("a spouse", "a sister", "a barber"),
            "months": MONTHS,
            "size": ("7", "8", "9"),
            "risk": ("Mother had melanoma.", "Blistering burns as a child.", "Used tanning beds."),
        },
        ages=(28, 80),
        weight=5,
    ),
    Scenario(
        key="de_acne",
        reason="Acne, not better with washes.",
        history=(
            "{age}-year-old {person} with acne for {months} months on face and {where}; benzoyl peroxide wash and "
            "{tried} used daily without success. Some scars."
        ),
        exam="Face: comedones, {count} inflamed papules and pustules, few shallow scars. {Where}: scattered papules.",
        plan=("Acne vulgaris, moderate, not controlled: doxycycline 100 mg daily with {gel}, sun and stomach advice.",),
        dx=(Dx("L70.0", ("Acne vulgaris",), vague="L70.9", stale="L70"),),
        lines=(Line("OFFICE4", (1,)),),
        slots={
            "months": MONTHS,
            "where": ({"where": "back", "Where": "Back"}, {"where": "chest", "Where": "Chest"}),
            "tried": ("adapalene", "clindamycin gel"),
            "count": ("18", "24", "30"),
            "gel": ("tretinoin", "tazarotene"),
        },
        ages=(13, 34),
        payers=NOT_MEDICARE,
        weight=7,
    ),
    Scenario(
        key="de_psoriasis",
        reason="Psoriasis flare on elbows and scalp.",
        history=(
            "{age}-year-old {person} with psoriasis for {years} years, flare for {weeks} weeks. {cream} no longer "
            "enough. No joint pain."
        ),
        exam="Well-edged scaly plaques on elbows, knees and scalp, {bsa} % of the body surface. Nails pitted.",
        plan=(
            "Plaque psoriasis, {bsa} % of skin, flare: start {drug}, liver and blood tests first, stress and alcohol "
            "advice.",
        ),
        dx=(Dx("L40.0", ("Plaque psoriasis",), vague="L40.9", stale="L40"),),
        lines=(Line("OFFICE4", (1,)),),
        slots={
            "years": ("five", "nine", "14"),
            "weeks": WEEKS,
            "cream": ("Betamethasone", "Clobetasol", "Calcipotriene"),
            "bsa": ("6", "8", "11"),
            "drug": ("methotrexate 10 mg weekly", "apremilast"),
        },
        ages=(22, 78),
        weight=6,
    ),
    Scenario(
        key="de_phototherapy",
        reason="Light treatment visit.",
        history=(
            "{age}-year-old {person} with plaque psoriasis, light treatment number {visit}. No burn after the last one."
        ),
        exam="Plaques thinner, {bsa} % of the body surface. No redness from light.",
        plan=(
            "Plaque psoriasis: mineral oil applied, narrowband ultraviolet B given, {joules} mJ/cm2. Three times a "
            "week.",
        ),
        dx=(Dx("L40.0", ("Plaque psoriasis",), vague="L40.9", stale="L40"),),
        lines=(Line("96910", (1,), says="narrowband ultraviolet B given"),),
        slots={"visit": ("6", "9", "14", "18"), "bsa": ("7", "9"), "joules": ("480", "560", "690")},
        ages=(22, 76),
        weight=5,
    ),
    Scenario(
        key="de_eczema_child",
        reason="Itchy rash in elbow and knee folds.",
        history=(
            "{age}-year-old {person} with itching rash since infancy, worse for {weeks} weeks, sleep disturbed. "
            "{relative} has asthma. Moisturizer used {times}."
        ),
        exam="Red thickened patches in both elbow and knee folds with scratch marks, no crust.",
        plan=(
            "Flexural eczema, flare: triamcinolone 0.1 % ointment twice daily for ten days, wet wraps, thick "
            "moisturizer.",
        ),
        dx=(Dx("L20.82", ("Flexural eczema",), vague="L20.9", stale="L20.8"),),
        lines=(Line("OFFICE3", (1,)),),
        slots={
            "weeks": WEEKS,
            "relative": ("Father", "Mother", "A brother"),
            "times": ("once a day", "now and then"),
        },
        ages=(5, 17),
        payers=NOT_MEDICARE,
        weight=6,
    ),
    Scenario(
        key="de_axilla_abscess",
        reason="Painful lump in the {side} armpit.",
        history="{age}-year-old {person} with a growing painful lump in the {side} armpit for {days} days. No fever.",
        exam="Temp 98.8 F. {Side} axilla: {size} cm soft red tender swelling, no streaks.",
        plan=(
            "Cutaneous abscess of {side} axilla: lidocaine, single incision and drainage, {ml} mL pus, packed. Check "
            "in two days.",
        ),
        dx=(Dx("L02.41{lat}", ("Cutaneous abscess of {side} axilla",), vague="L02.419", stale="L02.41"),),
        lines=(Line("10060", (1,), says="single incision and drainage"),),
        slots={
            "side": SIDE,
            "days": ("three", "four", "five"),
            "size": ("2", "2.5", "3"),
            "ml": ("3", "4", "6"),
        },
        ages=(18, 66),
        weight=5,
    ),
    Scenario(
        key="de_irritated_keratosis",
        reason="Growth that catches on clothes.",
        history=(
            "{age}-year-old {person} with {count} growths under {where} that itch, catch and bled twice in {weeks} "
            "weeks."
        ),
        exam="Under {where}: {count} stuck-on brown plaques, red and crusted at the edge.",
        plan=(
            "Inflamed seborrheic keratosis: {count} lesions destroyed with liquid nitrogen because of bleeding and "
            "itch.",
        ),
        dx=(Dx("L82.0", ("Inflamed seborrheic keratosis",), vague="L98.9", stale="L82"),),
        lines=(Line("17110", (1,), says="lesions destroyed with liquid nitrogen"),),
        slots={"count": ("2", "3", "4"), "where": ("the bra line", "the belt", "the collar"), "weeks": WEEKS},
        ages=(48, 88),
        weight=5,
    ),
    Scenario(
        key="de_patch_test",
        reason="Patch testing for hand rash.",
        history=(
            "{age}-year-old {person}, {work}, hand rash for {months} months, clears on holiday. Steroid cream helps "
            "only while used."
        ),
        exam="Backs of both hands dry and cracked. Back skin clear, suitable for testing.",
        plan=(
            "Allergic contact dermatitis due to metals suspected from jewelry and tools, confirmed by earlier nickel "
            "reaction: patch tests, 36 allergens applied and marked, reading in two and four days.",
        ),
        dx=(Dx("L23.0", ("Allergic contact dermatitis due to metals",), vague="L23.9", stale="L23"),),
        lines=(Line("95044", (1,), units="36", wrong_units=360, says="36 allergens applied"),),
        slots={"work": ("hairdresser", "machinist", "nurse", "cook"), "months": MONTHS},
        ages=(20, 62),
        weight=4,
    ),
    Scenario(
        key="de_cheek_cancer_excision",
        reason="Removal of skin cancer from the {side} cheek.",
        history=(
            "{age}-year-old {person} with a biopsy-proven basal cell carcinoma of the {side} cheek, pathology "
            "{weeks} weeks ago. {drug}. Consent signed."
        ),
        exam="{Side} cheek: {size} mm scar with pearly border.",
        plan=(
            "Basal cell carcinoma of skin of {side} cheek: excised with margins, {dia} cm across, simple closure, "
            "sent to pathology. Stitches out in seven days.",
        ),
        dx=(Dx("C44.319", ("Basal cell carcinoma of skin of {side} cheek",), vague="C44.310", stale="C44.31"),),
        lines=(Line("11642", (1,), says="excised with margins"),),
        slots={
            "side": SIDE,
            "weeks": ("two", "three"),
            "drug": ("No blood thinner", "On aspirin, continued"),
            "size": ("6", "7", "8"),
            "dia": ("1.2", "1.4", "1.6"),
        },
        ages=(54, 88),
        referred=True,
        weight=4,
    ),
    Scenario(
        key="de_skin_cancer_screening",
        reason="Yearly full skin check.",
        history=(
            "{age}-year-old {person}, {what} removed {years} years ago, no new spots noticed. Wears a hat, sunscreen "
            "on weekends."
        ),
        exam="Full skin examined: old scar without regrowth, many stuck-on brown keratoses, no suspicious lesion.",
        plan=(
            "Follow-up examination after completed treatment of skin cancer: nothing suspicious, self-check "
            "taught, next in one year.",
            "Personal history of other malignant neoplasm of skin.",
        ),
        dx=(
            Dx("Z08", ("Follow-up examination after completed treatment of skin cancer",)),
            Dx("Z85.828", ("Personal history of other malignant neoplasm of skin",), stale="Z85.82"),
        ),
        lines=(Line("OFFICE3", (1, 2)),),
        slots={
            "what": ("a basal cell cancer of the nose", "a squamous cell cancer of the ear"),
            "years": ("two", "three", "six"),
        },
        ages=(46, 88),
        weight=5,
    ),
    Scenario(
        key="de_video_rosacea",
        reason="Video visit: rosacea follow-up.",
        history=(
            "{age}-year-old {person} seen by video with sound, at home, agrees to the visit. Rosacea on {cream} for "
            "{weeks} weeks, fewer pustules, still flushing with {trigger}."
        ),
        exam="By video with close-up photo: cheeks mildly red, {count} papules.",
        plan=("Papulopustular rosacea, improving: continue {cream}, brimonidine gel for events, sunscreen.",),
        dx=(Dx("L71.8", ("Papulopustular rosacea",), vague="L71.9", stale="L71"),),
        lines=(Line("OFFICE3", (1,), "95"),),
        slots={
            "cream": ("ivermectin cream", "metronidazole cream"),
            "weeks": WEEKS,
            "trigger": ("wine", "hot drinks", "heat"),
            "count": ("three", "four", "six"),
        },
        ages=(25, 70),
        pos="10",
        weight=4,
    ),
)
