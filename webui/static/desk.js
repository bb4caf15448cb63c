// What makes the pages better where scripts run; without it every page works as well.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const searchPath = document.body.dataset.search;

const store = {
  get(name, usual) {
    try { return JSON.parse(localStorage.getItem(name)) ?? usual; } catch { return usual; }
  },
  set(name, value) {
    try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* private windows */ }
  },
};

// ---- results without a reload ----

let pending;

function isSearch(url) {
  return url.origin === location.origin && url.pathname === searchPath;
}

function key(element) {
  return element?.dataset.key ?? element?.id ?? "";
}

function openDetails() {
  return $$("details[data-key]").filter((details) => details.open).map((details) => details.dataset.key);
}

function swap(html, open, { keepTyped }) {
  const next = new DOMParser().parseFromString(html, "text/html");
  document.title = next.title;
  for (const old of $$("[data-swap]")) {
    const fresh = next.getElementById(old.id);
    if (fresh) old.replaceChildren(...fresh.childNodes);
  }
  const field = $("#q", next), own = $("#q");
  if (!keepTyped || document.activeElement !== own) own.value = field.value;
  own.toggleAttribute("aria-invalid", field.hasAttribute("aria-invalid"));
  for (const details of $$("details[data-key]")) if (open.includes(details.dataset.key)) details.open = true;
  enhance();
}

async function visit(url, { push = true, focus = "", scroll = null } = {}) {
  pending?.abort();
  pending = new AbortController();
  const busy = setTimeout(() => document.body.classList.add("busy"), 200);
  const open = openDetails();
  try {
    const answer = await fetch(url, { signal: pending.signal, headers: { Accept: "text/html" } });
    if (!(answer.headers.get("Content-Type") ?? "").startsWith("text/html")) throw new Error("no page");
    const html = await answer.text();
    if (push) {
      history.replaceState({ scroll: scrollY }, "");
      history.pushState({}, "", url);
    }
    swap(html, open, { keepTyped: push });
    remember();
    announce();
    const again = focus && $$("[data-key], [id]").find((element) => key(element) === focus);
    if (again) again.focus({ preventScroll: true });
    if (scroll !== null) scrollTo({ top: scroll });
  } catch (error) {
    if (error.name !== "AbortError") failed(url);
  } finally {
    clearTimeout(busy);
    document.body.classList.remove("busy");
  }
}

function failed(url) {
  const notice = $("#failed").content.cloneNode(true);
  $("a", notice).href = url;
  $(".bad-news")?.remove();
  $("#main").prepend(notice);
}

function announce() {
  const heading = $("main h1");
  $("#news").textContent = heading ? heading.textContent : "";
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (!isSearch(url) || location.pathname !== searchPath || url.hash || link.closest("#languages")) return;
  event.preventDefault();
  const turns = link.closest(".pages");
  visit(url, { focus: turns ? "hits" : key(link), scroll: turns ? 0 : null });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || location.pathname !== searchPath || !isSearch(new URL(form.action))) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([, value]) => value);
  stopCompleting();
  visit(new URL(`?${new URLSearchParams(fields)}`, form.action), { focus: key(document.activeElement) });
});

addEventListener("popstate", (event) => {
  if (location.pathname === searchPath && !location.hash) visit(location.href, { push: false, scroll: event.state?.scroll ?? 0 });
});

// ---- searches of this browser ----

const RECENT = "recent";

function remember() {
  const query = new URLSearchParams(location.search).get("q")?.trim();
  if (location.pathname !== searchPath || !query) return;
  store.set(RECENT, [query, ...store.get(RECENT, []).filter((other) => other !== query)].slice(0, 8));
}

// ---- completion: a combobox with a list ----

const field = $("#q"), list = $("#options");
let chosen = -1, asked = 0, waiting;

function stopCompleting() {
  clearTimeout(waiting);
  asked++;
  closeOptions();
}

function closeOptions() {
  list.hidden = true;
  chosen = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function option({ label, kind, url, language }) {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.url = url;
  const text = document.createElement("span"), aside = document.createElement("span");
  text.textContent = label;
  if (language) text.lang = language;
  aside.className = "meta";
  aside.textContent = kind;
  item.append(text, " ", aside);
  return item;
}

function show(options) {
  list.replaceChildren(...options);
  options.forEach((item, at) => { item.id = `option-${at}`; });
  chosen = -1;
  list.hidden = !options.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  field.removeAttribute("aria-activedescendant");
}

function showRecent() {
  const recent = store.get(RECENT, []);
  const options = recent.map((query) =>
    option({ label: query, kind: list.dataset.recent, url: `${searchPath}?${new URLSearchParams({ q: query })}` }));
  if (options.length) options.push(option({ label: list.dataset.clear, kind: "", url: "" }));
  show(options);
}

async function complete() {
  clearTimeout(waiting);
  const number = ++asked;
  const typed = field.value.trim();
  if (!typed) return showRecent();
  const kept = $$("#kept input").map((input) => [input.name, input.value]);
  const query = new URLSearchParams([...kept, ["prefix", typed]]);
  try {
    const answer = await (await fetch(`${document.body.dataset.suggest}?${query}`)).json();
    if (number !== asked || document.activeElement !== field) return;
    show((answer.suggestions ?? []).map((one) => option({ ...one, kind: one.kind_label })));
  } catch { closeOptions(); }
}

function choose(at) {
  const options = $$("[role=option]", list);
  options[chosen]?.setAttribute("aria-selected", "false");
  const places = options.length + 1;
  chosen = ((at + 1 + places) % places) - 1;
  const item = options[chosen];
  if (!item) return field.removeAttribute("aria-activedescendant");
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", item.id);
}

function take(item) {
  stopCompleting();
  if (!item.dataset.url) {
    store.set(RECENT, []);
    return;
  }
  const url = new URL(item.dataset.url, location.href);
  if (isSearch(url) && location.pathname === searchPath) {
    field.value = url.searchParams.get("q") ?? "";
    visit(url, { focus: "q" });
  } else location.href = url;
}

function prepareField() {
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "options", "aria-expanded": "false" };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(complete, 120);
  });
  field.addEventListener("click", () => { if (!field.value.trim()) showRecent(); });
  field.addEventListener("blur", stopCompleting);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) complete();
    else if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(chosen < 0 ? -2 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take($$("[role=option]", list)[chosen]);
    else if (event.key === "Escape" && !list.hidden) closeOptions();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[role=option]");
    event.preventDefault();
    if (item) take(item);
  });
}

