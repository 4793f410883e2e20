// states.mjs MUSTER PLAN: what a quiet drill never shows: a code at the table, a keyboard alone, a story that fails, words whose question
// goes away, a screen whose place is taken, something real, paper. Each state is held against WCAG 2.2 AA as the others are.
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {looks, seen} from './look.mjs';
import {Stage, browse, check, person, press} from './stage.mjs';

const [muster, plan] = process.argv.slice(2);
const scenario = join(mkdtempSync(join(tmpdir(), 'muster-states-')), 'scenario.lua');
writeFileSync(scenario, `exercise { title = "A small one", kind = "account_takeover", starts = "2026-07-10 10:00", lasts = "4h", severity = "sev1", objectives = { "look: Somebody looks" } }
inject "first" { at = "0m", from = "the log", to = "person:ana", via = "phone", says = "Look at this.", expect = { "triage", within = "30m" }, tests = "look" }
question "cut it off" { to = "person:ana", asks = "What do you order?", answers = { "now: Shut it now", "watch: Watch it" }, within = "20m", tests = "look" }
question "and now" { to = "person:ana", asks = "And now?", answers = { "go: Go", "stay: Stay" }, within = "20m" }
inject "second" { from = "the log", to = "person:ben", via = "phone", says = "Never heard." }
story "breaks" (function () await "first"; local order = ask "cut it off"; local nothing = order.nothing.there; deliver "second" end)
`);
const stage = new Stage(muster, plan, scenario);
const browser = await browse();
const until = async (sentence, condition) => {
  for (let i = 0; i < 1200; i++) { if (await condition()) return; await new Promise((r) => setTimeout(r, 100)); }
  throw new Error(`never came: ${sentence}`);
};
const of = (kind) => stage.events().filter((e) => e.kind === kind);
const at = (page) => page.evaluate(() => `${document.activeElement.localName}:${document.activeElement.id || document.activeElement.name || document.activeElement.textContent.trim()}`);

// By the keyboard alone: Tab until it stands there.
async function tab(page, place) {
  for (let i = 0; i < 80; i++) { if ((await at(page)).startsWith(place)) return; await page.keyboard.press('Tab'); }
  throw new Error(`no Tab leads to ${place}, from ${await at(page)}`);
}

