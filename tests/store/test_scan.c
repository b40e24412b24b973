/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "form.h"

#include "store/inbox.h"
#include "store/scan.h"

#include <string.h>

/* A sink that writes down what it gets. */
struct notebook {
    plx_sink base;
    GString *text;
    guint64 rows;
};

static gboolean write_down(plx_sink *sink, guint worker, const struct plx_batch *batch,
                           GError **error)
{
    struct notebook *const book = (struct notebook *)(void *)sink;
    (void)error;
    g_assert_cmpuint(worker, <, 8);
    __atomic_add_fetch(&book->rows, batch->n, __ATOMIC_SEQ_CST);
    for (guint32 i = 0; book->text && i < batch->n; i++)
        g_string_append_printf(
            book->text, "%u:%.*s ", batch->dim[PLX_DIM_PLACE] ? batch->dim[PLX_DIM_PLACE][i] : 0,
            batch->note ? (int)batch->note[i].length : 0, batch->note ? batch->note[i].text : "");
    return TRUE;
}

static void run(struct desk *desk, struct plx_scan scan, struct notebook *book)
{
    g_autoptr(GError) error = NULL;
    gint64 generation;
    *book = (struct notebook){.base = {.add = write_down},
                              .text = scan.threads == 1 ? g_string_new("") : NULL};
    scan.map = plx_store_map(desk->store);
    g_assert_true(plx_store_refresh(desk->store, &generation, &error));
    plx_scan_run(desk->store, &scan, &book->base, NULL, &error);
    g_assert_no_error(error);
}

#define HEAD "audience,encounter,point,place,level,note\n"

static gboolean second_only(const struct plx_shelf_block *block, gconstpointer data)
{
    return block->import == *(const gint64 *)data;
}

static void test_order_and_choice(void)
{
    struct desk desk;
    struct notebook book;
    const gint64 second = 2;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD "customer,e1,page,Oslo,4,one\ncustomer,e2,page,Bergen,4,\n");
    desk_take(&desk, HEAD "customer,e3,page,Oslo,4,three\n");
    run(&desk, (struct plx_scan){.threads = 1, .notes = TRUE}, &book);
    g_assert_cmpstr(book.text->str, ==, "1:one 2: 1:three ");
    g_string_free(book.text, TRUE);
    run(&desk, (struct plx_scan){.threads = 1}, &book);
    g_assert_cmpstr(book.text->str, ==, "1: 2: 1: ");
    g_string_free(book.text, TRUE);
    run(&desk, (struct plx_scan){.threads = 1, .notes = TRUE, .import = 2}, &book);
    g_assert_cmpstr(book.text->str, ==, "1:three ");
    g_string_free(book.text, TRUE);
    run(&desk, (struct plx_scan){.threads = 1, .takes = second_only, .data = &second}, &book);
    g_assert_cmpstr(book.text->str, ==, "1: ");
    g_string_free(book.text, TRUE);
    struct plx_block_wanted few = {0};
    plx_want(&few, PLX_BLOCK_UNIT);
    plx_want(&few, PLX_BLOCK_ENCOUNTER);
    plx_want(&few, PLX_BLOCK_RUNS);
    run(&desk, (struct plx_scan){.threads = 1, .wanted = &few}, &book);
    g_assert_cmpstr(book.text->str, ==, "0: 0: 0: ");
    g_string_free(book.text, TRUE);
    desk_clear(&desk);
}

/* All threads together get every row once, the inbox as well. */
static void test_threads(void)
{
    struct desk desk;
    struct form form;
    struct notebook book;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    for (guint i = 0; i < 9; i++) {
        g_autofree char *text =
            g_strdup_printf(HEAD "customer,e%u,page,Oslo,4,\nleader,f%u,page,,4,\n", i, i);
        desk_take(&desk, text);
    }
    form_init(&form, plx_store_map(desk.store));
    for (guint i = 0; i < 3; i++) {
        const struct plx_batch batch = form_fill(&form, i);
        g_assert_true(plx_inbox_append(desk.store, &batch, 1, &error));
    }
    for (guint threads = 1; threads <= 7; threads++) {
        run(&desk, (struct plx_scan){.threads = threads}, &book);
        g_assert_cmpuint(book.rows, ==, 24);
        if (book.text)
            g_string_free(book.text, TRUE);
    }
    form_clear(&form);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scan/order-and-choice", test_order_and_choice);
    g_test_add_func("/scan/threads", test_threads);
    return g_test_run();
}
