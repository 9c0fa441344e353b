// The page itself: summary, documents, filters, keys, and what changes when somebody decides.

const MANY_DOCUMENTS = 60;
const filters = $("filters");
const chosen = { document: null, listed: MANY_DOCUMENTS, plotted: null };

// ---- filters

function fits(repeat) {
  const { decision, rule, verdict, low, high, text } = filters.elements;
  const states = { goes: repeat.goes, stays: !repeat.goes && !repeat.pair, near: Boolean(repeat.near) };
  if (decision.value && !states[decision.value]) return false;
  if (rule.value && repeat.rule !== rule.value) return false;
  if (chosen.document !== null && repeat.d !== chosen.document) return false;
  const score = percent(repeat.score);
  const most = high.value === "" ? 100 : Number(high.value);
  if (score < Number(low.value) || score > most) return false;
  if (verdict.value && (verdictOf(repeat) ?? "open") !== verdict.value) return false;
  return !text.value.trim() || searched(repeat).includes(text.value.trim().normalize("NFKC").toLowerCase());
}

/** Give what the search looks into, the same whatever the width of its characters. */
function searched(repeat) {
  if (repeat.searched) return repeat.searched;
  const words = (pieces) => (pieces ?? []).map((piece) => (Array.isArray(piece) ? piece[1] : piece || "…")).join("");
  const all = [page.documents[repeat.d].path, words(repeat.copy), words(repeat.kept), repeat.id ?? ""];
  repeat.searched = all.join("\n").normalize("NFKC").toLowerCase();
  return repeat.searched;
}

const place = (index) => [page.repeats[index].d, page.repeats[index].at?.[0] ?? -1];
const orders = {
  doubt: () => 0,
  place: (a, b) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1],
  long: (a, b) => page.repeats[b].chars - page.repeats[a].chars,
};

function filter() {
  const shown = [...page.repeats.keys()].filter((index) => fits(page.repeats[index]));
  showList(shown.sort(orders[filters.elements.order.value] ?? orders.doubt));
  tellCount();
  if (shown.length) goTo(0, { focus: false });
  else plot(chosen.document, -1);
}

function tellCount() {
  if (!page.repeats.length) $("count").textContent = say("none");
  else if (!list.shown.length) $("count").textContent = say("none-fit");
  else $("count").textContent = say("shown", { n: list.shown.length, all: page.repeats.length });
}

