/** The drawer: what bot and messenger said to each other, the newest first. */

import { el, iconButton } from "./dom.js";
import { ask } from "./net.js";
import { t } from "./state.js";
import { timeOf } from "./times.js";

const KEPT = 500;

let entries = []; // newest first
let onlyProblems = false;
let changed = () => {};
const rows = new Map(); // entry number → node
const drawer = () => document.getElementById("traffic");

/** How many of the kept entries Slack would have refused. */
export const problems = () => entries.filter((one) => one.problem).length;

export const drawerOpen = () => !drawer().hidden;

/** `onChange()` is called when the drawer opens or closes, or a problem comes in. */
export function prepareTraffic(onChange) {
  changed = onChange;
}

/** Get what was said so far; again after the stream was lost. */
export async function loadTraffic() {
  entries = (await ask("/page/traffic?after=0")).entries.reverse();
  rows.clear();
  drawList();
  changed();
}

export function heardEntry(entry) {
  if (entries.some((one) => one.n === entry.n)) return;
  for (const old of entries.splice(KEPT - 1)) rows.delete(old.n);
  entries.unshift(entry);
  drawList();
  if (entry.problem) changed();
}

export function toggleTraffic() {
  drawer().hidden = !drawer().hidden;
  drawTraffic();
  changed();
  if (drawerOpen()) drawer().querySelector("button")?.focus();
  else document.getElementById("drawer").focus();
}

/** The whole drawer, after a change of language or person. */
export function drawTraffic() {
  rows.clear();
  const filter = el("input", { type: "checkbox", checked: onlyProblems,
    on: { change: (event) => { onlyProblems = event.target.checked; drawList(); } } });
  drawer().replaceChildren(
    el("header", {}, el("h2", {}, t("traffic")),
      iconButton("close", t("closeDrawer"), { on: { click: toggleTraffic } })),
    el("label", { class: "filter" }, filter, t("onlyProblems")),
    el("ol", { "aria-label": t("traffic") }),
  );
  drawList();
}

function drawList() {
  const list = drawer().querySelector("ol");
  if (!list || !drawerOpen()) return;
  const shown = entries.filter((one) => one.problem || !onlyProblems);
  const wanted = shown.map((entry) => rows.get(entry.n) ?? row(entry));
  if (!wanted.length) return list.replaceChildren(el("li", { class: "empty" }, t("nothingSaid")));
  const top = list.scrollTop;
  const tall = list.scrollHeight;
  for (const node of [...list.children]) if (!wanted.includes(node)) node.remove();
  wanted.forEach((node, at) => list.children[at] === node || list.insertBefore(node, list.children[at] ?? null));
  if (top > 0) list.scrollTop = top + list.scrollHeight - tall; // who reads further down stays there
  return undefined;
}

function row(entry) {
  const toBot = entry.direction === "to bot";
  const more = el("details", { class: entry.problem ? "wrong" : "" },
    el("summary", {},
      el("time", {}, timeOf(entry.at)),
      el("span", { class: toBot ? "to" : "from", title: t(toBot ? "toBot" : "fromBot") }, toBot ? "→" : "←"),
      el("span", { class: "summary" }, el("b", {}, entry.kind), " ", entry.summary.replace(entry.kind, "").trim(),
        entry.problem && el("em", {}, entry.problem)),
      entry.ms != null && el("small", {}, `${Math.round(entry.ms)} ms`)));
  more.addEventListener("toggle", () => {
    if (more.open && !more.querySelector("pre")) more.append(said("request", entry.request),
      said("response", entry.response));
  });
  const node = el("li", {}, more);
  rows.set(entry.n, node);
  return node;
}

function said(key, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2) ?? "";
  return el("section", {}, el("h3", {}, t(key)), el("pre", { tabindex: "0" }, text));
}
