"""`make bench-search`: size, speed and quality of the search over the public code tables of ../shared/reference.

Speed: every keystroke of what coders type, and official wordings with a word dropped and a misspelling, over all
systems at once; the same queries by PostgreSQL's text search, as the product did it before, in the same run.
Quality: wordings and inclusion terms of random codes with a word dropped and a misspelling in another word, and paths
of the alphabetic index; or, with QUERIES=file.tsv, the lines “query<TAB>code” of that file. “First 5” asks for the very
code; “or below” is content with a code below the one asked for, as the index often names a heading.
"""

import argparse
import csv
import io
import os
import random
import secrets
import string
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import psycopg2

from bench import code_tables
from bench.queries_typed import TYPED
from coding.lexicon import Index, Source, Text, build, from_bytes, search_all, to_bytes
from rcm.embedded.postgres import Postgres
from rcm.embedded.processes import free_port, spawn, stop

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"
FIRST = 5
FORMER_SQL = """
    SELECT code FROM code WHERE search @@ to_tsquery('english', %(query)s)
    ORDER BY ts_rank(search, to_tsquery('english', %(query)s), 2) DESC, code LIMIT 12"""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Tables:
    """What is searched: for each system its codes and texts."""

    codes: Mapping[str, code_tables.Codes]
    texts: Mapping[str, Sequence[Text]]

    def pairs(self, source: Source, *, billable: bool = True) -> list[Pair]:
        """Texts of one kind with their codes."""
        wanted = {code for codes in self.codes.values() for code, may_bill in codes if may_bill or not billable}
        every = (text for texts in self.texts.values() for text in texts)
        return [(text, code) for code, text, kind in every if kind == source and code in wanted]


def read_tables(folder: Path) -> Tables:
    """The public tables; without them, what comes with the installed packages."""
    if not folder.is_dir():
        print(f"{folder} is not there: measured on the built-in codes, without the alphabetic index.\n")
        icd, procedures = code_tables.built_in_icd10cm(), code_tables.built_in_procedures()
        return Tables({"icd10cm": icd[0], "cpt": procedures[0]}, {"icd10cm": icd[1], "cpt": procedures[1]})
    icd, pcs, level2 = code_tables.icd10cm(folder), code_tables.icd10pcs(folder), code_tables.hcpcs(folder)
    return Tables(
        {"icd10cm": icd[0], "icd10pcs": pcs[0], "hcpcs": level2[0], "cpt": code_tables.cpt_numbers(folder)},
        {
            "icd10cm": [*icd[1], *code_tables.inclusion_terms(), *code_tables.index_terms(folder)],
            "icd10pcs": pcs[1],
            "hcpcs": level2[1],
            "cpt": [],
        },
    )


def build_all(tables: Tables) -> dict[str, Index]:
    """Build, store and load each index again, printing what that takes."""
    print(f"{'system':10} {'codes':>8} {'texts':>8} {'words':>7} {'build s':>8} {'MB':>6} {'load ms':>8}")
    indexes = {}
    with TemporaryDirectory() as folder:
        for name, codes in tables.codes.items():
            begun = process_time()
            stored = to_bytes(build(codes, tables.texts[name]))
            built, begun = process_time() - begun, process_time()
            indexes[name] = index = from_bytes(stored).warm()
            loaded = process_time() - begun
            (Path(folder) / f"{name}.npz").write_bytes(stored)
            print(
                f"{name:10} {len(index.codes):8,} {len(index.text_code):8,} {len(index.vocabulary):7,} "
                f"{built:8.1f} {len(stored) / 1e6:6.1f} {loaded * 1000:8.0f}"
            )
        total = sum(len(index.codes) for index in indexes.values())
        subprocess.run([sys.executable, "-m", "bench.bench_search", "--resident", folder, str(total)], check=True)
    return indexes


def print_resident(folder: Path, total: int) -> None:
    """What a process holds more once all indexes are loaded and have been asked."""
    before = resident()
    indexes = {path.stem: from_bytes(path.read_bytes()).warm() for path in sorted(folder.glob("*.npz"))}
    for typed in TYPED:
        search_all(indexes, typed)
    print(f"{total:,} codes: {resident() - before:.0f} MB of memory in a process, after {len(TYPED)} searches\n")


