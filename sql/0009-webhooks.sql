-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 9: what programs sent, and webhooks.

-- Requests of programs that were carried out, so that sending one again does nothing: 'key' is
-- BLAKE2b of who sent it and its Idempotency-Key, 'body' of what it sent, 16 bytes each. Kept for a
-- week from 'day' on (days since 1970). In the order of their coming and without an index: keys are
-- random, and each would touch another page of one; store/requests.h finds them in memory.
CREATE TABLE request (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL CHECK (length(key) = 16),
  body BLOB NOT NULL CHECK (length(body) = 16),
  encounters INTEGER NOT NULL,
  observations INTEGER NOT NULL,
  day INTEGER NOT NULL
) STRICT;
