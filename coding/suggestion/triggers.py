"""The words that say how a condition is meant: tables of patterns in lower case, each with what it does.

After ConText (Harkema, Dowling, Thornblade, Chapman: J Biomed Inform 2009;42:839); the words are our own, taken from
how US notes are written. `BEFORE` governs the words that follow, `AFTER` the words it stands behind. `NO_TRIGGER` holds
expressions that look like a trigger and are none: what they enclose triggers nothing.
"""

NEGATED, UNCERTAIN, PAST, FAMILY, CONDITIONAL = "negated", "uncertain", "past", "family", "conditional"
# What one is hurt by, not made ill.
THINGS = (
    r"knife|knives|blades?|razors?|glass|saws?|tools?|scissors|needles?|machine\w*|hot|steam|water|objects?|nails?|wood"
    r"|metal|fence|dogs?|cats?|animals?|plants?|bees?|wasps?|insects?"
)
CONTACT = rf"contact(?! with (?:\w+ ){{0,3}}(?:{THINGS}))"  # with a person
SPOKEN = "spoken"  # talked about, planned or aimed at: a procedure or a measure, not a lasting disease
IDLE = "idle"  # inside an expression that triggers nothing
OVER = "over"  # past beyond doubt: even a lasting condition is gone

BLOOD = (
    r"(?:half[- ]|great[- ]|twin )*(?:mothers?|fathers?|moms?|dads?|mommy|daddy|brothers?|sisters?|siblings?|aunts?"
    r"|uncles?|grand(?:mothers?|fathers?|parents?|mas?|pas?|son|daughter|child(?:ren)?)|cousins?|parents?|sons?"
    r"|daughters?|nephews?|nieces?|mgm|mgf|pgm|pgf|relatives?|family members?)"
)
OTHERS = (
    r"(?:husbands?|wife|wives|spouses?|partners?|boyfriends?|girlfriends?|fiancee?s?|step\w+|roommates?|classmates?"
    r"|co-?workers?|friends?|neighbou?rs?|household contacts?|babysitter|teammates?|mother-in-law|father-in-law)"
)
PERSON = rf"(?:{OTHERS}|{BLOOD})"
_WHOSE = (
    r"(?:(?:his|her|the|a|an|my|their|pt's|patient's|both|maternal|paternal|one|younger|older|biological|late|\d) )*"
)
_TELLS = (
    r"(?:'s)?(?:,)? (?:also |just |who |is |was |are |has |had |both |very |a little |still "
    r"|here |now )*(?:reports?|reported|reporting"
    r"|states?|stated|says?|said|notes|noted|notic\w+|brings?|brought|gives?|gave|giving|given|thinks?|thought|worr\w+"
    r"|concern\w*|denies|denied|describ\w+|call(?:s|ed)?|request\w*|wants?|asks?|asked|present|accompan\w+|helps?"
    r"|helping|provid\w+|confirm\w*|agrees?|agreed|understands?|tells?|told|found|observ\w+|witness\w*|tried|tries"
    r"|feels?|felt|takes|took|checked|declin\w+|counsel\w+|reassur\w+|advised|educated|instructed"
    r"|will|to|can|translat\w+"
    r"|interpret\w*|in (?:the )?room|at (?:the )?bedside|here|with concerns?|with questions?|aware|comfortable|happy"
    r"|complain\w*|endors\w+|mention\w*|recall\w*|believes?|relays?|adds?|added|admits?|does|did|keeps?|kept|uses?|used"
    r"|gets?|got|picked|came|comes|drove|explains?|explained|verbaliz\w+|okay|ok|bought|applied|removed|pulled|saw)\b"
)

