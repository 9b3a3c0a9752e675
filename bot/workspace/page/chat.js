/** The open conversation: its messages by day and thread, each with its menu, and where one has scrolled to. */

import { drawBlocks, textBlock, valuesOf } from "./blocks.js";
import { button, el, icon, iconButton, own, sync } from "./dom.js";
import { act, as, localPath } from "./net.js";
import { menu, trouble } from "./overlays.js";
import { avatar } from "./people.js";
import { nameOf, now, state, t } from "./state.js";
import { dayOf, dayWords, timeOf } from "./times.js";
import { lineOf, mrkdwn } from "./text.js";

const AT_ONCE = 200; // messages drawn before one asks for earlier ones
const TOGETHER = 300; // seconds in which one person's messages stand under one name

const rows = new Map(); // ts → {node, body, text}
let shown = AT_ONCE;
let pinned = true;
let scrolled = 0;
let today = null;
let replyTo = () => {};
const log = () => document.getElementById("log");
const scroller = () => document.getElementById("scroll");

/** Prepare the log once; `onReply(message)` is called when a person chooses to answer in a thread. */
export function prepareChat(onReply) {
  replyTo = onReply;
  scroller().addEventListener("scroll", () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller();
    // Only someone who scrolls up lets go of the end: what grows below them meanwhile doesn't.
    if (scrollHeight - scrollTop - clientHeight < 60) pinned = true;
    else if (scrollTop < scrolled) pinned = false;
    scrolled = scrollTop;
    if (pinned) pill(null);
  });
  new ResizeObserver(() => pinned && !log().hidden && toBottom()).observe(log());
  new ResizeObserver(() => pinned && !log().hidden && toBottom()).observe(scroller());
}

function toBottom() {
  scroller().scrollTop = scroller().scrollHeight;
}

/** Begin anew with another conversation, at its end. */
export function openChat() {
  rows.clear();
  shown = AT_ONCE;
  pinned = true;
  pill(null);
  drawChat();
  toBottom();
}

/** Draw the messages again after a change of language. */
export function redrawChat() {
  rows.clear();
  drawChat();
}

/** The clock has moved on: a message of today may be one of yesterday now. */
export function redrawDays() {
  if (today !== dayOf(now()) && !log().hidden) drawChat();
}

/** One event about a message of the open conversation. */
export function heardMessage(type, message) {
  const at = state.messages.findIndex((one) => one.ts === message.ts);
  if (type === "deleted") {
    if (at < 0) return;
    state.messages[at] = { ...state.messages[at], gone: true };
  } else if (at >= 0) state.messages[at] = message;
  else state.messages.push(message);
  drawChat();
  if (type === "message" && at < 0) notice(message);
}

function notice(message) {
  if (message.user === state.me && !message.ephemeral) {
    pinned = true;
    return toBottom();
  }
  if (pinned && !isReply(message)) return undefined;
  const box = rows.get(message.ts)?.node.getBoundingClientRect();
  const view = scroller().getBoundingClientRect();
  if (box && box.top >= view.top && box.bottom <= view.bottom + 40) return undefined;
  return pill(message);
}

function pill(message) {
  const node = document.getElementById("pill");
  node.hidden = !message;
  if (!message) return;
  node.replaceChildren(icon("down"), t(isReply(message) ? "newReply" : "newMessages"));
  node.onclick = () => {
    node.hidden = true;
    rows.get(message.ts)?.node.scrollIntoView({ block: "nearest" });
  };
}

const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** Roots in order of time, each followed by its replies; a reply whose root is unknown stands by itself. */
function arranged() {
  const inOrder = [...state.messages].sort((one, other) => Number(one.ts) - Number(other.ts));
  const known = new Set(inOrder.map((one) => one.ts));
  const threads = Map.groupBy(inOrder.filter((one) => isReply(one) && known.has(one.thread_ts)),
    (one) => one.thread_ts);
  return inOrder
    .filter((one) => !isReply(one) || !known.has(one.thread_ts))
    .slice(-shown)
    .flatMap((root) => [root, ...(threads.get(root.ts) ?? [])]);
}

function drawChat() {
  today = dayOf(now());
  const wanted = [];
  let before = null;
  for (const message of arranged()) {
    const day = dayOf(Number(message.ts));
    if (!isReply(message) && day !== before?.day) wanted.push(divider(day, Number(message.ts)));
    const together = before && before.day === day && before.message.user === message.user && !message.ephemeral &&
      !before.message.ephemeral && isReply(before.message) === isReply(message)
        && message.ts - before.message.ts < TOGETHER;
    wanted.push(row(message, Boolean(together)));
    before = { message, day };
  }
  if (state.messages.length > shown) wanted.unshift(earlier());
  sync(log(), wanted.length ? wanted : [emptiness()]);
}

