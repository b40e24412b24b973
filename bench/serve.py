#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers over HTTP that are on the disk before they are acknowledged: how many a second, how
late, in how much memory; beside express and better-sqlite3, which get the same requests, and while
another process imports a large file. Called by `./dev bench serve`; see README.md."""
import argparse
import os
import subprocess
import sys
import time

import measure
import serving


def show(name, said, peak):
    print(f"  {name:36} {said['connections']:5}  {said['per_second']:9,.0f}  "
          f"{said['p50_us'] / 1e3:8.2f} {said['p99_us'] / 1e3:8.2f} {said['p999_us'] / 1e3:8.2f}"
          f"  {peak:6.0f}  {said['refused'] + said['broken']:7}", flush=True)


def one(options, server, connections, seed):
    """A load on a server that is started for it; what was acknowledged must be there."""
    before = server.count() if seed > 1 else 0
    server.start()
    said = serving.result(serving.load(options.build, server, connections, options.seconds,
                                       seed=seed))
    peak = server.stop()
    show(server.name, said, peak)
    there = server.count() - before
    # Those that were on their way when the time was up are there too.
    if not said["answers"] <= there <= said["answers"] + connections:
        sys.exit(f"{said['answers']} were acknowledged, {there} are there")
    return said


def during_import(options, ours, seed):
    """Three seconds: the import takes longer than that beside it."""
    seconds = 3
    ours.start()
    words = [f"{options.build}/parallax", "import", ours.workspace, options.large,
             "--dataset", "large"]
    begun = time.monotonic()
    importing = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    loading = serving.load(options.build, ours, 64, seconds, seed=seed)
    imported = importing.wait()
    took = time.monotonic() - begun
    said = serving.result(loading)
    show("parallax, while 10 M rows come in", said, ours.stop())
    if imported != 0:
        sys.exit("the import failed")
    print(f"  the import took {took:.1f} s, the load {seconds} s")
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("large", nargs="?", help="what is imported meanwhile")
    parser.add_argument("--build", default="build")
    parser.add_argument("--modules", default="build/peers-serve/node_modules")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", default="64,256,1000")
    parser.add_argument("--scratch", default="build/bench/serve")
    options = parser.parse_args()
    measure.no_core_files()
    os.makedirs(options.scratch, exist_ok=True)
    ours = serving.Ours(options.scratch, options.build)
    peers = [serving.Express(options.scratch, options.modules, kind)
             for kind in ("naive", "batched")] if os.path.isdir(options.modules) else []
    print("  server                               conns   answers/s    p50 ms   p99 ms p99.9 ms"
          "      MB  refused")
    best = {}
    for seed, connections in enumerate(map(int, options.connections.split(",")), 1):
        said = {server.name: one(options, server, connections, seed)
                for server in [ours, *peers]}
        for peer in peers:
            ratio = said[ours.name]["per_second"] / max(said[peer.name]["per_second"], 1)
            print(f"  = {ratio:.1f} times {peer.name}")
        best[connections] = said[ours.name]["per_second"]
    if options.large:
        said = during_import(options, ours, 100)
        if 64 in best:
            print(f"  = {said['per_second'] / best[64]:.2f} of what it is without")
    print(f"  {measure.load()}")


if __name__ == "__main__":
    main()