function choices(name, values) {
  const select = filters.elements[name];
  const before = select.value;
  select.replaceChildren(...values.map(([value, words]) => make("option", { value }, words)));
  select.value = before;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

function counted(words, test) {
  return `${words} (${page.repeats.filter(test).length.toLocaleString("en-US")})`;
}

function fillFilters() {
  const rules = [...new Set(page.repeats.map((repeat) => repeat.rule))].sort();
  choices("rule", [["", say("any")], ...rules.map((rule) => [rule, counted(rule, (r) => r.rule === rule)])]);
  choices("decision", [
    ["", say("any")],
    ["goes", counted(say(page.preview ? "goes" : "went"), (r) => r.goes)],
    ["stays", counted(say("stays"), (r) => !r.goes && !r.pair)],
    ["near", counted(say("near"), (r) => r.near)],
  ]);
  choices("verdict", [["", say("any")], ["open", say("open")], [REMOVE, say("accepted")], [KEEP, say("rejected")]]);
  choices("order", ["doubt", "place", "long"].map((name) => [name, say(`order-${name}`)]));
}

// ---- summary and documents

function tile(number, words, name = "") {
  return make("li", { class: name }, make("b", {}, number.toLocaleString("en-US")), " ", make("span", {}, words));
}

function fillSummary() {
  const sum = page.summary;
  const words = (key, n) => say(`sum-${key}`, { n });
  $("tiles").replaceChildren(
    tile(sum.files, words("files", sum.files)),
    tile(sum.changed, words(page.preview ? "would-change" : "changed", sum.changed)),
    tile(sum.removals, words(page.preview ? "would-remove" : "removals", sum.removals), "went"),
    tile(sum.chars_removed, words("chars", sum.chars_removed), "went"),
    tile(sum.reported, words("reported", sum.reported), "reported"),
    ...(sum.errors ? [tile(sum.errors, words("errors", sum.errors), "failed")] : []),
  );
  const notices = [];
  if (page.written) notices.push(say("written"));
  if (page.more) notices.push(say("more", { n: page.more }));
  $("notice").textContent = notices.join(" ");
  $("level").textContent = say("level", { level: page.level });
}

function documentOf(number) {
  const it = page.documents[number];
  const lines = [];
  if (it.error) lines.push(make("span", { class: "failed" }, say("failed", { what: it.error })));
  const [applied, reported] = it.counts ?? [0, 0];
  if (it.strip) lines.push(say(page.preview ? "doc-line" : "doc-line-done", { applied, reported }));
  const tidied = [...Object.entries(it.tidied ?? {}).map(([rule, n]) => `${rule} ${n.toLocaleString("en-US")}`), ...(it.notes ?? [])];
  if (tidied.length) lines.push(say(page.preview ? "would-tidy" : "tidied", { list: tidied.join(say("comma")) }));
  for (const [rule, n, line] of it.warnings ?? []) lines.push(say("suspicious", { rule, n, line }));
  const inside = [
    quoted(it.path),
    it.strip ? stripOf(it, true) : null,
    ...lines.map((line) => make("span", { class: "small" }, line)),
  ];
  const pressed = String(chosen.document === number);
  const click = () => chooseDocument(chosen.document === number ? null : number);
  if (!it.strip) return make("li", {}, make("div", { class: "document" }, ...inside));
  return make("li", {}, make("button", { type: "button", class: "document", "aria-pressed": pressed, title: say("only-this"), on: { click } }, ...inside));
}

function fillDocuments() {
  const numbers = [...page.documents.keys()].slice(0, chosen.listed);
  $("documents").replaceChildren(...numbers.map(documentOf));
  const rest = page.documents.length - numbers.length;
  $("more-documents").hidden = rest === 0;
  $("more-documents").textContent = say("show-more", { n: Math.min(rest, MANY_DOCUMENTS) });
  $("left-out").textContent = page.left_out ? say("left-out", { n: page.left_out }) : "";
  $("all-documents").setAttribute("aria-pressed", String(chosen.document === null));
  $("all-documents").hidden = page.documents.length < 2;
}

function chooseDocument(number) {
  chosen.document = number;
  const pressed = [...$("documents").querySelectorAll("button.document")];
  fillDocuments();
  const again = [...$("documents").querySelectorAll("button.document")];
  again[pressed.indexOf(document.activeElement)]?.focus();
  filter();
}

function plot(number, index) {
  const document_ = number === null ? null : page.documents[number];
  $("plot-path").replaceChildren(document_ ? quoted(document_.path) : say("plot-none"));
  const drawn = Boolean(document_?.strip);
  $("plot").replaceChildren(...(drawn ? [plotOf(number, index, jump)] : []));
  $("plot-strip").replaceChildren(...(drawn ? [stripOf(document_, true)] : []));
  $("plot-help").textContent = drawn ? say(document_.dots ? "plot-help" : "plot-long", { gram: page.gram }) : "";
  const names = { stays: "legend-stays", source: "legend-source", reported: "legend-reported", went: "legend-went" };
  const entries = Object.entries(names).map(([name, key]) => make("li", {}, make("span", { class: `swatch ${name}`, "aria-hidden": "true" }), say(key)));
  $("legend").replaceChildren(...(drawn ? entries : []));
  chosen.plotted = [number, index];
}

/** Go to a repeat by its number, even where the filters hide it. */
function jump(index) {
  if (!list.shown.includes(index)) {
    filters.reset();
    filter();
  }
  goTo(list.shown.indexOf(index));
}

// ---- verdicts

function act(index, verdict, { advance = false } = {}) {
  const repeat = page.repeats[index];
  const members = decide(repeat, verdict);
  if (!members.length) return;
  if (!advance) goTo(list.shown.indexOf(index), { focus: false });
  refresh(members);
  tellDone();
  $("told").textContent = say(verdict === REMOVE ? "told-accepted" : verdict === KEEP ? "told-rejected" : "told-cleared");
  if (advance) goTo(nextOpen());
}

function tellDone() {
  const all = [...groups.values()];
  const n = all.filter((group) => verdictOf(page.repeats[group.members[0]]) !== null).length;
  $("done").textContent = say("done", { n, all: all.length });
  $("progress").max = Math.max(1, all.length);
  $("progress").value = n;
  $("forget").disabled = changed.size === 0;
  $("bar").hidden = !page.ledger || !all.length;
}

function exportVerdicts() {
  if (!page.ledger) return;
  if (!changed.size) {
    $("told").textContent = say("nothing-to-export");
    return;
  }
  save();
  $("told").textContent = say("exported", { file: page.ledger.name, old: recorded.size });
}

// ---- language, theme, keys

const KEYS = [
  ["j", "key-next", () => goTo(list.current + 1)],
  ["k", "key-previous", () => goTo(list.current - 1)],
  ["a", "key-accept", () => current((index) => act(index, REMOVE, { advance: true }))],
  ["r", "key-reject", () => current((index) => act(index, KEEP, { advance: true }))],
  ["u", "key-clear", () => current((index) => act(index, null))],
  ["e", "key-export", exportVerdicts],
  ["/", "key-search", () => filters.elements.text.focus()],
  ["l", "key-language", () => speak(view.language === "zh" ? "en" : "zh")],
  ["t", "key-theme", () => nextTheme()],
  ["?", "key-help", () => showHelp()],
];

function current(call) {
  if (list.current >= 0) call(list.shown[list.current]);
}

function onKey(event) {
  if (!view.keys || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || $("keys").open) return;
  if (event.target.closest("input, select, textarea")) return;
  // An input method for Chinese takes the letter; the key itself still says which one it was.
  const code = /^Key([A-Z])$/.exec(event.code);
  const letter = event.key === "Process" && code ? code[1] : event.key.replace("？", "?").replace("／", "/");
  const found = KEYS.find(([key]) => key === letter.toLowerCase());
  if (!found) return;
  event.preventDefault();
  found[2]();
}

function showHelp() {
  if (!$("keys").open) $("keys").showModal();
}

function fillHelp() {
  $("key-list").replaceChildren(
    ...KEYS.flatMap(([key, words]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, say(words))]),
  );
  const groupsOfKinds = [...new Set(Object.values(page.kinds).map(([group]) => group))];
  $("kinds").replaceChildren(
    ...groupsOfKinds.map((group) => {
      const names = Object.keys(page.kinds).filter((name) => page.kinds[name][0] === group);
      const words = names.map((name) => `${kindWords(name)} (${name})`).join(say("comma"));
      return make("li", {}, make("mark", { class: group }, say(`group-${group}`)), " ", words);
    }),
  );
  $("limits").textContent = say("about-limits", { whole: page.limits[0], differing: page.limits[1] });
}

