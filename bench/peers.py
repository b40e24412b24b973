# SPDX-License-Identifier: GPL-3.0-or-later
"""The peers: what DuckDB, PostgreSQL and sqlite3 are told, as their manuals would have it. Those
that are not there are reported and left out."""
import csv
import os
import pwd
import shutil
import subprocess
import tempfile
import time

CSV = "read_csv('{csv}', nullstr=['', 'na'])"
MONTH = "strftime(time, '%Y-%m') AS month"
QUARTER = "place = 'place-007' AND time >= TIMESTAMP '2023-01-01' AND time < TIMESTAMP '2023-04-01'"

# Jobs of bench/README.md over a table or a file.
DUCKDB = {
    "g1": "SELECT point, audience, level, count(*) AS n FROM {table} GROUP BY ALL",
    "g2": f"SELECT point, audience, place, {MONTH}, level, count(*) AS n FROM {{table}} GROUP BY ALL",
    "g3": f"SELECT point, audience, place, {MONTH}, count(level) AS n, avg(level) AS mean, "
          "avg((level >= 5)::INT) AS top FROM {table} GROUP BY ALL",
    "split": f"SELECT point, audience, \"segment.tier\" AS tier, {MONTH}, level, count(*) AS n "
             "FROM {table} GROUP BY ALL",
    "quarter": f"SELECT point, audience, level, count(*) AS n FROM {{table}} WHERE {QUARTER} "
               "GROUP BY ALL",
    # of two points what those who answered both said: a person is the mean of his answers to a point
    "comoments": "WITH said AS (SELECT coalesce(respondent, encounter) AS who, audience, point, "
                 "avg(level) AS x FROM {table} WHERE level IS NOT NULL GROUP BY ALL) "
                 "SELECT a.point, b.point AS other, a.audience, count(*) AS n, sum(a.x) AS sum_a, "
                 "sum(b.x) AS sum_b, sum(a.x * b.x) AS sum_ab FROM said a JOIN said b "
                 "ON a.who = b.who AND a.audience = b.audience AND a.point <= b.point GROUP BY ALL",
}
ENUMS = ["journey", "point", "audience", "channel", "place", "segment.tier"]
# Rows in which every value of those columns occurs.
SAMPLE = 200000


class DuckDB:
    """Its C library, run by bench/duckdb_peer.c."""

    def __init__(self, build, library):
        self.program = os.path.join(build, "bench", "duckdb-peer")
        self.library = library

    def there(self):
        if self.library and os.path.exists(self.library):
            return True
        print("peer missing: DuckDB (npm @duckdb/node-bindings-linux-x64)")
        return False

    def _command(self, database, sql):
        return [self.program, self.library, database, sql]

    def ask(self, job, out, path=None, database=""):
        """Answers a job from a CSV file or the table of a database, into a file; "-" makes a
        temporary table of it and writes nothing."""
        select = DUCKDB[job].format(table=CSV.format(csv=path) if path else "ratings")
        return self._command(database, f"CREATE TEMP TABLE answer AS {select}" if out == "-"
                             else f"COPY ({select}) TO '{out}' (HEADER)")

    def load(self, path, database):
        return self._command(database, "CREATE TABLE ratings AS SELECT * FROM " +
                             CSV.format(csv=path))

    def load_tuned(self, path, database):
        """The types are declared beforehand: short repeating texts as enums, small numbers."""
        types = {"encounter": "VARCHAR", "respondent": "VARCHAR", "time": "TIMESTAMP",
                 "level": "TINYINT", "expected": "TINYINT", "effort": "TINYINT"}
        with open(path, newline="") as lines:
            rows = csv.DictReader(lines)
            names = rows.fieldnames
            values = {name: set() for name in ENUMS}
            for _, row in zip(range(SAMPLE), rows):
                for name in ENUMS:
                    values[name].add(row[name])
        sql = ""
        for i, name in enumerate(ENUMS):
            listed = ", ".join(f"'{value}'" for value in sorted(values[name]))
            sql += f"CREATE TYPE enum_{i} AS ENUM ({listed}); "
            types[name] = f"enum_{i}"
        columns = ", ".join(f"'{name}': '{types[name]}'" for name in names)
        return self._command(database, sql + "CREATE TABLE ratings AS SELECT * FROM read_csv("
                             f"'{path}', header=true, nullstr=['', 'na'], columns={{{columns}}})")


