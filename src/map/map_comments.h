/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What people wrote beside a map stays when a program writes the map anew.
 *
 * A comment belongs to what stands on its line, or on the next one: a point, an audience, a key of
 * one. It goes wherever that goes, by ids (of a point through all transactions), and away with what
 * is removed; where only the key went, it stays with what had it. Below the last line it stays the
 * last. Test: tests/map/test_map_comments.c. */

#include <glib.h>

/* `to` with the comments of `from`, to be freed. Both are map files; a text that cannot be read
 * has none to give, and gets none. */
char *plx_map_comments_carry(const char *from, const char *to);
