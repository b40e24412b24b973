/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/streams.h"

/* To each account its own; one that ends makes room for one. */
static void test_most(void)
{
    gpointer open[PLX_STREAMS_MOST];
    g_autoptr(plx_streams) streams = plx_streams_new();
    for (guint i = 0; i < PLX_STREAMS_MOST; i++) {
        open[i] = plx_streams_begin(streams, 3);
        g_assert_nonnull(open[i]);
    }
    g_assert_null(plx_streams_begin(streams, 3));
    gpointer const other = plx_streams_begin(streams, 4);
    g_assert_nonnull(other);
    plx_stream_end(open[0]);
    open[0] = plx_streams_begin(streams, 3);
    g_assert_nonnull(open[0]);
    g_assert_null(plx_streams_begin(streams, 3));
    for (guint i = 0; i < PLX_STREAMS_MOST; i++)
        plx_stream_end(open[i]);
    plx_stream_end(other);
    gpointer const again = plx_streams_begin(streams, 3);
    g_assert_nonnull(again);
    plx_stream_end(again);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/streams/most", test_most);
    return g_test_run();
}