# Both know one text for a missing value, the file has two ("" and "na"): the level stays text there.
PLAIN_COLUMNS = ("encounter text, respondent text, time {time}, journey text, point text, "
                 "audience text, channel text, place text, tier text, level text, "
                 "expected {number}, effort {number}")
PLAIN_G1 = ("SELECT point, audience, level, count(*) AS n FROM ratings "
            "WHERE level NOT IN ('', 'na') GROUP BY point, audience, level")


class SQLite:
    """The sqlite3 shell."""

    def there(self):
        if shutil.which("sqlite3"):
            return True
        print("peer missing: sqlite3 (Debian sqlite3)")
        return False

    def load(self, path, database):
        columns = PLAIN_COLUMNS.format(time="text", number="integer")
        return ["sqlite3", database, f"CREATE TABLE ratings ({columns})",
                f".import --csv --skip 1 {path} ratings"]

    def ask_g1(self, database, out):
        with open(out, "w") as answer:
            subprocess.run(["sqlite3", "-csv", "-header", database,
                            PLAIN_G1],
                           stdout=answer, check=True)


class Postgres:
    """A cluster of its own in a temporary folder, spoken to through a socket there. Settings are
    the defaults: what COPY returned from is on the disk."""

    def __init__(self):
        self.folder = None
        self.server = None
        found = sorted(os.listdir("/usr/lib/postgresql")) \
            if os.path.isdir("/usr/lib/postgresql") else []
        self.programs = f"/usr/lib/postgresql/{found[-1]}/bin" if found else None

    def there(self):
        if self.programs and os.path.exists(f"{self.programs}/initdb"):
            return True
        print("peer missing: PostgreSQL (Debian postgresql)")
        return False

    def _owner(self):
        """It refuses to run as root."""
        return {"user": "postgres", "group": "postgres", "extra_groups": []} \
            if os.geteuid() == 0 else {}

    def start(self):
        self.folder = tempfile.mkdtemp(prefix="parallax-postgres-")
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        data = f"{self.folder}/data"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
        subprocess.run([f"{self.programs}/initdb", "-D", data, "-U", "postgres", "-A", "trust",
                        "-E", "UTF8", "--locale=C"], check=True, **quiet, **self._owner())
        self.server = subprocess.Popen([f"{self.programs}/postgres", "-D", data, "-k", self.folder,
                                        "-c", "listen_addresses="], **quiet, **self._owner())
        for _ in range(300):
            if subprocess.run(self._psql("SELECT 1"), **quiet).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL does not start")

    def stop(self):
        if self.server:
            self.server.terminate()
            try:
                self.server.wait(60)
            except subprocess.TimeoutExpired:
                self.server.kill()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _psql(self, *commands):
        line = [f"{self.programs}/psql", "-X", "-q", "-h", self.folder, "-U", "postgres",
                "-v", "ON_ERROR_STOP=1"]
        for command in commands:
            line += ["-c", command]
        return line

    def empty(self):
        columns = PLAIN_COLUMNS.format(time="timestamp", number="smallint")
        subprocess.run(self._psql("DROP TABLE IF EXISTS ratings",
                                  f"CREATE TABLE ratings ({columns})", "CHECKPOINT"),
                       check=True, stderr=subprocess.DEVNULL)

    def load(self, path):
        return self._psql(f"\\copy ratings FROM '{path}' (FORMAT csv, HEADER)")

    def size(self):
        out = subprocess.run(self._psql("\\t", "\\a", "SELECT pg_total_relation_size('ratings')"),
                             check=True, capture_output=True, text=True).stdout
        return int(out.strip().splitlines()[-1])

    def ask_g1(self, out):
        with open(out, "w") as answer:
            subprocess.run(self._psql(f"COPY ({PLAIN_G1}) TO STDOUT (FORMAT csv, HEADER)"),
                           stdout=answer, check=True)