function earlier() {
  const more = () => {
    shown += AT_ONCE;
    drawChat();
  };
  return button(t("earlier"), { class: "button earlier", on: { click: more } });
}

const emptiness = () => el("p", { class: "empty" }, t("emptyChat"));

function divider(day, epoch) {
  const words = dayWords(epoch);
  const cached = rows.get(`day ${day} ${words}`);
  if (cached) return cached.node;
  const node = el("h3", { class: "day" }, el("span", {}, words));
  rows.set(`day ${day} ${words}`, { node });
  return node;
}

function row(message, together) {
  const text = JSON.stringify([message, together]);
  const cached = rows.get(message.ts);
  if (cached?.text === text) return cached.node;
  const body = cached?.body ?? el("div", { class: "blocks" });
  drawBody(body, message);
  const classes = ["message", together && "together", isReply(message) && "reply", message.ephemeral && "ephemeral",
    message.failed && "failed"];
  const attributes = {
    class: classes.filter(Boolean).join(" "), data: { ts: message.ts },
    "aria-label": t("messageOf", { name: nameOf(message.user), time: timeOf(Number(message.ts)) }),
  };
  const parts = [
    el("div", { class: "side" }, together ? el("time", {}, timeOf(Number(message.ts))) : avatar(message.user)),
    el("div", { class: "content" }, !together && byline(message),
      message.ephemeral && el("p", { class: "mark" }, t("onlyYou")), body, files(message),
      message.edited && !message.gone && el("small", { class: "mark" }, t("edited")),
      message.failed && el("p", { class: "mark bad" }, t("failed"))),
    !message.gone && tools(message),
  ].filter(Boolean);
  const node = cached?.node ?? el("article", {});
  Object.entries(attributes).forEach(([name, value]) =>
    (name === "data" ? (node.dataset.ts = value.ts) : node.setAttribute(name, value)));
  // The body stays where it is in the document, so that someone who types in it goes on typing.
  if (cached) refill(node, parts, body);
  else node.replaceChildren(...parts);
  rows.set(message.ts, { node, body, text });
  return node;
}

function refill(node, [side, content, more], body) {
  const old = node.querySelector(":scope > .content");
  const [head, tail] = [[], []];
  let passed = false;
  for (const child of [...content.childNodes]) {
    if (child === body) passed = true;
    else (passed ? tail : head).push(child);
  }
  sync(old, [...head, body, ...tail]);
  sync(node, [side, old, more].filter(Boolean));
}

function drawBody(body, message) {
  if (message.gone) body.replaceChildren(el("p", { class: "mark" }, t("deleted")));
  // What a person typed is drawn from its text: there the mentions are resolved.
  else if (message.blocks?.length && message.user === state.bot.user_id) drawBlocks(body, message.blocks,
    surface(message, body));
  else body.replaceChildren(textBlock(message.text));
}

function surface(message, body) {
  const where = { conversation: state.place, ts: message.ts };
  return {
    act: async (block, action, node) => trouble(await act(where, block, action, valuesOf(body), node)),
  };
}

const PICTURE = /\.(png|jpe?g|gif|webp|svg)$/i;

/** What the bot uploaded with a message: pictures are shown, the rest can be fetched. */
function files(message) {
  if (message.gone) return null;
  return (message.files ?? []).map((file) => {
    const title = file.title || file.name;
    const inner = PICTURE.test(file.name) ? el("img",
      { src: localPath(file.url_private), alt: file.alt_txt || title, loading: "lazy" }) : own(title);
    return el("a", { class: "file", href: localPath(file.url_private), target: "_blank", rel: "noopener" }, inner);
  });
}

function byline(message) {
  const isBot = message.user === state.bot.user_id;
  return el("p", { class: "byline" }, el("strong", {}, own(nameOf(message.user))),
    isBot && el("span", { class: "app" }, t("app")),
    el("time", {}, timeOf(Number(message.ts))));
}

function tools(message) {
  if (message.ephemeral) return null;
  const where = { conversation: state.place, ts: message.ts };
  const shortcut = async (callback_id) => trouble((await as("shortcut", { callback_id, ...where })).problem);
  const items = [
    { label: t("reply"), pick: () => replyTo(message) },
    ...state.shortcuts.filter((one) => one.type === "message")
      .map((one) => ({ label: one.name, pick: () => shortcut(one.callback_id) })),
  ];
  const open = iconButton("more", t("messageMenu"), {
    "aria-haspopup": "menu", "aria-expanded": "false", on: { click: () => menu(open, items, t("messageMenu")) },
  });
  return el("div", { class: "tools" }, open);
}

/** The first words of a message, for "replying to …". */
export function gist(message) {
  const block = message.blocks?.find((one) => one.text);
  const words = message.text ? el("span", {}, mrkdwn(message.text)).textContent : block ? lineOf(block.text) : "";
  return words.replace(/\s+/g, " ").slice(0, 80);
}
