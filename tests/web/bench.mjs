// bench.mjs MUSTER FAN: a served drill beside a bare server that does nothing else (ws of npm), in the same run and with the same client (FAN, tests/bench/fan.c):
// how long from a facilitator's request until each of N open pages has the inject, which is on disk first; 300 answers at the same
// instant, with the journal on a disk and in memory; what an idle page costs; what 2,000 clients that never finish a request do.
// Prints; judges nothing.
import {spawn} from 'node:child_process';
import {closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync} from 'node:fs';
import {Agent, request} from 'node:http';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {WebSocketServer} from 'ws';

const once = new Agent({keepAlive: false});

function rss(pid) { return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]); }
function cpu(pid) { // milliseconds, of all its threads
  return readdirSync(`/proc/${pid}/task`).reduce((sum, t) => sum + Number(readFileSync(`/proc/${pid}/task/${t}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6;
}
function p(list, share) { const s = [...list].sort((a, b) => a - b); return s[Math.min(s.length - 1, Math.floor(s.length * share))]; }

async function post(port, path, form, cookie, agent = once) {
  const body = typeof form === 'string' ? form : String(new URLSearchParams(form));
  return new Promise((done, fail) => {
    const q = request({host: '127.0.0.1', port, path, method: 'POST', agent, headers: {Host: `127.0.0.1:${port}`, Origin: `http://127.0.0.1:${port}`, Cookie: cookie,
      'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body)}}, (r) => {
      let text = '';
      r.on('data', (b) => { text += b; });
      r.on('end', () => done({status: r.statusCode, cookie: (r.headers['set-cookie'] || [''])[0].split(';')[0], text}));
    });
    q.on('error', fail);
    q.end(body);
  });
}

async function serve(muster, top, people, story = '', options = []) {
  mkdirSync(top, {recursive: true});
  const names = [...Array(people).keys()].map((i) => `p${i}`);
  writeFileSync(join(top, 'plan.yaml'), `muster: 1\norganisation: {name: Bench, timezone: Europe/Dublin}\nplan: {title: Plan}\npeople:\n${names.map((n) => `  ${n}: {name: Person ${n}, hours: 24x7, reach: [{via: phone, address: "${n}"}]}`).join('\n')}
roles:\n  incident_commander: {holders: [p0]}\nchannels:\n  phone: {kind: telephone}\nseverities:\n  sev1: {rank: 1}\nescalations:\n  major:\n    steps:\n      - {to: "role:incident_commander", via: [phone], within: 5m}\n`);
  writeFileSync(join(top, 'scenario.lua'), 'exercise { title = "Bench", kind = "x", starts = "2026-07-10 10:00", lasts = "10h", severity = "sev1" }\ninject "last" { at = "9h", from = "x", to = "person:p0", via = "phone", says = "y" }\n' + story);
  const run = spawn(muster, ['serve', join(top, 'plan.yaml'), join(top, 'scenario.lua'), '-o', join(top, 'drill'), '--port', '0', ...options], {stdio: ['ignore', 'pipe', 'ignore']});
  let out = '';
  await new Promise((done) => run.stdout.on('data', (b) => { out += b; if (/Ctrl-C/.test(out)) done(); }));
  const [, port, token] = /:(\d+)\/join#(\S+)/.exec(out);
  const lead = (await post(port, '/join', {token, request: 'a'}, '')).cookie;
  const code = /class="code">(\w+)</.exec((await post(port, '/lead/invite', {table: 'yes'}, lead)).text)[1];
  const seats = [];
  for (const n of names) seats.push((await post(port, '/join', {token: code, name: `Person ${n}`, request: n}, '')).cookie);
  await post(port, '/lead/start', {anyway: 'yes'}, lead);
  return {run, port, lead, seats};
}

function middle(list) { return p(list, 0.5); }

// Pages that stay open, in a process of their own.
class Pages {
  constructor(fan, port) {
    this.run = spawn(fan, [String(port)], {stdio: ['pipe', 'pipe', 'inherit']});
    this.lines = createInterface({input: this.run.stdout})[Symbol.asyncIterator]();
  }
  open(path, cookie) { this.run.stdin.write(`open ${path} ${cookie || '-'}\n`); }
  async all() { this.run.stdin.write('count\n'); await this.lines.next(); }
  // From the request until each page has a text in which `mark` stands.
  async send(path, cookie, mark, body) {
    this.run.stdin.write(`send ${path} ${cookie || '-'} ${mark} ${body}\n`);
    const line = (await this.lines.next()).value;
    if (!line) throw new Error('the pages were shut');
    const [, p50, p99, bytes] = /p50 (\S+) p99 (\S+) bytes (\d+)/.exec(line).map(Number);
    return {p50, p99, bytes};
  }
  shut() { this.run.stdin.end(); }
}

