// pages.mjs MUSTER SOURCES: every page that the program writes into a file, and the samples, held against WCAG 2.2 AA, light and dark,
// and against the rules of HTML. Each is looked at as it is on a phone, too: nothing scrolls sideways but what says so. Contrast is costly:
// it is measured on the pages that are the first of their style sheet, which between them have every kind of mark.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {HtmlValidate} from 'html-validate';
import {find, tags} from './look.mjs';
import {browse, check} from './stage.mjs';

const [muster, sources] = process.argv.slice(2);
const top = mkdtempSync(join(tmpdir(), 'muster-pages-'));

function run(...args) {
  const done = spawnSync(muster, args, {encoding: 'utf8', cwd: top});
  check(done.status === 0 || done.status === 1, `muster ${args.join(' ')} ends with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

// Written once: a drill of the starter with its reports, the patch for its cover, a cover with a calendar, and the history of two drills.
function written() {
  const journals = ['drills/one', 'drills/two'].map((folder, i) => {
    run('run', 'first/plan.yaml', 'first/scenario.lua', '-o', folder, '--start', `2026-0${7 + i}-10 10:00`, '--fail-on', 'never');
    return `${folder}/journal.jsonl`;
  });
  run('report', journals[0], '--for', 'auditor', '--format', 'html', '-o', 'auditor.html');
  run('report', ...journals, '--format', 'html', '-o', 'runs.html');
  writeFileSync(join(top, 'cover.html'), run('cover', join(sources, 'scenarios/plans/gitlab-sirt.yaml'), '--between', '2026-07-01', '2026-08-15', '--format', 'html'));
  writeFileSync(join(top, 'repair.html'), run('amend', 'first/plan.yaml', '--cover', '1', '--format', 'html'));
  run('history', 'trend', 'drills', '--format', 'html', '-o', 'history-trend.html');
  const samples = readdirSync(join(sources, 'reports/samples')).filter((name) => name.endsWith('.html')).map((name) => join(sources, 'reports/samples', name));
  return [...samples, ...['drills/one/report.html', 'auditor.html', 'runs.html', 'cover.html', 'repair.html', 'history-trend.html'].map((name) => join(top, name))];
}

// The shape of the text is ours, its length is the reader's; a heading may be a sentence; and styles that a page carries are its own.
const rules = new HtmlValidate({extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {'no-inline-style': 'off', 'long-title': 'off', 'no-trailing-whitespace': 'off', 'wcag/h37': 'off', 'valid-id': 'off', 'require-sri': 'off', 'prefer-native-element': 'off'}});

async function sound(file) {
  const report = await rules.validateString(readFileSync(file, 'utf8'), file);
  const said = report.results.flatMap((r) => r.messages).map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
  check(said.length === 0, `${basename(file)}: ${said.length} against HTML: ${[...new Set(said)].slice(0, 6).join('; ')}`);
}

async function readable(page, file) {
  await page.goto(pathToFileURL(file).href);
  const measured = ['executive.html', 'runs.html', 'cover.html', 'history-trend.html'].includes(basename(file));
  await page.evaluate((whole) => { // further rows are like the first, and what a picture is made of is told by its title: each costs
    for (const body of document.querySelectorAll('tbody')) [...body.rows].slice(4).forEach((row) => row.remove());
    if (!whole) for (const part of document.querySelectorAll('svg[role=img] > :not(title, desc)')) part.remove();
  }, measured);
  for (const scheme of measured ? ['light', 'dark'] : ['light']) {
    await page.emulateMedia({colorScheme: scheme});
    const only = scheme === 'light' ? {type: 'tag', values: [...tags, 'best-practice']} : {type: 'rule', values: ['color-contrast']}; // in the dark only the colours are others
    await find(page, `${basename(file)}, ${scheme}`, only, {'color-contrast': {enabled: measured}});
  }
  for (const width of [360, 1180]) {
    await page.setViewportSize({width, height: 900});
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(wide <= 0, `${basename(file)} scrolls sideways at ${width}: ${wide} px`);
  }
}

run('init', 'first');
const files = written();
const browser = await browse();
let wrong = 0;
const page = await (await browser.newContext({bypassCSP: true})).newPage(); // the pages allow no script, and axe is one
for (const file of files)
  for (const look of [sound, (f) => readable(page, f)])
    await look(file).catch((e) => { wrong++; console.log(`FAILED ${e.message}`); });
await browser.close();
console.log(`${files.length} pages, ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
