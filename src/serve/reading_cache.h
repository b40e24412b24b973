/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Readings that were made, to be given again for as long as nothing in the workspace changes and it
 * is the same day: who goes back to a picture does not wait for its statistics again. What was
 * erased is not kept either, as erasing is a change. Not for several threads: the worker of
 * readings has it. Test: tests/serve/test_reading_cache.c. */

#include <glib.h>

typedef struct plx_reading_cache plx_reading_cache;

/* Keeps `most_bytes` of questions and answers, those that were made last. */
plx_reading_cache *plx_reading_cache_new(const char *workspace, gsize most_bytes);
void plx_reading_cache_free(plx_reading_cache *cache);

/* What this question was answered, or NULL: it is to be made. `day`: today. */
GBytes *plx_reading_cache_find(plx_reading_cache *cache, const char *question, gint32 day);
/* The answer that was made since; not kept where the workspace changed meanwhile, or cannot be
 * read. */
void plx_reading_cache_keep(plx_reading_cache *cache, const char *question, GBytes *answer);
/* Lets go of what holds no more, while nobody asks. */
void plx_reading_cache_look(plx_reading_cache *cache);
