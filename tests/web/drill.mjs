// drill.mjs MUSTER PLAN SCENARIO: a whole drill in a real browser: a facilitator, four players, an evaluator; the server is killed in the
// middle, a player loses the network, a role is handed over, a stand-in is taken over and given back, one player has two tabs and one
// browser eight. Every page is held against WCAG 2.2 AA, light and dark. Nothing here waits for a time: only for what must come.
import {mkdirSync} from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import {Stage, browse, check, person, press} from './stage.mjs';

const [muster, plan, scenario] = process.argv.slice(2);
const shots = process.env.MUSTER_SHOTS;
const stage = new Stage(muster, plan, scenario, ['--speed', '20']);
const browser = await browse();
const seenPages = new Set();
let done = 0;

// Nothing at WCAG 2.2 AA, light and dark; a screenshot at three widths where somebody wants to look.
async function looks(page, name) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({colorScheme: scheme});
    const axe = new AxeBuilder({page}).exclude('.qr'); // in the dark only the colours are others
    const found = await (scheme === 'light' ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']) : axe.withRules(['color-contrast'])).analyze();
    check(found.violations.length === 0, `${name}, ${scheme}: ${found.violations.map((v) => `${v.id} at ${v.nodes.slice(0, 3).map((n) => n.html).join(' | ')}`).join('; ')}`);
    if (shots) {
      mkdirSync(shots, {recursive: true});
      const size = page.viewportSize();
      for (const width of [360, 768, 1440]) {
        await page.setViewportSize({width, height: 900});
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        check(wide <= 0, `${name} scrolls sideways at ${width}: ${wide} px`);
        await page.screenshot({path: `${shots}/${name}-${width}-${scheme}.png`, fullPage: true});
      }
      await page.setViewportSize(size);
    }
  }
  await page.emulateMedia({colorScheme: 'light'});
  seenPages.add(name);
}

const test = async (sentence, body) => { const began = Date.now(); await body(); done++; console.log(`ok  ${sentence} (${((Date.now() - began) / 1000).toFixed(1)} s)`); };
const until = async (sentence, condition) => {
  for (let i = 0; i < 300; i++) { if (await condition()) return; await new Promise((r) => setTimeout(r, 100)); }
  throw new Error(`never came: ${sentence}`);
};
const of = (kind, fields = {}) => stage.events().filter((e) => e.kind === kind && Object.entries(fields).every(([k, v]) => e[k] === v));
const linkOf = async (page, name) => page.$$eval('.links li', (rows, who) => rows.find((r) => r.querySelector('h2').textContent.startsWith(who)).querySelector('.mono').textContent, name);

await stage.start();
const lead = await person(browser, stage.lead, {viewport: {width: 1440, height: 900}});
const people = {};
const home = async (page) => { await page.goto(`${stage.home}/`); };

// A move of the facilitator, through what it would change.
async function move(title, fields, sees) {
  await home(lead);
  const block = lead.locator('details', {has: lead.locator('summary', {hasText: title})}).first();
  await block.locator('summary').click();
  for (const [name, value] of Object.entries(fields)) {
    const field = block.locator(`[name="${name}"]`);
    if (await field.evaluate((n) => n.localName) === 'select') await field.selectOption(value); else await field.fill(value);
  }
  await block.locator('button.b').click();
  await lead.waitForSelector('.foresee');
  const foreseen = await lead.textContent('.foresee');
  check(sees.test(foreseen), `${title} foretells ${foreseen}`);
  await press(lead, 'Do it now');
  await lead.waitForURL(/\/lead$/);
  await lead.waitForSelector('#said');
  check(/Done and written/.test(await lead.textContent('#said')), `${title}: ${await lead.textContent('#said')}`);
}

