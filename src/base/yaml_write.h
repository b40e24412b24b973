/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Texts as YAML that base/yaml.h (and any other reader of YAML 1.1 or 1.2) takes for the same text.
 * Plain where that is safe, else in double quotes. Test: tests/base/test_yaml_write.c. */

#include <glib.h>

/* Appends a text (UTF-8) as a key or value; `flow` where it stands within [] or {}. What other
 * readers would take for a number, a truth value or nothing is quoted. */
void plx_yaml_append(GString *out, const char *text, gboolean flow);

/* "[a, b]" of a NULL-terminated array. */
void plx_yaml_append_list(GString *out, char *const *texts);
