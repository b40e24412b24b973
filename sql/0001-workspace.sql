-- SPDX-License-Identifier: GPL-3.0-or-later
-- A workspace, version 1. docs/file-format.md explains it for other programs.
-- Page size, WAL and application_id are set before this runs (src/store/db.c).

-- Facts about the workspace: 'workspace' (id), 'secret' (key of the hashes of keys, 16 bytes, and
-- their CRC-32, little-endian), 'created', 'generation' (counts every change of what readings see).
-- How much there is of everything, so that no row can vanish unnoticed: 'observations' (in blocks
-- that readings see), 'waiting' (observations in the inbox), 'words', 'maps', 'amendments'.
CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Every map that was ever applied; the highest number is the one in force.
CREATE TABLE map (
  number INTEGER PRIMARY KEY,
  applied TEXT NOT NULL,
  name TEXT NOT NULL,
  yaml TEXT NOT NULL,
  changes TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

-- What imports added to the map in force, applied in this order: 'declare' (an audience, as
-- --declare writes it) and 'scale' (YAML as a map file has it).
CREATE TABLE amendment (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('declare', 'scale')),
  measure TEXT,
  audience TEXT,
  value TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

-- Texts that blocks hold as codes: kind is a column of blocks (16 audience ... 64+ segments), 1
-- names of segments, 2 measures. Codes count from 1 within a kind.
CREATE TABLE word (
  kind INTEGER NOT NULL,
  code INTEGER NOT NULL CHECK (code > 0),
  text TEXT NOT NULL,
  title TEXT NOT NULL,
  about INTEGER NOT NULL DEFAULT 0,
  crc INTEGER NOT NULL,
  PRIMARY KEY (kind, code),
  UNIQUE (kind, about, text)
) STRICT, WITHOUT ROWID;

-- One reading-in of one file, or one sealing of the inbox.
CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'inbox')),
  state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'undone')),
  owner TEXT NOT NULL,
  started TEXT NOT NULL,
  file TEXT NOT NULL,
  dataset TEXT NOT NULL,
  recipe TEXT,
  keys TEXT NOT NULL CHECK (keys IN ('encounter', 'person', 'none')),
  rows INTEGER NOT NULL DEFAULT 0,
  observations INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  content BLOB
) STRICT;

-- Up to 65,536 observations of one import. 'present': which columns there are (32 bytes, a bit
-- each), then which codes occur in them (to skip blocks). 'notes': how many rows have one.
CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  rows INTEGER NOT NULL CHECK (rows > 0),
  first_day INTEGER,
  last_day INTEGER,
  notes INTEGER NOT NULL,
  present BLOB NOT NULL,
  crc INTEGER NOT NULL
) STRICT;
CREATE INDEX block_import ON block (import);

-- One column of one block: id = block * 256 + column. A column that is not there is empty in
-- every row.
CREATE TABLE block_column (
  id INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

-- Answers that were received and not yet sealed into blocks: rows as docs/file-format.md says
-- ("Inbox"), one encounter or a few.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  rows INTEGER NOT NULL CHECK (rows > 0),
  body BLOB NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

-- What people wrote, apart from their numbers.
CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  block INTEGER NOT NULL REFERENCES block (id) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  text TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX note_place ON note (block, row);
-- Kept by the program, not by triggers: virtual tables in a schema are not trusted.
CREATE VIRTUAL TABLE note_text USING fts5 (text, content = 'note', content_rowid = 'id');

-- Answers worked out before, all of the generation of today: a change drops them.
CREATE TABLE cache (
  question BLOB PRIMARY KEY,
  generation INTEGER NOT NULL,
  answer BLOB NOT NULL
) STRICT;

-- Backups that were made: what an erasure could not reach.
CREATE TABLE copy (
  id INTEGER PRIMARY KEY,
  made TEXT NOT NULL,
  path TEXT NOT NULL
) STRICT;
