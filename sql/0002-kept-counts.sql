-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 2: counts that were kept, so that questions by place and month need no rows.

-- A set of cells of one import: what its rows of one month (year * 12 + month - 1; NULL: without
-- time) and of the places with codes first_place to last_place say, counted. The counts of all sets
-- of an import together stand for all of its rows, or are not to be used: then the rows in them are
-- not as many as those of its blocks. 'sum' is the CRC-32 of the cells.
CREATE TABLE kept (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  month INTEGER,
  first_place INTEGER NOT NULL,
  last_place INTEGER NOT NULL,
  cells INTEGER NOT NULL CHECK (cells > 0),
  rows INTEGER NOT NULL CHECK (rows > 0),
  sum INTEGER NOT NULL,
  crc INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_import ON kept (import);

-- The cells of the set with the same id.
CREATE TABLE kept_cells (
  id INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

-- 0: imports of an earlier version have no kept counts yet; they are made at the next writing.
INSERT INTO fact (name, value) VALUES ('kept', 0);
