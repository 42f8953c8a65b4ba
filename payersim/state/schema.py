"""The tables. Money is whole cents; instants are ISO text in UTC, so that they sort as they happen."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS interchange (
    id INTEGER PRIMARY KEY,
    practice TEXT NOT NULL,
    submitter TEXT NOT NULL,
    control TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    usage TEXT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (submitter, control)
);

CREATE TABLE IF NOT EXISTS taken (
    practice TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (practice, name, digest)
);

CREATE TABLE IF NOT EXISTS agenda (
    id INTEGER PRIMARY KEY,
    due_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    UNIQUE (kind, subject, due_at)
);
CREATE INDEX IF NOT EXISTS agenda_due ON agenda (due_at, id);

CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY,
    practice TEXT NOT NULL,
    made_at TEXT NOT NULL,
    label TEXT NOT NULL,
    extension TEXT NOT NULL,
    content BLOB NOT NULL,
    name TEXT NOT NULL DEFAULT ''
);

CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    practice TEXT NOT NULL DEFAULT '',
    claim_number TEXT NOT NULL,
    days INTEGER NOT NULL DEFAULT 0,
    outcome TEXT
);
CREATE INDEX IF NOT EXISTS orders_open ON orders (id) WHERE outcome IS NULL;

CREATE TABLE IF NOT EXISTS claim (
    id INTEGER PRIMARY KEY,
    practice TEXT NOT NULL,
    interchange INTEGER,
    payer_id TEXT NOT NULL,
    claim_number TEXT NOT NULL,
    frequency TEXT NOT NULL,
    control TEXT UNIQUE,
    status TEXT NOT NULL,
    received_on TEXT NOT NULL,
    body TEXT NOT NULL,
    flags TEXT NOT NULL DEFAULT '{}',
    decision TEXT,
    decided_on TEXT,
    original INTEGER,
    replaced_by INTEGER,
    recovered INTEGER NOT NULL DEFAULT 0,
    remit INTEGER
);
CREATE INDEX IF NOT EXISTS claim_number ON claim (claim_number, id);
CREATE INDEX IF NOT EXISTS claim_interchange ON claim (interchange, payer_id);

CREATE TABLE IF NOT EXISTS decided_line (
    claim INTEGER NOT NULL,
    payer_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    billing_npi TEXT NOT NULL,
    code TEXT NOT NULL,
    modifiers TEXT NOT NULL,
    day TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS decided_line_member ON decided_line (payer_id, member_id, day);
CREATE INDEX IF NOT EXISTS decided_line_claim ON decided_line (claim);

CREATE TABLE IF NOT EXISTS deductible (
    payer_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (payer_id, member_id, year)
);

CREATE TABLE IF NOT EXISTS pay_item (
    id INTEGER PRIMARY KEY,
    practice TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    pay_on TEXT NOT NULL,
    claim INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL DEFAULT 0,
    remit INTEGER
);
CREATE INDEX IF NOT EXISTS pay_item_open ON pay_item (practice, payer_id, pay_on) WHERE remit IS NULL;

CREATE TABLE IF NOT EXISTS remit (
    id INTEGER PRIMARY KEY,
    practice TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    trace TEXT NOT NULL UNIQUE,
    amount INTEGER NOT NULL,
    content BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS forward_balance (
    practice TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    owed INTEGER NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (practice, payer_id)
);
"""
