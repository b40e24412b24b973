/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* YAML as a small tree that knows where everything stands.
 *
 * Deliberately less than YAML: one document; UTF-8 only; no anchors, aliases or tags; keys are
 * plain texts, never twice in one mapping; limits on size, depth and number of nodes. A scalar is
 * text; what it means is asked by the typed getters, so `no` is the word "no" where text is wanted.
 *
 * Every reader does the same four things for a mapping: plx_yaml_only() names the keys that may
 * appear (others are errors with "did you mean"), then plx_yaml_get_*() reads each one. A getter
 * returns TRUE and leaves *out untouched when the key is absent: set the default before. All errors
 * are PLX_ERROR_INPUT as "FILE:LINE:COLUMN: …".
 *
 * Nodes and their texts belong to the plx_yaml. Reading is safe from many threads.
 * Test: tests/base/test_yaml.c. */

#include "base/error.h"

#include <glib.h>

#define PLX_YAML_BYTES_MAX (8 * 1024 * 1024)
#define PLX_YAML_NODES_MAX 500000
#define PLX_YAML_DEPTH_MAX 32

typedef struct plx_yaml plx_yaml;

enum plx_yaml_kind { PLX_YAML_SCALAR, PLX_YAML_SEQUENCE, PLX_YAML_MAPPING };

struct plx_yaml_node {
    enum plx_yaml_kind kind;
    struct plx_loc loc;                        /* where it begins; column in bytes */
    const char *text;                          /* scalar: its text, without NUL inside; else NULL */
    gsize length;                              /* scalar: bytes of text */
    gboolean plain;                            /* scalar: written without quotes */
    guint n;                                   /* entries of a sequence or mapping */
    const struct plx_yaml_node *const *keys;   /* mapping: n scalars, in file order */
    const struct plx_yaml_node *const *values; /* sequence, mapping: n nodes, in file order */
};

/* Reads a file ("-" is standard input) or `length` bytes of text called `name` in messages
 * (copied). Errors: PLX_ERROR_IO (cannot be read), PLX_ERROR_INPUT (not YAML, or beyond what is
 * allowed). */
plx_yaml *plx_yaml_read_file(const char *path, GError **error);
plx_yaml *plx_yaml_read_memory(const char *text, gsize length, const char *name, GError **error);
void plx_yaml_free(plx_yaml *yaml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_yaml, plx_yaml_free)

/* The document; never NULL (an empty document is an error of reading). */
const struct plx_yaml_node *plx_yaml_root(const plx_yaml *yaml);

/* "a text", "a list", "nothing", … for messages. */
const char *plx_yaml_kind_name(const struct plx_yaml_node *node);

/* A value as messages show it: in double quotes, control characters escaped, cut after 60 bytes. */
char *plx_yaml_quote(const char *text);

/* TRUE for an empty value, `~` or `null`, unquoted. */
gboolean plx_yaml_is_null(const struct plx_yaml_node *node);

/* Sets "FILE:LINE:COLUMN: …" for a node; always FALSE. */
gboolean plx_yaml_error(const struct plx_yaml_node *node, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
#ifdef __clang_analyzer__
#define plx_yaml_error(...) ((void)plx_yaml_error(__VA_ARGS__), FALSE) /* as in base/error.h */
#endif

/* FALSE unless the mapping's keys are all among `allowed` (NULL-terminated); also FALSE when the
 * node is no mapping. `what` says what the mapping describes ("point"). */
gboolean plx_yaml_only(const struct plx_yaml_node *mapping, const char *what,
                       const char *const *allowed, GError **error);

/* The value of a key (or the key itself), NULL when absent. */
const struct plx_yaml_node *plx_yaml_get(const struct plx_yaml_node *mapping, const char *key);
const struct plx_yaml_node *plx_yaml_get_key(const struct plx_yaml_node *mapping, const char *key);

/* The value of a key, or an error at the mapping that `what` needs it. */
const struct plx_yaml_node *plx_yaml_require(const struct plx_yaml_node *mapping, const char *what,
                                             const char *key, GError **error);

/* What a node says. `what` names it in errors, usually its key. Out-parameters are untouched on
 * failure; *text is borrowed. */
gboolean plx_yaml_text(const struct plx_yaml_node *node, const char *what, const char **text,
                       GError **error); /* not empty */
gboolean plx_yaml_int(const struct plx_yaml_node *node, const char *what, gint64 min, gint64 max,
                      gint64 *value, GError **error);
gboolean plx_yaml_double(const struct plx_yaml_node *node, const char *what, double min, double max,
                         double *value, GError **error);
gboolean plx_yaml_bool(const struct plx_yaml_node *node, const char *what, gboolean *value,
                       GError **error); /* true, false, yes, no */
/* Index into NULL-terminated `names`; others are errors that list them, with "did you mean". */
gboolean plx_yaml_choice(const struct plx_yaml_node *node, const char *what,
                         const char *const *names, int *index, GError **error);
/* A list of texts; one text alone is a list of one. *texts is a new NULL-terminated array. */
gboolean plx_yaml_texts(const struct plx_yaml_node *node, const char *what, char ***texts,
                        GError **error);
gboolean plx_yaml_is(const struct plx_yaml_node *node, const char *what, enum plx_yaml_kind kind,
                     GError **error);

/* The same by key; an absent key leaves *out untouched and is no error. */
gboolean plx_yaml_get_text(const struct plx_yaml_node *mapping, const char *key, const char **text,
                           GError **error);
gboolean plx_yaml_get_int(const struct plx_yaml_node *mapping, const char *key, gint64 min,
                          gint64 max, gint64 *value, GError **error);
gboolean plx_yaml_get_double(const struct plx_yaml_node *mapping, const char *key, double min,
                             double max, double *value, GError **error);
gboolean plx_yaml_get_bool(const struct plx_yaml_node *mapping, const char *key, gboolean *value,
                           GError **error);
gboolean plx_yaml_get_choice(const struct plx_yaml_node *mapping, const char *key,
                             const char *const *names, int *index, GError **error);
gboolean plx_yaml_get_texts(const struct plx_yaml_node *mapping, const char *key, char ***texts,
                            GError **error);
