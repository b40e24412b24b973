-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 9: what programs sent, and webhooks.

-- A request of a program that was carried out, so that sending it again does nothing: 'key' is
-- BLAKE2b of who sent it and its Idempotency-Key, 'body' of what it sent. Kept for a week from
-- 'day' on (days since 1970).
CREATE TABLE request (
  key BLOB PRIMARY KEY,
  body BLOB NOT NULL,
  encounters INTEGER NOT NULL,
  observations INTEGER NOT NULL,
  day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX request_by_day ON request (day);
