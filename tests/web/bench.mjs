// bench.mjs MUSTER: a served drill beside a bare server that does nothing else (ws of npm), in the same run and with the same client:
// how long from a facilitator's request until each of N open pages has the inject, which is on disk first; 300 answers at the same
// instant, with the journal on a disk and in memory; what an idle page costs; what 2,000 clients that never finish a request do.
// Prints; judges nothing.
import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {Agent, request} from 'node:http';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import WebSocket, {WebSocketServer} from 'ws';

const once = new Agent({keepAlive: false});

if (process.argv[2] === 'bare') { // the server to be held against
  const {createServer} = await import('node:http');
  const server = createServer((q, r) => {
    const body = [];
    q.on('data', (b) => body.push(b));
    q.on('end', () => { const text = Buffer.concat(body).toString(); for (const c of wss.clients) c.send(text); r.end(); });
  });
  const wss = new WebSocketServer({server, perMessageDeflate: false});
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
} else {
  await bench(process.argv[2]);
}

function rss(pid) { return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]); }
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

async function serve(muster, top, people) {
  mkdirSync(top, {recursive: true});
  const names = [...Array(people).keys()].map((i) => `p${i}`);
  writeFileSync(join(top, 'plan.yaml'), `muster: 1\norganisation: {name: Bench, timezone: Europe/Dublin}\nplan: {title: Plan}\npeople:\n${names.map((n) => `  ${n}: {name: Person ${n}, hours: 24x7, reach: [{via: phone, address: "${n}"}]}`).join('\n')}
roles:\n  incident_commander: {holders: [p0]}\nchannels:\n  phone: {kind: telephone}\nseverities:\n  sev1: {rank: 1}\nescalations:\n  major:\n    steps:\n      - {to: "role:incident_commander", via: [phone], within: 5m}\n`);
  writeFileSync(join(top, 'scenario.lua'), 'exercise { title = "Bench", kind = "x", starts = "2026-07-10 10:00", lasts = "10h", severity = "sev1" }\ninject "last" { at = "9h", from = "x", to = "person:p0", via = "phone", says = "y" }\n');
  const run = spawn(muster, ['serve', join(top, 'plan.yaml'), join(top, 'scenario.lua'), '-o', join(top, 'drill'), '--port', '0'], {stdio: ['ignore', 'pipe', 'inherit']});
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

function sockets(urls, cookies, origin) {
  return Promise.all(urls.map((url, i) => new Promise((done, fail) => {
    const s = new WebSocket(url, {headers: {Cookie: cookies[i] || '', Origin: origin}, perMessageDeflate: false});
    s.on('open', () => done(s));
    s.on('error', fail);
  })));
}

// From the request until each socket has a message in which `mark` stands.
async function fan(list, mark, send) {
  const times = [];
  let length = 0;
  const began = performance.now();
  const all = Promise.all(list.map((s) => new Promise((done) => {
    const heard = (b) => { if (b.includes(mark)) { times.push(performance.now() - began); length = b.length; s.off('message', heard); done(); } };
    s.on('message', heard);
  })));
  await send();
  await all;
  return {p50: p(times, 0.5), p99: p(times, 0.99), length};
}

async function bench(muster) {
  const top = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const agent = new Agent({keepAlive: true, maxSockets: 400});
  for (const [people, tabs] of [[60, 5], [60, 16]]) {
    const stage = await serve(muster, join(top, `fan${tabs}`), people);
    const before = rss(stage.run.pid);
    const cookies = [...Array(people * tabs).keys()].map((i) => stage.seats[i % people]);
    const ours = await sockets(cookies.map(() => `ws://127.0.0.1:${stage.port}/live/play`), cookies, `http://127.0.0.1:${stage.port}`);
    await new Promise((done) => setTimeout(done, 1500));
    const idle = (rss(stage.run.pid) - before) / ours.length;
    const bare = spawn(process.execPath, [process.argv[1], 'bare'], {stdio: ['ignore', 'pipe', 'inherit']});
    const port = await new Promise((done) => bare.stdout.on('data', (b) => done(Number(b))));
    const theirs = await sockets(cookies.map(() => `ws://127.0.0.1:${port}/`), [], `http://127.0.0.1:${port}`);
    const rows = {muster: [], ws: []};
    let length = 4000;
    for (let i = 0; i < 16; i++) {
      const mark = `mark${i}x`;
      const a = await fan(ours, mark, () => post(stage.port, '/lead/do', {verb: 'send', object: 'team:all', text: `${mark}${'w'.repeat(560)}`, counted: 'yes', request: mark}, stage.lead, agent));
      length = a.length;
      const b = await fan(theirs, mark, () => post(port, '/', `${mark}${'w'.repeat(length - mark.length)}`, '', agent));
      rows.muster.push(a);
      rows.ws.push(b);
      if (i % 15 === 14) await new Promise((done) => setTimeout(done, 10000));
      for (const [k, seat] of stage.seats.entries()) if (i % 15 === 14) await post(stage.port, '/play/improvise', {text: 'x', request: `${i} ${k}`}, seat, agent);
    }
    const line = (name) => `${name} p50 ${p(rows[name].map((r) => r.p50), 0.5).toFixed(1)} p99 ${p(rows[name].map((r) => r.p99), 0.5).toFixed(1)} ms`;
    console.log(`inject to ${ours.length} pages (${people} people; ${length} bytes in the last round): ${line('muster')}, durable first; ${line('ws')}; ratio of p99 ${(p(rows.muster.map((r) => r.p99), 0.5) / p(rows.ws.map((r) => r.p99), 0.5)).toFixed(2)}; idle page ${idle.toFixed(1)} KiB`);
    for (const s of [...ours, ...theirs]) s.terminate();
    bare.kill();
    stage.run.kill();
  }
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
  const stage = await serve(muster, join(top, 'slow'), 4), slow = [];
  for (let i = 0; i < 2000; i++) {
    const s = connect(stage.port, '127.0.0.1', () => s.write('GET /play HTTP/1.1\r\nHost: x'));
    s.on('error', () => {});
    slow.push(s);
  }
  const times = [];
  for (let i = 0; i < 200; i++) {
    const began = performance.now();
    const r = await new Promise((done, fail) => request({host: '127.0.0.1', port: stage.port, path: '/lead', headers: {Host: `127.0.0.1:${stage.port}`, Cookie: stage.lead}, agent}, (x) => { x.resume(); x.on('end', () => done(x)); }).on('error', fail).end());
    if (r.statusCode === 200) times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 10));
  }
  console.log(`2,000 clients that never finish a request: the facilitator's page ${times.length} of 200 times, p99 ${p(times, 0.99).toFixed(1)} ms; ${rss(stage.run.pid)} KiB resident`);
  for (const s of slow) s.destroy();
  stage.run.kill();
  agent.destroy();
  rmSync(top, {recursive: true});
  process.exit(0);
}
