#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joins Olist's tables: one row per review, with how its order ended and whether that was early, on the
promised day or late. Stars stand at the moment that came last; the others did not happen. Needs nothing but Python.

usage: orders.py FOLDER > orders.csv
"""

import csv
import sys
from datetime import date
from pathlib import Path

# What the customer had last met when the review was asked for.
MOMENTS = {"delivered": "arrival", "shipped": "on-the-way", "canceled": "cancelled",
           "unavailable": "not-there"}


def read(folder, name):
    with open(Path(folder) / f"olist_{name}_dataset.csv", newline="", encoding="utf-8") as rows:
        yield from csv.DictReader(rows)


def day(text):
    return date.fromisoformat(text[:10])


def came(order):
    """Against the day that was promised; nothing where it never came."""
    delivered = order["order_delivered_customer_date"]
    if order["order_status"] != "delivered" or not delivered:
        return ""
    late = (day(delivered) - day(order["order_estimated_delivery_date"])).days
    return "late" if late > 0 else "on the day" if late == 0 else "early"


def main():
    folder = sys.argv[1]
    orders = {row["order_id"]: row for row in read(folder, "orders")}
    customers = {row["customer_id"]: row for row in read(folder, "customers")}
    out = csv.writer(sys.stdout, lineterminator="\n")
    moments = ["not-there", "not-sent", "on-the-way", "arrival", "cancelled"]
    out.writerow(["review", "person", "date", "state", "came", *moments])
    for review in read(folder, "order_reviews"):
        order = orders[review["order_id"]]
        customer = customers[order["customer_id"]]
        last = MOMENTS.get(order["order_status"], "not-sent")
        out.writerow([f"{review['review_id']}/{order['order_id']}", customer["customer_unique_id"],
                      review["review_creation_date"][:10], customer["customer_state"], came(order),
                      *[review["review_score"] if moment == last else "no" for moment in moments]])


main()
