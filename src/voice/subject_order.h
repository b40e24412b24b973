/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The order of subjects in answers. Test: tests/store/test_answer_join.c. */

#include "voice/dict.h"

/* By kind, then as on the map, then by id; 0: the same subject. */
gint plx_subject_compare(const plx_map *map, const struct plx_subject *x,
                         const struct plx_subject *y);
