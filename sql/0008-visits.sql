-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 8: visits of secret shoppers and walks.

SELECT 1;
