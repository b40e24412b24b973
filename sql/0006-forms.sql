-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 6: forms. Links, drafts, receipts, answers that wait to be sealed.

SELECT 1;