try {
  await test('nobody comes in without a link, and a link works once', async () => {
    const stranger = await person(browser);
    await stranger.goto(`${stage.home}/lead`);
    check(new URL(stranger.url()).pathname === '/join', 'a stranger is asked to come in');
    await looks(stranger, 'join');
    await stranger.fill('#token', stage.lead.split('#')[1]);
    await press(stranger, 'Come in');
    check(/opens nothing/.test(await stranger.textContent('main')), 'the facilitator’s link was used');
    await stranger.context().close();
  });

  await test('everybody who holds a role has a link with a QR code; a facilitator, four players and an evaluator come in', async () => {
    await press(lead, 'A link for everybody who holds a role');
    await lead.waitForSelector('.links');
    check(await lead.locator('.links svg.qr').count() === await lead.locator('.links li').count(), 'each link has its QR code');
    await looks(lead, 'links');
    for (const name of ['Jun Tan', 'Sara Nowak', 'Marco Silva', 'Aoife Byrne']) people[name] = await linkOf(lead, name);
    for (const name of Object.keys(people)) people[name] = await person(browser, people[name], {viewport: {width: 1180, height: 900}});
    await looks(people['Jun Tan'], 'lobby-player');
    await home(lead);
    await lead.fill('#staff-name', 'Kim Lee');
    await press(lead.locator('.line'), 'Make a link');
    await lead.waitForSelector('.links');
    people.Kim = await person(browser, await linkOf(lead, 'Kim Lee'), {viewport: {width: 1180, height: 900}});
  });

  await test('the lobby says who answered the test, and it does not begin while a prompt would reach nobody', async () => {
    await home(lead);
    await press(lead, 'Begin the exercise');
    await lead.waitForSelector('text=Not begun: somebody');
    const why = await lead.textContent('main');
    check(/Sara Nowak came in and has not answered the test/.test(why) && /nobody holds role:legal_counsel/.test(why), why);
    await looks(lead, 'not-begun');
    for (const name of ['Jun Tan', 'Sara Nowak', 'Marco Silva', 'Aoife Byrne']) await press(people[name], 'Yes, I have it');
    await home(lead);
    await until('four tests answered', async () => await lead.locator('text=the test was answered').count() >= 4);
    await looks(lead, 'lobby-lead');
    await press(lead, 'Begin the exercise');
    await press(lead, 'Begin all the same');
    await lead.waitForSelector('#msel');
  });

  await test('a card reaches the one it is sent to, by itself, and nobody else', async () => {
    await people['Sara Nowak'].waitForSelector('text=Thirty-seven calls so far');
    check(!/Thirty-seven/.test(await people['Jun Tan'].content()), 'Jun knows nothing of it');
    check(!/Thirty-seven/.test(await people['Aoife Byrne'].content()), 'Aoife knows nothing of it');
    await press(lead, 'Pause');
    await lead.waitForSelector('.bar.paused');
    await people['Sara Nowak'].waitForSelector('.bar.paused');
    await looks(lead, 'lead');
    await looks(people['Sara Nowak'], 'player');
    await looks(people.Kim, 'evaluator');
  });

  await test('what is acknowledged is written, and opens before it', async () => {
    const sara = people['Sara Nowak'], card = sara.locator('section.ask', {hasText: 'Thirty-seven'});
    await press(card, 'I have it');
    await sara.waitForSelector('text=Written');
    const ack = of('notify.ack', {person: 'person:sara', about: 'card:odd calls'});
    check(ack.length === 1 && of('notify.opened', {person: 'person:sara'}).length > 0, 'one acknowledgement');
    check(of('act', {verb: 'acknowledge', seat: 'browser'})[0].id, 'the act has the id of its request');
  });

  await test('a player without the network keeps the words, and they are taken once when it comes back', async () => {
    const sara = people['Sara Nowak'];
    await sara.locator('#move-improvise summary').click();
    await sara.fill('#improvise-text', 'I call the payments desk by hand');
    await sara.context().setOffline(true);
    await press(sara.locator('#move-improvise'), 'Write it down');
    await sara.waitForSelector('text=not sent yet');
    check(await sara.inputValue('#improvise-text') === 'I call the payments desk by hand', 'the words are kept');
    check(of('improvise').length === 0, 'nothing has come yet');
    await sara.context().setOffline(false);
    await until('the words are written', () => of('improvise').length > 0);
    await sara.waitForSelector('text=Written');
    check(of('improvise').length === 1, 'and once');
  });

  await test('a facilitator sees what a move changes before it is done; a question comes and is answered with a reason', async () => {
    await press(lead, 'Go on');
    await lead.waitForSelector('.bar.running');
    await move('Release a card', {object: 'card:cut off'}, /Reaches Incident Commander, Jun Tan\./);
    const jun = people['Jun Tan'], ask = jun.locator('section.decide');
    await ask.waitFor();
    await looks(jun, 'player-question');
    await ask.getByText('Cut it off now').click();
    await ask.locator('textarea').fill('Every minute costs more <script>alert(1)</script>');
    await ask.getByText('Certain').click();
  });

  await test('killed in the middle, the server comes back; every browser is there again by itself, with what was typed', async () => {
    const before = stage.events().length;
    await stage.crash();
    await people['Jun Tan'].waitForSelector('text=lost');
    const ask = people['Jun Tan'].locator('section.decide');
    await press(ask, 'Answer');
    await people['Jun Tan'].waitForSelector('text=tries again');
    await stage.start(true);
    await until('the answer is written', () => of('prompt.answered', {card: 'card:cut off'}).length > 0);
    const answer = of('prompt.answered', {card: 'card:cut off'});
    check(answer.length === 1 && answer[0].answer === 'isolate' && answer[0].sure === 3 && /Every minute/.test(answer[0].reason), JSON.stringify(answer));
    check(stage.events().length > before && of('downtime').length === 1, 'the time away is written');
    for (const name of ['Sara Nowak', 'Marco Silva', 'Aoife Byrne']) await until(`${name} is back`, async () => await people[name].locator('#line.lost').count() === 0);
    await until('the facilitator sees it', async () => await lead.locator('#lapse').count() > 0);
  });

  await test('two tabs of one player show the same; eight tabs of one browser all live', async () => {
    const jun = people['Jun Tan'], tabs = [];
    for (let i = 0; i < 8; i++) { const tab = await jun.context().newPage(); await tab.goto(`${stage.home}/play`); tabs.push(tab); }
    await move('Send one off the script', {object: 'role:incident_commander', text: 'Eight tabs read this'}, /Reaches Incident Commander, Jun Tan/);
    for (const tab of [jun, ...tabs]) await tab.waitForSelector('section.ask >> text=Eight tabs read this');
    await press(tabs[7].locator('section.ask', {hasText: 'Eight tabs'}), 'I have it');
    await until('the other tabs know', async () => await jun.locator('section.ask', {hasText: 'Eight tabs'}).count() === 0);
    for (const tab of tabs) await tab.close();
  });

  await test('a role is handed over, and what is asked of it reaches the other', async () => {
    const jun = people['Jun Tan'];
    await jun.locator('#move-hand_over summary').click();
    await jun.selectOption('#hand_over-object', 'role:incident_commander');
    await jun.selectOption('#hand_over-choice', 'person:aoife');
    await press(jun.locator('#move-hand_over'), 'Hand over');
    const aoife = people['Aoife Byrne'], ask = aoife.locator('section.ask', {hasText: 'You are handed a role'});
    await ask.waitFor();
    await press(ask, 'I have it');
    await until('the role is hers', () => of('handover', {to: 'person:aoife'}).length > 0);
    await until('her screen says so', async () => /Incident Commander/.test(await aoife.textContent('.who')));
    await until('his does not', async () => !/Incident Commander/.test(await jun.textContent('.who')));
  });

  await test('a stand-in is taken over by a person, and given back', async () => {
    await home(lead);
    const row = lead.locator('#people tr', {hasText: 'Noor Aziz'});
    await press(row, 'Make a link');
    await lead.waitForSelector('.links');
    const noor = await person(browser, await linkOf(lead, 'Noor Aziz'));
    await until('she plays', () => of('seat.changed', {person: 'person:noor', seat: 'player'}).length === 1);
    await noor.waitForSelector('text=What reached you');
    await move('Send one off the script', {object: 'person:noor', text: 'Only for Noor'}, /Noor Aziz/);
    await noor.waitForSelector('section.ask >> text=Only for Noor');
    await move('Who plays somebody', {object: 'person:noor', choice: 'stand-in'}, /A stand-in answers for Noor Aziz/);
    check(of('seat.changed', {person: 'person:noor', seat: 'stand-in'}).length === 1, 'given back');
    await noor.context().close();
  });

  await test('what the facilitator knows is on no player’s page', async () => {
    for (const name of ['Jun Tan', 'Sara Nowak', 'Marco Silva', 'Aoife Byrne']) {
      const page = people[name];
      for (const path of ['/lead', '/rate', '/watch', '/lead/as?person=person:jun', '/nothing']) {
        const answer = await page.request.get(stage.home + path, {maxRedirects: 0});
        check(answer.status() === 404, `${path} is ${answer.status()} to ${name}`);
      }
      check(!/tests detect|contingency|controller/.test(await page.content()), 'no facilitator’s word');
    }
  });

  await test('the evaluator notes what was seen, and rates by the record or against it, with a reason', async () => {
    const kim = people.Kim;
    await home(kim);
    await kim.fill('#note-text', 'The bridge waited for legal');
    await kim.fill('#note-object', '40');
    await press(kim.locator('#notes'), 'Write it down');
    await kim.waitForSelector('#said');
    check(of('observation')[0].event === 40 && /Kim Lee/.test(of('observation')[0].by), 'the observation is tied to its event');
    await kim.locator('#move-gap summary').click();
    await kim.selectOption('#gap-choice', 'ROL-16');
    await kim.selectOption('#gap-object', 'section:team');
    await kim.fill('#gap-text', 'Nobody from communications sat at the table');
    await press(kim.locator('#move-gap'), 'Write it down');
    await until('the gap is written', () => of('gap.noted', {gap: 'ROL-16', subject: 'section:team'}).length === 1);
    check(/Kim Lee/.test(of('gap.noted')[0].by) && /ROL-16, section:team/.test(await kim.textContent('#notes')), 'the gap stands with who saw it');
    await kim.selectOption('#rate-decide', 'S');
    await press(kim.locator('#o-decide'), 'Write it down');
    await kim.waitForSelector('text=say why it is not the proposed one');
    await kim.selectOption('#rate-decide', 'S');
    await kim.fill('#why-decide', 'they hesitated');
    await press(kim.locator('#o-decide'), 'Write it down');
    await until('the rating is written', () => of('rating.given', {objective: 'decide', rating: 'S'}).length === 1);
  });

  await test('without script everything is a form: a player acknowledges, looks the plan up, and is blocked', async () => {
    const state = await people['Marco Silva'].context().storageState();
    const plain = await (await browser.newContext({javaScriptEnabled: false, storageState: state})).newPage();
    await move('Send one off the script', {object: 'person:marco', text: 'A page without script'}, /Marco Silva/);
    await plain.goto(`${stage.home}/play`);
    await press(plain.locator('section.ask', {hasText: 'A page without script'}), 'I have it');
    check(/Written/.test(await plain.textContent('#said')), 'it is written');
    await plain.locator('#move-look_up summary').click();
    await plain.fill('#look_up-object', 'contacts');
    await press(plain.locator('#move-look_up'), 'Look up');
    check(/incident_commander/.test(await plain.textContent('#said')) || /cannot be read/.test(await plain.textContent('#said')), await plain.textContent('#said'));
    await plain.locator('#move-blocked summary').click();
    await plain.fill('#blocked-text', 'No account');
    await press(plain.locator('#move-blocked'), 'Say so');
    check(of('blocked.said', {person: 'person:marco'}).length === 1, 'blocked is noted');
    await plain.context().close();
  });

  await test('a revoked screen ends at once', async () => {
    await home(lead);
    await lead.goto(`${stage.home}/lead`);
    const marco = people['Marco Silva'];
    await marco.close();
    const row = lead.locator('#people tr', {hasText: 'Marco Silva'});
    await row.locator('text=lost').waitFor();
    await press(row, 'Take back');
    await until('a stand-in plays', () => of('seat.changed', {person: 'person:marco', seat: 'stand-in'}).length === 1);
    const again = await marco.context().newPage();
    await again.goto(`${stage.home}/play`);
    check(new URL(again.url()).pathname === '/join', 'he has to come in again');
  });

  await test('after ENDEX everybody says what held and what did not, agrees once, and reads the report', async () => {
    await move('End the exercise', {text: 'enough for tonight'}, /ENDEX for everybody/);
    for (const name of ['Jun Tan', 'Sara Nowak', 'Aoife Byrne']) await people[name].waitForURL(/\/wash/);
    await people['Jun Tan'].fill('#say-held', 'The phone tree');
    await press(people['Jun Tan'].locator('#wash-held'), 'Say it');
    const sara = people['Sara Nowak'];
    await sara.waitForSelector('text=The phone tree');
    await press(sara.locator('#wash-held'), 'I agree');
    await people['Jun Tan'].waitForSelector('text=1 agree');
    await press(sara.locator('#wash-held'), 'I agree');
    await sara.waitForSelector('text=you have agreed with that already');
    check(of('hotwash.said').length === 1 && of('hotwash.vote').length === 1, 'one remark, one vote');
    await looks(sara, 'wash');
    await home(lead);
    await looks(lead, 'lead-over');
    const report = await sara.context().newPage();
    await report.goto(`${stage.home}/report`);
    check(/Ransomware/.test(await report.textContent('body')), 'the report is there');
    await report.close();
    await home(lead);
    await press(lead, 'Close, and write the reports');
    const status = await stage.gone;
    check(status === 0 || status === 1, `muster ended with ${status}`);
  });

  await test('nothing ran that was typed, and no page asked for anything elsewhere', async () => {
    for (const page of [lead, ...Object.values(people)]) check(page.faults.length === 0, page.faults.join('; '));
  });
  console.log(`${done} passed, 0 failed; ${seenPages.size} pages looked at`);
} catch (wrong) {
  console.log(`FAILED after ${done}: ${wrong.stack}\n${stage.said}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  if (stage.process.exitCode === null) stage.process.kill('SIGKILL');
}