function speak(language) {
  view.language = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = `${say("title")} – dedupe-cn ${page.version}`;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  $("language").textContent = say("language");
  $("language").setAttribute("aria-label", say("language-label"));
  $("told").textContent = "";
  fillSummary();
  fillFilters();
  fillDocuments();
  fillHelp();
  tellCount();
  tellDone();
  dress(view.theme);
  refreshAll();
  if (chosen.plotted) plot(...chosen.plotted);
}

function dress(theme) {
  view.theme = theme;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  $("theme").textContent = say(`theme-${theme}`);
}

function nextTheme() {
  dress({ auto: "dark", dark: "light", light: "auto" }[view.theme]);
}

/** Follow the address: `#lang=zh&theme=dark&repeat=3&filter=off`, each part as wished. */
function follow() {
  const wishes = new URLSearchParams(location.hash.slice(1));
  if (["zh", "en"].includes(wishes.get("lang"))) speak(wishes.get("lang"));
  if (["auto", "light", "dark"].includes(wishes.get("theme"))) dress(wishes.get("theme"));
  if (wishes.has("repeat")) jump(Math.min(Math.max(0, Number(wishes.get("repeat")) - 1 || 0), page.repeats.length - 1));
}

// ---- begin

/** On a narrow window the documents fold up, so that the repeats come first. */
function unfold(narrow) {
  $("overview").open = !narrow.matches;
}

function begin() {
  const narrow = matchMedia("(max-width: 1000px)");
  unfold(narrow);
  narrow.addEventListener("change", unfold);
  list.act = act;
  list.moved = (index) => plot(page.repeats[index].d, index);
  const restored = restore();
  $("page").hidden = false;
  speak(view.language);
  filter();
  if (!page.repeats.length && page.documents.length) plot(null, -1);
  follow();
  if (restored) $("told").textContent = say("restored", { n: restored });

  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("input", filter);
  filters.addEventListener("reset", () => setTimeout(() => chooseDocument(null)));
  $("list").addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (!card) return;
    const position = list.shown.indexOf(Number(card.dataset.index));
    if (position !== list.current) goTo(position, { focus: false });
  });
  $("all-documents").addEventListener("click", () => chooseDocument(null));
  $("more-documents").addEventListener("click", () => {
    chosen.listed += MANY_DOCUMENTS;
    fillDocuments();
  });
  $("language").addEventListener("click", () => speak(view.language === "zh" ? "en" : "zh"));
  $("theme").addEventListener("click", nextTheme);
  $("help").addEventListener("click", showHelp);
  $("keys-on").addEventListener("change", () => (view.keys = $("keys-on").checked));
  $("export").addEventListener("click", exportVerdicts);
  $("forget").addEventListener("click", () => {
    forget();
    refreshAll();
    tellDone();
    $("told").textContent = say("told-cleared");
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeunload", (event) => {
    if (!exported && memory.get(visit) === null) event.preventDefault();
  });
  document.documentElement.dataset.ready = "";
}

begin();