def resident() -> float:
    """Resident memory in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def misspell(word: str, rng: random.Random) -> str:
    """The word with two letters swapped, or one left out, put in or replaced."""
    at, letter = rng.randrange(len(word) - 1), rng.choice(string.ascii_lowercase)
    return rng.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
        ]
    )


def spoiled(text: str, rng: random.Random) -> str:
    """A text in lower case with one word dropped and a misspelling in another; the last word left is never dropped."""
    left = text.lower().split()
    if len(left) > 1:
        left.pop(rng.randrange(len(left)))
    long = [at for at, word in enumerate(left) if len(word) > 3] or [at for at, word in enumerate(left) if word[1:]]
    if long:
        at = rng.choice(long)
        left[at] = misspell(left[at], rng)
    return " ".join(left)


def print_quality(indexes: Mapping[str, Index], name: str, pairs: Sequence[Pair]) -> None:
    """Share of queries whose code is first, or among the first five; and the mean reciprocal rank."""
    ranks, below = [], 0
    for query, code in pairs:
        found = [hit.code for _, hit in search_all(indexes, query, limit=FIRST)]
        ranks.append(found.index(code) + 1 if code in found else 0)
        below += any(each.startswith(code) for each in found)
    count = max(len(ranks), 1)
    print(
        f"{name:44} {count:6,} {sum(r == 1 for r in ranks) / count:7.1%} {sum(map(bool, ranks)) / count:7.1%} "
        f"{below / count:7.1%} {sum(1 / r for r in ranks if r) / count:6.3f}",
        flush=True,
    )


def quality(indexes: Mapping[str, Index], tables: Tables, seed: int, count: int) -> None:
    """The built-in lists."""
    rng = random.Random(seed)

    def sample(pairs: list[Pair]) -> list[Pair]:
        return rng.sample(pairs, min(count, len(pairs)))

    def spoil(pairs: list[Pair]) -> list[Pair]:
        return [(spoiled(text, rng), code) for text, code in sample(pairs)]

    wordings, terms = tables.pairs(Source.WORDING), tables.pairs(Source.INCLUSION, billable=False)
    preferred = {code: [text] for text, code in wordings}
    for text, code in terms:
        if code in preferred:
            preferred[code].append(text)
    either = [(rng.choice(texts), code) for code, texts in preferred.items()]
    diagnoses = {code for code, _ in tables.codes["icd10cm"]}
    print(f"one word dropped, one misspelled{'':12} {'n':>6} {'first':>7} {'first 5':>7} {'or below':>8} {'MRR':>5}")
    print_quality(indexes, "wording or inclusion term, every system", spoil(either))
    print_quality(indexes, "the same, ICD-10-CM", spoil([pair for pair in either if pair[1] in diagnoses]))
    print_quality(indexes, "wordings of headings", spoil(tables.pairs(Source.WORDING, billable=False)))
    print_quality(indexes, "inclusion terms", spoil(terms))
    print("as printed")
    paths = tables.pairs(Source.INDEX, billable=False)
    print_quality(indexes, "index paths", [(code_tables.without_brackets(t), c) for t, c in sample(paths)])
    print_quality(indexes, "index paths with optional words", sample(paths))
    print()


def keystrokes(typed: str) -> Iterator[str]:
    """What the box holds after each key, from the second on."""
    return (typed[:size] for size in range(2, len(typed) + 1))


def print_speed(name: str, ask: Callable[[str], object], queries: Sequence[str]) -> None:
    """Percentiles of one query's time: by the clock on the wall, and of the processor for what this process does."""
    wall, processor = [], []
    for query in queries:
        begun, used = perf_counter(), process_time()
        ask(query)
        processor.append((process_time() - used) * 1000)
        wall.append((perf_counter() - begun) * 1000)
    figures = [sorted(times)[int(len(times) * share)] for times in (wall, processor) for share in (0.50, 0.95, 0.99)]
    print(f"{name:44} {len(queries):6,} " + " ".join(f"{figure:7.2f}" for figure in figures), flush=True)


