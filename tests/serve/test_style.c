/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Style sheets and the policy that names them: a browser would show a page bare otherwise. */

#include "serve/reply.h"
#include "serve/style.h"
#include "site.h"

#include <string.h>

/* Each has a hash of its own, that of its text. */
static void test_hashes(void)
{
    plx_style_hashes *const hashes = plx_style_hashes_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *plain = plx_style_text(PLX_STYLE_PLAIN);
    for (guint i = 0; i < PLX_STYLES; i++) {
        g_autofree char *text = plx_style_text((enum plx_style)i);
        g_autofree char *hash = plx_reply_hash(text);
        const char *const kept = plx_style_hash(hashes, (enum plx_style)i);
        g_assert_true(g_str_has_prefix(text, plain));
        g_assert_cmpstr(kept, ==, hash);
        g_assert_true(g_hash_table_add(seen, (gpointer)(guintptr)kept));
    }
    plx_style_hashes_free(hashes);
}

/* What stands in <style> of a page is what its policy allows. */
static void check_page(struct visitor *visitor, const char *path, guint status)
{
    struct answer answer = visitor_get(visitor, path);
    g_assert_cmpuint(answer.status, ==, status);
    const char *const begin = strstr(answer.whole, "<style>");
    g_assert_nonnull(begin);
    const char *const end = strstr(begin, "</style>");
    g_assert_nonnull(end);
    g_autofree char *style = g_strndup(begin + 7, (gsize)(end - begin - 7));
    g_autofree char *hash = plx_reply_hash(style);
    g_autofree char *rule = g_strdup_printf("; style-src '%s'", hash);
    g_assert_nonnull(strstr(answer.whole, rule));
    answer_clear(&answer);
}

static void test_pages(void)
{
    struct site site;
    site_begin(&site, NULL, NULL);
    struct visitor visitor = {.site = &site};
    check_page(&visitor, "/login", 200);
    check_page(&visitor, "/f/nobody-knows-it", 404);
    check_page(&visitor, "/nowhere", 404);
    visitor_clear(&visitor);
    site_end(&site);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/style/hashes", test_hashes);
    g_test_add_func("/style/pages", test_pages);
    return g_test_run();
}
