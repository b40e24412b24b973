-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 7: accounts, sessions, tokens, one-time links, the audit log. docs/accounts.md explains it.

-- Who may log in. 'password' is an Argon2id string (NULL: none yet, or only by OpenID Connect, whose
-- person 'subject' names: issuer, a blank, sub). 'totp' is the secret of the second factor, 'step'
-- the time step whose code was taken last. 'crc' is of all but step, failures and locked_until
-- (store/accounts.c says in which form). Times are seconds UTC.
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'shopper', 'analyst', 'editor', 'administrator')),
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  password TEXT,
  subject TEXT UNIQUE,
  totp BLOB CHECK (length(totp) = 20),
  crc INTEGER NOT NULL,
  step INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Who is logged in: 'hash' is BLAKE2b-256 of what the browser keeps, which is kept nowhere.
-- 'half': the password was right, the second factor is still to come.
CREATE TABLE session (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  account INTEGER NOT NULL REFERENCES account (id),
  half INTEGER NOT NULL CHECK (half IN (0, 1)),
  created INTEGER NOT NULL,
  used INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_account ON session (account);

-- Programs: 'hash' as above, 'prefix' are the first characters, by which people know it. 'scopes'
-- are words with blanks between them; 'used' is the last day it was used, in days since 1970-01-01.
CREATE TABLE api_token (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  scopes TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
  crc INTEGER NOT NULL,
  used INTEGER
) STRICT;

-- Links that work once: without account the one that makes the first administrator, else the one
-- by which somebody sets a password.
CREATE TABLE one_time (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  account INTEGER REFERENCES account (id),
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX one_time_account ON one_time (account);

-- What was done, by whom and to what. 'chain' is BLAKE2b-256 of the chain before it and of this
-- row, so that no row can be changed or taken away from among others; facts 'audit' and
-- 'audit_chain' say how many there are and what the last has.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  about TEXT NOT NULL,
  chain BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_deleted BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is only added to');
END;

-- 'access' counts every change of what people and programs may, 'strangers' logins that nothing was
-- looked at for: unknown names, and accounts that wait.
INSERT INTO fact (name, value) VALUES ('access', 0), ('strangers', 0), ('audit', 0),
  ('audit_chain', x'');
