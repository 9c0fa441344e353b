// One repeat as a card: both passages, their differences, the verdict.

/** Passages are Chinese in whatever language the page is: fonts and voices go by that. */
const CHINESE = { lang: "zh", dir: "auto" };

function piecesOf(pieces) {
  return pieces.map((piece) => {
    if (typeof piece === "number") return make("span", { class: "cut", lang: document.documentElement.lang }, say("cut", { n: piece }));
    if (typeof piece === "string") return piece;
    const [kind, text] = piece;
    if (text) return make("mark", { class: groupOf(kind), title: kindWords(kind) }, text);
    return make("mark", { class: `${groupOf(kind)} nothing`, title: `${kindWords(kind)}${say("comma")}${say("missing-here")}` }, "‸");
  });
}

function groupOf(kind) {
  return (page.kinds[kind] ?? page.kinds.other)[0];
}

function kindWords(kind) {
  const [, english, chinese] = page.kinds[kind] ?? page.kinds.other;
  return view.language === "zh" ? chinese : english;
}

function passageOf(pieces, before, after) {
  const beside = (text) => (text ? make("span", { class: "beside" }, text) : null);
  return make("p", { class: "passage", ...CHINESE }, beside(before), make("span", { class: "body" }, ...piecesOf(pieces)), beside(after));
}

/** Where a place is: what a person finds in the program that shows the file, or its line. */
function placeWords(repeat, number) {
  return repeat.named?.[number] || say("line", { line: String((number ? repeat.at : repeat.from)[2]) });
}

/** Whether the two places of a document have other headings: then the same words may be meant twice. */
function standsElsewhere(repeat) {
  return repeat.other === undefined && repeat.under[0] !== repeat.under[1];
}

/** One of the two places (0 the first one, 1 the copy): what becomes of it, its headings, the passage and what is around. */
function sideOf(repeat, number, title) {
  const name = number ? "copy" : "kept";
  const pieces = repeat[name] ?? repeat.copy;
  const headings = page.headings[repeat.under[number]];
  const above = headings ? make("p", { class: standsElsewhere(repeat) ? "under elsewhere" : "under", ...CHINESE }, headings) : null;
  const side = (...inside) => make("section", { class: `side ${name}` }, make("h4", {}, title), above, ...inside);
  if (!repeat.unfolded) return side(passageOf(pieces, ...repeat.around.slice(number ? 0 : 2).slice(0, 2)));
  const lines = repeat.lines?.[number] ?? page.documents[repeat.d].surroundings;
  const row = (line) => make("p", { class: "line", ...CHINESE }, make("small", {}, String(line)), " ", lines[line]);
  const [before, behind, head, tail] = repeat.where[number];
  return side(...before.map(row), passageOf(pieces, head, tail), ...behind.map(row));
}

function sidesOf(repeat) {
  if (repeat.file !== undefined) {
    const [before, after] = say("identical", { path: "\n" }).split("\n");
    return make("p", { class: "whole" }, before, quoted(repeat.file), after);
  }
  const paths = [repeat.other, page.documents[repeat.d].path];
  const words = repeat.goes ? ["side-kept", page.preview ? "side-goes" : "side-went"] : ["side-first", "side-copy"];
  const title = (number) => (repeat.other === undefined ? `${say(words[number])} · ${placeWords(repeat, number)}` : quoted(`${paths[number]}:${(number ? repeat.at : repeat.from)[2]}`));
  return make("div", { class: "sides" }, sideOf(repeat, 0, title(0)), sideOf(repeat, 1, title(1)));
}

/** What differs, class by class, the gravest first. */
function differencesOf(repeat) {
  if (!repeat.differences?.length) return null;
  const classes = new Map();
  for (const [removed, kept, kind] of repeat.differences) {
    if (!classes.has(kind)) classes.set(kind, []);
    classes.get(kind).push(make("span", { class: "pair", ...CHINESE }, kept || "∅", make("span", { class: "arrow" }, " → "), removed || "∅"));
  }
  const items = [...classes].map(([kind, pairs]) => make("li", { class: groupOf(kind) }, make("b", {}, kindWords(kind)), " ", ...pairs));
  if (repeat.further) items.push(make("li", { class: "further" }, say("further", { n: repeat.further })));
  return make("ul", { class: "differences", "aria-label": say("differs") }, ...items);
}

/** The further places of a finding that stands in more places than two. */
function placesOf(repeat) {
  if (repeat.beside || repeat.files) {
    const more = repeat.files ? [" ", say("in-files", { n: repeat.files })] : [];
    return make("p", { class: "places small" }, quoted((repeat.beside ?? []).join(say("comma"))), ...more);
  }
  if (!repeat.places) return null;
  const lines = repeat.places.map((place) => place[2]);
  const words = say("places", { n: lines.length + (repeat.elsewhere ?? 0), list: lines.join(say("comma")) });
  const more = repeat.elsewhere ? [say("comma"), say("further", { n: repeat.elsewhere })] : [];
  return make("p", { class: "places small" }, words, ...more);
}

