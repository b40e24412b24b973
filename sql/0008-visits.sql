-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 8: visits of secret shoppers, and walks.

-- One act each; nothing is ever changed or taken away. Visits and walks are numbered together from
-- 1: 'plan' and 'walk' begin one. 'time' is "2026-11-26T09:30:00Z"; 'author' who did it, of send
-- nobody (a byte "-") where it came by the link; 'body' is JSON that names no shopper: of plan what is to be visited, of
-- assign the number of the shopper and the hash of the token of the link (of walk the hash, too),
-- of send the id of the report, of review what became of it. 'crc' is
-- of visit, time, author, act and body with bytes 1 between them.
CREATE TABLE visit_act (
  id INTEGER PRIMARY KEY,
  visit INTEGER NOT NULL,
  time TEXT NOT NULL,
  author TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('plan', 'walk', 'assign', 'send', 'review', 'close')),
  body TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

-- A request is about one visit: found by its link, read without any other. 'hash' is the one that
-- an act says; it may be void by now.
CREATE INDEX visit_act_visit ON visit_act (visit);
CREATE TABLE visit_link (
  hash TEXT PRIMARY KEY,
  visit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How many acts there are on each, so that a request that reads one alone notices when one is gone.
CREATE TABLE visit_count (
  visit INTEGER PRIMARY KEY,
  acts INTEGER NOT NULL
) STRICT;

-- Who makes visits. A shopper who was erased has no name any more.
CREATE TABLE shopper (
  id INTEGER PRIMARY KEY,
  name TEXT UNIQUE
) STRICT;

-- What was told, as it was sent; 'id' was made on the phone, so that sending twice tells once.
-- 'hash' is BLAKE2b of the body, 'bytes' how long it was. Erased: no body any more.
CREATE TABLE visit_report (
  visit INTEGER NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  body TEXT,
  PRIMARY KEY (visit, id)
) STRICT, WITHOUT ROWID;

-- Pictures: JPEG, made anew, without where and with what they were taken. 'sent' is BLAKE2b of what
-- came, 'crc' of the visit, a byte 1, the id, a byte 1 and the bytes that are kept.
CREATE TABLE visit_photo (
  visit INTEGER NOT NULL,
  id TEXT NOT NULL,
  sent TEXT NOT NULL,
  crc INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (visit, id)
) STRICT;

-- Visits of shoppers who have an account: whose, and the token of the link that they find when they
-- have signed in (of other links a hash alone is kept). 'crc' is of visit, account and token with
-- bytes 1 between them.
CREATE TABLE visit_tie (
  visit INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account (id),
  token TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

CREATE INDEX visit_tie_account ON visit_tie (account);

-- How many there are, so that no row can vanish unnoticed.
INSERT INTO fact (name, value) VALUES ('visit_acts', 0), ('visit_reports', 0);
