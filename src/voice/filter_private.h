/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a filter is made of. Private to filter.c and filter_may.c. */

#include "voice/filter.h"

enum node_kind { NODE_ALL, NODE_ANY, NODE_NOT, NODE_IN, NODE_DAYS, NODE_KINDS };

struct plx_filter {
    enum node_kind kind;
    plx_filter **children;
    guint n_children;
    enum plx_dim dim;
    char *segment;
    char **values;
    gint32 since, until;
    guint kinds;
};
