-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 5: what was answered to suggestions and complaints. Their words are notes as before.

-- One act on a suggestion each; nothing is ever changed or taken away. 'suggestion' is its number
-- as a signed one, docs/file-format.md says how it is made of the note; the note may be gone.
-- 'time' is "2026-11-26T09:30:00Z"; 'author' who did it; 'body' is JSON: of answer what is new in
-- it (state, text, point, step), of link the hash of the token in force from then on.
-- 'crc' is of suggestion, time, author, act and body with bytes 1 between them.
CREATE TABLE suggestion_act (
  id INTEGER PRIMARY KEY,
  suggestion INTEGER NOT NULL,
  time TEXT NOT NULL,
  author TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('answer', 'link')),
  body TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

-- How many there are, so that no row can vanish unnoticed.
INSERT INTO fact (name, value) VALUES ('suggestion_acts', 0);
