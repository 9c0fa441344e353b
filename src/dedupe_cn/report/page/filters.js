// Which repeats are shown, and in what order.

const filters = $("filters");
/** The document all repeats are to be of (null: any), how many documents are listed, and what is plotted. */
const chosen = { document: null, listed: 60, plotted: null };

function fits(repeat) {
  const { decision, rule, likeness, kind, left, verdict, low, high, text } = filters.elements;
  const states = { goes: repeat.goes, stays: !repeat.goes && !repeat.pair, near: Boolean(repeat.near) };
  if (decision.value && !states[decision.value]) return false;
  if (rule.value && repeat.rule !== rule.value) return false;
  if (likeness.value && (repeat.likeness ?? "exact") !== likeness.value) return false;
  if (kind.value && !repeat.kinds?.includes(kind.value)) return false;
  if (left.value && repeat.left !== left.value) return false;
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
  const likenesses = ["exact", "noise", "contained", "meaning"].map((name) => [name, (r) => (r.likeness ?? "exact") === name]);
  const found = likenesses.filter(([, test]) => page.repeats.some(test));
  choices("likeness", [["", say("any")], ...found.map(([name, test]) => [name, counted(say(`likeness-${name}`), test)])]);
  const kinds = Object.keys(page.kinds).filter((name) => page.repeats.some((r) => r.kinds?.includes(name)));
  choices("kind", [["", say("any")], ...kinds.map((name) => [name, counted(kindWords(name), (r) => r.kinds?.includes(name))])]);
  const lefts = Object.entries(page.left).map(([name, words]) => [name, counted(words[view.language === "zh" ? 1 : 0], (r) => r.left === name)]);
  choices("left", [["", say("any")], ...lefts]);
  choices("decision", [
    ["", say("any")],
    ["goes", counted(say(page.preview ? "goes" : "went"), (r) => r.goes)],
    ["stays", counted(say("stays"), (r) => !r.goes && !r.pair)],
    ["near", counted(say("near"), (r) => r.near)],
  ]);
  choices("verdict", [["", say("any")], ["open", say("open")], ...[REMOVE, KEEP, OTHER].map((name) => [name, say(VERDICT_WORDS[name])])]);
  choices("order", ["doubt", "place", "long"].map((name) => [name, say(`order-${name}`)]));
}

/** Show all again, of every document. */
function resetFilters() {
  filters.reset();
  chooseDocument(null);
}
