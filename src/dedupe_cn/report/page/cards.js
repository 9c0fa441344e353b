// One repeat as a card: both passages, their differences, the verdict.

function piecesOf(pieces, place) {
  return pieces.map((piece) => {
    if (piece === 0) return make("span", { class: "cut", title: say("cut") }, "…");
    if (typeof piece === "string") return piece;
    const [kind, text] = piece;
    const [group] = page.kinds[kind] ?? page.kinds.other;
    if (text) return make("mark", { class: group, title: kindWords(kind) }, text);
    return make("mark", { class: `${group} nothing`, title: `${kindWords(kind)}${say("comma")}${say("missing-here")}` }, "‸");
  });
}

function kindWords(kind) {
  const [, english, chinese] = page.kinds[kind] ?? page.kinds.other;
  return view.language === "zh" ? chinese : english;
}

function passageOf(pieces, before, after) {
  const beside = (text) => (text ? make("span", { class: "beside" }, text) : null);
  const body = make("span", { class: "body" }, ...piecesOf(pieces));
  return make("p", { class: "passage", dir: "auto" }, beside(before), body, beside(after));
}

function sideOf(name, title, pieces, [before, after]) {
  return make("section", { class: `side ${name}` }, make("h4", {}, title), passageOf(pieces, before, after));
}

function sidesOf(repeat) {
  if (repeat.file !== undefined) {
    const [before, after] = say("identical", { path: "\n" }).split("\n");
    return [make("p", { class: "whole" }, before, quoted(repeat.file), after)];
  }
  const [kept, copy] = repeat.goes
    ? ["side-kept", page.preview ? "side-goes" : "side-went"]
    : ["side-first", "side-copy"];
  if (repeat.other !== undefined) {
    const there = `${repeat.other}:${repeat.from[2]}`;
    const here = `${page.documents[repeat.d].path}:${repeat.at[2]}`;
    const one = sideOf("kept", quoted(there), repeat.kept ?? repeat.copy, ["", ""]);
    return [make("div", { class: "sides" }, one, sideOf("copy", quoted(here), repeat.copy, ["", ""]))];
  }
  const first = sideOf("kept", say(kept, { line: repeat.from[2] }), repeat.kept ?? repeat.copy, repeat.around.slice(2));
  const second = sideOf("copy", say(copy, { line: repeat.at[2] }), repeat.copy, repeat.around);
  return [make("div", { class: "sides" }, first, second)];
}

/** What stands around one of the two passages: lines of the document by their numbers, and the passage among them. */
function contextOf(title, pieces, [before, behind, head, tail], lines) {
  const row = (number) => make("p", { class: "line", dir: "auto" }, make("small", {}, String(number)), " ", lines[number]);
  return make("section", { class: "side" }, make("h4", {}, title), ...before.map(row), passageOf(pieces, head, tail), ...behind.map(row));
}

/** The document around both passages, made when somebody asks for it. */
function aroundOf(repeat) {
  if (!repeat.where) return null;
  const lines = page.documents[repeat.d].surroundings;
  const sides = make("div", { class: "sides" });
  const details = make("details", { class: "around", open: Boolean(repeat.unfolded) }, make("summary", {}, say("around")), sides);
  const fillSides = () => {
    repeat.unfolded = details.open;
    if (!details.open || sides.childElementCount) return;
    const [kept, copy] = repeat.where;
    const line = (place) => say("line", { line: place[2] });
    sides.append(contextOf(line(repeat.from), repeat.kept ?? repeat.copy, kept, lines));
    sides.append(contextOf(line(repeat.at), repeat.copy, copy, lines));
  };
  details.addEventListener("toggle", fillSides);
  fillSides();
  return details;
}

function differencesOf(repeat) {
  if (!repeat.differences?.length) return null;
  const items = repeat.differences.map(([removed, kept, kind]) => {
    const [group] = page.kinds[kind] ?? page.kinds.other;
    return make(
      "li",
      { class: group },
      quoted(kept || "∅"),
      make("span", { class: "arrow" }, " → "),
      quoted(removed || "∅"),
      " ",
      make("small", {}, kindWords(kind)),
    );
  });
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
      make("p", { class: "why" }, reason(repeat.why)),
    ),
    ...sidesOf(repeat),
    aroundOf(repeat),
    placesOf(repeat),
    differencesOf(repeat),
    make(
      "footer",
      {},
      actionsOf(repeat, (value) => act(index, value)),
      verdict === null ? null : make("span", { class: `stamp ${verdict}` }, say(VERDICT_WORDS[verdict])),
      repeat.id ? make("code", { class: "id" }, repeat.id.slice(0, 8)) : null,
    ),
  );
}
