"""A denial in plain words: the queue's reason (at most 40 characters) and the page's sentence."""

from collections.abc import Iterable, Mapping

from denials.domain.categories import Category, label_of
from edi.codes import carc as carcs
from edi.codes import group as groups
from edi.codes import rarc as rarcs

LIMIT = 40
# Where edi's sentence for the code is too long for a row.
SHORT: Mapping[str, str] = {
    "4": "Modifier missing or wrong",
    "5": "Code doesn’t fit the place of service",
    "6": "Code doesn’t fit the patient’s age",
    "7": "Code doesn’t fit the patient’s sex",
    "8": "Code doesn’t fit the specialty",
    "9": "Diagnosis doesn’t fit the age",
    "10": "Diagnosis doesn’t fit the sex",
    "11": "Diagnosis doesn’t support the service",
    "15": "Authorization missing or not for this",
    "16": "Information missing or wrong",
    "18": "Duplicate of another claim",
    "22": "Another payer may come first",
    "50": "Not medically necessary, payer says",
    "96": "Not covered",
    "97": "Included in another service",
    "125": "Billing error",
    "150": "Records don’t support the level",
    "151": "Records don’t support so many",
    "197": "No authorization or notice",
    "198": "Authorization used up",
    "204": "Not covered by this plan",
    "226": "Records asked for were not sent",
    "231": "Excludes another service that day",
    "236": "Pair not allowed together",
    "242": "Not by a network provider",
    "243": "Not authorized by the network",
    "252": "Records needed",
    "B7": "Provider not certified that day",
    "B15": "A needed service is missing",
}


def brief(carc: str, category: str) -> str:
    """The queue's reason: at most 40 characters."""
    words = SHORT.get(carc) or carcs.WORDS.get(carc, "").replace("'", "’")
    if 0 < len(words) <= LIMIT:
        return words
    return label_of(category) if category in set(Category) else f"Refused, reason {carc}"[:LIMIT]


def code_of(group: str, carc: str) -> str:
    """ "CO-197"."""
    return f"{group}-{carc}"


def says(carc: str) -> str:
    """The reason as edi words it."""
    return carcs.says(carc).replace("'", "’")


def lowered(text: str) -> str:
    """A phrase as it stands inside a sentence."""
    return text if text[1:2].isupper() or text[:1].isdigit() else text[:1].lower() + text[1:]


def remarks_say(remarks: Iterable[str]) -> list[tuple[str, str]]:
    """Each remark code with its words."""
    return [(each, rarcs.says(each).replace("'", "’")) for each in remarks]


def group_says(group: str) -> str:
    """Who bears the amount, by the payer's group code."""
    return groups.says(group).replace("'", "’")
