// How a page looks to everybody: nothing that axe-core finds at WCAG 2.2 AA in light and dark, wide and narrow; nothing that scrolls
// sideways; what is asked for by MUSTER_SHOTS: a screenshot of each at three widths.
import {mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {check} from './stage.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.MUSTER_SHOTS;
export const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
export const seen = new Set();

export async function find(page, name, only = {type: 'tag', values: tags}, rules = {}) {
  if (!await page.evaluate('typeof axe === "object"')) await page.evaluate(axe);
  const found = await page.evaluate((o) => axe.run({exclude: ['.qr']}, o), {runOnly: only, rules, resultTypes: ['violations'], preload: false});
  check(found.violations.length === 0, `${name}: ${found.violations.map((v) => `${v.id} at ${v.nodes.slice(0, 3).map((n) => `${n.html} (${n.failureSummary})`).join(' | ')}`).join('; ')}`);
}

// Each width and each scheme once; where somebody wants to look, each with each.
export async function looks(page, name) {
  const size = page.viewportSize();
  for (const [width, scheme] of shots ? [1440, 768, 360].flatMap((w) => [[w, 'light'], [w, 'dark']]) : [[1440, 'light'], [360, 'dark']]) {
    await page.setViewportSize({width, height: 900});
    await page.emulateMedia({colorScheme: scheme});
    await find(page, `${name} at ${width}, ${scheme}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(wide <= 0, `${name} scrolls sideways at ${width}: ${wide} px`);
    if (shots) {
      mkdirSync(shots, {recursive: true});
      await page.screenshot({path: `${shots}/${name}-${width}-${scheme}.png`, fullPage: true});
    }
  }
  await page.emulateMedia({colorScheme: 'light'});
  await page.setViewportSize(size);
  seen.add(name);
}
