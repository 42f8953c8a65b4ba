"""`make bench-coding`: how right the suggested codes are, without learning, learned, and on the project's own cases.

Part one learns from LEARN and measures on EVAL (gzip JSON lines {id, text, icd10cm}); by default the real clinical
cases of CodiEsp beside this project, when they are there. Its annotators coded findings that a note denies, too, so it
runs with the switch for that; what is measured is an exact match of code strings. Part two runs the product's default,
which follows the US guidelines and has learned nothing, over `bench/coding_cases`: the open ones and those held out;
the sealed ones only when asked for with `--sealed`, so that nobody tunes towards them by looking often.
"""

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.coding_cases.notation import Case, Procedure, RightCode, held_out_cases, open_cases, sealed_cases
from bench.reference_terms import tabular_rows, term_rows
from coding.suggestion import unlearned
from coding.suggestion.facts import NoteFacts, Suggested
from coding.suggestion.groups import SYMPTOM
from coding.suggestion.knowledge import Knowledge, compile_knowledge
from coding.suggestion.learning import CodedNote, average_precision, learn
from coding.suggestion.prepared import Prepared, prepare
from coding.suggestion.suggest import suggest

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"
Ranking = list[tuple[str, float]]


@dataclass(slots=True)
class Score:
    """Counts over notes, and the average precision of each."""

    taken: int = 0
    right: int = 0
    gold: int = 0
    averages: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    calibration: list[tuple[float, bool]] = field(default_factory=list)

    def row(self, name: str) -> str:
        """One line of the table."""
        precision, recall = self.right / max(self.taken, 1), self.right / max(self.gold, 1)
        f1 = 2 * self.right / max(self.taken + self.gold, 1)
        mean = f"{np.mean(self.averages):.3f}" if self.averages else "–"
        p50, p95 = np.percentile(self.milliseconds, [50, 95])
        return f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {mean} | {p50:.1f} | {p95:.1f} |"


HEAD = "| | precision | recall | F1 | MAP | ms a note p50 | p95 |\n|---|---|---|---|---|---|---|"