// ---- keys ----

const keys = $("#keys"), KEYS = "keys";

function step(elements, by) {
  if (!elements.length) return;
  const at = elements.indexOf(document.activeElement);
  elements[at < 0 ? (by > 0 ? 0 : elements.length - 1) : Math.min(Math.max(at + by, 0), elements.length - 1)].focus();
}

function stepMarks(by) {
  const marks = $$("mark[id^=hit-]");
  for (const mark of marks) mark.tabIndex = -1;
  const at = marks.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length;
  marks[next]?.focus({ preventScroll: true });
  marks[next]?.scrollIntoView({ block: "center" });
  if (marks.length) $("#news").textContent = `${next + 1} / ${marks.length}`;
}

const ACTIONS = {
  "/": () => field.focus(),
  j: () => step($$(".hit :is(h2, h3) a"), 1),
  k: () => step($$(".hit :is(h2, h3) a"), -1),
  n: () => stepMarks(1),
  p: () => stepMarks(-1),
  "]": () => $("a[rel=next]")?.click(),
  "[": () => $("a[rel=prev]")?.click(),
  "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=range]), select, textarea, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !store.get(KEYS, true)) return;
  const action = ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

function prepareKeys() {
  const works = $("input", keys), button = $("[data-keys]");
  works.checked = store.get(KEYS, true);
  works.addEventListener("change", () => store.set(KEYS, works.checked));
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
}

// ---- parts of the page that are new after each swap ----

function enhance() {
  for (const input of $$(".inside")) {
    input.hidden = false;
    input.addEventListener("input", () => searchInside(input));
  }
  for (const steps of $$(".steps")) {
    steps.hidden = false;
    for (const button of $$("[data-step]", steps)) button.addEventListener("click", () => stepMarks(Number(button.dataset.step)));
  }
  const timeline = $(".timeline");
  if (timeline) prepareTimeline(timeline);
}

function searchInside(input) {
  const facet = input.closest(".facet"), wanted = input.value.trim().toLowerCase();
  for (const item of $$(".values li", facet)) {
    item.hidden = !$(".label", item).textContent.toLowerCase().includes(wanted);
  }
  const more = $("details", facet);
  if (more && wanted) more.open = true;
}

function prepareTimeline(timeline) {
  const chart = $(".chart", timeline), form = $(".dates", timeline), shown = $("output", timeline);
  const [first, last] = $$("input[type=range]", timeline);
  const years = $$("g", chart).map((bar) => ({ bar, year: Number(bar.dataset.year), hits: Number(bar.dataset.hits) }));
  $(".span", timeline).hidden = false;

  function span() {
    return [Number(first.value), Number(last.value)].sort((a, b) => a - b);
  }
  function draw() {
    const [from, to] = span();
    let hits = 0, all = 0;
    for (const { bar, year, hits: own } of years) {
      const inside = from <= year && year <= to;
      bar.classList.toggle("off", !inside);
      all += own;
      if (inside) hits += own;
    }
    const share = all ? Math.round((100 * hits) / all) : 0;
    shown.textContent = from === to ? `${from}: ${hits} / ${all} (${share} %)` : `${from}–${to}: ${hits} / ${all} (${share} %)`;
  }
  function apply() {
    const [from, to] = span();
    const whole = from === Number(first.min) && to === Number(first.max);
    form.elements.from.value = whole ? "" : from;
    form.elements.to.value = whole ? "" : to;
    form.requestSubmit();
  }
  for (const slider of [first, last]) {
    slider.addEventListener("input", draw);
    slider.addEventListener("change", apply);
  }

  function yearAt(event) {
    const box = chart.getBoundingClientRect();
    const at = Math.floor((years.length * (event.clientX - box.left)) / box.width);
    return years[Math.min(Math.max(at, 0), years.length - 1)].year;
  }
  chart.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    chart.setPointerCapture(event.pointerId);
    const start = yearAt(event);
    const move = (moved) => {
      const now = yearAt(moved);
      first.value = Math.min(start, now);
      last.value = Math.max(start, now);
      draw();
    };
    move(event);
    chart.addEventListener("pointermove", move);
    chart.addEventListener("pointerup", () => {
      chart.removeEventListener("pointermove", move);
      apply();
    }, { once: true });
  });
}

if (location.pathname === searchPath) {
  history.scrollRestoration = "manual";
  addEventListener("pagehide", () => history.replaceState({ scroll: scrollY }, ""));
  if (history.state?.scroll) scrollTo({ top: history.state.scroll });
}
prepareField();
prepareKeys();
enhance();
remember();
