/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <glib.h>
const char *plx_texts(const char *language, const char *key);
char *plx_texts_fill(const char *language, const char *key, ...) G_GNUC_NULL_TERMINATED;
const char *plx_texts_choose(const char *accept, const char *const *offered);
const char *const *plx_texts_languages(void);
const char *plx_texts_name(const char *language);
const char *plx_texts_direction(const char *language);