# A person who only tells, brings or lives with the patient; a change, an effect or a drug that is denied, no disease.
NO_TRIGGER: tuple[str, ...] = (
    rf"{PERSON}{_TELLS}",
    rf"(?:per|by|from|with|lives with|according to|told|asked|advised|counseled|between|lost"
    rf"|cares for|visiting|and) {_WHOSE}{PERSON}"
    r"(?! (?:has|had|have|with|who|died|being|is|was|were|\())",
    r"(?:mother|father|parent|mom|dad|caregiver) (?:and baby|/ ?baby|of (?:a|an|two|three|four|five|\d))",
    r"(?:new|single|young|expectant|lactating|nursing|breastfeeding|first[- ]time|surrogate"
    r"|working|teen) (?:mother|mom|parent|father|dad)",
    rf"{PERSON}(?:'s)? (?:death|funeral|passing|wedding|house|home|birth)",
    r"not only|not just|not necessarily|no doubt|no question|not (?:fully |completely |well "
    r"|adequately |optimally |yet "
    r"|quite |very )?(?:at goal|to goal|control\w+|optimi[sz]ed|managed|tolerat\w+|resolved"
    r"|cleared|healed|better|improv\w+"
    r"|respond\w+|compliant|adherent|ideal|relieved|helping|helped|effective|sure|certain|clear"
    r"|taking|using|wearing|able"
    r"|interested|ready|limited to|changed|treated|doing well|sleeping|eating|working|bothersome|bad|enough)",
    r"(?:no|not|denies|without|w/o|n't)(?: any| a| an| the| had| having| noticed| interval"
    r"| recent| new| further| significant"
    r"| major| acute| real| much| sign(?:s)? of| evidence of| symptoms? of)* (?:changes?"
    r"|increases?|increased|decreases?|worsening|"
    r"progression|improvements?|relief|difference|complications?|problems?|issues?|trouble"
    r"|difficult\w+|concerns?|side effects?"
    r"|adverse effects?|exacerbations?|flares?(?:[- ]ups?)?)"
    r" (?:in|of|to|with|from|for|about|since|on)(?= (?:his|her|the|their|this|chronic|known|baseline|underlying|\w+))",
    r"(?:no|not|never|without)(?: a| any| an| the| been| being)* (?:need|indication|reason|plan"
    r"|role|contraindication|treatment"
    r"|treated|medications?|medicines?|meds|drugs?|therapy|surgery|antibiotics?|refills?"
    r"|follow[- ]?up|work[- ]?up|insurance)"
    r"(?: needed| required)? (?:for|of|to)",
    r"no longer (?:tolerat\w+|tak\w+|us(?:es|ing)|on|needs?|needing|requir\w+|able|respond\w+"
    r"|controlled|effective|work\w+|wear\w+"
    r"|wants?|covered|sees?|follow\w+)",
    r"(?:over|for|in|during|within|x)(?: the| this)? (?:past|last|prior"
    r"|previous) (?:\w+ ){0,2}(?:days?|weeks?|wks?|months?|mos?"
    r"|years?|yrs?|hours?|hrs?|nights?|decade|winter|summer|fall|spring)",
    r"(?:past|last|previous|prior) (?:\w+ )?(?:days?|weeks?|wks?|months?|years?|hours?|hrs?"
    r"|nights?|visit|appointment|night)",
    r"previously (?:well|healthy)|prior (?:to|auth\w*)|past due|history (?:as above|reviewed|per"
    r"|from|obtained|was obtained|taken)",
    r"(?:diagnosed|dx(?:ed)?|since|started|began|onset|found|known) (?:in|around|about) (?:19|20)\d\d",
    r"could not|couldn't|may (?:take|use|return|resume|continue|repeat|go|need|shower|apply|increase|titrate|not)"
    r"|(?:months?|weeks?) of may|could (?:hardly|barely|use|take)",
    r"screen time|risk factors? (?:modification|reduction)|(?:goal|education|counseling) (?:discussed|reviewed)",
)  # fmt: skip

