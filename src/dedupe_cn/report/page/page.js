// What changes when somebody decides, the keys, language and theme, and the beginning.

// ---- verdicts

/** The verdicts before all that were shown got one. */
const undone = { before: new Map() };

function act(index, verdict, { advance = false } = {}) {
  const repeat = page.repeats[index];
  const members = decide(repeat, verdict);
  if (!members.length) return;
  remember();
  $("undo").hidden = true;
  if (!advance) goTo(list.shown.indexOf(index), { focus: false });
  refresh(members);
  tellDone();
  $("told").textContent = say(verdict === null ? "told-cleared" : `told-${VERDICT_WORDS[verdict]}`);
  if (advance) goTo(nextOpen());
}

/**
 * Decide on everything that is shown and still open, after asking; one click takes it back. Nothing whose numbers,
 * dates, negations and the like differ is accepted in this way: each of those wants to be looked at.
 */
function actOnAll(verdict) {
  const before = new Map(changed);
  const open = list.shown.map((index) => page.repeats[index]).filter((it) => it.key && verdictOf(it) === null);
  const asked = verdict === KEEP ? open : open.filter((it) => !it.guarded && it.file === undefined && it.other === undefined);
  const left = open.length - asked.length;
  const question = verdict === KEEP ? "ask-many-rejected" : "ask-many-accepted";
  $("ask-text").textContent = say(question, { n: asked.length }) + (left ? ` ${say("ask-left", { n: left })}` : "");
  $("ask").returnValue = "";
  $("ask").onclose = () => $("ask").returnValue === "yes" && decideOn(asked, verdict, before);
  $("ask").showModal();
}

function decideOn(asked, verdict, before) {
  for (const repeat of asked) decide(repeat, verdict);
  const n = asked.length;
  remember();
  refreshAll();
  tellDone();
  $("told").textContent = say(verdict === REMOVE ? "told-many-accepted" : "told-many-rejected", { n });
  undone.before = before;
  $("undo").hidden = n === 0;
}

function undo() {
  restoreTo(undone.before);
  $("undo").hidden = true;
  refreshAll();
  tellDone();
  $("told").textContent = say("told-undone");
}

function tellDone() {
  const all = page.repeats.filter((repeat) => repeat.key);
  const n = all.filter((repeat) => verdictOf(repeat) !== null).length;
  $("done").textContent = say("done", { n, all: all.length });
  $("progress").max = Math.max(1, all.length);
  $("progress").value = n;
  $("forget").disabled = changed.size === 0;
  $("all").hidden = !page.ledger || !all.length;
  $("bar").hidden = !page.ledger || !all.length;
}

function exportVerdicts() {
  if (!page.ledger) return;
  if (!changed.size) {
    $("told").textContent = say("nothing-to-export");
    return;
  }
  save();
  const too = recorded.size ? ` ${say("exported-too", { n: recorded.size })}` : "";
  const saved = savedName();
  const folder = page.ledger.name.slice(0, page.ledger.name.lastIndexOf("/") + 1);
  const command = `dedupe-cn clean --write --only-decided --decisions ${shell(folder + saved)} ${decidedPaths().map(shell).join(" ")}`;
  $("told").replaceChildren(say("exported", { file: saved, beside: page.ledger.name }), " ", make("code", {}, command), too);
}

// ---- language, theme, keys

const KEYS = [
  ["j", "key-next", () => goTo(list.current + 1)],
  ["k", "key-previous", () => goTo(list.current - 1)],
  ["a", "key-accept", () => current((index) => act(index, REMOVE, { advance: true }))],
  ["r", "key-reject", () => current((index) => act(index, KEEP, { advance: true }))],
  ["o", "key-other", () => current((index) => act(index, OTHER, { advance: true }))],
  ["u", "key-clear", () => current((index) => act(index, null))],
  ["c", "key-around", () => current(unfold)],
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
  if (!view.keys || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || $("keys").open || $("ask").open) return;
  if (event.target.closest("input, select, textarea")) return;
  // An input method for Chinese takes the letter; the key itself still says which one it was.
  const code = /^Key([A-Z])$/.exec(event.code);
  const letter = event.key === "Process" && code ? code[1] : event.key.replace("？", "?").replace("／", "/");
  const found = KEYS.find(([key]) => key === letter.toLowerCase());
  if (!found) return;
  event.preventDefault();
  found[2]();
}

/** Show the document around a repeat, or hide it. */
function unfold(index) {
  page.repeats[index].unfolded = !page.repeats[index].unfolded;
  refresh([index]);
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
function unfoldOverview(narrow) {
  $("overview").open = !narrow.matches;
}

function begin() {
  const narrow = matchMedia("(max-width: 1000px)");
  unfoldOverview(narrow);
  narrow.addEventListener("change", unfoldOverview);
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
  filters.addEventListener("change", (event) => event.target.localName === "select" && filter());
  filters.addEventListener("input", (event) => event.target.localName === "input" && filter());
  filters.addEventListener("reset", () => setTimeout(() => chooseDocument(null)));
  $("list").addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (!card) return;
    const position = list.shown.indexOf(Number(card.dataset.index));
    if (position !== list.current) goTo(position, { focus: false });
    // The bar must not cover what the keyboard has reached; a click stays where it is.
    if (event.target.matches(":focus-visible")) event.target.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
  $("all-documents").addEventListener("click", () => chooseDocument(null));
  $("more-documents").addEventListener("click", () => {
    chosen.listed += MORE_DOCUMENTS;
    fillDocuments();
  });
  $("language").addEventListener("click", () => speak(view.language === "zh" ? "en" : "zh"));
  $("theme").addEventListener("click", nextTheme);
  $("help").addEventListener("click", showHelp);
  $("keys-on").addEventListener("change", () => (view.keys = $("keys-on").checked));
  $("export").addEventListener("click", exportVerdicts);
  $("all-accept").addEventListener("click", () => actOnAll(REMOVE));
  $("all-reject").addEventListener("click", () => actOnAll(KEEP));
  $("undo").addEventListener("click", undo);
  $("forget").addEventListener("click", () => {
    undone.before = new Map(changed);
    restoreTo(new Map());
    $("undo").hidden = false;
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