def read_coded(path: Path) -> list[CodedNote]:
    """Coded notes from gzip JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [CodedNote(row["text"], tuple(row["icd10cm"])) for row in rows]


def measure(
    notes: Sequence[CodedNote], prepare_note: Callable[[str], Prepared], rank: Callable[[Prepared], Ranking],
    threshold: float, seen: Counter[str],
) -> Score:  # fmt: skip
    """Rank the codes of every note; those from the threshold on count as suggested."""
    score = Score()
    for note in notes:
        start = time.process_time()
        ready = prepare_note(note.text)
        ranked = rank(ready)
        score.milliseconds.append((time.process_time() - start) * 1000)
        gold = frozenset(note.codes)
        taken = [code for code, chance in ranked if chance >= threshold]
        score.taken += len(taken)
        score.right += sum(code in gold for code in taken)
        score.gold += len(gold)
        hits = np.array([code in gold for code, _ in ranked], dtype=bool)
        score.averages.append(average_precision(hits, len(gold)))
        score.calibration += [(chance, code in gold) for code, chance in ranked if chance >= 0.1]
        score.errors.update(_errors(ready, gold, taken, seen))
    return score


def _errors(ready: Prepared, gold: frozenset[str], taken: Sequence[str], seen: Counter[str]) -> Iterable[str]:
    proposed = set(taken)
    for code in gold - proposed:
        if any(other[:3] == code[:3] for other in proposed - gold):
            yield "missed: another code of the category was taken"
        elif not seen[code]:
            yield "missed: never seen in learning"
        else:
            yield "missed: seen 1–4 times" if seen[code] < 5 else "missed: seen 5 times or more"
    for code in proposed - gold:
        mention = ready.best.get(code)
        if any(other[:3] == code[:3] for other in gold):
            yield "too much: the right one is a sibling"
        elif mention is not None and mention.context:
            yield f"too much: {min(mention.context)} in the note"
        elif code.startswith(SYMPTOM):
            yield "too much: a symptom"
        else:
            yield "too much: other"


def coded_notes(learn_from: Path, evaluate: Path, reference: Path) -> None:
    """Part one."""
    start = time.perf_counter()
    knowledge = compile_knowledge(tabular_rows(), term_rows(reference))
    took = time.perf_counter() - start
    print(f"\nKnowledge: {len(knowledge.terms):,} terms of {len(knowledge.codes):,} codes in {took:.1f} s")
    train, test = read_coded(learn_from), read_coded(evaluate)
    seen = Counter(code for note in train for code in set(note.codes))
    start = time.perf_counter()
    learned = learn(train, knowledge)
    size = len(learned.to_bytes()) / 1e6
    took = time.perf_counter() - start
    print(f"Learned from {len(train)} notes in {took:.0f} s ({size:.1f} MB); measured on {len(test)}.")
    print("Cross-validated on the learning notes: " + ", ".join(f"{k} {v:.3f}" for k, v in learned.metrics.items()))

    def prepare_note(text: str) -> Prepared:
        return prepare(text, knowledge, learned.encounters)

    without = measure(test, prepare_note, lambda r: unlearned.rank(r, knowledge), unlearned.THRESHOLD, Counter())
    with_it = measure(test, prepare_note, lambda r: learned.rank(r, knowledge), learned.threshold, seen)
    print(f"\n{HEAD}\n{without.row('without learning')}\n{with_it.row('learned')}")
    _print_errors(with_it.errors)
    _print_calibration(with_it.calibration)


def _print_errors(errors: Counter[str]) -> None:
    print("\n| errors of the learned | |\n|---|---|")
    for name, count in errors.most_common():
        print(f"| {name} | {count} |")


def _print_calibration(pairs: Sequence[tuple[float, bool]]) -> None:
    print("\n| confidence | suggestions | expected right | right |\n|---|---|---|---|")
    for decile in range(10):
        mine = [(c, hit) for c, hit in pairs if min(int(c * 10), 9) == decile]
        if mine:
            expected, right = np.mean([c for c, _ in mine]), np.mean([hit for _, hit in mine])
            print(f"| {decile * 10}–{decile * 10 + 9} | {len(mine)} | {expected:.2f} | {right:.2f} |")


@dataclass(slots=True)
class Judged:
    """The product's default on our own cases."""

    diagnoses: Score = field(default_factory=Score)
    procedures: Score = field(default_factory=Score)
    first: int = 0
    evidence: int = 0
    modifiers: int = 0
    units: int = 0
    traps: Counter[str] = field(default_factory=Counter)
    fallen: Counter[str] = field(default_factory=Counter)


def judge(cases: Sequence[Case], knowledge: Knowledge) -> Judged:
    """Suggest for every case with the default policy and compare with what a coder would report."""
    judged = Judged()
    for case in cases:
        facts = NoteFacts(
            text=case.note, sex=case.sex, age=case.age, setting=case.setting, is_new=case.new, specialty=case.specialty
        )
        start = time.process_time()
        found = suggest(facts, knowledge)
        judged.diagnoses.milliseconds.append((time.process_time() - start) * 1000)
        got = _as_listed(case.codes, found.diagnoses, case)
        right = {code.code: code.evidence for code in case.codes}
        _count(judged.diagnoses, set(right), set(got))
        judged.diagnoses.calibration += [(s.confidence / 100, code in right) for code, s in got.items()]
        judged.evidence += sum(_overlaps(case.note, got[code], right[code]) for code in right.keys() & got.keys())
        first = found.diagnoses[0].code if found.diagnoses else ""
        first = next((each.code for each in case.codes if first in each.alternatives), first)
        judged.first += first == case.codes[0].code or first in case.also_first
        for trap in case.traps:
            judged.traps[trap.kind] += 1
            wrong = first == trap.code if trap.kind == "sequencing" else trap.code in got and trap.code not in right
            judged.fallen[trap.kind] += wrong
        if case.procedures:
            _judge_procedures(judged, case, found.procedures)
    return judged


