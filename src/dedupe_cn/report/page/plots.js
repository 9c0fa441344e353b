// The strip of a document and its dot plot. Both have a bounded number of elements, however many repeats there are.

const STRIP_KINDS = ["stays", "source", "reported", "went"];

/** Share of each kind in a strip, in percent. */
function shares(strip) {
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < strip.length; i += 2) sums[strip[i]] += strip[i + 1];
  const [stays, source, reported, went] = sums.map((n) => Math.round((1000 * n) / page.parts) / 10);
  return { went, reported, stays: Math.round(10 * (stays + source)) / 10 };
}

function stripOf(document_, labelled) {
  const paths = ["", "", "", ""];
  for (let i = 0, at = 0; i < document_.strip.length; i += 2) {
    const [kind, length] = [document_.strip[i], document_.strip[i + 1]];
    paths[kind] += `M${at} 0h${length}v1h-${length}z`;
    at += length;
  }
  const label = labelled ? { role: "img", "aria-label": say("strip-label", shares(document_.strip)) } : { "aria-hidden": "true" };
  const parts = paths.map((path, kind) => draw("path", { d: path, class: STRIP_KINDS[kind] }));
  return draw(
    "svg",
    { class: "strip", viewBox: `0 0 ${page.parts} 1`, preserveAspectRatio: "none", ...label },
    ...parts,
  );
}

function kindOf(repeat) {
  if (repeat.pair) return "near";
  return repeat.goes ? "went" : "reported";
}

/** The line of a repeat: from the first characters of both copies to the last ones. */
function lineOf(repeat, length) {
  const scale = page.cells / Math.max(1, length);
  const [one, other] = [repeat.from, repeat.at].sort((a, b) => a[0] - b[0]);
  const [x, y] = [one[0] * scale, other[0] * scale];
  const least = page.cells / 100;
  const size = Math.max(least, Math.min(one[1] - one[0], other[1] - other[0]) * scale);
  return { x, y, size, path: `M${x.toFixed(2)} ${y.toFixed(2)}l${size.toFixed(2)} ${size.toFixed(2)}` };
}

function dotsPath(steps) {
  let path = "";
  let [cell, run, start] = [0, 0, 0];
  const flush = () => {
    if (run) path += `M${start % page.cells} ${Math.floor(start / page.cells)}h${run}v1h-${run}z`;
  };
  for (const step of steps) {
    cell += step;
    if (run && cell === start + run && cell % page.cells) run += 1;
    else {
      flush();
      [start, run] = [cell, 1];
    }
  }
  flush();
  return path;
}

/** The dot plot of a document, with one repeat brought out; `choose` is called with the repeat that was clicked. */
function plotOf(number, current, choose) {
  const document_ = page.documents[number];
  const mine = page.repeats.map((repeat, index) => [repeat, index]).filter(([r]) => r.d === number && r.at && r.other === undefined);
  const lines = mine.map(([repeat, index]) => ({ index, kind: kindOf(repeat), ...lineOf(repeat, document_.length) }));
  const size = page.cells;
  const plot = draw("svg", {
    class: "dots",
    viewBox: `-1 -1 ${size + 2} ${size + 2}`,
    role: "img",
    "aria-label": say("plot-label", { path: document_.path, n: mine.length }),
  });
  plot.append(draw("rect", { class: "ground", x: 0, y: 0, width: size, height: size }));
  plot.append(draw("path", { class: "grid", d: [1, 2, 3].map((n) => `M${(n * size) / 4} 0v${size}M0 ${(n * size) / 4}h${size}`).join("") }));
  plot.append(draw("path", { class: "main", d: `M0 0l${size} ${size}` }));
  if (document_.dots) plot.append(draw("path", { class: "points", d: dotsPath(document_.dots) }));
  for (const kind of ["reported", "near", "went"]) {
    const path = lines.filter((line) => line.kind === kind).map((line) => line.path).join("");
    if (path) plot.append(draw("path", { class: `line ${kind}`, d: path }));
  }
  const chosen = lines.find((line) => line.index === current);
  if (chosen) {
    // From the line to both copies on the main diagonal.
    plot.append(draw("path", { class: "guide", d: `M${chosen.x} ${chosen.x}V${chosen.y}H${chosen.y}` }));
    plot.append(draw("path", { class: `line chosen ${chosen.kind}`, d: chosen.path }));
  }
  plot.addEventListener("click", (event) => {
    const box = plot.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * (size + 2) - 1;
    const y = ((event.clientY - box.top) / box.height) * (size + 2) - 1;
    let [best, nearest] = [null, size / 8];
    for (const line of lines) {
      const along = Math.min(Math.max((x - line.x + y - line.y) / 2, 0), line.size);
      const distance = Math.hypot(x - line.x - along, y - line.y - along);
      if (distance < nearest) [best, nearest] = [line, distance];
    }
    if (best) choose(best.index);
  });
  return plot;
}
