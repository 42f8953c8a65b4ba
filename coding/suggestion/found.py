"""What was found in a note, before and after the rules that decide what may be coded."""

from dataclasses import dataclass, field

from coding.suggestion.facts import Span
from coding.suggestion.sections import ASSESSMENT


@dataclass(slots=True)
class Found:
    """One code with what speaks for it. `place` orders the codes as the provider wrote them."""

    code: str
    spans: list[Span]
    reason: str
    confidence: int
    place: int
    section: str = ""
    sentence: int = -1
    assessed: bool = False  # named in the assessment, or the note has none
    held: str = ""  # why it must not be coded; empty when it may


@dataclass(slots=True)
class Findings:
    """The codes of a note while the rules work on them."""

    codes: dict[str, Found] = field(default_factory=dict)
    held: list[Found] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Keep a code; said twice, its words are joined and the better mention counts."""
        known = self.codes.get(found.code)
        if known is None:
            self.codes[found.code] = found
            return
        known.spans += [span for span in found.spans if span not in known.spans]
        known.confidence = max(known.confidence, found.confidence)
        better = found.section == ASSESSMENT != known.section  # the order of the assessment is the provider's
        if found.assessed and (better or not known.assessed):
            known.assessed, known.place, known.section, known.sentence = (
                True,
                found.place,
                found.section,
                found.sentence,
            )
            known.spans = [*found.spans, *(span for span in known.spans if span not in found.spans)]

    def having(self, *prefixes: str) -> list[Found]:
        """The codes that begin with one of the prefixes."""
        return [found for code, found in self.codes.items() if code.startswith(prefixes)]

    def hold(self, code: str, why: str) -> None:
        """Take a code away and keep the reason."""
        found = self.codes.pop(code, None)
        if found is not None:
            found.held = why
            self.held.append(found)

    def absorb(self, vague: str, exact: str) -> None:
        """Let the exact code of two have the vague one's words."""
        if vague in self.codes and exact in self.codes:
            exacter = self.codes[exact]
            exacter.spans += [span for span in self.codes[vague].spans if span not in exacter.spans]
            del self.codes[vague]

    def replace(self, old: str, new: str, reason: str, *also: Found) -> None:
        """Say with another code what this one says; the words of `also` support it, too."""
        found = self.codes.pop(old, None)
        if found is None:
            return
        found.code, found.reason = new, reason
        for other in also:
            found.spans += [span for span in other.spans if span not in found.spans]
        self.add(found)
