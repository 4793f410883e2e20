// What a browser adds where it may: the page changes by itself, the clock goes, what was typed is kept while the line is down.
// Without it everything works by forms. Nothing is built out of text of anybody: HTML comes whole from the server.
'use strict';
(() => {
  const live = document.getElementById('live'), line = document.getElementById('line'), page = document.body.dataset.page;
  const title = line ? line.textContent : '';
  const policy = window.trustedTypes ? trustedTypes.createPolicy('muster', {createHTML: (text) => text}) : null;
  const parse = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html');
  let offset = Number(document.body.dataset.now) - performance.now(); // the server's clock, as this page sees it
  const edited = new WeakSet(), sending = new WeakSet(); // fields that somebody has changed; forms that are under way

  // ---- the clock ----
  const two = (n) => String(n).padStart(2, '0');
  const clock = () => document.getElementById('clock');
  const exercise = () => {
    const c = clock();
    if (!c) return 0;
    const passed = Math.max(0, performance.now() + offset - Number(c.dataset.wall));
    return Number(c.dataset.exercise) + (Number(c.dataset.rate) ? passed * Number(c.dataset.rate) / 1000 : 0);
  };
  const length = (ms) => {
    const minutes = Math.round(ms / 60000);
    return ms < 120000 ? `${Math.round(ms / 1000)} s` : minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)}`;
  };
  const set = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  function tick() {
    const c = clock(), now = exercise();
    if (c) { // where it stands as well: it may have been moved on meanwhile
      const day = Math.floor((Number(c.dataset.local) + now) / 1000) % 86400;
      set(c, `${two(Math.floor(day / 3600))}:${two(Math.floor(day / 60) % 60)}:${two(day % 60)}`);
    }
    for (const left of document.querySelectorAll('span[data-until]')) {
      const ms = Number(left.dataset.until) - now;
      set(left, ms < 0 ? `${length(-ms)} over` : `${length(ms)} left`);
    }
    for (const at of document.querySelectorAll('span[data-at]')) {
      const ms = Number(at.dataset.at) - now;
      set(at, ms > 0 ? `in ${length(ms)}` : '');
    }
    for (const bar of document.querySelectorAll('progress[data-until]')) bar.value = Math.max(0, now - Number(bar.dataset.from));
  }

  // ---- what is new takes the place of what was; what somebody is at stays ----
  const ticks = (n) => n.nodeType === 1 && (n.id === 'clock' || (n.localName === 'span' && (n.dataset.until || n.dataset.at)) || n.localName === 'progress');
  const field = (n) => n.localName === 'textarea' || n.localName === 'select' || n.localName === 'input';
  function attributes(from, to) {
    for (const a of to.attributes) if (from.getAttribute(a.name) !== a.value && !(field(from) && edited.has(from) && a.name !== 'id')) from.setAttribute(a.name, a.value);
    for (const a of [...from.attributes]) if (!to.hasAttribute(a.name) && !(from.localName === 'details' && a.name === 'open') && a.name !== 'value') from.removeAttribute(a.name);
  }
  // What somebody was writing is not lost with what it was about: it stands above, to be read and copied.
  function keep(gone) {
    const kept = document.getElementById('kept'), texts = gone.nodeType === 1 && kept ? [...gone.querySelectorAll('textarea')].filter((t) => edited.has(t) && !sending.has(t.form) && t.value.trim()) : [];
    for (const t of texts) {
      const words = document.createElement('pre');
      words.textContent = t.value;
      kept.append(words);
      kept.hidden = false;
    }
  }
  function morph(from, to) {
    if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName || (from.id || '') !== (to.id || '')) { keep(from); from.replaceWith(to); return; }
    if (from.nodeType !== 1) { if (from.data !== to.data) from.data = to.data; return; }
    attributes(from, to);
    if (!ticks(from) && !(field(from) && edited.has(from))) children(from, to);
  }
  function children(from, to) {
    const stays = new Set([...to.children].map((n) => n.id));
    for (const n of [...from.children]) if (n.id && !stays.has(n.id)) { keep(n); n.remove(); } // first, so that nothing that stays is moved
    const kept = new Map([...from.children].filter((n) => n.id).map((n) => [n.id, n]));
    let at = from.firstChild;
    for (const next of [...to.childNodes]) {
      const same = next.id && kept.get(next.id);
      if (same && same !== at) from.insertBefore(same, at); else if (!same && next.id) { from.insertBefore(next, at); continue; }
      const here = same || at;
      if (!here || (!same && here.id)) { from.insertBefore(next, at); continue; }
      at = here.nextSibling;
      morph(here, next);
    }
    while (at) { const gone = at; at = at.nextSibling; keep(gone); gone.remove(); }
  }
  // Whoever is at a field stays there; whose place is gone is led to what came of it, or to what matters now.
  function holding(change) {
    const at = document.activeElement, inside = live.contains(at), cursor = inside && at.localName === 'textarea' ? [at.selectionStart, at.selectionEnd] : null;
    change();
    if (!inside || document.activeElement === at) return;
    const to = at.isConnected ? at : document.getElementById('said') || document.getElementById('now');
    if (!to) return;
    if (to.id === 'now') to.tabIndex = -1;
    to.focus({preventScroll: true});
    if (cursor && to === at) to.setSelectionRange(...cursor);
  }
  // What is new is said to whoever listens, and counted in the title for whoever looks elsewhere.
  const named = document.title, asking = () => [...live.querySelectorAll('section.ask[id], #asks li[id]')];
  function tell(before) {
    const open = asking(), fresh = open.filter((n) => !before.has(n.id)), news = document.getElementById('news');
    document.title = page === 'play' && open.length ? `(${open.length}) ${named}` : named;
    if (news && fresh.length) set(news, `New: ${fresh.map((n) => `${n.getAttribute('aria-label') || n.querySelector('p').textContent}. ${(n.querySelector('blockquote') || {textContent: ''}).textContent}`).join(' ')}`);
  }
  // What stands beside it hardly changes, and is read again where it may have: another role, or the exercise has begun.
  const still = document.getElementById('still'), who = () => (live.querySelector('.who') || live).textContent;
  async function again() {
    const answer = await fetch(location.pathname).catch(() => null);
    const fresh = answer && parse(await answer.text()).getElementById('still');
    if (fresh && still) children(still, fresh); else if (fresh) location.reload();
  }
  function show(fresh) {
    const before = who(), waited = live.querySelector('[data-waits]'), known = new Set(asking().map((n) => n.id));
    holding(() => children(live, fresh));
    tell(known);
    const go = live.querySelector('[data-go]');
    if (go) location.assign(go.dataset.go);
    if (page === 'play' && (before !== who() || (waited && !live.querySelector('[data-waits]')))) again();
    tick();
    seen();
  }

  // ---- the line to the server ----
  let socket = null, wait = 250, lost = 0;
  function say(text) {
    if (!line) return;
    set(line, text || title);
    line.classList.toggle('lost', Boolean(text));
  }
  const seen = () => { if (page === 'play' && !document.hidden && socket && socket.readyState === 1) socket.send('seen'); };
  function connect() {
    socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live/${page}`);
    let opened = false, have = '';
    socket.onopen = () => { opened = true; wait = 250; lost = 0; say(''); seen(); };
    socket.onmessage = (e) => {
      if (e.data[0] === '!') { say(`○ ${e.data.slice(1)}`); return; }
      say('');
      const cut = e.data.indexOf('\n'), [ms, ...ops] = e.data.slice(0, cut).split(' ');
      let at = cut + 1;
      have = ops.map((op) => { // of what it has from A to B: "A-B"; the next N of what came: "*N"
        if (op[0] === '*') return e.data.slice(at, at += Number(op.slice(1)));
        return have.slice(...op.split('-').map(Number));
      }).join('');
      offset = Number(ms) - performance.now();
      show(parse(have).body);
    };
    socket.onclose = async () => {
      if (document.querySelector('.bar[data-closed]')) { say('■ closed; the reports are written'); return; }
      lost = lost || Date.now();
      say(`○ lost ${Math.round((Date.now() - lost) / 1000)} s ago; what you type is kept`);
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 4000);
      if (!opened && wait > 1000) {
        const answer = await fetch(`/${page}`, {redirect: 'manual'}).catch(() => null);
        if (answer && answer.type === 'opaqueredirect') location.assign('/');
      }
    };
  }

  // ---- forms: sent again by the same number until the server has said what came of it ----
  async function send(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    for (let again = 0; again < 40; again++) {
      try {
        const answer = await fetch(form.action, {method: 'POST', body, credentials: 'same-origin'});
        return [answer, await answer.text()];
      } catch {
        say('○ not sent yet: the server is away. Your words are kept here; it tries again by itself');
        await new Promise((done) => setTimeout(done, Math.min(250 * 2 ** again, 4000)));
      }
    }
    return [null, ''];
  }
  async function submit(e) {
    const form = e.target;
    if (!live || !form.closest('#live, #still') || form.method !== 'post' || sending.has(form)) return;
    e.preventDefault();
    sending.add(form);
    const [answer, text] = await send(form, e.submitter);
    if (!answer) sending.delete(form);
    if (!answer) { say('○ not sent: the server was away. Your words are kept here; press the button again'); return; }
    const fresh = parse(text), body = fresh.getElementById('live');
    say('');
    if (body && body.querySelector('.said.refused')) { // what was typed stays, to be mended
      offset = Number(fresh.body.dataset.now) - performance.now();
      sending.delete(form);
      show(body);
      document.getElementById('said').focus();
    } else if (body && new URL(answer.url).pathname === location.pathname) {
      for (const n of form.elements) edited.delete(n);
      form.reset();
      const request = form.elements.namedItem('request'); // what is sent next is another act
      if (request && form.closest('#still')) request.value = [...crypto.getRandomValues(new Uint8Array(8))].map((n) => n.toString(16)).join('');
      if (form.parentNode && form.parentNode.localName === 'details') form.parentNode.open = false;
      offset = Number(fresh.body.dataset.now) - performance.now();
      show(body);
      sending.delete(form);
      const said = document.getElementById('said');
      if (said) said.scrollIntoView({block: 'nearest'});
    } else if (body || answer.redirected) {
      location.assign(answer.url);
    } else {
      history.pushState(null, '', location.href); // back leads to the page that this one stands over
      document.body.replaceChildren(...fresh.body.childNodes);
      Object.assign(document.body.dataset, {page: '', over: 'yes'});
      document.title = fresh.title;
      scrollTo(0, 0);
      const head = document.querySelector('h1');
      if (head) { head.tabIndex = -1; head.focus(); }
      if (socket) { socket.onclose = null; socket.close(); }
    }
  }

  // ---- coming in by a link: what stands behind # is sent to no server but by this form ----
  const enter = document.getElementById('enter');
  if (enter && location.hash.length > 8) {
    document.getElementById('token').value = location.hash.slice(1);
    history.replaceState(null, '', '/join');
    enter.requestSubmit();
  }

  // The number of an event in the list goes into the note that is being written.
  document.addEventListener('click', (e) => {
    const link = e.target.closest('a[data-event]'), number = link && document.getElementById('note-object');
    if (!number) return;
    e.preventDefault();
    number.value = link.dataset.event;
    edited.add(number);
    document.getElementById('note-text').focus();
  });
  addEventListener('popstate', () => { if (document.body.dataset.over) location.reload(); });

  // ---- an answer to a call tree: the code comes out of the link, and a person presses the button ----
  const typed = document.getElementById('typed');
  if (typed && location.hash.length > 8) {
    document.getElementById('code').value = location.hash.slice(1);
    typed.hidden = true;
  }

  document.addEventListener('input', (e) => edited.add(e.target));
  document.addEventListener('submit', submit);
  document.addEventListener('visibilitychange', seen);
  const plainly = document.getElementById('plainly');
  if (plainly) plainly.remove();
  if (live && page) { connect(); tell(new Set(asking().map((n) => n.id))); tick(); setInterval(tick, 500); }
})();
