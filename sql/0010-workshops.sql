-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 10: workshops online. What tables say on their devices stays here until whoever leads goes
-- on; then it becomes answers as from paper, and at the end all but the first table is emptied.
-- 'crc' of each row is of all columns but 'changes' and 'taken' (docs/file-format.md).

-- A workshop: 'code' stands in its address, 'lead' is a hash of what stands in the leader's.
-- 'journey' NULL: all. 'language' '': the reader's. In the phase reveal 'moment' (0, 1, ...) is
-- shown, with what the people served say when 'told' is 1. 'changes' counts what a wall would show.
CREATE TABLE gathering (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  lead BLOB NOT NULL,
  workshop TEXT NOT NULL,
  journey TEXT,
  predicted INTEGER NOT NULL CHECK (predicted IN (0, 1)),
  language TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('guess', 'tables', 'reveal', 'ended')),
  moment INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
  changes INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

-- A table has one audience and one number of people, as its first device said.
CREATE TABLE gathering_table (
  gathering INTEGER NOT NULL REFERENCES gathering (id),
  name TEXT NOT NULL,
  audience TEXT NOT NULL,
  people INTEGER NOT NULL CHECK (people BETWEEN 1 AND 99),
  crc INTEGER NOT NULL,
  PRIMARY KEY (gathering, name)
) STRICT, WITHOUT ROWID;

-- A device: 'key' is a hash of what stands in its address. 'person' is '' when it guesses for its
-- whole table, else the name or number of one who guesses alone. 'seen': results were known before.
CREATE TABLE gathering_seat (
  key BLOB PRIMARY KEY,
  gathering INTEGER NOT NULL REFERENCES gathering (id),
  name TEXT NOT NULL,
  person TEXT NOT NULL,
  seen INTEGER NOT NULL CHECK (seen IN (0, 1)),
  crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 'given' is local time in seconds since 1970.
CREATE TABLE gathering_guess (
  gathering INTEGER NOT NULL,
  name TEXT NOT NULL,
  person TEXT NOT NULL,
  point TEXT NOT NULL,
  believed INTEGER CHECK (believed BETWEEN 0 AND 10),
  predicted INTEGER,
  seen INTEGER NOT NULL,
  given INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  PRIMARY KEY (gathering, name, person, point)
) STRICT, WITHOUT ROWID;

-- 'taken': it is among the answers. The same words under one question are one answer of a table.
CREATE TABLE gathering_answer (
  gathering INTEGER NOT NULL,
  name TEXT NOT NULL,
  item INTEGER NOT NULL,
  prompt TEXT NOT NULL,
  surprise INTEGER,
  note TEXT NOT NULL,
  taken INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1)),
  crc INTEGER NOT NULL,
  PRIMARY KEY (gathering, name, item),
  UNIQUE (gathering, name, prompt, note)
) STRICT, WITHOUT ROWID;

-- How many there are, so that no row can vanish unnoticed: workshops, and rows of the other tables.
INSERT INTO fact (name, value) VALUES ('gatherings', 0), ('gathering_rows', 0);
