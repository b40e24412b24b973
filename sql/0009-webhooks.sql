-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 9: webhooks.

SELECT 1;
