/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/id.h"
#include "voice/keyed.h"
#include "voice/saying.h"

G_STATIC_ASSERT(PLX_SAYING_KEY == crypto_shorthash_KEYBYTES);

gboolean plx_saying_number(const guint8 key[PLX_SAYING_KEY], const struct plx_saying *saying,
                           const char *audience, guint64 *number)
{
    g_autofree char *words = plx_id_new(saying->text, strlen(saying->text));
    char day[PLX_DATE_SIZE] = "";
    if (!words)
        return FALSE;
    if (saying->day != PLX_NO_DAY)
        plx_date_format(saying->day, day);
    g_autofree char *all = g_strdup_printf("%s\1%s\1%s\1%s", audience, saying->prompt, day, words);
    *number = plx_keyed(key, all);
    return TRUE;
}
