/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Those inside: nine leaders, staff, and the tables of two workshops. */

#include "sim/person.h"
#include "sim/remark.h"
#include "sim/world_part.h"

#define STAFF 72
#define STAFF_ASKED 10
#define WORKSHOPS 2
#define TABLES 6
#define SHEET_ASKED 10
/* Leaders answer in month 15, are shown the truth, and guess some points again a month later. */
#define LEADERS_MONTH 15

static void about_point(struct plx_row *row, const struct plx_truth_point *point)
{
    row->text[PLX_ROW_JOURNEY] = point->journey;
    row->text[PLX_ROW_POINT] = point->id;
}

static void leader_first(struct plx_world *world, guint leader)
{
    struct plx_encounter e;
    plx_encounter_begin(&e, "leader", "l", leader + 1, "leader-", (gint)leader + 1);
    plx_encounter_time(world->truth, &e, LEADERS_MONTH, 8 + leader % 3, 0, -1);
    e.row.text[PLX_ROW_SOURCE] = "form";
    for (guint p = 0; p < world->truth->n_points; p++) {
        const struct plx_truth_leader answer = plx_truth_leader_answer(world->truth, leader, p);
        struct plx_row row = plx_row_next(&e.row);
        about_point(&row, &world->truth->points[p]);
        row.number[PLX_ROW_SEEN] = 0;
        row.number[PLX_ROW_LEVEL] = answer.level;
        row.number[PLX_ROW_BELIEVED] = answer.believed;
        row.number[PLX_ROW_PREDICTED] = answer.predicted;
        plx_row_write(&row, world->csv);
    }
}

/* Having seen the answers, they guess what staff had said all along. */
static void leader_again(struct plx_world *world, guint leader)
{
    static const char *const again[] = {"payment-page", "tracking-page", "delay-message",
                                        "doorstep", "help-chat"};
    struct plx_encounter e;
    plx_encounter_begin(&e, "leader", "l", leader + 101, "leader-", (gint)leader + 1);
    plx_encounter_time(world->truth, &e, LEADERS_MONTH + 1, 12, 0, -1);
    e.row.text[PLX_ROW_SOURCE] = "form";
    for (guint i = 0; i < G_N_ELEMENTS(again); i++) {
        const gint p = plx_truth_find_point(world->truth, again[i]);
        g_assert(p >= 0);
        struct plx_row row = plx_row_next(&e.row);
        about_point(&row, &world->truth->points[p]);
        row.number[PLX_ROW_SEEN] = 1;
        row.number[PLX_ROW_BELIEVED] = plx_person_round(
            world->truth->points[p].staff_believed + 0.5 * (leader % 3) - 0.5, 0, 10);
        plx_row_write(&row, world->csv);
    }
}

void plx_world_leaders(struct plx_world *world)
{
    for (guint leader = 0; leader < PLX_TRUTH_LEADERS; leader++)
        leader_first(world, leader);
    for (guint leader = 0; leader < PLX_TRUTH_LEADERS; leader++)
        leader_again(world, leader);
}

static void all_points(const struct plx_truth *truth, guint *items)
{
    for (guint p = 0; p < truth->n_points; p++)
        items[p] = p;
}