_SIGN = (
    r"(?:evidence|signs?|symptoms?|sx|history|hx|h/o|suspicion|concerns?|complaints?|complains"
    r"|findings?|features?|criteria"
    r"|indication|recollection|suggestion|stigmata|proof|diagnosis|dx|known|reports?|worry)"
)
BEFORE: tuple[tuple[str, str], ...] = (
    (
        NEGATED,
        rf"no (?:\w+ ){{0,3}}?{_SIGN} (?:of|for|to suggest|suggest\w+|or \w+ of|concerning for"
        rf"|consistent with|that suggests?)"
        r"|(?:doesn't|does not|did not|didn't|do not) (?:meet (?:the )?(?:full )?criteria for"
        r"|appear to (?:have|be)|have|suggest|look like)"
        r"|(?:is |was |are |were )?not (?:felt |thought |believed )?(?:to (?:be|have)|due to"
        r"|related to|secondary to|caused by|consistent with"
        r"|compatible with|suggestive of|suspicious for|concerning for|associated with|indicative of|from|a case of)"
        r"|unlikely (?:to be|due to|for|related to)|less likely|low (?:probability|suspicion"
        r"|concern|likelihood|risk)(?: of| for)?"
        r"|denies|denied|denying|deny|doubts?|doubtful|pertinent negatives|negatives?(?=:)"
        r"|neg(?=:)|negative for|neg for|negative (?:hx|history) (?:of|for)"
        r"|without(?: any| evidence of| signs? of| history of)?|w/o|absence of|free of|free from"
        r"|ruled out(?: for)?|rules? out (?=the)"
        r"|never (?:had|been diagnosed with|diagnosed with|experienced)|never|nor|none of"
        r"|no(?![,.:])|neither|nil|lack of|lacks|lacking"
        r"|fails to|failed to (?=show|reveal|demonstrate)|excluded?|excluding|excludes|unremarkable for|no longer"
        r"|declines|declined|refused|refuses|(?:was|were|is|are|has|have|had|did|does|do|can"
        r"|could)(?:n't| not)|not|\(-\)|\(−\)",
    ),
    (NEGATED, r"unlikely|absent"),
    (
        UNCERTAIN,
        r"c/f|favor(?:s|ed|ing)?|potential(?:ly)?|empiric(?:al)?(?:ly)?(?: [a-z]+){0,3}? for"
        r"|look(?:s|ing)? like|resembl\w+"
        r"|felt to be|await\w* (?:path\w*|biops\w+|confirmation)(?: for| of| to confirm)?|borderline|equivocal(?: for)?"
        r"|possibly|possible|poss|probably|probable|prob|suspected|suspects?|suspicious(?: for)?"
        r"|suspicion(?: for| of)?|suspecting"
        r"|rule[- ]?outs?|ruling out|r/o|vs\.?|versus|may (?:have|be|represent|reflect|indicate|suggest)|may(?= well)"
        r"|might(?: have| be)?|could (?:be|have|represent|reflect|indicate)|likely|presumed"
        r"|presumptive(?:ly)?|presumably|questionable"
        r"|question(?:s)? of|query|queries|concern(?:s|ed|ing)? (?:for|about|of|regarding|re)|concerning"
        r"|consistent with|c/w|compatible with|suggest(?:s|ive|ing|ed)?(?: of)?"
        r"|differential(?: diagnos[ie]s)?(?: includes?)?"
        r"|ddx|(?:evaluat\w+|eval|work[- ]?ups?|worked up|test\w*|check\w*|assess\w*|look\w*|sent|labs|panel) for"
        r"|to (?:exclude|rule out|look for|check for|assess for|evaluate for|confirm)|(?:cannot"
        r"|can't|can not|unable to|could not) (?:exclude|rule out)"
        r"|not (?:ruled out|excluded)|worrisome for|worr(?:y|ied) (?:about|for|that)"
        r"|indicative of|appears to (?:be|have)"
        r"|seems? (?:to be|like)|thinks? (?:it is|it's|this is|he has|she has|that)"
        r"|believe[sd]? to be|thought to (?:be|have|represent)"
        r"|perhaps|maybe|working (?:diagnosis|dx)|tentative|unclear (?:if|whether)|whether"
        r"|wonders? (?:if|about)|afraid of|fear of|\?",
    ),
    (
        FAMILY,
        rf"family (?:history|hx|medical history)(?: of| positive for| significant for|:)?|\bfam hx"
        rf"|fh(?:x)?(?: of)?|{PERSON}"
        r"|maternal|paternal|exposed to|exposure to"
        rf"|{CONTACT} with",
    ),
    (
        PAST,
        r"(?:personal |past |prior |remote |previous )?(?:medical |surgical )?(?:history|hx)(?: of)?(?!:)|h/o|s/p"
        r"|status[- ]post|previous(?:ly)?|prior|past|former(?:ly)?|childhood"
        r"|as an? (?:child|teen\w*|kid) (?:that )?(?:he|she|they)?|used to have|told \w+ had|remote|resolved|healed"
        r"|(?<!year )(?<!years )(?<!yr )(?<!yrs )(?<!yo )(?<!mo )(?<!month )(?<!week )"
        r"(?<!wk )(?<!day )(?<!-)old(?= [a-z]+\b)"
        r"|underwent|treated for|in (?:19|20)\d\d|recovered from|recovering from"
        r"|had a (?=\w+ (?:in (?:19|20)|\d+ years))",
    ),
    (OVER, r"used to have|outgrew|recovered from|cured of|as an? (?:child|teen\w*|kid) (?:that )?(?:he|she|they)?"),
    (
        CONDITIONAL,
        r"if|in case(?: of)?|in the event of|should (?:he|she|they|it|you|there|any|this|symptoms?|pain|fever)"
        r"|(?:return|call|er|ed|go|come back|seek care|seek \w+ care"
        r"|follow[- ]?up)(?: \w+){0,3} (?:for|with|if)(?= (?:any|new|worse|worsening|severe|high"
        r"|fever|chest|sob|short|bleed|signs|increas|uncontrolled))"
        r"|return (?:for|with|precautions)|call (?:for|with|if)|(?:watch|watching|monitor"
        r"|monitoring|look out)(?: \w+)? for|red flags?"
        r"|risks? (?:of|for|factors? for|include|including|such as|reduction)|risks|at (?:high "
        r"|increased |low )?risk|reduce(?:s)? (?:the )?risk"
        r"|to prevent|prevention of|prevents?|preventing|prophylaxis(?: for| against)?"
        r"|prophylactic\w*|screen(?:ing|ed|s)?(?: for)?"
        r"|warning signs|unless|educat(?:ed|ion|ing) (?:on|about|re|regarding)|precautions"
        r"|handouts?|(?:side|adverse) effects?"
        r"|discussed(?! (?:her|his|their|the diagnosis|diagnosis|management|treatment|plan"
        r"|results?))|counsel(?:l?ed|ing) (?:on|about|re|regarding)|(?:can|may|might"
        r"|could) (?:cause|lead to|result in|develop|trigger|worsen)|leads? to"
        r"|complications (?:such as|including|include)|vaccin(?:e|es|ation|ated) (?:for|against)"
        r"|immuniz\w+ (?:for|against)|avoid|to avoid"
        r"|signs (?:and symptoms )?of|symptoms of(?= (?:stroke|heart|dvt|infection|hypo|allerg"
        r"|ana))|in the future|until",
    ),
)  # fmt: skip
# Triggers that reach only to the next comma: they qualify one condition, not a list.
OF_ONE = frozenset(
    {"old", "likely", "probable", "probably", "possible", "possibly", "suspected", "presumed", "presumptive", "poss",
     "prob",
     "absent", "unlikely", "?", "less likely", "resolved", "healed"}
)  # fmt: skip

