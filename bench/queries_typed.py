"""What coders type, for the search benchmark: written by hand, without looking at what the search finds."""

TYPED = (
    "htn", "type 2 diabetes", "dm2 neuropathy", "copd exacerbation", "chest pain", "low back pain", "rt knee pain",
    "osteoarthritis knee right", "heart attack", "high blood pressure", "chf", "afib", "uti", "uri", "strep throat",
    "ear infection left", "kidney stone", "gallstones", "appendicitis", "broken wrist left", "fx distal radius r",
    "ankle sprain", "rotator cuff tear", "carpal tunnel", "depression", "anxiety", "adhd", "ptsd", "insomnia",
    "migraine with aura", "seizure", "stroke", "tia", "hypothyroid", "hyperlipidemia", "obesity", "gout",
    "asthma moderate persistent", "pneumonia", "bronchitis acute", "sinusitis", "covid", "flu", "cellulitis leg",
    "pressure ulcer sacrum stage 3", "shingles", "psoriasis", "eczema", "skin cancer nose", "breast cancer left",
    "prostate ca", "colon polyp", "gerd", "ibs", "crohns", "hep c", "cirrhosis alcohol", "anemia iron", "ckd stage 3",
    "esrd dialysis", "pregnancy 20 weeks", "preeclampsia", "miscarriage", "well child", "annual physical",
    "flu shot", "screening colonoscopy", "s/p knee replacement", "history of breast cancer", "tobacco", "alcohol abuse",
    "overdose opioid accidental", "fall from ladder", "dog bite hand", "burn second degree forearm", "concussion",
    "laceration scalp", "foreign body eye", "cataract", "glaucoma", "diabetic retinopathy", "hearing loss", "vertigo",
    "dizziness", "syncope", "fever", "fatigue", "weight loss", "abdominal pain ruq", "nausea vomiting", "diarrhea",
    "constipation", "hematuria", "sepsis", "aki", "dvt left leg", "pe", "pvd", "aaa", "wheelchair", "knee orthosis",
    "injection dexamethasone", "triamcinolone", "cpap", "ambulance", "glucose strips", "walker", "bypass coronary",
    "knee replacement right", "excision skin", "drainage abscess", "e11.4", "e1165", "m17.11", "i10", "z00", "99213",
    "20610", "j3301", "g0439", "s82", "n18.3", "0sr", "diabtes", "hypertenson", "pnuemonia", "arthiritis",
    "fractur femer",
    "abcess", "hemorroids", "diarhea", "alzheimers", "parkinsons", "rheumatoid arthitis hand", "sciatca", "tendonitis",
)  # fmt: skip