static void staff_member(struct plx_world *world, guint i)
{
    const struct plx_truth *truth = world->truth;
    struct plx_random random = plx_world_stream(world, PLX_STREAM_STAFF, i);
    struct plx_encounter e;
    plx_encounter_begin(&e, "staff", "e", i + 1, "staff-", (gint)i + 1);
    const guint day = (guint)plx_random_below(&random, 28); /* one by one: compilers differ */
    const guint month = 3 + (guint)plx_random_below(&random, 14);
    plx_encounter_time(truth, &e, month, day, 0, -1);
    e.row.text[PLX_ROW_SOURCE] = "link";
    e.row.text[PLX_ROW_PLACE] = truth->places[i % truth->n_places].name;
    const double person = truth->staff_person * plx_random_normal(&random);
    guint items[PLX_TRUTH_POINTS_MAX];
    all_points(truth, items);
    plx_encounter_ask(&e, &random, items, truth->n_points, STAFF_ASKED);
    for (guint k = 0; k < STAFF_ASKED; k++) {
        const struct plx_truth_point *point = &truth->points[items[k]];
        struct plx_row row = plx_row_next(&e.row);
        about_point(&row, point);
        row.text[PLX_ROW_ASKED_P] = e.asked_p;
        const int level = plx_person_round(
            point->staff + person + truth->staff_spread * plx_random_normal(&random), 1, 6);
        row.number[PLX_ROW_LEVEL] = level;
        row.number[PLX_ROW_SEEN] = 0;
        row.number[PLX_ROW_BELIEVED] = plx_person_round(
            point->staff_believed + truth->believed_spread * plx_random_normal(&random), 0, 10);
        g_autofree char *text = NULL;
        if (plx_random_uniform(&random) < 0.08) {
            const struct plx_remark note = plx_remark_on_point(&random, point->id, 4);
            text = note.text;
            row.text[PLX_ROW_PROMPT] = note.prompt;
            row.text[PLX_ROW_NOTE] = text;
        }
        plx_row_write(&row, world->csv);
    }
}

void plx_world_staff(struct plx_world *world)
{
    for (guint i = 0; i < STAFF; i++)
        staff_member(world, i);
}

static void sheet_points(struct plx_world *world, struct plx_encounter *e,
                         struct plx_random *random)
{
    const struct plx_truth *truth = world->truth;
    guint items[PLX_TRUTH_POINTS_MAX];
    all_points(truth, items);
    plx_encounter_ask(e, random, items, truth->n_points, SHEET_ASKED);
    for (guint k = 0; k < SHEET_ASKED; k++) {
        const struct plx_truth_point *point = &truth->points[items[k]];
        struct plx_row row = plx_row_next(&e->row);
        about_point(&row, point);
        row.text[PLX_ROW_ASKED_P] = e->asked_p;
        /* A table agrees on one number: less spread than its members. */
        row.number[PLX_ROW_LEVEL] = plx_person_round(
            point->staff + 0.6 * truth->staff_spread * plx_random_normal(random), 1, 6);
        row.number[PLX_ROW_SEEN] = 0;
        row.number[PLX_ROW_BELIEVED] = plx_person_round(
            point->staff_believed + 0.6 * truth->believed_spread * plx_random_normal(random), 0,
            10);
        plx_row_write(&row, world->csv);
    }
}

static void sheet(struct plx_world *world, guint workshop, guint table)
{
    static const char *const names[WORKSHOPS] = {"Spring 2025", "Spring 2026"};
    static const guint months[WORKSHOPS] = {2, 13};
    const guint number = workshop * TABLES + table;
    struct plx_random random = plx_world_stream(world, PLX_STREAM_SHEET, number);
    struct plx_encounter e;
    plx_encounter_begin(&e, "staff", "t", number + 1, "", -1);
    plx_encounter_time(world->truth, &e, months[workshop], 13, 0, -1);
    g_snprintf(e.group_size, sizeof e.group_size, "%u", 6 + number % 3);
    g_snprintf(e.table, sizeof e.table, "%u", (table + 1) % 100);
    e.row.text[PLX_ROW_SOURCE] = "workshop";
    e.row.text[PLX_ROW_WORKSHOP] = names[workshop];
    e.row.text[PLX_ROW_TABLE] = e.table;
    e.row.text[PLX_ROW_GROUP_SIZE] = e.group_size;
    sheet_points(world, &e, &random);
    for (guint which = 0; which < 4; which++) {
        const struct plx_remark note = plx_remark_sheet(&random, which);
        struct plx_row row = plx_row_next(&e.row);
        row.text[PLX_ROW_PROMPT] = note.prompt;
        row.text[PLX_ROW_NOTE] = note.text;
        plx_row_write(&row, world->csv);
        g_free(note.text);
    }
}

void plx_world_sheets(struct plx_world *world)
{
    for (guint workshop = 0; workshop < WORKSHOPS; workshop++)
        for (guint table = 0; table < TABLES; table++)
            sheet(world, workshop, table);
}
