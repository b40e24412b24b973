// SPDX-License-Identifier: GPL-3.0-or-later
//
// What we are measured against: express and better-sqlite3, durable before the answer, as a good
// developer would write it. usage: serve_peer.mjs MODULES-FOLDER PORT FILE naive|batched
//
// naive: a transaction for each request. batched: those that came in one turn of the loop together.
import { createRequire } from 'node:module';

const [modules, port, file, kind] = process.argv.slice(2);
const require = createRequire(`${modules}/x.js`);
const express = require('express');
const Database = require('better-sqlite3');

const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`CREATE TABLE IF NOT EXISTS encounter (
             id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, audience TEXT NOT NULL, time TEXT,
             place TEXT, channel TEXT) STRICT;
         CREATE TABLE IF NOT EXISTS answer (
             encounter INTEGER NOT NULL REFERENCES encounter, point TEXT NOT NULL,
             level INTEGER, effort INTEGER) STRICT`);
const addEncounter = db.prepare(
    'INSERT INTO encounter (key, audience, time, place, channel) VALUES (?, ?, ?, ?, ?) ' +
    'ON CONFLICT (key) DO NOTHING');
const addAnswer = db.prepare('INSERT INTO answer VALUES (?, ?, ?, ?)');

const store = ({ key, body }) => {
    const added = addEncounter.run(key, body.audience, body.time, body.place, body.channel);
    if (added.changes === 0) return;
    for (const row of body.observations)
        addAnswer.run(added.lastInsertRowid, row.point, row.level, row.effort);
};
const storeOne = db.transaction(store);
const storeAll = db.transaction((waiting) => waiting.forEach(store));

let waiting = [];
const flush = () => {
    const taken = waiting;
    waiting = [];
    storeAll(taken);
    for (const { response } of taken) response.status(201).json({ stored: 1 });
};

const app = express();
app.disable('x-powered-by');
app.use(express.json());
app.post('/api/encounters', (request, response) => {
    const one = { key: request.get('Idempotency-Key'), body: request.body, response };
    if (kind === 'naive') {
        storeOne(one);
        response.status(201).json({ stored: 1 });
        return;
    }
    if (waiting.push(one) === 1) setImmediate(flush);
});
app.listen(Number(port), '127.0.0.1');