def speed(indexes: Mapping[str, Index], tables: Tables, seed: int) -> None:
    """Ours and PostgreSQL's on the same queries."""
    rng = random.Random(seed)
    typing = [part for typed in TYPED for part in keystrokes(typed)]
    official = [spoiled(text, rng) for text, _ in rng.sample(tables.pairs(Source.WORDING), 1_000)]
    office = {name: index for name, index in indexes.items() if name != "icd10pcs"}
    print(f"ms a query{'':34} {'n':>6} {'p50':>7} {'p95':>7} {'p99':>7} {'cpu p50':>7} {'cpu p95':>7} {'cpu p99':>7}")
    print_speed("typing, key by key, every system", lambda query: search_all(indexes, query), typing)
    print_speed("typing, key by key, an office's systems", lambda query: search_all(office, query), typing)
    print_speed("whole queries", lambda query: search_all(indexes, query), TYPED)
    print_speed("spoiled official wordings", lambda query: search_all(indexes, query), official)
    with former_search(tables) as ask:
        print_speed("PostgreSQL text search: typing", ask, typing)
        print_speed("PostgreSQL text search: spoiled wordings", ask, official)
    print()


@contextmanager
def former_search(tables: Tables) -> Iterator[Callable[[str], list[str]]]:
    """The product's former search: words by their beginnings in a text search index."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = Postgres(
            folder=Path(folder) / "pg", port=free_port(), password=secrets.token_urlsafe(24), durable=False
        )
        server.initialise()
        with (Path(folder) / "log").open("wb") as log:
            child = spawn(server.process(), log)
        try:
            server.wait(lambda: None)
            with psycopg2.connect(server.url()) as connection, connection.cursor() as cursor:
                _fill(cursor, tables)

                def ask(query: str) -> list[str]:
                    words = "".join(c if c.isalnum() else " " for c in query.lower()).split()
                    cursor.execute(FORMER_SQL, {"query": " & ".join(f"{word}:*" for word in words)})
                    return [code for (code,) in cursor.fetchall()]

                yield ask
        finally:
            stop(child, server.process())


def _fill(cursor: "psycopg2.extensions.cursor", tables: Tables) -> None:
    buffer = io.StringIO()
    rows = csv.writer(buffer)
    for texts in tables.texts.values():
        rows.writerows((text.code, text.text) for text in texts if text.source == Source.WORDING)
    buffer.seek(0)
    cursor.execute(
        "CREATE TABLE code (code text, wording text,"
        " search tsvector GENERATED ALWAYS AS (to_tsvector('english', wording)) STORED)"
    )
    cursor.copy_expert("COPY code (code, wording) FROM STDIN CSV", buffer)
    cursor.execute("CREATE INDEX ON code USING gin (search); ANALYZE code")


def read_queries(path: Path) -> list[Pair]:
    """Lines “query<TAB>code”. A dash at the end of a code (“C79.8-”) names its heading."""
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        query, tab, code = line.rpartition("\t")
        if line.strip() and not tab:
            sys.exit(f"{path}, line {number}: write a query, a tab and a code.")
        if tab:
            pairs.append((query.replace("\t", " "), code.strip().rstrip("-").rstrip(".")))
    return pairs


def main() -> None:
    """Parse the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--queries", type=Path, help="lines of query, tab, code")
    parser.add_argument("--reference", type=Path, default=REFERENCE)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--count", type=int, default=2_000, help="queries of each list")
    parser.add_argument("--resident", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.resident:
        print_resident(Path(chosen.resident[0]), int(chosen.resident[1]))
        return
    tables = read_tables(chosen.reference)
    indexes = build_all(tables)
    if chosen.queries:
        print(f"{'':44} {'n':>6} {'first':>7} {'first 5':>7} {'or below':>8} {'MRR':>5}")
        print_quality(indexes, chosen.queries.name, read_queries(chosen.queries))
        return
    quality(indexes, tables, chosen.seed, chosen.count)
    speed(indexes, tables, chosen.seed)


if __name__ == "__main__":
    main()
