// What a person decides, and the decisions file made from it: byte for byte what `dedupe-cn decide` writes.

const KEEP = "keep";
const REMOVE = "remove";
/** The choice by which the copy goes that the page shows as staying; the file names the one that stays by its place. */
const OTHER = "other";
const VERDICTS = [KEEP, REMOVE, "keep-first", "keep-last"];
/** Where verdicts of this very page wait for the next visit. */
const visit = `verdicts:${page.fingerprint}`;
const rowKey = (path, id) => `${path}\n${id}`;
const recorded = new Map((page.ledger ? page.ledger.rows : []).map((row) => [rowKey(row.path, row.id), row]));
/** Changed verdicts by document and id: keep, remove, or null for none. */
const changed = new Map();
/** Repeats that share a verdict, and the row that would keep them. */
const groups = new Map();
let exported = true;

page.repeats.forEach((repeat, index) => {
  if (!page.ledger || !repeat.id) return;
  repeat.key = rowKey(page.documents[repeat.d].name, repeat.id);
  if (!groups.has(repeat.key)) groups.set(repeat.key, { path: page.documents[repeat.d].name, row: null, members: [] });
  const group = groups.get(repeat.key);
  group.members.push(index);
  if (repeat.row) group.row = repeat.row;
});

/** What was decided before. A repeat that was to be kept is here because there are more copies: it is open again. */
function former(repeat) {
  const verdict = recorded.get(repeat.key)?.verdict ?? KEEP;
  return verdict === KEEP ? null : verdict;
}

/** The verdict that is recorded, or to be. */
function recordedOf(repeat) {
  if (!repeat.key) return null;
  return changed.has(repeat.key) ? changed.get(repeat.key) : former(repeat);
}

/** Tell whether a person may choose which of the two stays: not of files, nor of the lines of a page's edge. */
function hasOther(repeat) {
  return Boolean(repeat.at) && repeat.other === undefined && repeat.rule !== "running-line";
}

/** The verdicts by which the copy stays that the page shows as staying, and the other one. */
function byPlace(repeat) {
  const [first, last] = ["keep-first", "keep-last"];
  return repeat.from[0] < repeat.at[0] ? [first, last] : [last, first];
}

/** What was chosen of a repeat: that both stay, that the copy goes, or the other one. */
function verdictOf(repeat) {
  const verdict = recordedOf(repeat);
  if (verdict === null || verdict === KEEP || verdict === REMOVE) return verdict;
  return hasOther(repeat) && verdict === byPlace(repeat)[1] ? OTHER : REMOVE;
}

/** Write a choice as the file does. What the page shows may be turned round by the verdict that was there. */
function asVerdict(repeat, choice) {
  if (choice === OTHER) return byPlace(repeat)[1];
  return choice === REMOVE && hasOther(repeat) && former(repeat) === byPlace(repeat)[0] ? former(repeat) : choice;
}

/** Tell whether a choice can be made of a repeat: no file is deleted, and nothing for what stands in another one. */
function mayDecide(repeat, choice) {
  if (!repeat.key) return false;
  if (choice === OTHER) return hasOther(repeat);
  return choice !== REMOVE || (repeat.file === undefined && repeat.other === undefined);
}

/** Record a choice that can be made; null takes it back. Gives the repeats it holds for. What is to last needs `remember`. */
function decide(repeat, choice) {
  const verdict = asVerdict(repeat, choice);
  if (verdict === former(repeat)) changed.delete(repeat.key);
  else changed.set(repeat.key, verdict);
  return groups.get(repeat.key).members;
}

function restore() {
  const kept = memory.get(visit);
  if (!Array.isArray(kept)) return 0;
  for (const [key, verdict] of kept) {
    if (groups.has(key) && [...VERDICTS, null].includes(verdict)) changed.set(key, verdict);
  }
  exported = changed.size === 0;
  return changed.size;
}

/** Go back to the verdicts of an earlier moment. */
function restoreTo(before) {
  changed.clear();
  for (const [key, verdict] of before) changed.set(key, verdict);
  remember();
}

function remember() {
  exported = changed.size === 0;
  memory.set(visit, changed.size ? [...changed] : null);
}

/** Order as Python does, by code points and not by halves of pairs. */
function compare(one, other) {
  const left = Array.from(one, (c) => c.codePointAt(0));
  const right = Array.from(other, (c) => c.codePointAt(0));
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    if (left[i] !== right[i]) return left[i] - right[i];
  }
  return left.length - right.length;
}

/** Write a value on one line, with the blanks of Python's json. */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${written(part)}`).join(", ")}}`;
  }
  return JSON.stringify(value);
}

/** The whole decisions file: the verdicts there were, with those of this page in their places. */
function decisionsFile() {
  const rows = new Map(recorded);
  for (const [key, verdict] of changed) {
    const group = groups.get(key);
    if (verdict === null) rows.delete(key);
    else rows.set(key, { path: group.path, ...group.row, verdict });
  }
  const sorted = [...rows.values()].sort((a, b) => compare(a.path, b.path) || compare(a.id, b.id));
  const lines = sorted.map((row) => `    ${written(row)}`).join(",\n");
  const head = `{\n  "version": ${page.ledger.version},\n  "tool": "dedupe-cn",\n  "verdicts": [`;
  return `${head}${lines ? `\n${lines}\n  ` : ""}]\n}\n`;
}

/** The name under which the browser saves the file: without the dot, which it would change. */
function savedName() {
  return page.ledger.name.split("/").pop().replace(/^\.+/, "");
}

/** The documents on which anything was decided: what the command is to clean. All of them are "." from so many on. */
function decidedPaths() {
  const paths = new Set();
  for (const group of groups.values()) {
    const repeat = page.repeats[group.members[0]];
    if (verdictOf(repeat) !== null) paths.add(page.documents[repeat.d].path);
  }
  return paths.size && paths.size <= 5 ? [...paths].sort(compare) : ["."];
}

/** Write an argument as a shell reads it. */
function shell(text) {
  return /^[\w./\u3400-\u9fff-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Hand the decisions file to the browser as a download. */
function save() {
  const blob = new Blob([decisionsFile()], { type: "application/json" });
  const address = URL.createObjectURL(blob);
  const link = make("a", { href: address, download: savedName() });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  exported = true;
}
