// A drill that is served, and people who come in: what the tests of this folder share. What never comes fails, and does not hang. MUSTER_LAG=300: all that goes to or from the server takes
// 300 ms, each way; a test that passes then waits for what must come, and not for how fast it mostly is.
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

const lag = Number(process.env.MUSTER_LAG || 0);
const PATIENCE = 120_000; // ms for one thing that must come, on a slow machine
setTimeout(() => { console.log('FAILED: something that this test waits for never came'); process.exit(1); }, 840_000).unref();

// A port that is free, and none that the kernel gives to whoever asks for any: after a crash it is free again.
async function freePort() {
  for (;;) {
    const port = 20000 + Math.floor(Math.random() * 12000);
    const free = await new Promise((done) => { const s = createServer().once('error', () => done(false)).listen(port, '127.0.0.1', () => s.close(() => done(true))); });
    if (free) return port;
  }
}

// What comes of one end goes to the other, late and in its order; where the server is gone, so is the line.
function lines(port) {
  const late = (from, to) => {
    from.on('data', (bytes) => setTimeout(() => to.destroyed || to.write(bytes), lag));
    from.on('close', () => setTimeout(() => to.destroy(), lag));
    from.on('error', () => {});
  };
  return createServer((near) => { const far = connect(port, '127.0.0.2'); late(near, far); late(far, near); }).listen(port, '127.0.0.1').unref();
}

export class Stage {
  constructor(muster, plan, scenario, options = []) {
    Object.assign(this, {muster, plan, scenario, options, folder: join(mkdtempSync(join(tmpdir(), 'muster-web-')), 'drill'), port: 0, said: ''});
  }
  // Starts the program; again after a crash, on the same port.
  async start(resume = false) {
    this.port ||= await freePort();
    const args = ['serve', this.plan, this.scenario, '-o', this.folder, '--port', String(this.port), ...(lag ? ['--listen', '127.0.0.2'] : []), ...this.options, ...(resume ? ['--resume'] : [])];
    this.process = spawn(this.muster, args, {stdio: ['ignore', 'pipe', 'pipe']});
    process.once('exit', () => this.process.kill('SIGKILL'));
    this.gone = new Promise((done) => this.process.once('exit', (code, signal) => done(code ?? signal)));
    this.process.stderr.on('data', (text) => { this.said += text; });
    let out = '';
    await new Promise((done, fail) => {
      this.process.stdout.on('data', (text) => { out += text; if (/Ctrl-C/.test(out)) done(); });
      this.process.once('exit', (code) => fail(new Error(`muster ended with ${code}: ${this.said}`)));
    });
    this.lead = /(http\S+\/join#\S+)/.exec(out)[1].replace('127.0.0.2', '127.0.0.1');
    this.home = this.lead.replace(/\/join.*/, '');
    if (lag && !resume) this.lines = lines(this.port);
  }
  async crash() { this.process.kill('SIGKILL'); await this.gone; }
  async stop() { this.process.kill('SIGTERM'); return this.gone; }
  events() {
    const whole = readFileSync(join(this.folder, 'journal.jsonl'), 'utf8');
    return whole.slice(0, whole.lastIndexOf('\n') + 1).split('\n').filter(Boolean).map((text) => JSON.parse(text)); // the last line may be being written
  }
}

export const browse = () => chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']});

// Somebody with a browser of their own: cookies are theirs alone.
export async function person(browser, link, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (m) => { if (m.type() === 'error' && !/WebSocket|ERR_|Failed to load resource/.test(m.text())) page.faults.push(m.text()); });
  page.on('pageerror', (e) => page.faults.push(String(e)));
  page.on('dialog', (d) => { page.faults.push(`dialog ${d.message()}`); d.dismiss(); });
  if (link) { await page.goto(link); await page.waitForURL((url) => !url.pathname.startsWith('/join')); }
  return page;
}

export const press = async (scope, name, options = {}) => scope.getByRole('button', {name, exact: true, ...options}).first().click();

export function check(condition, words) { if (!condition) throw new Error(words); }