// What this disk takes for as many bytes, by itself.
function sync(file, bytes) {
  const fd = openSync(file, 'a'), began = performance.now();
  writeSync(fd, 'x'.repeat(bytes));
  fdatasyncSync(fd);
  closeSync(fd);
  return performance.now() - began;
}

// The rounds of the two in turn: what else this machine does meets both.
async function fanOut(muster, fan, folder, people, tabs, rounds) {
  const stage = await serve(muster, folder, people), before = rss(stage.run.pid), pages = people * tabs;
  const bare = spawn(process.execPath, [process.argv[1], 'bare'], {stdio: ['ignore', 'pipe', 'inherit']});
  const port = await new Promise((done) => bare.stdout.on('data', (b) => done(Number(b))));
  const ours = new Pages(fan, stage.port), theirs = new Pages(fan, port);
  for (let i = 0; i < pages; i++) { ours.open('/live/play', stage.seats[i % people]); theirs.open('/'); }
  const rows = [];
  for (let i = 0; i < rounds + 1; i++) { // the first fills what is filled once
    const mark = `mark${i}x`, text = `${mark}${'w'.repeat(560)}`;
    const size = statSync(join(folder, 'drill', 'journal.jsonl')).size, at = [cpu(stage.run.pid), cpu(bare.pid)];
    const a = await ours.send('/lead/do', stage.lead, mark, new URLSearchParams({verb: 'send', object: 'team:all', text, counted: 'yes', request: mark}));
    const b = await theirs.send('/', '', mark, mark.padEnd(a.bytes - 4, 'w'));
    a.cpu = cpu(stage.run.pid) - at[0];
    b.cpu = cpu(bare.pid) - at[1];
    a.sync = sync(join(folder, 'as-many'), statSync(join(folder, 'drill', 'journal.jsonl')).size - size);
    if (i) rows.push({a, b}); else stage.idle = (rss(stage.run.pid) - before) / pages;
    if (i % 15 === 14) await new Promise((done) => setTimeout(done, 10000)); // twenty acts in ten seconds
  }
  const of = (who, what) => middle(rows.map((r) => r[who][what])).toFixed(1);
  console.log(`inject to ${pages} pages (${people} people; ${rows.at(-1).a.bytes} bytes in the last round), medians of ${rounds} rounds: muster p50 ${of('a', 'p50')} p99 ${of('a', 'p99')} ms (${of('a', 'cpu')} ms of a processor), durable first (a bare sync of as many bytes ${of('a', 'sync')} ms); ` +
    `ws p50 ${of('b', 'p50')} p99 ${of('b', 'p99')} ms (${of('b', 'cpu')}); ratio of p99 ${middle(rows.map((r) => r.a.p99 / r.b.p99)).toFixed(2)}; idle page ${stage.idle.toFixed(1)} KiB`);
  ours.shut();
  theirs.shut();
  bare.kill();
  stage.run.kill();
}

const ASKED = 10000;
const ASKS = `question "q" { to = "person:p1", asks = "${'w'.repeat(200)}", answers = { "yes: Yes", "no: No" }, within = "1s" }
story "many" (function () for i = 1, ${ASKED} do ask "q" end; finish "enough" end)\n`;

// Resident KiB from the 4,000th to the last of 10,000 questions to one person, with so many pages of others open, and theirs.
async function growth(muster, fan, folder, pages, theirs) {
  const stage = await serve(muster, folder, 60, ASKS, ['--speed', '300']), open = new Pages(fan, stage.port), journal = join(folder, 'drill', 'journal.jsonl');
  for (let i = 0; i < pages; i++) open.open('/live/play', stage.seats[2 + i % 58]);
  if (theirs) open.open('/live/play', stage.seats[1]);
  const asked = () => Number(/.*"kind":"prompt.open","prompt":(\d+)/s.exec(readFileSync(journal, 'utf8').slice(-100000))?.[1] ?? 0);
  const until = async (n) => { while (asked() < n) await new Promise((done) => setTimeout(done, 100)); return rss(stage.run.pid); };
  await open.all();
  const first = await until(4000), last = await until(ASKED - 1);
  open.shut();
  stage.run.kill();
  return last - first;
}

// How long the facilitator waits for their page, so many times.
async function seen(stage, agent, count) {
  const times = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    const status = await new Promise((done, fail) => request({host: '127.0.0.1', port: stage.port, path: '/lead', headers: {Host: `127.0.0.1:${stage.port}`, Cookie: stage.lead}, agent},
      (r) => { r.resume(); r.on('end', () => done(r.statusCode)); }).on('error', fail).end());
    if (status !== 200) throw new Error(`the facilitator's page came back with ${status}`);
    times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 10));
  }
  return times;
}

