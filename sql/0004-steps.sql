-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 4: steps. What was registered, and all that was done to it since.

-- One act on a step each; nothing is ever changed or taken away: what a step is now follows from
-- its acts in order. 'step' is its number, given by the first act; 'time' is "2026-11-26T09:30:00Z";
-- 'author' who did it; 'body' is JSON: of add and amend the whole plan, of start and stop a note.
-- 'crc' is of step, time, author, act and body with bytes 1 between them.
CREATE TABLE step_act (
  id INTEGER PRIMARY KEY,
  step INTEGER NOT NULL,
  time TEXT NOT NULL,
  author TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('add', 'amend', 'start', 'stop')),
  body TEXT NOT NULL,
  crc INTEGER NOT NULL
) STRICT;

-- How many there are, so that no row can vanish unnoticed.
INSERT INTO fact (name, value) VALUES ('step_acts', 0);
