/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The sheets of workshop tables: one row of the grid per answer. Table, audience and people are
 * carried on to the next row; a table has one audience and one number of people, and a cell that
 * says otherwise is wrong. Test: tests/workshop/test_table_sheet.c. */

#include "workshop/sheet.h"

/* Never fails: every map has audiences. */
plx_sheet *plx_table_sheet_new(const struct plx_sheet_options *options);