def _as_listed(
    right: Sequence[RightCode] | Sequence[Procedure], suggested: Sequence[Suggested], case: Case
) -> dict[str, Suggested]:
    """What was suggested and is judged, under the code that the case lists: an alternative stands for it."""
    listed = {other: each.code for each in right for other in each.alternatives}
    found = {s.code: s for s in suggested if case.judges(s.code) or s.code in listed}
    return {listed.get(code, code): s for code, s in found.items() if code not in listed or listed[code] not in found}


def _judge_procedures(judged: Judged, case: Case, suggested: Sequence[Suggested]) -> None:
    right = {p.code: p for p in case.procedures}
    got = _as_listed(case.procedures, suggested, case)
    _count(judged.procedures, set(right), set(got))
    for code in right.keys() & got.keys():
        judged.modifiers += set(right[code].modifiers) == set(got[code].modifiers)
        judged.units += right[code].units == got[code].units


def _count(score: Score, right: set[str], got: set[str]) -> None:
    score.taken += len(got)
    score.right += len(got & right)
    score.gold += len(right)


def _overlaps(note: str, suggested: Suggested, evidence: Sequence[str]) -> bool:
    places = [(at, at + len(words)) for words in evidence for at in _places(note, words)]
    return any(start < span.end and span.start < end for start, end in places for span in suggested.spans)


def _places(note: str, words: str) -> Iterable[int]:
    at = note.find(words)
    while at >= 0:
        yield at
        at = note.find(words, at + 1)


def own_cases(with_sealed: bool) -> None:
    """Part two: only what a fresh clone has."""
    start = time.perf_counter()
    knowledge = compile_knowledge(tabular_rows(), ())
    print(f"\nOwn cases, default policy, nothing learned (knowledge in {time.perf_counter() - start:.1f} s)\n\n{HEAD}")
    sets = [("open", open_cases()), ("held out", held_out_cases())]
    if with_sealed:
        sets.append(("sealed", sealed_cases()))
    for name, cases in sets:
        judged = judge(cases, knowledge)
        print(judged.diagnoses.row(f"{name}: diagnoses of {len(cases)} cases"))
        judged.procedures.milliseconds = judged.diagnoses.milliseconds
        print(judged.procedures.row(f"{name}: services"))
        d, p = judged.diagnoses, judged.procedures
        share = f"evidence right {judged.evidence / max(d.right, 1):.3f}"
        share += f", first-listed right {judged.first / len(cases):.3f}"
        share += f", modifiers right {judged.modifiers / max(p.right, 1):.3f}"
        share += f", units right {judged.units / max(p.right, 1):.3f}"
        fallen = ", ".join(f"{kind} {judged.fallen[kind]}/{count}" for kind, count in sorted(judged.traps.items()))
        print(f"\n{name}: {share}\n{name}: traps fallen into: {fallen}")
        _print_calibration(d.calibration)
        print(f"\n{HEAD}" if name != sets[-1][0] else "")


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learn", type=Path)
    parser.add_argument("--eval", type=Path)
    parser.add_argument("--reference", type=Path, default=REFERENCE, help="folder with index tables and coded notes")
    parser.add_argument("--only", choices=("notes", "cases"))
    parser.add_argument("--sealed", action="store_true", help="the sealed cases, too: at the end of a round of work")
    args = parser.parse_args()
    if args.only != "notes":
        own_cases(args.sealed)
    if args.only == "cases":
        return
    learn_from = args.learn or args.reference / "codiesp_train.jsonl.gz"
    evaluate = args.eval or args.reference / "codiesp_dev.jsonl.gz"
    if not learn_from.exists() or not evaluate.exists():
        print(f"\nNo coded notes at {learn_from} and {evaluate}; part one needs them (LEARN=, EVAL=).")
        return
    coded_notes(learn_from, evaluate, args.reference)


if __name__ == "__main__":
    main()
