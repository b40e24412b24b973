/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small room: three tables and a passer-by, nothing sorted yet. */

#include "workshop/coding.h"

struct room {
    plx_map *map;
    plx_sorter *sorter;
};

/* `yaml` NULL: a map that takes any point. */
void room_init(struct room *room, const char *yaml);
void room_clear(struct room *room);

/* "Title [point,…]: prompt/answer | …" lines of themes, then "-: …" of what is not sorted. */
char *room_text(const struct room *room);

/* The number of an answer. */
guint room_find(const struct room *room, const char *prompt, const char *text);
