/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives a target every file of a corpus once, without libFuzzer: what was found stays found under
 * any compiler. usage: replay-NAME FOLDER */

#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) folder = argc == 2 ? g_dir_open(argv[1], 0, &error) : NULL;
    if (!folder) {
        g_printerr("replay: %s\n", error ? error->message : "usage: replay-NAME FOLDER");
        return 1;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while ((name = g_dir_read_name(folder)))
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    g_print("TAP version 13\n1..1\n");
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(argv[1], names->pdata[i], NULL);
        g_autofree char *text = NULL;
        gsize length = 0;
        if (!g_file_get_contents(path, &text, &length, &error)) {
            g_printerr("replay: %s\n", error->message);
            return 1;
        }
        g_print("# %s\n", (char *)names->pdata[i]);
        LLVMFuzzerTestOneInput((const uint8_t *)text, length);
    }
    g_print("%s 1 - %u inputs\n", names->len ? "ok" : "not ok", names->len);
    return names->len ? 0 : 1;
}