_BE = r"(?:was|were|is|are|has been|have been|had been|remains?|all|both|also|now|since|recently|by \w+)"
# The rest of a list before a word that speaks of all its members: "fever, cough and headache denied".
_MEMBER = r"[a-z0-9'’/-]+(?: [a-z0-9'’/-]+){0,3}?"
_LIST = rf"(?:(?:, ?{_MEMBER}){{0,4}}?(?:,? (?:and|or|nor) |/ ?| & ){_MEMBER})?"
_ANSWER_END = r"(?=\s*(?:[.,;|)\n\]]|$|  | (?:and|but|so|on|by)\b))"
AFTER: tuple[tuple[str, str], ...] = (
    (
        NEGATED,
        rf"(?:{_LIST}\s*(?:{_BE}\s+)*)(?:ruled[- ]?out|excluded|not (?:seen|present|found|detected"
        rf"|observed|identified|demonstrated"
        r"|noted|appreciated|suspected|supported|evident|visuali[sz]ed|likely|felt to be likely)"
        r"|unlikely|gone|absent|denied"
        r"|not a concern)(?![a-z])"
        rf"|{_LIST}\s*(?:{_BE} )*(?:declined|refused|deferred|utd|up to date)(?![a-z])"
        r"|\s*(?:none needed|not needed|burden:? (?:0|zero|none))(?!\.?[a-z0-9])"
        rf"|{_LIST}\s*(?:tests? |screen(?:ing)? |titers? |antigens? |antibod\w+ |pcr |swabs? "
        rf"|rapid |cultures? |\w+ )?(?:{_BE} )*(?:negative|neg)"
        r"(?=\s*(?:[.;,)\n]|$|and\b|by\b|on\b|today\b|here\b|in\b))"
        r"|(?:(?:,| and| or|/) ?[a-z0-9'-]+(?: [a-z0-9'-]+){0,2}){0,6}?(?: tests?| screen(?:ing)?"
        r"| swab| pcr)?\s*(?:[:=|–—-]+|\.{2,}|\?)\s*(?:no|none|n|neg(?:ative)?|denie[sd]|absent"
        r"|never|not present|0|nil|\(-\)|\(−\)|-|−)"
        rf"{_ANSWER_END}"
        r"|\s*\((?:-|−|–|neg(?:ative)?|no|none|denie[sd]|absent|ruled out)\)"
        r"|\s*(?:no|none|denie[sd])(?=\s*(?:[.,;]|$|\n))|[- ]free(?![a-z])|\s*(?:has|have) never been|\s*0 ?/ ?10"
        r"|\s*(?:was |were )?(?:not|never) (?:diagnosed|confirmed|treated)"
        r"|\s*(?:was |were |initially |first )*(?:considered|suspected|entertained|questioned|raised|thought)\b"
        r"[^.;\n]{0,40}?\b(?:but|and|then|later|ultimately|eventually|subsequently)\b (?:\w+ ){0,2}?"
        r"(?:not|never|ruled[- ]?out|excluded|discarded|dismissed|unlikely|no)(?![a-z])",
    ),
    (
        UNCERTAIN,
        rf"(?:{_LIST}\s*)(?:(?:is|was|are|were|remains?|seems?|still|being|a|also|most|very|strongly|highly)\s+)*"
        r"(?:(?:suspected|possible|possibly|probable|probably|likely|presumed)(?! (?:due"
        r"|secondary|related|from|2/2|because|caused|triggered|in"
        r"|to|exacerbat\w+|contribut\w+|a|an|the|viral|bacterial|with|,))|(?:in|on) the differential"
        r"|not (?:yet )?(?:confirmed|excluded|ruled out)|cannot be (?:excluded|ruled out)"
        r"|can't be (?:excluded|ruled out)|to be (?:ruled out|excluded)"
        r"|(?:a )?possibility|considered|under consideration|favou?red|questionable|less likely|more likely"
        r"|pending|a concern|of concern)"
        r"|[ \w]{0,25}\b(?:to be|needs? to be) (?:excluded|ruled out)|[ \w]{0,20}\?"
        r"|[- ]rule[- ]out|\s*r/o(?=\s*(?:[.,;]|$))|\s*,?\s*(?:vs\.?|versus)",
    ),
    (
        FAMILY,
        rf"(?:{_LIST}\s*(?:both )?)(?:\s*(?:at|age|aged|in|diagnosed) \d\d\s*)?(?:in"
        rf"|of) {_WHOSE}(?:{PERSON}|(?:first|second)[- ]degree|family)(?![a-z])(?!{_TELLS})"
        rf"|\s*[,:(=–—-]+\s*{_WHOSE}{PERSON}(?=\s*(?:[.,;)\n]|$|at \d|age|\d|and {_WHOSE}{PERSON}|in \w+ \d0s))"
        rf"|{_LIST}\s*runs in|{_LIST}\s*on (?:both sides|(?:his |her |the )*(?:maternal|paternal"
        rf"|mother's|father's) side)",
    ),
    (
        SPOKEN,
        r"[ \w%/–-]{0,20}\b(?:discussed|advised|recommended|encouraged|(?<!at )(?<!to )goal"
        r"|counsel\w+|program|planned|scheduled)\b",
    ),
    (
        CONDITIONAL,
        r"[ \w%/–-]{0,20}\b(?:precautions|prevention|prophylaxis|vaccin\w+|screening|(?<!active )surveillance)\b"
        r"|\s*(?:risks?|education|handout|patients?|pts|screen|shots?|us q\w*|ultrasound q\w*)\b",
    ),
    (
        PAST,
        rf"(?:{_LIST}[\s,(-]*)(?:has |have |had |is |now |fully |completely |since |which |all "
        rf"|both |that |long |long since )*(?:cleared|ablated|gone|went away"
        r"|resolved|healed|in the past|years? ago|as an? (?:child|teen\w*|kid|infant|baby)|remote(?:ly)?"
        r"|, (?:[a-z]+ ){1,3}?(?:completed?|done|finished), (?:fully |completely "
        r"|now )?(?:resolved|cleared|healed)|in (?:childhood|college|high school)|when (?:he|she"
        r"|they) was|outgr[eo]w\w*|\(resolved\))"
        r"|[\s,(-]*(?:in )?(?!since|from|dx|diagnosed|began|started|onset"
        r"|found)(?:[a-z.]{1,12} ){0,3}?(?:\d{1,2}/(?:\d{1,2}/)?)?(?:19[3-9]\d|20[0-4]\d)"
        r"(?![/\d]| ?(?:mg|mcg|units?|iu|ml|cal|kcal|g)\b)|[\s,(-]*\d{1,2}/(?:0\d|1\d"
        r"|2[0-4])(?![/\d])|[\s,(-]*(?:at )?age \d{1,2}\b(?!-)|[\s,(-]*(?:\d+|two|three|four|six"
        r"|several|many|a few) (?:months?|mos?|yrs?) ago"
        r"|[\s,(-]*(?:s/p|status post|after|was) (?:surgical )?(?:repair(?:ed)?|excis\w+|remov\w+"
        r"|resect\w+)\b|[\s,(-]*last (?:year|month|winter|summer|spring|fall|autumn)\b",
    ),
    (
        OVER,
        r"[^.;\n]{0,22}?[\s,(-](?:has |have |now |fully |completely |and )*(?:as an? (?:child"
        r"|teen\w*|kid|infant|baby|toddler)|as (?:child|teen|kid|baby|infant|toddler)"
        r"|in (?:childhood|college|high school|hs)\b"
        r"|none since|none x|no recurrence(?! on)|never recurred|without recurrence|outgr[eo]w\w*)"
        r"|[\s,(-]*(?:has |have |now |fully |completely |and )*(?:age \d{1,2}-\d{1,2}"
        r"|outgr[eo]w\w*|passed|cured|none (?:for|in|x|since)|full(?:y)? recover\w+|no longer"
        r"|\(?none x)|[^.;\n]{0,22}\bfull recovery",
    ),
)  # fmt: skip
# What ends the reach of a denial or a doubt.
STOP = (
    r"\b(?:but|however|although|though|except|aside from|apart from|other than|which|presents?"
    r"|presented|presenting|yet|reports?"
    r"|complains?|c/o|endorses?|admits?|positive|pos|shows?|showed|reveal(?:s|ed)?|found|because"
    r"|since|secondary to|2/2|despite"
    r"|due to|(?:\w+ )?only)\b|[.;:]|\+ ?(?=[a-z])|\(\+\)|(?:->|→)"
    r"|(?:,|\band) (?:and |but )?(?:the )?(?:(?:s?he|pt|patient|they|it|we) )?(?:is|has|had|was"
    r"|does have|takes?|started|continues?|still|now|here|known|with"
    r"|today|likely|probable|possible|s/p|status|given|plus|diagnosed|treated|managed|on (?!exam"
    r"|exertion|palpation|auscultation|imaging|x|ct|mri|us\b))\b"
)
# What ends a denial that belongs to a verb ("not", "no longer", "declines"): the reason for what was not done.
VERB_STOP = r"\b(?:for|from|after|while|until|before|when|as|so)\b|\b(?:and|,) (?:has|her|his)\b"
PAST_STOP = (
    r"\b(?:now|today|currently|current|presents?|presenting|here for|but|still|ongoing|on|takes"
    r"|c/o|complains?|comes|came|seen for)\b"
    r"|[.;:(]|, (?=new|now|with|has|here|and (?:has|is|now))"
)
FAMILY_STOP = (
    r"[.;]|\b(?:patient|pt|presents?|presented|here (?:for|with)|personal(?:ly)?|herself"
    r"|himself)\b|, (?:and |but )?(?:now|has|denies|is here|s?he (?:is|has|had))\b"
    r"|\bbut (?:s?he|no|not|without)\b|\band (?:s?he|pt|patient) (?:is|has|had|now|presents?|reports?|denies)\b"
)
