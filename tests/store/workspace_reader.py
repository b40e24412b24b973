# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a workspace with nothing of Parallax: written from docs/file-format.md alone, to show that
the page is enough. It checks every sum the page names, and refuses what the page says to refuse."""

import hashlib
import json
import sqlite3
import struct
import zlib

APPLICATION = 0x506C7831
NO_TIME = -(1 << 63)
MISSING = {-128: None, -127: "na", -126: "declined"}
KINDS = {  # kind: bytes of a value, signed
    1: (1, True), 2: (1, False), 3: (2, False), 4: (4, False), 5: (8, True), 6: (8, False),
    7: (4, False), 8: (4, False),
}
COLUMNS = {9: 8, 1: 6, 0: 6, 2: 2, 3: 5, 4: 3, 5: 6, 6: 1, 7: 1, 8: 1}
COLUMNS.update({c: 4 for c in range(16, 120)})
COLUMNS.update({c: 1 for c in range(160, 256)})
UNIT, ENCOUNTER, RUNS, NOTES = 0, 1, 9, 256
MET = set()  # encodings that were read so far


class Damaged(Exception):
    pass


def require(good, what):
    if not good:
        raise Damaged(what)


def siphash(key, data):
    """SipHash-2-4 (Aumasson and Bernstein 2012), read as a little-endian number."""
    mask = (1 << 64) - 1
    k0, k1 = struct.unpack("<QQ", key)
    a, b, c, d = (k ^ int.from_bytes(text, "big") for k, text in (
        (k0, b"somepseu"), (k1, b"dorandom"), (k0, b"lygenera"), (k1, b"tedbytes")))

    def turn(x, bits):
        return (x << bits | x >> (64 - bits)) & mask

    def rounds(a, b, c, d, n):
        for _ in range(n):
            a, c = (a + b) & mask, (c + d) & mask
            b, d = turn(b, 13) ^ a, turn(d, 16) ^ c
            a = turn(a, 32)
            a, c = (a + d) & mask, (c + b) & mask
            d, b = turn(d, 21) ^ a, turn(b, 17) ^ c
            c = turn(c, 32)
        return a, b, c, d

    padded = data + bytes(-(len(data) + 1) % 8) + bytes([len(data) & 255])
    for (word,) in struct.iter_unpack("<Q", padded):
        a, b, c, d = rounds(a, b, c, d ^ word, 2)
        a ^= word
    a, b, c, d = rounds(a, b, c ^ 255, d, 4)
    return a ^ b ^ c ^ d


class Stream:
    """The bytes of a column between its head and its sum."""

    def __init__(self, data, size, runs=None, same=None):
        self.data, self.at, self.size, self.runs, self.same = data, 0, size, runs, same

    def take(self, n):
        require(self.at + n <= len(self.data), "a column is cut short")
        self.at += n
        return self.data[self.at - n:self.at]

    def number(self, n):
        return int.from_bytes(self.take(n), "little")

    def value(self):
        return self.number(self.size)

    def sized(self, size):
        """Reads values of another size from the same bytes."""
        other = Stream(self.data, size, self.runs, self.same)
        other.at = self.at
        return other

    def values(self, m, limit):
        encoding = self.number(1)
        require(encoding < limit, "an encoding that may not be here")
        MET.add(encoding)
        return READERS[encoding](self, m)

    def leaf_of_codes(self, m, size, limit=2):
        other = self.sized(size)
        values = other.values(m, limit)
        self.at = other.at
        return values


def unpack(stream, m, width):
    data = int.from_bytes(stream.take(width * ((m + 7) // 8)), "little")
    mask = (1 << width) - 1
    return [data >> i * width & mask for i in range(m)]


def read_constant(stream, m):
    return [stream.value()] * m


def read_packed(stream, m):
    width = stream.number(1)
    require((1 <= width <= 56 and width <= 8 * stream.size) or (width == 64 and stream.size == 8),
            "a width")
    base, step = stream.value(), stream.value()
    mask = (1 << 8 * stream.size) - 1
    return [base + step * x & mask for x in unpack(stream, m, width)]


def read_delta(stream, m):
    require(m >= 2, "differences of nothing")
    values, mask = [stream.value()], (1 << 8 * stream.size) - 1
    for difference in stream.values(m - 1, 2):
        values.append(values[-1] + difference & mask)
    return values


def together(d):
    """How many of d words share a number, and its width."""
    best = None
    for g in range(1, 9):
        if d ** g <= 256:
            width = (d ** g - 1).bit_length()
            if best is None or width * best[0] <= best[1] * g:
                best = (g, width)
    return best


def read_digits(stream, m):
    d = stream.number(1)
    require(2 <= d <= 16 and stream.size == 1, "digits")
    words = stream.take(d)
    g, width = together(d)
    values = []
    for number in unpack(stream, (m + g - 1) // g, width):
        require(number < d ** g, "digits")
        for _ in range(g):
            values.append(words[number % d])
            number //= d
    return values[:m]


def read_dictionary(stream, m):
    words = stream.values(stream.number(4), 3)
    codes = stream.values(m, 2)
    require(all(code < len(words) for code in codes), "a code")
    return [words[code] for code in codes]


def spread(values, lengths, m):
    out = [value for value, n in zip(values, lengths) for _ in range(n)]
    require(len(out) == m, "lengths")
    return out


def read_lengths(stream, m):
    r = stream.number(4)
    require(0 < r <= m, "lengths")
    values = stream.values(r, 5)
    return spread(values, [n + 1 for n in stream.leaf_of_codes(r, 4)], m)


def read_by_run(stream, m):
    require(bool(stream.runs), "there are no runs")
    return spread(stream.values(len(stream.runs), 6), stream.runs, m)


def read_forms(stream, m):
    require(bool(stream.runs), "there are no runs")
    d = stream.number(4)
    lengths = [n + 1 for n in stream.leaf_of_codes(d, 4)]
    require(sum(lengths) <= m, "forms")
    values, forms = stream.values(sum(lengths), 5), []
    for n in lengths:
        forms.append(values[:n])
        values = values[n:]
    out = []
    for code, n in zip(stream.leaf_of_codes(len(stream.runs), 4), stream.runs):
        require(code < d and len(forms[code]) == n, "a form")
        out += forms[code]
    return out


def read_same(stream, m):
    require(stream.same is not None and len(stream.same) == m, "the same as nothing")
    return list(stream.same)


READERS = (read_constant, read_packed, read_delta, read_digits, read_dictionary, read_lengths,
           read_by_run, read_forms, read_same)


def signed(values, kind):
    size, is_signed = KINDS[kind]
    if not is_signed:
        return values
    half = 1 << 8 * size - 1
    return [v - 2 * half if v >= half else v for v in values]


def read_column(data, kind, n, runs=None, same=None):
    require(len(data) >= 10, "a column is cut short")
    require(zlib.crc32(data[:-4]) == int.from_bytes(data[-4:], "little"), "the sum of a column")
    version, found, rows = struct.unpack("<BBI", data[:6])
    require((version, found, rows) == (1, kind, n), "the head of a column")
    stream = Stream(data[6:-4], KINDS[kind][0], runs, same)
    if kind == 8:
        values = [length + 1 for length in stream.values(stream.number(4), 6)]
        require(sum(values) == n, "runs")
    else:
        values = signed(stream.values(n, 9), kind)
    require(stream.at == len(stream.data), "a column is too long")
    return values


def read_present(present):
    """The numbers of a block's columns, and which codes occur in its dimensions."""
    columns = [c for c in range(256) if present[c // 8] >> c % 8 & 1]
    codes, at = {}, 32
    while at < len(present):
        kind, words = present[at], present[at + 1]
        bits = int.from_bytes(present[at + 2:at + 2 + 8 * words], "little")
        codes[kind] = {k for k in range(64 * words) if bits >> k & 1}
        at += 2 + 8 * words
    return columns, codes


def read_body(body):
    """The columns of a row of the inbox: number → values; 256 are the notes."""
    version, n = struct.unpack_from("<HH", body)
    require(version == 1, "the version of an inbox row")
    columns, at = {}, 4
    while at < len(body):
        number = int.from_bytes(body[at:at + 2], "little")
        at += 2
        if number == NOTES:
            columns[NOTES] = []
            for _ in range(n):
                length = int.from_bytes(body[at:at + 4], "little")
                columns[NOTES].append(body[at + 4:at + 4 + length].decode())
                at += 4 + length
            continue
        size = KINDS[COLUMNS[number]][0]
        raw = [int.from_bytes(body[at + i * size:at + (i + 1) * size], "little") for i in range(n)]
        columns[number] = signed(raw, COLUMNS[number])
        at += n * size
    require(at == len(body), "the end of an inbox row")
    return n, columns


class Workspace:
    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        require(self.one("PRAGMA application_id") == APPLICATION, "no workspace")
        require(1 <= self.one("PRAGMA user_version") <= 10, "a newer workspace")
        self.words = {}
        for kind, code, about, text, title, crc in self.db.execute(
                "SELECT kind, code, about, text, title, crc FROM word"):
            require(zlib.crc32(f"{kind}:{code}:{about}:{text}\1{title}".encode()) == crc, "a word")
            self.words[kind, code] = (about, text, title)
        require(len(self.words) == self.fact("words"), "the number of words")
        self.check_maps()
        if self.one("PRAGMA user_version") >= 3:
            self.check_workshop()
        if self.one("PRAGMA user_version") >= 4:
            self.check_steps()
        if self.one("PRAGMA user_version") >= 5:
            self.check_suggestions()
        if self.one("PRAGMA user_version") >= 6:
            self.check_forms()
        if self.one("PRAGMA user_version") >= 8:
            self.check_visits()

    def one(self, sql, *values):
        return self.db.execute(sql, values).fetchone()[0]

    def fact(self, name):
        return self.one("SELECT value FROM fact WHERE name = ?", name)

    def check_maps(self):
        for yaml, crc in self.db.execute("SELECT yaml, crc FROM map"):
            require(zlib.crc32(yaml.encode()) == crc, "a map")
        for *cells, crc in self.db.execute(
                "SELECT kind, measure, audience, value, crc FROM amendment"):
            text = "\1".join(cell or "" for cell in cells)
            require(zlib.crc32(text.encode()) == crc, "an amendment")

    def check_workshop(self):
        """When results were shown, and the codebooks: the last one is in force."""
        reveals = self.db.execute("SELECT audience, shown, crc FROM reveal").fetchall()
        for audience, shown, crc in reveals:
            require(zlib.crc32(f"{audience}\1{shown}".encode()) == crc, "a reveal")
        require(len(reveals) == self.fact("reveals"), "the number of reveals")
        books = self.db.execute("SELECT book, crc FROM codebook").fetchall()
        for book, crc in books:
            require(zlib.crc32(book.encode()) == crc, "a codebook")
            themes = {theme["id"] for theme in json.loads(book)["themes"]}
            require(themes.issuperset(answer[2] for answer in json.loads(book)["answers"]),
                    "a codebook")
        require(len(books) == self.fact("codebooks"), "the number of codebooks")

    def check_steps(self):
        """What was done to steps, in order; each begins when it is added, with its plan."""
        steps = 0
        for step, act in self.acts("step_acts", "SELECT id, step, time, author, act, body, crc "
                                                "FROM step_act ORDER BY id"):
            steps += act == "add"
            require(step == steps if act == "add" else 1 <= step <= steps, "a step")

    def check_suggestions(self):
        """What was answered to suggestions; their notes need not be there any more."""
        for _, act in self.acts("suggestion_acts",
                                "SELECT id, suggestion, time, author, act, body, crc "
                                "FROM suggestion_act ORDER BY id"):
            require(act in ("answer", "link"), "an act on a suggestion")

    def check_visits(self):
        """What was done to visits and walks, what was told of them, and pictures."""
        visits = 0
        for visit, act in self.acts("visit_acts", "SELECT id, visit, time, author, act, body, crc "
                                                  "FROM visit_act ORDER BY id"):
            visits += act in ("plan", "walk")
            require(visit == visits if act in ("plan", "walk") else 1 <= visit <= visits,
                    "a visit")
        said = {(json.loads(body)["hash"], visit) for visit, body in self.db.execute(
            "SELECT visit, body FROM visit_act WHERE act IN ('walk', 'assign')")}
        require(set(self.db.execute("SELECT hash, visit FROM visit_link")) == said, "a link")
        counts = "SELECT visit, count(*) FROM visit_act GROUP BY visit ORDER BY visit"
        said = "SELECT visit, acts FROM visit_count ORDER BY visit"
        require(self.db.execute(counts).fetchall() == self.db.execute(said).fetchall(),
                "the number of acts on a visit")
        reports = self.db.execute("SELECT hash, body, bytes FROM visit_report").fetchall()
        require(len(reports) == self.fact("visit_reports"), "the number of reports")
        for digest, body, size in reports:
            require(body is None or len(body.encode()) == size, "the length of a report")
            made = hashlib.blake2b((body or "").encode(), digest_size=32).hexdigest()
            require(body is None or made == digest, "a report")
        for visit, photo, crc, image in self.db.execute(
                "SELECT visit, id, crc, bytes FROM visit_photo"):
            require(zlib.crc32(f"{visit}\1{photo}\1".encode() + image) == crc, "a picture")

    def check_forms(self):
        """Links, and answers that wait to be sealed."""
        links = self.db.execute(
            "SELECT id, kind, token, audience, identity, place, channel, settings, "
            "coalesce(opens, 0), coalesce(closes, 0), quota, closed, created, crc FROM link"
        ).fetchall()
        for *cells, crc in links:
            text = "\1".join("" if cell is None else str(cell) for cell in cells)
            require(zlib.crc32(text.encode()) == crc, "a link")
        require(len(links) == self.fact("links"), "the number of links")
        waiting = self.db.execute("SELECT audience, body, crc FROM sealing").fetchall()
        for audience, body, crc in waiting:
            require(zlib.crc32(f"{audience}\1{body}".encode()) == crc, "an answer that waits")
        require(len(waiting) == self.fact("sealing"), "the number of answers that wait")

    def suggestion(self, audience, prompt, day, words):
        """The number of one; `words` is the id of its words."""
        return siphash(self.fact("secret")[:16], "\1".join((audience, prompt, day, words)).encode())

    def acts(self, fact, sql):
        """Rows that are only ever added: what each is about, and what was done."""
        acts = self.db.execute(sql).fetchall()
        for number, (act_id, *cells, crc) in enumerate(acts, 1):
            require(act_id == number, "the number of an act")
            require(zlib.crc32("\1".join(map(str, cells)).encode()) == crc, fact)
            json.loads(cells[4])
        require(len(acts) == self.fact(fact), f"the number of {fact}")
        return [(cells[0], cells[3]) for _, *cells, _ in acts]

    def text(self, kind, code):
        return self.words[kind, code][1] if code else None

    def rows(self):
        """All observations: dictionaries of what is there."""
        seen = 0
        for block in self.db.execute(
                "SELECT block.id, import, block.rows, notes, first_day, last_day, present, "
                "block.crc FROM block JOIN import ON import.id = import WHERE state = 'done' "
                "ORDER BY block.id").fetchall():
            seen += block[2]
            yield from self.block_rows(*block)
        require(seen == self.fact("observations"), "the number of observations")
        waiting = 0
        for n, body, crc in self.db.execute("SELECT rows, body, crc FROM inbox ORDER BY id"):
            require(zlib.crc32(body) == crc, "a row of the inbox")
            found, columns = read_body(body)
            require(found == n, "a row of the inbox")
            waiting += n
            yield from self.make_rows(n, columns, columns.get(NOTES, [""] * n))
        require(waiting == self.fact("waiting"), "the number of rows in the inbox")

    def block_rows(self, block, owner, n, notes, first, last, present, crc):
        head = f"{owner} {n} {notes} {int(first is not None)} {first or 0} {last or 0} "
        require(zlib.crc32(head.encode() + present) == crc, "a block")
        wanted, codes = read_present(present)
        data = {number % 256: bytes(column) for number, column in self.db.execute(
            "SELECT id, data FROM block_column WHERE id BETWEEN ? AND ?",
            (block * 256, block * 256 + 255))}
        require(set(wanted) <= set(data), "a column is missing")
        runs = read_column(data[RUNS], 8, n)
        columns = {ENCOUNTER: read_column(data[ENCOUNTER], 6, n, runs)}
        for number in wanted:
            if number not in (RUNS, ENCOUNTER):
                same = columns[ENCOUNTER] if number == UNIT else None
                columns[number] = read_column(data[number], COLUMNS[number], n, runs, same)
                require(set(columns[number]) == codes.get(number, set(columns[number])), "codes")
        yield from self.make_rows(n, columns, self.block_notes(block, n, notes))

    def block_notes(self, block, n, count):
        notes = [""] * n
        for row, text, crc in self.db.execute(
                "SELECT row, text, crc FROM note WHERE block = ?", (block,)):
            require(zlib.crc32(f"{block}:{row}:{text}".encode()) == crc, "a note")
            notes[row] = text
            count -= 1
        require(count == 0, "the number of notes")
        return notes

    def make_rows(self, n, columns, notes):
        for i in range(n):
            row = {number: values[i] for number, values in columns.items() if number != NOTES}
            row["note"] = notes[i]
            yield row