await stage.start();
try {
  const lead = await person(browser, stage.lead, {viewport: {width: 1440, height: 900}});
  await press(lead, 'A code for the table');
  await lead.waitForSelector('.code');
  const code = (await lead.textContent('.code')).trim();

  // Ana has a keyboard and no mouse.
  const ana = await person(browser);
  await ana.goto(`${stage.home}/join`);
  await tab(ana, 'input:token');
  await ana.keyboard.type(code);
  await ana.keyboard.press('Tab');
  await ana.keyboard.type('nobody of the plan');
  await ana.keyboard.press('Enter');
  await ana.waitForSelector('text=The plan has nobody of that name');
  await tab(ana, 'input:token');
  await ana.keyboard.type(code);
  await ana.keyboard.press('Tab');
  await ana.keyboard.type('ana weir');
  await ana.keyboard.press('Enter');
  await ana.waitForURL(/\/play$/);
  await tab(ana, 'button:Yes, I have it');
  await ana.keyboard.press('Enter');
  await ana.waitForSelector('#test >> text=The test has reached you');
  await looks(ana, 'lobby-ready');
  await lead.goto(`${stage.home}/lead`);
  await press(lead, 'Begin the exercise');
  await lead.waitForSelector('#msel');
  await ana.waitForSelector('#still'); // another page than that of the lobby
  await tab(ana, 'a:To what matters now');
  const question = ana.locator('section.decide');
  await question.waitFor();
  await tab(ana, 'input:choice');
  await ana.keyboard.press('Space');
  await tab(ana, 'textarea:q');
  await ana.keyboard.type('It spreads');
  await tab(ana, 'input:sure');
  await ana.keyboard.press('ArrowRight');
  await tab(ana, 'button:Answer');
  await ana.keyboard.press('Enter');
  await until('her answer', () => of('prompt.answered').length === 1);
  check(of('prompt.answered')[0].answer === 'now' && of('prompt.answered')[0].sure === 2 && of('prompt.answered')[0].reason === 'It spreads', JSON.stringify(of('prompt.answered')));
  console.log('ok  by the keyboard alone: in, ready, an answer with its reason');

  // The story fails at the answer: it stands, and says so.
  await lead.waitForSelector('#failed');
  await lead.waitForSelector('.bar.paused');
  check(/story of the script has failed/.test(await lead.textContent('#failed')) && of('story.failed').length === 1, 'it says so');
  await ana.waitForSelector('.bar.paused');
  await looks(lead, 'failed');
  await looks(ana, 'player-paused');
  const stood = await ana.textContent('#clock');
  await lead.evaluate(() => fetch('/lead/do', {method: 'POST', body: new URLSearchParams({verb: 'jump', choice: '10m', request: 'j'})}));
  await until('where it stands is shown', async () => of('jump').length === 1 && await ana.textContent('#clock') === stood.replace(/:(\d\d):/, (_, m) => `:${Number(m) + 10}:`));
  console.log('ok  a story that fails pauses the drill and says so; a clock that stands shows where it was moved to');

  // A question that is answered in one tab while words for it stand in another.
  await press(lead, 'Go on');
  await lead.waitForSelector('.bar.running');
  await lead.locator('#msel details', {has: lead.locator('summary', {hasText: 'and now'})}).locator('summary').click();
  await press(lead.locator('#msel details[open]'), 'Play now…');
  await press(lead, 'Do it now');
  await ana.waitForSelector('section.decide >> text=And now?');
  await ana.locator('section.decide textarea').fill('Half of what I');
  const other = await ana.context().newPage();
  await other.goto(`${stage.home}/play`);
  await other.locator('section.decide').getByText('Stay').click();
  await press(other.locator('section.decide'), 'Answer');
  await ana.waitForSelector('#kept >> text=Half of what I');
  check(!/Half of what I/.test(stage.events().map((e) => JSON.stringify(e)).join('')), 'nobody was sent it');
  await looks(ana, 'kept');
  await other.close();
  console.log('ok  what somebody was writing is kept when its question goes away');

  // Ben comes late by the code; his place is taken while he looks.
  const ben = await person(browser);
  await ben.goto(`${stage.home}/join`);
  await ben.fill('#token', code);
  await ben.fill('#name', 'Ben Okoro');
  await press(ben, 'Come in');
  await ben.waitForURL(/\/play$/);
  await ben.waitForSelector('text=Nothing has reached you. The exercise began at 10:00');
  await looks(ben, 'player-nothing');
  const refused = await ben.goto(`${stage.home}/wash`);
  check(refused.status() === 409 && /has not begun, or it is over/.test(await ben.textContent('main')), 'not now');
  await looks(ben, 'not-now');
  await ben.goto(`${stage.home}/nowhere`);
  await looks(ben, 'nothing-here');
  const benCookie = await ben.context().storageState();
  await ben.close();
  await lead.goto(`${stage.home}/lead`);
  const row = lead.locator('#people tr', {hasText: 'Ben Okoro'});
  await row.locator('text=lost').waitFor();
  const seat = await row.locator('[name=seat]').getAttribute('value');
  const left = await (await browser.newContext({storageState: benCookie})).newPage();
  await left.goto(`${stage.home}/play`);
  await row.locator('text=● here').waitFor();
  check(await row.locator('[name=seat]').count() === 0, 'whoever is here is not shut out in passing');
  await lead.evaluate((n) => fetch('/lead/revoke', {method: 'POST', body: new URLSearchParams({seat: n, request: 'r'})}), seat);
  await left.waitForURL(/\/$|\/join/);
  await left.waitForSelector('text=your place was taken back');
  console.log('ok  a place that is taken ends the screen at once, and the screen says so');

  // Something real: one word by a player, on every screen.
  await press(ana, 'Stop: this is real…');
  await looks(ana, 'stop-asked');
  await ana.fill('#text', 'Smoke in the <b>server</b> room');
  check(of('stop').length === 0, 'not before it is said twice');
  await press(ana, 'Stop: this is real');
  await ana.waitForSelector('#stopped >> text=Ana Weir');
  await lead.waitForSelector('#stopped >> text=Smoke in the <b>server</b> room');
  check(of('stop')[0].by === 'Ana Weir' && of('exercise.end').length === 1, JSON.stringify(of('stop')));
  await looks(ana, 'stopped-player');
  await looks(lead, 'stopped-lead');
  console.log('ok  something real is on every screen, with who says so');

  // On paper, out of a dark screen: ink on white, and no buttons.
  await ana.emulateMedia({media: 'print', colorScheme: 'dark'});
  const paper = await ana.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color, [...document.querySelectorAll('button')].filter((b) => b.checkVisibility()).length]);
  check(paper.join() === 'rgb(255, 255, 255),rgb(0, 0, 0),0', `on paper: ${paper}`);
  for (const page of [lead, ana]) check(page.faults.length === 0, page.faults.join('; '));
  console.log(`ok  on paper; ${seen.size} states looked at`);
} catch (wrong) {
  console.log(`FAILED: ${wrong.stack}\n${stage.said}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  stage.process.kill('SIGKILL');
}
