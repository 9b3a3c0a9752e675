/** Where one writes: Enter sends, Shift+Enter breaks the line, "/" offers the commands. */

import { el, fresh, iconButton, own } from "./dom.js";
import { gist } from "./chat.js";
import { as } from "./net.js";
import { trouble } from "./overlays.js";
import { conversation, nameOf, phrase, state, t, titleOf } from "./state.js";

const drafts = new Map(); // "U/C" → text not yet sent
let thread = null; // the message one replies to
let field = null;
let found = [];
let active = 0;
const listId = fresh("commands");
const here = () => `${state.me}/${state.place}`;

/** Draw the composer for the open conversation, with what was written there before. */
export function drawComposer() {
  const form = document.getElementById("composer");
  const label = t("writeTo", { name: titleOf(conversation(state.place)) });
  field = el("textarea", {
    rows: 1, "aria-label": label, placeholder: label, dir: "auto", role: "combobox", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": listId, on: { input: typed, keydown: key, blur: () => offer([]) },
  });
  field.value = drafts.get(here()) ?? "";
  const list = el("ul", { id: listId, role: "listbox", class: "commands", "aria-label": t("commands"),
    hidden: true });
  const send = iconButton("send", t("send"), { type: "submit", class: "send" });
  form.onsubmit = (event) => {
    event.preventDefault();
    say();
  };
  const chooser = el("input", { type: "file", multiple: true, hidden: true, on: { change: () => {
    drop([...chooser.files]);
    chooser.value = "";
  } } });
  const clip = iconButton("clip", t("attach"), { class: "clip", on: { click: () => chooser.click() } });
  form.replaceChildren(list, el("div", { class: "replying", hidden: true }),
    el("p", { class: "usage", "aria-live": "polite" }), el("div", { class: "line" }, clip, chooser, field, send));
  drawThread();
}

/** Answer a message in its thread (null: no longer). */
export function reply(message) {
  thread = message;
  drawThread();
  field?.focus();
}

/** Another place is open: its draft, and no thread. */
export function moveComposer() {
  thread = null;
  drawComposer();
}

function drawThread() {
  const bar = document.querySelector("#composer .replying");
  if (!bar) return;
  bar.hidden = !thread;
  if (!thread) return;
  bar.replaceChildren(
    el("span", {}, phrase("replyingTo", { name: nameOf(thread.user) }), own(gist(thread))),
    iconButton("close", t("noReply"), { on: { click: () => reply(null) } }),
  );
}

async function say() {
  const text = field.value.trim();
  const key = here();
  if (!text) return;
  const sent = thread;
  const isCommand = text.startsWith("/");
  if (isCommand && sent) return trouble(t("noCommandInThread"));
  trouble(null);
  const place = state.place;
  drafts.delete(key);
  clear();
  const { problem } = isCommand ? await command(place, text)
    : await as("say", { conversation: place, text, ...(sent ? { thread_ts: sent.thread_ts || sent.ts } : {}) });
  if (!problem) return undefined;
  if (!drafts.get(key)) drafts.set(key, text); // what was typed is never lost
  if (here() === key && !field.value) {
    field.value = text;
    thread = sent;
    drawThread();
  }
  return trouble(problem);
}

const LARGEST = 20; // MB that the page hands over

/** Files chosen or dropped: each goes into the open conversation at once, with nothing written beside it. */
async function drop(files) {
  if (!files.length) return;
  trouble(null);
  const place = state.place;
  const large = files.find((file) => file.size > LARGEST * 1e6);
  if (large) return trouble(t("tooLargeFile", { name: large.name, n: LARGEST }));
  const read = await Promise.all(files.map(async (file) => ({ name: file.name, content: await base64(file) })));
  const { problem } = await as("drop", { conversation: place, files: read });
  if (problem) trouble(problem);
}

function base64(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Let files be dropped anywhere on the open conversation. Called once. */
export function prepareDrop() {
  const main = document.getElementById("main");
  const takes = (event) => event.dataTransfer?.types.includes("Files") && !document.getElementById("composer").hidden;
  const mark = (on) => {
    if (on) main.dataset.drop = t("dropHere");
    else delete main.dataset.drop;
  };
  // Elsewhere on the page a file that is let go would replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
  main.addEventListener("dragover", (event) => mark(takes(event)));
  main.addEventListener("dragleave", (event) => !main.contains(event.relatedTarget) && mark(false));
  main.addEventListener("drop", (event) => {
    mark(false);
    if (takes(event)) drop([...event.dataTransfer.files]);
  });
}

function command(place, text) {
  const [name] = text.split(/\s/, 1);
  return as("command", { conversation: place, command: name, text: text.slice(name.length).trim() });
}

function clear() {
  field.value = "";
  thread = null;
  drawThread();
  typed();
}

function typed() {
  drafts.set(here(), field.value);
  const text = field.value;
  offer(/^\/\S*$/.test(text) ? state.commands.filter((one) => one.command.startsWith(text.toLowerCase())) : []);
  const known = state.commands.find((one) => text.startsWith(`${one.command} `));
  document.querySelector("#composer .usage").textContent = known
    ? `${known.command} ${known.usage_hint ?? ""} · ${known.description}` : "";
}

function offer(commands) {
  found = commands;
  active = 0;
  drawCommands();
}

function drawCommands() {
  const list = document.getElementById(listId);
  if (!list) return;
  list.hidden = !found.length;
  field.setAttribute("aria-expanded", String(found.length > 0));
  list.replaceChildren(...found.map((one, index) => el("li", {
    id: `${listId}-${index}`, role: "option", class: index === active ? "active" : "",
      "aria-selected": String(index === active),
    on: { pointerdown: (event) => event.preventDefault(), click: () => take(one) },
  }, el("strong", {}, one.command), " ", el("code", {}, one.usage_hint ?? ""), el("small", {}, one.description))));
  const current = list.children[active];
  current?.scrollIntoView({ block: "nearest" });
  if (current) field.setAttribute("aria-activedescendant", current.id);
  else field.removeAttribute("aria-activedescendant");
}

function take(one) {
  field.value = `${one.command} `;
  typed();
  field.focus();
}

function key(event) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (found.length && step) {
    active = (active + step + found.length) % found.length;
    drawCommands();
  } else if (found.length && event.key === "Tab" && !event.shiftKey) take(found[active]);
  else if (found.length && event.key === "Escape") offer([]);
  else if (event.key === "Escape" && thread) reply(null);
  else if (event.key === "Enter" && !event.shiftKey) {
    if (found.length && found[active].command !== field.value) take(found[active]);
    else say();
  } else return;
  event.preventDefault();
}