// Before they come, while they are there (from the first of them on, for as long as a head may take), and behind them. They are a process of their own: else it
// is what they cost this one that is measured.
async function slowOnes(muster, folder, agent) {
  const stage = await serve(muster, folder, 4), before = await seen(stage, agent, 600);
  const slow = spawn(process.execPath, [process.argv[1], 'slow', stage.port], {stdio: ['pipe', 'inherit', 'inherit']}), during = await seen(stage, agent, 600), size = rss(stage.run.pid);
  slow.stdin.end();
  await new Promise((done) => slow.on('exit', done));
  const behind = await seen(stage, agent, 600), idle = middle([p(before, 0.99), p(behind, 0.99)]);
  console.log(`2,000 clients that never finish a request: the facilitator's page 600 times, p50 ${p(during, 0.5).toFixed(1)} p99 ${p(during, 0.99).toFixed(1)} ms, longest ${Math.max(...during).toFixed(1)}; ` +
    `without them before p50 ${p(before, 0.5).toFixed(1)} p99 ${p(before, 0.99).toFixed(1)} ms, longest ${Math.max(...before).toFixed(1)}, behind them p50 ${p(behind, 0.5).toFixed(1)} p99 ${p(behind, 0.99).toFixed(1)} ms, ` +
    `longest ${Math.max(...behind).toFixed(1)}; ratio of p99 ${(p(during, 0.99) / idle).toFixed(2)}; ${size} KiB resident`);
  stage.run.kill();
}

async function bench(muster, fan) {
  const top = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const agent = new Agent({keepAlive: true, maxSockets: 400});
  for (const [people, tabs] of [[60, 5], [60, 16], [1000, 1]]) await fanOut(muster, fan, join(top, `fan${people}x${tabs}`), people, tabs, 14);
  const alone = await growth(muster, fan, join(top, 'alone'), 0, false), idle = await growth(muster, fan, join(top, 'idle'), 900, false), own = await growth(muster, fan, join(top, 'own'), 0, true);
  console.log(`from the 4,000th to the last of ${ASKED} questions to one person: the journal in memory and what the engine keeps of it ${alone} KiB; with 900 idle pages of others ${idle} KiB, ` +
    `so ${((idle - alone) / 900).toFixed(2)} KiB a page; with their own page open ${own} KiB`);
  const answers = {};
  for (const [where, folder] of [['disk', top], ['memory', mkdtempSync('/dev/shm/muster-bench-')]]) {
    const stage = await serve(muster, join(folder, 'answers'), 60), times = [];
    for (let round = 0; round < 3; round++) {
      const many = new Agent({keepAlive: true, maxSockets: 300});
      await Promise.all([...Array(300).keys()].map(async (i) => {
        const began = performance.now();
        const r = await post(stage.port, '/play/improvise', {text: `answer ${i}`, request: `${round}-${i}`}, stage.seats[i % 60], many);
        times.push(performance.now() - began);
        if (r.status !== 303) throw new Error(`an answer came back with ${r.status}`);
      }));
      many.destroy();
      await new Promise((done) => setTimeout(done, 10100));
    }
    answers[where] = p(times, 0.99);
    stage.run.kill();
    if (where === 'memory') rmSync(folder, {recursive: true});
  }
  console.log(`300 answers at once: p99 ${answers.disk.toFixed(1)} ms with the journal on this disk, ${answers.memory.toFixed(1)} ms in memory; ratio ${(answers.disk / answers.memory).toFixed(2)}`);
  await slowOnes(muster, join(top, 'slow'), agent);
  agent.destroy();
  rmSync(top, {recursive: true});
  process.exit(0);
}

if (process.argv[2] === 'bare') { // the server to be held against
  const {createServer} = await import('node:http');
  const server = createServer((q, r) => {
    const body = [];
    q.on('data', (b) => body.push(b));
    q.on('end', () => { const text = Buffer.concat(body).toString(); for (const c of wss.clients) c.send(text); r.end(); });
  });
  const wss = new WebSocketServer({server, perMessageDeflate: false});
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
} else if (process.argv[2] === 'slow') {
  for (let i = 0; i < 2000; i++) {
    const s = connect(process.argv[3], '127.0.0.1', () => s.write('GET /play HTTP/1.1\r\nHost: x'));
    s.on('error', () => {});
  }
  process.stdin.on('end', () => process.exit(0)).resume();
} else {
  await bench(process.argv[2], process.argv[3]);
}
