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

-- Where a program wants to be told: 'events' are words with blanks between them; 'secret' signs what
-- is sent; 'inside' 1: addresses of our own network are allowed.
CREATE TABLE webhook (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  inside INTEGER NOT NULL CHECK (inside IN (0, 1)),
  created INTEGER NOT NULL
) STRICT;

-- What is to be told, added in the transaction that it is about. 'due' is when it is tried next
-- (seconds since 1970), NULL: it was taken, or given up ('state'); 'status' of the last try: of HTTP, 0: not
-- reached, NULL: not tried. 'n' is what was stored, summed up as long as it is not yet due.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook INTEGER NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  n INTEGER NOT NULL,
  created INTEGER NOT NULL,
  due INTEGER,
  tries INTEGER NOT NULL,
  status INTEGER,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed'))
) STRICT;
CREATE INDEX delivery_by_due ON delivery (due) WHERE due IS NOT NULL;
CREATE INDEX delivery_by_webhook ON delivery (webhook);
