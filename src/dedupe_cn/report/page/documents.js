// The summary, the list of documents, and the plot of the one that is looked at.

const MORE_DOCUMENTS = 60;
/** The documents that have a repeat, be it with another one. */
const repeating = new Set(page.repeats.map((repeat) => repeat.d));

function tile(number, words, name = "") {
  return make("li", { class: name }, make("b", {}, number.toLocaleString("en-US")), " ", make("span", {}, words));
}

function fillSummary() {
  const sum = page.summary;
  const words = (key, n) => say(`sum-${key}`, { n });
  const reported = page.repeats.filter((repeat) => !repeat.goes && !repeat.pair).length + page.more_reported;
  $("tiles").replaceChildren(
    tile(sum.files, words("files", sum.files)),
    tile(sum.changed, words(page.preview ? "would-change" : "changed", sum.changed)),
    tile(sum.removals, words(page.preview ? "would-remove" : "removals", sum.removals), "went"),
    tile(sum.chars_removed, words("chars", sum.chars_removed), "went"),
    tile(reported, words("reported", reported), "reported"),
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
  if (it.error) lines.push(make("span", { class: "failed" }, say("failed", { what: it.error[view.language === "zh" ? 1 : 0] })));
  const [applied, reported] = it.counts ?? [0, 0];
  if (it.strip) lines.push(say(page.preview ? "doc-line" : "doc-line-done", { applied, reported }));
  const tidied = [...Object.entries(it.tidied ?? {}).map(([rule, n]) => `${rule} ${n.toLocaleString("en-US")}`), ...(it.converted ? [say("converted", { before: it.converted })] : [])];
  if (tidied.length) lines.push(say(page.preview ? "would-tidy" : "tidied", { list: tidied.join(say("comma")) }));
  for (const [rule, n, line] of it.warnings ?? []) lines.push(say("suspicious", { rule, n, line: String(line) }));
  const inside = [
    quoted(it.path),
    it.strip ? stripOf(it, true) : null,
    ...lines.map((line) => make("span", { class: "small" }, line)),
  ];
  const pressed = String(chosen.document === number);
  const click = () => chooseDocument(chosen.document === number ? null : number);
  if (!repeating.has(number)) return make("li", {}, make("div", { class: "document" }, ...inside));
  return make("li", {}, make("button", { type: "button", class: "document", "aria-pressed": pressed, title: say("only-this"), on: { click } }, ...inside));
}

function fillDocuments() {
  const numbers = [...page.documents.keys()].slice(0, chosen.listed);
  $("documents").replaceChildren(...numbers.map(documentOf));
  const rest = page.documents.length - numbers.length;
  $("more-documents").hidden = rest === 0;
  $("more-documents").textContent = say("show-more", { n: Math.min(rest, MORE_DOCUMENTS) });
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
  const help = document_?.dots ? "plot-help" : drawn ? "plot-long" : "plot-no-repeat";
  $("plot-help").textContent = document_ ? say(help, { gram: page.gram }) : "";
  const names = { stays: "legend-stays", source: "legend-source", reported: "legend-reported", went: "legend-went" };
  const entries = Object.entries(names).map(([name, key]) => make("li", {}, make("span", { class: `swatch ${name}`, "aria-hidden": "true" }), say(key)));
  $("legend").replaceChildren(...(drawn ? entries : []));
  chosen.plotted = [number, index];
}

/** Go to a repeat by its number, even where the filters hide it. */
function jump(index) {
  if (!list.shown.includes(index)) resetFilters();
  goTo(list.shown.indexOf(index));
}
