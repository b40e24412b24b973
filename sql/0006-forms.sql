-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 6: forms. Links, drafts, receipts, answers that wait to be sealed. No table tells who
-- answered what: src/store/forms.h says how, docs/forms.md what for.

-- What may be asked of whom, under which address. 'token' stands in it; of 'single' it is NULL, as
-- each of their addresses has one. 'settings' says what is asked; 'opens' and 'closes' are days
-- since 1970-01-01, NULL: none. 'quota' is 0 for any
-- number; 'completed' counts forms. 'crc' is of all columns but 'completed'.
CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('campaign', 'single', 'place', 'kiosk')),
  token TEXT UNIQUE,
  audience TEXT NOT NULL,
  identity TEXT NOT NULL CHECK (identity IN ('anonymous', 'visit', 'panel')),
  place TEXT,
  channel TEXT,
  settings TEXT NOT NULL,
  opens INTEGER,
  closes INTEGER,
  quota INTEGER NOT NULL CHECK (quota >= 0),
  closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
  created INTEGER NOT NULL,
  completed INTEGER NOT NULL DEFAULT 0,
  crc INTEGER NOT NULL
) STRICT;

-- Addresses of 'single' links that are not used yet: 'key' is a hash of the token. Who used one is
-- not written down: it is taken away.
CREATE TABLE link_address (
  key BLOB PRIMARY KEY,
  link INTEGER NOT NULL REFERENCES link (id)
) STRICT, WITHOUT ROWID;

-- Forms that were begun: 'key' is a hash of the form's token, 'body' is locked with the token, which
-- is not in the file.
CREATE TABLE draft (
  key BLOB PRIMARY KEY,
  day INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Forms that were completed, so that none is counted twice: another hash of the token, and the day
-- from which on it is dropped.
CREATE TABLE receipt (
  key BLOB PRIMARY KEY,
  due INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Anonymous answers until there are enough of an audience. 'id' is random. 'crc' is of audience, a
-- byte 1 and 'body'.
CREATE TABLE sealing (
  id BLOB PRIMARY KEY,
  audience TEXT NOT NULL,
  body TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Members of a panel (a keyed hash of their reference) who agreed to be known again, and when.
CREATE TABLE panel (
  person TEXT PRIMARY KEY,
  agreed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How much there is, so that no row can vanish unnoticed.
INSERT INTO fact (name, value) VALUES ('links', 0), ('sealing', 0);

-- Private links to answers that forms gave out: 'hash' of a token (BLAKE2b, hexadecimal), 'suggestion'
-- the number that follows from its words. In the order of hashes, which is nobody's, and without a time.
CREATE TABLE form_answer (
  hash TEXT PRIMARY KEY,
  suggestion INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
