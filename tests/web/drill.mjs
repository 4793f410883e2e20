// drill.mjs MUSTER PLAN SCENARIO: a whole drill in a real browser: a facilitator, four players, an evaluator; the server is killed in the
// middle, a player loses the network, a role is handed over, a stand-in is taken over and given back, one player has two tabs and one
// browser eight. Every page is held against WCAG 2.2 AA, light and dark. Nothing here waits for a time: only for what must come.
import {looks, seen} from './look.mjs';
import {Stage, browse, check, person, press} from './stage.mjs';

const [muster, plan, scenario] = process.argv.slice(2);
const stage = new Stage(muster, plan, scenario, ['--speed', '20']);
const browser = await browse();
let done = 0;

const test = async (sentence, body) => { const began = Date.now(); await body(); done++; console.log(`ok  ${sentence} (${((Date.now() - began) / 1000).toFixed(1)} s)`); };
const until = async (sentence, condition) => {
  for (let i = 0; i < 1200; i++) { if (await condition()) return; await new Promise((r) => setTimeout(r, 100)); }
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

// A card is unfolded under its name.
async function onCard(name, button, sees) {
  await home(lead);
  const block = lead.locator('#msel details', {has: lead.locator('summary', {hasText: name})}).first();
  await block.locator('summary').click();
  await press(block, button);
  await lead.waitForSelector('.foresee');
  const foreseen = await lead.textContent('.foresee');
  check(sees.test(foreseen), `${name} foretells ${foreseen}`);
}

async function doIt() {
  await press(lead, 'Do it now');
  await lead.waitForURL(/\/lead$/);
  await lead.waitForSelector('#said');
  check(/Done and written/.test(await lead.textContent('#said')), await lead.textContent('#said'));
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
    await looks(stranger, 'join-used');
    await stranger.context().close();
  });

  await test('everybody who holds a role has a link with a QR code; a facilitator, four players and an evaluator come in', async () => {
    await press(lead, 'A link for everybody who holds a role');
    await lead.waitForSelector('.links');
    check(await lead.locator('.links svg.qr').count() === await lead.locator('.links li').count(), 'each link has its QR code');
    await looks(lead, 'links');
    const names = ['Jun Tan', 'Sara Nowak', 'Marco Silva', 'Aoife Byrne'], links = await Promise.all(names.map((name) => linkOf(lead, name)));
    await Promise.all(names.map(async (name, i) => { people[name] = await person(browser, links[i], {viewport: {width: 1180, height: 900}}); }));
    await looks(people['Jun Tan'], 'lobby-player');
    await home(lead);
    await lead.fill('#staff-name', 'Kim Lee');
    await press(lead.locator('.line'), 'Make a link');
    await lead.waitForSelector('.links');
    people.Kim = await person(browser, await linkOf(lead, 'Kim Lee'), {viewport: {width: 1180, height: 900}});
    await home(lead);
    await lead.selectOption('#staff-part', 'observer');
    await lead.fill('#staff-name', 'Rui Pinto');
    await press(lead.locator('.line'), 'Make a link');
    await lead.waitForSelector('.links');
    people.Rui = await person(browser, await linkOf(lead, 'Rui Pinto'), {viewport: {width: 1180, height: 900}});
    await home(lead);
    await press(lead, 'A code for the table');
    await lead.waitForSelector('.code');
    await looks(lead, 'code');
  });

  await test('the lobby says who answered the test, and it does not begin while a prompt would reach nobody', async () => {
    await home(lead);
    await press(lead, 'Begin the exercise');
    await lead.waitForSelector('text=Not begun: somebody');
    const why = await lead.textContent('main');
    check(/Sara Nowak came in and has not answered the test/.test(why) && /nobody holds Legal Counsel then\. Lena Koch is off hours; nobody stands in/.test(why), why);
    await looks(lead, 'not-begun');
    await Promise.all(['Jun Tan', 'Sara Nowak', 'Marco Silva', 'Aoife Byrne'].map((name) => press(people[name], 'Yes, I have it')));
    await home(lead);
    await until('four tests answered', async () => await lead.locator('text=the test was answered').count() >= 4);
    check(/4 came in; 4 of them answered the test/.test(await lead.textContent('#count')), await lead.textContent('#count'));
    check(/nobody.*The plan: Lena Koch is off hours; nobody stands in/.test(await lead.locator('tr', {hasText: 'Legal Counsel'}).textContent()), 'what the plan says of who is missing');
    await looks(lead, 'lobby-lead');
    await press(lead, 'Begin the exercise');
    await press(lead, 'Begin all the same');
    await lead.waitForSelector('#msel');
    for (const name of ['Jun Tan', 'Sara Nowak', 'Marco Silva', 'Aoife Byrne']) await people[name].waitForSelector('#still'); // another page than that of the lobby
  });

  await test('a card reaches the one it is sent to, by itself, and nobody else', async () => {
    await people['Sara Nowak'].waitForSelector('text=Thirty-seven calls so far');
    check(!/Thirty-seven/.test(await people['Jun Tan'].content()), 'Jun knows nothing of it');
    check(!/Thirty-seven/.test(await people['Aoife Byrne'].content()), 'Aoife knows nothing of it');
    await press(lead, 'Pause');
    await lead.waitForSelector('.bar.paused');
    for (const name of ['Sara Nowak', 'Kim', 'Rui']) await people[name].waitForSelector('.bar.paused');
    const clocks = await Promise.all([lead, people['Sara Nowak'], people.Kim, people.Rui].map((page) => page.textContent('#clock')));
    check(new Set(clocks).size === 1, `where the clock stands is the same for everybody: ${clocks}`);
    await looks(lead, 'lead');
    await looks(people['Sara Nowak'], 'player');
    await looks(people.Kim, 'evaluator');
    const guide = await people.Kim.textContent('main');
    check(/nothing yet: its card has not come/.test(guide) && /nothing yet(?!:)/.test(guide) && !/no outcome|was not played/.test(guide), 'what is still to come is not judged as what never came');
    await looks(people.Rui, 'observer');
    check(!/<form[^>]*action="\/(lead|rate|play)/.test(await people.Rui.content()), 'an observer reads');
    await lead.goto(`${stage.home}/lead/as?person=person:sara`);
    check(/Thirty-seven/.test(await lead.textContent('main')), 'her screen is shown');
    check(await lead.locator('fieldset.look button:enabled').count() === 0, 'and nothing can be done in it');
    await looks(lead, 'as');
    await home(lead);
  });

  await test('what is acknowledged is written, and opens before it', async () => {
    const sara = people['Sara Nowak'], card = sara.locator('section.ask', {hasText: 'Thirty-seven'});
    await press(card, 'I have it');
    await until('it is written', () => of('notify.ack', {person: 'person:sara', about: 'card:odd calls'}).length > 0);
    await sara.waitForSelector('#said >> text=Written');
    const told = await sara.textContent('#said');
    check(/Written: you have it\./.test(told) && !/message \d/.test(told), `no number tells of what came to others: ${told}`);
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
    await until('her screen says so', async () => await sara.inputValue('#improvise-text') === '');
    check(of('improvise').length === 1, 'and once');
  });

  await test('a facilitator sees what a move changes before it is done; a question comes and is answered with a reason', async () => {
    await onCard('cut off', 'Play now…', /Reaches Incident Commander, Jun Tan\./);
    await looks(lead, 'foresee');
    await doIt();
    const jun = people['Jun Tan'], ask = jun.locator('section.decide');
    await ask.waitFor();
    await looks(jun, 'player-question');
    await ask.getByText('Cut it off now').click();
    await ask.locator('textarea').fill('Every minute costs more <script>alert(1)</script>');
    await ask.getByText('Certain').click();
    await move('Change the speed', {choice: '1'}, /in real time|as fast/); // from here on nobody is in a hurry
    await press(lead, 'Go on');
    await lead.waitForSelector('.bar.running');
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
    await press(lead, 'Pause'); // what follows is looked at for as long as it takes
    await lead.waitForSelector('.bar.paused');
  });

  await test('what is asked for is told to whoever asks, and only then', async () => {
    const jun = people['Jun Tan'];
    await jun.locator('#move-ask summary').click();
    await jun.fill('#ask-text', 'How many volumes are left?');
    await press(jun.locator('#move-ask'), 'Ask the facilitator');
    const row = lead.locator('#asks li', {hasText: 'How many volumes are left?'});
    await row.waitFor();
    await looks(lead, 'lead-asked');
    await row.locator('textarea').fill('Nine of forty');
    await press(row, 'Tell them…');
    await lead.waitForSelector('.foresee >> text=Reaches Jun Tan');
    await doIt();
    await jun.waitForSelector('section.ask >> text=Nine of forty');
    await lead.waitForSelector('#asks >> text=● told');
    check(!/Nine of forty/.test(await people['Sara Nowak'].content()), 'Sara has not asked');
  });

  await test('whoever writes is left alone by what comes: the words, the place and the caret stay', async () => {
    const jun = people['Jun Tan'];
    await lead.goto(`${stage.home}/lead`);
    await onCard('the price', 'Play now…', /Reaches/);
    await doIt();
    check(of('prompt.open', {card: 'card:the price'}).length === 1, 'it is asked');
    await onCard('come back', 'Hold…', /stays back/);
    await doIt();
    await lead.waitForSelector('#msel >> text=Ⅱ held');
    await jun.locator('#move-blocked summary').click();
    await jun.locator('#blocked-text').pressSequentially('Half a sent');
    await jun.locator('#blocked-text').press('ArrowLeft');
    await move('Send one off the script', {object: 'person:jun', text: 'Something else'}, /Jun Tan/);
    await jun.waitForSelector('section.ask >> text=Something else');
    const at = await jun.evaluate(() => [document.activeElement.id, document.activeElement.value, document.activeElement.selectionStart]);
    check(at.join() === 'blocked-text,Half a sent,10', `at ${at}`);
    check(/\(\d+\) EXERCISE/.test(await jun.title()) && /Something else/.test(await jun.textContent('#news')), 'and it is told to whoever listens or looks elsewhere');
    await jun.fill('#blocked-text', '');
    await jun.locator('#move-blocked summary').click();
    await lead.locator('#move-send summary').click();
    await lead.fill('#send-text', 'Not yet sent');
    const before = stage.events().length;
    await press(jun.locator('section.ask', {hasText: 'Something else'}), 'I have it');
    await until('something came', () => stage.events().length > before);
    await until('his screen knows', async () => await jun.locator('section.ask', {hasText: 'Something else'}).count() === 0);
    check(await lead.inputValue('#send-text') === 'Not yet sent', 'the facilitator’s words stay as well');
    check(await jun.evaluate(() => document.activeElement.id) === 'said', 'whose button is gone is led to what came of it');
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
    await noor.waitForSelector('#tasks');
    await move('Send one off the script', {object: 'person:noor', text: 'Only for Noor'}, /Noor Aziz/);
    await noor.waitForSelector('section.ask >> text=Only for Noor');
    await home(lead);
    await press(lead.locator('#people tr', {hasText: 'Noor Aziz'}), 'To a stand-in…');
    await lead.waitForSelector('.foresee >> text=A stand-in answers for Noor Aziz');
    await doIt();
    await noor.waitForSelector('#stood-in');
    check(await noor.locator('#now fieldset[disabled]').count() === 1 && await noor.locator('#now button:enabled').count() === 0, 'whoever is stood in for is offered nothing');
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
      check(!/It tests|contingency|controller/.test(await page.content()), 'no facilitator’s word');
    }
  });

  await test('a move that cannot be done says so when it is shown', async () => {
    const before = of('act', {seat: 'facilitator'}).length;
    for (const [verb, fields, why] of [['take_back', {object: '999999'}, /no act with that number/], ['hold', {object: 'card:odd calls'}, /that cannot be done now/], ['back', {object: 'person:marco'}, /not marked away/]]) {
      const text = await lead.evaluate(async (form) => (await (await fetch('/lead/show', {method: 'POST', body: new URLSearchParams(form)})).text()), {verb, request: verb, ...fields});
      check(!/Do it now/.test(text) && why.test(text), `${verb}: ${text.replace(/[^]*<main/, '')}`);
    }
    check(of('act', {seat: 'facilitator'}).length === before, 'nothing was done');
  });

  await test('the evaluator notes what was seen, and rates by the record or against it, with a reason', async () => {
    const kim = people.Kim;
    await home(kim);
    await kim.fill('#note-text', 'The bridge waited for legal');
    const event = Number(await kim.locator('#stream a[data-event]').first().getAttribute('data-event'));
    await kim.locator(`#stream a[data-event="${event}"]`).click(); // others may have come before it meanwhile
    check(await kim.inputValue('#note-object') === String(event) && await kim.inputValue('#note-text') === 'The bridge waited for legal', 'the number goes into the note');
    await kim.selectOption('#note-via', 'decide');
    await kim.locator('#note').getByText('It did not').click();
    await press(kim.locator('#notes'), 'Write it down');
    await until('the note is written', () => of('observation').length === 1);
    const note = of('observation')[0];
    check(note.event === event && note.by === 'evaluator Kim Lee' && note.objective === 'decide' && note.holds === 'area', `the observation is tied to its event: ${JSON.stringify(note)}`);
    await kim.locator('#move-gap summary').click();
    await kim.selectOption('#gap-choice', 'ROL-16');
    await kim.selectOption('#gap-object', 'section:team');
    await kim.fill('#gap-text', 'Nobody from communications sat at the table');
    await press(kim.locator('#move-gap'), 'Write it down');
    await until('the gap is written', () => of('gap.noted', {gap: 'ROL-16', subject: 'section:team'}).length === 1);
    check(/Kim Lee/.test(of('gap.noted')[0].by), `the gap stands with who saw it: ${JSON.stringify(of('gap.noted')[0])} ${await kim.textContent('#notes')}`);
    await kim.waitForSelector('#notes :text("ROL-16 Mandatory function not represented, team:")');
    await kim.locator('#over-contain summary').click();
    await kim.selectOption('#rate-contain', 'S');
    await press(kim.locator('#over-contain'), 'Write the rating down');
    await kim.waitForSelector('text=say why it is not the proposed one');
    await kim.selectOption('#rate-contain', 'S');
    await kim.fill('#why-contain', 'they hesitated');
    await press(kim.locator('#over-contain'), 'Write the rating down');
    await until('the rating is written', () => of('rating.given', {objective: 'contain', rating: 'S'}).length === 1);
    check(/instead of [PMU]: they hesitated/.test(of('rating.given')[0].why), 'what was proposed is kept beside it');
    await press(kim.locator('#o-contain'), `Confirm ${/instead of ([PMU])/.exec(of('rating.given')[0].why)[1]}`);
    await until('and confirmed', () => of('rating.given', {objective: 'contain'}).length === 2);
    check(of('rating.given')[1].why === 'as proposed', 'as proposed');
    await kim.waitForSelector('#o-contain .given:nth-of-type(3)');
    await looks(kim, 'evaluator-rated');
  });

  await test('without script everything is a form: a player acknowledges, looks the plan up, and is blocked', async () => {
    const state = await people['Marco Silva'].context().storageState();
    const plain = await (await browser.newContext({javaScriptEnabled: false, storageState: state})).newPage();
    await move('Send one off the script', {object: 'person:marco', text: 'A page without script'}, /Marco Silva/);
    await plain.goto(`${stage.home}/play`);
    await press(plain.locator('section.ask', {hasText: 'A page without script'}), 'I have it');
    await plain.waitForSelector('#said >> text=Written');
    await plain.locator('#move-look_up summary').click();
    await plain.fill('#look_up-object', 'contacts');
    await press(plain.locator('#move-look_up'), 'Look up');
    await plain.waitForSelector('#said >> text=/incident_commander|cannot be read/');
    await plain.locator('#move-blocked summary').click();
    await plain.fill('#blocked-text', 'No account');
    await press(plain.locator('#move-blocked'), 'Say so');
    await until('blocked is noted', () => of('blocked.said', {person: 'person:marco'}).length === 1);
    await plain.locator('#move-decide summary').click();
    await plain.selectOption('#decide-object', 'action:stop_payments');
    await plain.selectOption('#decide-choice', 'no');
    await plain.selectOption('#decide-sure', '1');
    await plain.fill('#decide-text', 'Not alone');
    await press(plain.locator('#move-decide'), 'Decide');
    const decided = () => of('act', {verb: 'decide', person: 'person:marco'})[0];
    await until('it is decided, or refused with a reason', async () => decided() || /Not done/.test(await plain.textContent('#said')));
    check(!decided() || (decided().sure === 1 && decided().text === 'Not alone'), JSON.stringify(decided()));
    await plain.locator('#plainly a').press('Enter');
    await plain.waitForURL(/\/play$/);
    for (const [who, body] of [[lead, async (page) => {
      await page.goto(`${stage.home}/lead`);
      await page.locator('#move-away summary').click();
      await page.selectOption('#away-object', 'person:tom');
      await press(page.locator('#move-away'), 'Show what it changes');
      check(/passes to|Nobody holds/.test(await page.textContent('.foresee')), await page.textContent('.foresee'));
      await page.getByRole('link', {name: 'Leave it'}).click();
      await page.waitForSelector('#msel');
    }], [people.Kim, async (page) => {
      await page.goto(`${stage.home}/rate`);
      const link = page.locator('#stream a[data-event]').last(), event = await link.getAttribute('data-event');
      await link.click();
      check(await page.inputValue('#note-object') === event, 'the number stands in the form');
    }]]) {
      const page = await (await browser.newContext({javaScriptEnabled: false, storageState: await who.context().storageState()})).newPage();
      await body(page);
      await page.context().close();
    }
    await plain.context().close();
  });

  await test('every move of the facilitator says first what it changes, and changes nothing', async () => {
    const before = of('act', {seat: 'facilitator'}).length, extend = await lead.evaluate(() => [...document.querySelectorAll('#extend-object option')].map((o) => o.value)[0]);
    const rows = [['away', {object: 'person:marco'}, /passes to|No role passes|Nobody holds/], ['down', {object: 'dependency:okta'}, /falls with it/], ['seat', {object: 'person:tom', choice: 'player'}, /asked at a screen/],
      ['speed', {choice: '5'}, /runs 5 times as fast/], ['jump', {choice: '30m'}, /The clock moves from/], ['note', {text: 'late'}, /stands in the record/], ["end", {}, /(card has|cards have) not come/], ['stop', {text: 'smoke'}, /on every screen.*smoke/],
      ['play', {object: 'card:staging'}, /Expects capture evidence within/], ['hold', {object: 'card:staging'}, /stays back/], ['cancel', {object: 'card:staging'}, /will not come/], ['reschedule', {object: 'card:staging', choice: '10m'}, /It comes at/],
      ['take_back', {object: String(of('act', {verb: 'improvise'})[0].n)}, /It was: (?!act of).*The world is put back/], ...(extend ? [['extend', {object: extend, choice: '10m'}, /10 min later/]] : [])];
    for (const [verb, fields, sees] of rows) {
      const text = await lead.evaluate(async (form) => (await (await fetch('/lead/show', {method: 'POST', body: new URLSearchParams(form)})).text()), {verb, request: verb, ...fields});
      check(/Nothing has changed yet/.test(text) && sees.test(text), `${verb}: ${text.replace(/[^]*<main/, '')}`);
    }
    check(of('act', {seat: 'facilitator'}).length === before, 'nothing was done');
  });

  await test('a revoked screen ends at once', async () => {
    await home(lead);
    await lead.goto(`${stage.home}/lead`);
    const marco = people['Marco Silva'];
    await marco.close();
    const row = lead.locator('#people tr', {hasText: 'Marco Silva'});
    await row.locator('small', {hasText: /^last heard of at [0-9]{2}:[0-9]{2}$/}).waitFor();
    await press(row, 'Revoke');
    await until('a stand-in plays', () => of('seat.changed', {person: 'person:marco', seat: 'stand-in'}).length === 1);
    const again = await marco.context().newPage();
    await again.goto(`${stage.home}/play`);
    check(new URL(again.url()).pathname === '/join', 'he has to come in again');
    check(/your place was taken back/.test(await again.textContent('main')), 'and is told why');
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
    await sara.waitForSelector('text=1 agree, you too');
    check(await sara.locator('#wash-held').getByRole('button', {name: 'I agree'}).count() === 0, 'once');
    await home(people.Rui);
    await people.Rui.goto(`${stage.home}/wash`);
    check(await people.Rui.locator('main form').count() === 0, 'an observer reads');
    check(of('hotwash.said').length === 1 && of('hotwash.vote').length === 1, 'one remark, one vote');
    await looks(sara, 'wash');
    await home(lead);
    await looks(lead, 'lead-over');
    const kim = people.Kim;
    await kim.goto(`${stage.home}/improve`);
    await looks(kim, 'improve');
    await kim.locator('.gaps li', {hasText: 'ESC-03'}).getByRole('link').click();
    await looks(kim, 'improve-item');
    await kim.fill('#item-text', 'Give step 2 a time');
    await kim.selectOption('#item-owner', 'role:ciso');
    await kim.fill('#item-due', '2026-08-10');
    await press(kim, 'Agree it');
    await kim.waitForSelector('#said >> text=Agreed and written');
    const agreed = of('improvement.agreed')[0];
    check(agreed.gap === 'ESC-03' && agreed.owner === 'role:ciso' && agreed.due === '2026-08-10' && agreed.by === 'evaluator Kim Lee', JSON.stringify(agreed));
    await kim.locator('.gaps li', {hasText: 'ROL-08'}).first().getByRole('link').click();
    await kim.fill('#waive-by', 'Dana Okafor, CISO');
    await kim.fill('#waive-until', '2026-12-31');
    await kim.fill('#waive-text', 'The post is filled in September');
    await press(kim, 'Accept it until then');
    await kim.waitForSelector('#said >> text=Accepted and written');
    check(/^Dana Okafor, CISO \(written down by evaluator Kim Lee\)$/.test(of('gap.waived')[0].by) && of('gap.waived')[0].until === '2026-12-31', JSON.stringify(of('gap.waived')[0]));
    await kim.fill('#gap-text', 'Nobody could say who leads');
    await kim.selectOption('#gap-object', 'role:incident_commander');
    await kim.selectOption('#gap-choice', 'ROL-02');
    await press(kim.locator('#seen'), 'Write it down');
    await until('a gap that a person saw', () => of('gap.noted', {gap: 'ROL-02', subject: 'role:incident_commander'}).length === 1);
    await kim.waitForSelector('#said >> text=/^Written/');
    const report = await sara.context().newPage();
    await report.goto(`${stage.home}/report`);
    const said = await report.textContent('body');
    check(/Ransomware/.test(said) && /Nobody could say who leads/.test(said), 'the report is there, with what was seen');
    await report.close();
    await home(lead);
    await press(lead, 'Close, and write the reports');
    await lead.waitForSelector('h1 >> text=Closed');
    await sara.waitForSelector('#closed');
    await sara.waitForSelector('#line >> text=closed');
    const status = await stage.gone;
    check(status === 0 || status === 1, `muster ended with ${status}`);
  });

  await test('nothing ran that was typed, and no page asked for anything elsewhere', async () => {
    for (const page of [lead, ...Object.values(people)]) check(page.faults.length === 0, page.faults.join('; '));
  });
  console.log(`${done} passed, 0 failed; ${seen.size} pages looked at`);
} catch (wrong) {
  console.log(`FAILED after ${done}: ${wrong.stack}\n${stage.said}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  if (stage.process.exitCode === null) stage.process.kill('SIGKILL');
}
