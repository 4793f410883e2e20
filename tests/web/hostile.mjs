// hostile.mjs MUSTER PLAN TEXTS: every hostile text, said by a player, sent by the facilitator, noted by the evaluator and heard in the hot
// wash, on every page that shows it: nothing runs, nothing is loaded, nothing breaks out; and it is in the journal as it was said.
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Stage, browse, check, person, press} from './stage.mjs';

const [muster, given, file] = process.argv.slice(2);
const texts = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((row) => JSON.parse(row).text);
const folder = mkdtempSync(join(tmpdir(), 'muster-hostile-')), scenario = join(folder, 'scenario.lua'), plan = join(folder, 'plan.yaml');
const evil = '<img src=http://evil.example/x onerror=alert(1)>';
writeFileSync(plan, readFileSync(given, 'utf8').replace('name:     Ana Weir', `name: "Ana Weir ${evil}"`).replace('title:     Incident Commander', `title: "Commander ${evil}"`).replace(/name: +Weir Harbour Library Trust/, `name: "Trust ${evil}"`));
const lua = (text) => JSON.stringify(text).replace(/\\u([0-9a-f]{4})/gi, '\\u{$1}').replace(/\\b/g, '\\8').replace(/\\f/g, '\\12').replace(/[^\x20-\x7e]/g, (c) => c);
writeFileSync(scenario, `exercise { title = ${lua(texts[0])}, kind = "account_takeover", starts = "2026-07-10 10:00", lasts = "10h", severity = "sev2",
  objectives = { "look: ${'<b onclick=alert(1)>'}x" } }
inject "<i>card</i>" { at = "0m", from = ${lua(texts[1])}, to = "person:ana", via = "phone", says = ${lua(texts[2])}, tests = "look" }\n`);
const stage = new Stage(muster, plan, scenario);
await stage.start();
const browser = await browse();
const requests = [];
const watch = (page) => { page.on('request', (r) => { if (new URL(r.url()).origin !== stage.home) requests.push(r.url()); }); return page; };
const cookie = async (page) => (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');

async function post(page, path, form) {
  const answer = await fetch(stage.home + path, {method: 'POST', redirect: 'manual', body: new URLSearchParams(form),
    headers: {Origin: stage.home, Cookie: await cookie(page), 'Sec-Fetch-Site': 'same-origin'}});
  return answer.status;
}

// Nothing of what was typed has become a part of the page.
async function clean(page) {
  const made = await page.locator('body script, body iframe, body img, [onload], [onclick], [onerror], a[href^="javascript"], a[href*="evil"]').evaluateAll((list) => list.map((n) => n.outerHTML.slice(0, 100)));
  check(!(page.faults || []).length && !made.length, `${page.url()}: ${(page.faults || []).join('; ')} ${made.join(' ')}`);
}

try {
  const lead = watch(await person(browser, stage.lead));
  await lead.locator('tr', {hasText: 'Ana Weir'}).first().getByRole('button', {name: 'Make a link'}).click();
  await lead.waitForSelector('.links');
  const ana = watch(await person(browser, await lead.textContent('.links .mono')));
  await press(ana, 'Yes, I have it');
  await lead.goto(`${stage.home}/lead`);
  await lead.fill('#staff-name', 'Kim');
  await press(lead.locator('.line'), 'Make a link');
  await lead.waitForSelector('.links');
  const kim = watch(await person(browser, await lead.textContent('.links .mono')));
  check(await post(lead, '/lead/start', {anyway: 'yes'}) === 303, 'begun');
  let said = 0;
  for (const text of texts) {
    const request = String(said);
    check(await post(ana, '/play/improvise', {text, request}) === 303, `improvise ${text}`);
    check(await post(lead, '/lead/do', {verb: 'send', object: 'person:ana', text, counted: 'yes', request}) === 303, `send ${text}`);
    check(await post(kim, '/rate/note', {text, request}) === 303, `note ${text}`);
    said++;
    if (said % 15 === 0) await new Promise((done) => setTimeout(done, 10100)); // twenty in ten seconds, and no more
  }
  for (const page of [ana, lead, kim]) await page.goto(`${stage.home}/`);
  const looked = await lead.context().newPage();
  watch(looked);
  for (const path of ['/lead', '/lead/as?person=person:ana', '/rate', '/watch']) { await looked.goto(stage.home + path); await clean(looked); }
  await looked.goto(`${stage.home}/lead`); // what would be changed, with the text in it
  await looked.locator('#move-send summary').click();
  await looked.fill('#send-text', texts[1]);
  await press(looked.locator('#move-send'), 'Show what it reaches');
  await looked.waitForSelector('.foresee');
  check(await post(ana, '/play/stop', {sure: 'yes', text: texts[2], request: 'stop'}) === 303, 'stopped');
  await ana.waitForSelector('#stopped');
  for (const [i, text] of texts.slice(0, 4).entries()) {
    check(await post(kim, '/improve/gap', {object: 'person:ana', choice: 'ROL-02', text, request: `g${i}`}) === 303, `gap ${text}`);
    check(await post(kim, '/improve/waive', {object: 'person:ana', choice: 'ROL-02', by: text, due: '2027-01-01', text, request: `w${i}`}) === 303, `waive ${text}`);
    check(await post(lead, '/improve/item', {object: 'role:commander', choice: 'ROL-03', owner: 'role:commander', due: '2027-01-01', text, request: `i${i}`}) === 303, `item ${text}`);
  }
  for (const text of texts.slice(0, 6)) check(await post(ana, '/wash/say', {object: 'held', text, request: text}) === 303, `wash ${text}`);
  await ana.goto(`${stage.home}/wash`);
  for (const page of [lead, looked]) for (const path of ['/lead', '/improve', '/improve?item=n0', '/rate']) { await page.goto(stage.home + path); await clean(page); }
  await looked.goto(`${stage.home}/report`);
  for (const page of [ana, lead, kim, looked]) await clean(page);
  check(requests.length === 0, `asked elsewhere: ${requests.join(' ')}`);
  const heard = stage.events().filter((e) => e.kind === 'improvise').map((e) => e.text);
  check(heard.length === texts.filter((t) => t.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2028\u2029]/g, '').trim()).length, `${heard.length} of ${texts.length} were written`);
  check(heard.includes('\u0627\u0644\u0633\u0644\u0627\u0645 123 abc') && heard.includes(texts[0]), 'and as they were said');
  console.log(`${said} texts on every page: nothing ran, nothing was loaded`);
} catch (wrong) {
  console.log(`FAILED: ${wrong.stack}\n${stage.said}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  stage.process.kill('SIGKILL');
}