function stateWords(repeat) {
  if (repeat.pair) return ["near", say("badge-near")];
  if (!repeat.goes) return ["stays", say("badge-stays")];
  return page.preview ? ["goes", say("badge-goes")] : ["goes", say("badge-went")];
}

function factsOf(repeat) {
  const facts = [];
  if (repeat.unit) facts.push(say(`unit-${repeat.unit}`));
  if (repeat.score < 1) facts.push(`${percent(repeat.score)} %`);
  facts.push(say("chars", { n: repeat.chars }));
  if (repeat.count) facts.push(say("copies", { n: repeat.count + 1 }));
  if (!repeat.goes && repeat.level) facts.push(say("from-level", { level: repeat.level }));
  const group = repeat.key && groups.get(repeat.key);
  if (group && group.members.length > 1) facts.push(say("siblings", { n: group.members.length }));
  return facts.join(" · ");
}

const VERDICT_WORDS = { [REMOVE]: "accepted", [KEEP]: "rejected", [OTHER]: "turned" };

function actionsOf(repeat, act) {
  if (!repeat.key) {
    if (!page.ledger) return null;
    return make("p", { class: "small" }, say(repeat.pair ? "no-verdict-pair" : "no-verdict-file"));
  }
  const whole = repeat.file !== undefined || repeat.other !== undefined;
  const verdict = verdictOf(repeat);
  const button = (name, value, words, key) =>
    make(
      "button",
      { type: "button", class: name, "aria-pressed": String(verdict === value), on: { click: () => act(value) } },
      words,
      " ",
      make("kbd", { "aria-hidden": "true" }, key),
    );
  return make(
    "div",
    { class: "actions", role: "group", "aria-label": say("verdict") },
    whole ? null : button("accept", REMOVE, say("accept"), "A"),
    whole || !hasOther(repeat) ? null : button("other", OTHER, say("keep-other"), "O"),
    button("reject", KEEP, say(whole ? "reject-file" : "reject"), "R"),
    verdict === null
      ? null
      : make("button", { type: "button", class: "clear", on: { click: () => act(null) } }, say("clear"), " ", make("kbd", { "aria-hidden": "true" }, "U")),
  );
}

/** The button that shows the lines of the document before and behind both places. */
function aroundOf(repeat, index) {
  if (!repeat.where) return null;
  const key = make("kbd", { "aria-hidden": "true" }, "C");
  return make(
    "button",
    { type: "button", class: "around", "aria-expanded": String(Boolean(repeat.unfolded)), on: { click: () => unfold(index) } },
    say("around"),
    " ",
    key,
  );
}

/** Make the card of a repeat, the `position`-th of those shown. */
function cardOf(index, position, total, act) {
  const repeat = page.repeats[index];
  const document_ = page.documents[repeat.d];
  const [state, words] = stateWords(repeat);
  const verdict = verdictOf(repeat);
  const name = `repeat-${index}`;
  const line = repeat.at ? `:${repeat.named ? repeat.named[1] : repeat.at[2]}` : "";
  return make(
    "article",
    {
      class: `card ${state} ${verdict ?? "open"}`,
      id: name,
      tabindex: "0",
      "aria-posinset": position + 1,
      "aria-setsize": total,
      "aria-labelledby": `${name}-head`,
      "aria-describedby": `${name}-why`,
      "data-index": index,
    },
    make(
      "header",
      {},
      make(
        "h3",
        { id: `${name}-head` },
        make("span", { class: `badge ${state}` }, words),
        repeat.near && !repeat.pair ? make("span", { class: "badge near" }, say("badge-near")) : null,
        " ",
        make("code", {}, repeat.rule),
        " ",
        repeat.likeness ? make("span", { class: "likeness" }, say(`likeness-${repeat.likeness}`)) : null,
        repeat.likeness ? " " : null,
        make("span", { class: "place" }, quoted(document_.path), line),
      ),
      make("p", { class: "facts" }, make("span", { class: "number" }, say("position", { n: position + 1, all: total })), ` · ${factsOf(repeat)}`),
      make("p", { class: "why", id: `${name}-why` }, reason(repeat.why)),
    ),
    sidesOf(repeat),
    placesOf(repeat),
    differencesOf(repeat),
    make(
      "footer",
      {},
      actionsOf(repeat, (value) => act(index, value)),
      aroundOf(repeat, index),
      verdict === null ? null : make("span", { class: `stamp ${verdict}` }, say(VERDICT_WORDS[verdict])),
      repeat.id ? make("code", { class: "id" }, repeat.id.slice(0, 8)) : null,
    ),
  );
}
