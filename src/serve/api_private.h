/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What api_encounter.c, api_observation.c and api_once.c share: where one is in a body, members
 * taken strictly, one observation. All texts are borrowed from the JSON. */

#include "serve/api_encounter.h"

#include <jansson.h>

#define PLX_API_TEXT_MAX 255 /* bytes of what is no note */
#define PLX_API_NOTE_MAX 10000

/* Where one is in the body: line (0: it has none), encounter, observation (-1: none), and the map
 * it is read with. */
struct plx_api_place {
    const plx_map *map;
    guint line;
    guint encounter;
    gint observation;
    gint64 now; /* of the clock, UTC */
    GError **error;
};

/* "encounters[3].observations[0].level: ..."; always FALSE. `member` NULL: the thing itself. */
gboolean plx_api_fail(const struct plx_api_place *at, const char *member, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* An empty text is NULL: not said. */
gboolean plx_api_text(const struct plx_api_place *at, const char *member, json_t *value, gsize most,
                      const char **text);
gboolean plx_api_whole(const struct plx_api_place *at, const char *member, json_t *value,
                       gint64 min, gint64 max, gint64 *number);
/* The member is none of these; always FALSE. */
gboolean plx_api_unknown(const struct plx_api_place *at, const char *member,
                         const char *const *known);
/* The map has nothing of this kind (enum plx_subject_kind; NONE: audiences) that is called so; says
 * what may have been meant, by its id or its title; always FALSE. */
gboolean plx_api_not_on_map(const struct plx_api_place *at, const char *member, guint kind,
                            const char *asked);

/* One observation, with the texts of its row. */
struct plx_api_said {
    struct plx_builder_row row;
    const char *point, *journey, *task, *promise;
    char asked_p[G_ASCII_DTOSTR_BUF_SIZE], item[24];
};
gboolean plx_api_observation(const struct plx_api_place *at, guint audience, json_t *value,
                             struct plx_api_said *said);

/* api_once.c: observations of one thing in one encounter. Of encounters that are named (`named`)
 * all that a body has are compared: their lists are handed to `keep`, which frees them. */
typedef struct plx_api_once plx_api_once;
plx_api_once *plx_api_once_new(void);
void plx_api_once_free(plx_api_once *once);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_api_once, plx_api_once_free)
void plx_api_once_keep(plx_api_once *once, struct plx_api_said *said);
/* The *kept of n rows that count: an equal one only once. FALSE: two contradict each other. */
gboolean plx_api_once_take(const plx_api_once *once, struct plx_api_place *at, json_t *whole,
                           const struct plx_occasion *occasion, gboolean named,
                           const struct plx_api_said *said, guint n, struct plx_builder_row *rows,
                           guint *kept);
