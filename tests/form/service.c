/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service.h"

#include "map/map_file.h"

#include <string.h>

plx_map *service_map(void)
{
    g_autoptr(GString) yaml =
        g_string_new("parallax: 1\ntitle: Shop\nmeasures:\n  pain: {title: Pain, scale: pain, of: "
                     "point}\nscales:\n  pain: {min: 0, max: 10, direction: down}\njourneys:\n"
                     "  - title: Visit\n    transactions:\n");
    for (guint i = 1; i <= 13; i++) {
        if (i % 5 == 1)
            g_string_append_printf(yaml, "      - title: Part %u\n        points:\n", i);
        g_string_append_printf(yaml, "          - {id: p%u, title: Point %u}\n", i, i);
    }
    g_string_append(yaml, "  - title: Call\n    transactions:\n      - title: Line\n"
                          "        points:\n");
    for (guint i = 1; i <= 3; i++)
        g_string_append_printf(yaml, "          - {id: c%u, title: Call %u}\n", i, i);
    GError *error = NULL;
    plx_map *const map = plx_map_read_memory(yaml->str, yaml->len, "map.yaml", &error);
    g_assert_no_error(error);
    return map;
}

struct plx_form_settings service_settings(const plx_map *map, const char *audience,
                                          const char *journey, const char *measures,
                                          const char *questions)
{
    GError *error = NULL;
    struct plx_form_settings settings = {0};
    const struct plx_form_ask ask = {
        .audience = audience, .journey = journey, .measures = measures, .questions = questions};
    plx_form_settings_ask(map, &ask, &settings, &error);
    g_assert_no_error(error);
    return settings;
}

GPtrArray *service_take(plx_form_answers *answers, const plx_form_plan *plan, guint card, ...)
{
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(struct plx_form_field));
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    va_list texts;
    va_start(texts, card);
    for (const char *text = va_arg(texts, const char *); text; text = va_arg(texts, const char *)) {
        char *const name = g_strdup(text);
        char *const equals = strchr(name, '=');
        g_assert_nonnull(equals);
        *equals = '\0';
        g_ptr_array_add(memory, name);
        const struct plx_form_field field = {name, equals + 1};
        g_array_append_val(fields, field);
    }
    va_end(texts);
    return plx_form_take(answers, plan, card, (const struct plx_form_field *)(gpointer)fields->data,
                         fields->len);
}
