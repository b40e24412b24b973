-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 3: workshops. When results were shown, and the themes that answers were sorted into.

-- The first time that results were shown to an audience ("2026-11-25T18:02:11Z"): guesses that
-- come later have seen them. 'crc' is of audience, a byte 1 and 'shown'.
CREATE TABLE reveal (
  audience TEXT PRIMARY KEY,
  shown TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every codebook that was made, whole; the highest number is the one in force, so that an act is
-- undone by taking its row away. 'act' says what was done, in a few words; 'book' is JSON: themes
-- with the points they are tied to, and which answer (prompt, hash of its words under the
-- workspace's secret) is in which theme. 'crc' is of 'book'. The oldest are dropped.
CREATE TABLE codebook (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made TEXT NOT NULL,
  act TEXT NOT NULL,
  book TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

-- How much there is of both, so that no row can vanish unnoticed.
INSERT INTO fact (name, value) VALUES ('reveals', 0), ('codebooks', 0);
