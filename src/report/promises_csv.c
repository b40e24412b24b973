/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"
#include "report/promises.h"

#include <string.h>

/* One row per share: of all, of a channel, of before and after. */
struct place {
    const struct plx_promise_reading *promise;
    const char *audience, *channel, *part;
};

static void put(GString *out, const struct place *place, const char *what,
                const struct plx_promise_share *share, const char *verdict)
{
    plx_csv_first(out, place->promise->promise);
    plx_csv_text(out, place->promise->title);
    plx_csv_text(out, place->audience);
    plx_csv_text(out, place->part);
    plx_csv_text(out, place->channel);
    plx_csv_text(out, what);
    plx_csv_count(out, share->n);
    plx_csv_count(out, share->persons);
    plx_csv_number(out, share->share);
    plx_csv_interval(out, share->ci);
    plx_csv_text(out, verdict);
    plx_csv_text(out, plx_suppression_code(share->suppressed));
    g_string_append_c(out, '\n');
}

static void put_levels(GString *out, const struct place *place,
                       const struct plx_promise_levels *levels)
{
    put(out, place, "floor", &levels->floor, NULL);
    put(out, place, "below", &levels->below, NULL);
}

static void put_promise(GString *out, const plx_promises *promises,
                        const struct plx_promise_reading *promise)
{
    const struct plx_about *about = &promises->about;
    struct place place = {promise, about->audience, NULL, "all"};
    for (guint i = 0; i < promise->n_voices; i++) {
        const struct plx_promise_voice *voice = &promise->voices[i];
        place.audience = about->map->audiences[voice->audience].id;
        const gboolean decides = strcmp(place.audience, about->audience) == 0;
        put(out, &place, "known", &voice->known,
            decides ? plx_promise_verdict_code(promise->known_verdict) : NULL);
        put(out, &place, "kept", &voice->kept,
            decides ? plx_promise_verdict_code(promise->kept_verdict) : NULL);
        put(out, &place, "kept_known", &voice->kept_known, NULL);
    }
    place.audience = about->audience;
    put_levels(out, &place, &promise->levels);
    place.part = "before";
    put_levels(out, &place, &promise->before);
    place.part = "after";
    put_levels(out, &place, &promise->after);
    place.part = "channel";
    for (guint i = 0; i < promise->n_channels; i++) {
        const struct plx_promise_channel *channel = &promise->channels[i];
        place.channel = channel->channel;
        put(out, &place, "known", &channel->known, NULL);
        put(out, &place, "kept", &channel->kept, plx_promise_verdict_code(channel->others_verdict));
        put_levels(out, &place, &channel->levels);
    }
}

void plx_promises_csv(const plx_promises *promises, GString *out)
{
    g_string_append(out, "promise,title,audience,part,channel,share_of,n,persons,share,ci_lo,"
                         "ci_hi,verdict,suppressed\n");
    for (guint i = 0; i < promises->n_promises; i++)
        put_promise(out, promises, &promises->promises[i]);
}
