// What a person does: one verdict, many at once, all of them forgotten; the last steps can be taken back.

const MOST_STEPS = 10;
/** The last steps: the verdicts before each, and the repeat that it was about (null: many). */
const steps = [];

/** Take a step: `change` decides, and it can be taken back. */
function step(index, change) {
  const before = new Map(changed);
  const members = change();
  steps.push({ before, index });
  if (steps.length > MOST_STEPS) steps.shift();
  remember();
  refresh(members);
  tellDone();
}

function act(index, verdict, { advance = false } = {}) {
  const repeat = page.repeats[index];
  if (!mayDecide(repeat, verdict)) return;
  if (!advance) goTo(list.shown.indexOf(index), { focus: false });
  if (verdictOf(repeat) !== verdict) step(index, () => decide(repeat, verdict));
  const told = say(verdict === null ? "told-cleared" : `told-${VERDICT_WORDS[verdict]}`);
  const next = nextOpen();
  $("told").textContent = next < 0 ? `${told}${say("stop")}${say("told-all")}` : told;
  if (advance) goTo(next < 0 ? list.current : next);
}

/**
 * Decide on everything that is shown and still open, after asking. Nothing whose numbers, dates, negations and the like
 * differ is accepted in this way: each of those wants to be looked at.
 */
function actOnAll(verdict) {
  const open = list.shown.map((index) => page.repeats[index]).filter((it) => it.key && verdictOf(it) === null);
  const asked = verdict === KEEP ? open : open.filter((it) => !it.guarded && mayDecide(it, verdict));
  const left = open.length - asked.length;
  const question = verdict === KEEP ? "ask-many-rejected" : "ask-many-accepted";
  $("ask-text").textContent = say(question, { n: asked.length }) + (left ? ` ${say("ask-left", { n: left })}` : "");
  $("ask").returnValue = "";
  $("ask").onclose = () => $("ask").returnValue === "yes" && asked.length && decideOn(asked, verdict);
  $("ask").showModal();
}

function decideOn(asked, verdict) {
  step(null, () => {
    for (const repeat of asked) decide(repeat, verdict);
    return withElements();
  });
  $("told").textContent = say(verdict === REMOVE ? "told-many-accepted" : "told-many-rejected", { n: asked.length });
}

function forget() {
  step(null, () => {
    restoreTo(new Map());
    return withElements();
  });
  $("told").textContent = say("told-forgotten");
}

/** Take the last step back, and go to the repeat that it was about. */
function undo() {
  const last = steps.pop();
  if (!last) return;
  restoreTo(last.before);
  refresh(withElements());
  tellDone();
  $("told").textContent = say("told-undone", { n: steps.length });
  if (last.index !== null) goTo(list.shown.indexOf(last.index));
}

function tellDone() {
  const all = page.repeats.filter((repeat) => repeat.key);
  const n = all.filter((repeat) => verdictOf(repeat) !== null).length;
  $("done").textContent = say("done", { n, all: all.length });
  $("progress").max = Math.max(1, all.length);
  $("progress").value = n;
  $("undo").disabled = steps.length === 0;
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
