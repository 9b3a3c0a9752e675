/** Slack's texts as nodes: mrkdwn, plain text and rich text. What isn't understood is shown as it was written. */

import { el, own } from "./dom.js";
import { emoji } from "./emoji.js";
import { conversation, nameOf, state } from "./state.js";
import { slackDate } from "./times.js";

const unescape = (text) => text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);

/** A text object, `{type, text, emoji}`, or a bare string taken as mrkdwn. */
export function textOf(object) {
  if (object === null || object === undefined) return [];
  if (typeof object === "string") return mrkdwn(object);
  return object.type === "mrkdwn" ? mrkdwn(object.text ?? "") : plain(object.text ?? "", object.emoji !== false);
}

/** A text object as one line without any markup, for accessible names and list entries. */
export function lineOf(object) {
  const holder = el("span", {}, textOf(object));
  return holder.textContent;
}

const SHORT_NAME = /:([a-z0-9_+'-]{1,80}):(?::skin-tone-[2-6]:)?/g;

const withEmoji = (text) => text.replace(SHORT_NAME, (whole, name) => emoji(name) ?? whole);

/** Plain text: short names become emoji, nothing else is touched. */
export const plain = (text, pictures = true) => [pictures ? withEmoji(text) : text];

/** Slack's mrkdwn: fences, quotes, bold, italic, strike, code, links, mentions, dates, emoji. */
export function mrkdwn(text) {
  return text.split(/```([\s\S]*?)```/).flatMap((piece, index) => {
    if (index % 2) return [el("pre", {}, unescape(piece.replace(/^\n|\n$/g, "")))];
    return quotesAndLines(index ? piece.replace(/^\n/, "") : piece);
  });
}

function quotesAndLines(text) {
  const nodes = [];
  let lines = [];
  let quoted = false;
  const flush = () => {
    if (!lines.length) return;
    const inner = inline(lines.join("\n"));
    nodes.push(...(quoted ? [el("blockquote", {}, inner)] : inner));
    lines = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (Boolean(quote) !== quoted) {
      flush();
      quoted = Boolean(quote);
    }
    lines.push(quote ? quote[1] : line);
  }
  flush();
  return nodes;
}

// Like Slack, a mark counts only at the edge of a word; each alternative stops at its own closing sign, so a hostile
// text costs no more than its length.
const EDGE = "[\\p{L}\\p{N}]";
const marked = (sign) => `(?<!${EDGE}|[${sign}])[${sign}](?!\\s)([^${sign}\\n]+)(?<!\\s)[${sign}](?!${EDGE}|[${sign}])`;
const INLINE = new RegExp(
  ["`([^`\\n]+)`", "<([^<>\\n]+)>", marked("*"), marked("_"), marked("~"),
    "(https?://[^\\s<>|]+[^\\s<>|.,;:!?)\\]}'\"。，；])"].join("|"),
  "gu",
);

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) nodes.push(withEmoji(unescape(text.slice(from, found.index))));
    nodes.push(inlineNode(found));
    from = found.index + found[0].length;
  }
  if (from < text.length) nodes.push(withEmoji(unescape(text.slice(from))));
  return nodes;
}

function inlineNode([whole, code, angled, bold, italic, struck, address]) {
  if (code !== undefined) return el("code", {}, unescape(code));
  if (angled !== undefined) return reference(angled) ?? unescape(whole);
  if (bold !== undefined) return el("strong", {}, inline(bold));
  if (italic !== undefined) return el("em", {}, inline(italic));
  if (struck !== undefined) return el("s", {}, inline(struck));
  return link(unescape(address), unescape(address));
}

/** What stands between angle brackets: a mention, a channel, a broadcast, a date or a link. Null: none of these. */
function reference(inside) {
  const [target, ...rest] = inside.split("|");
  const label = rest.join("|");
  if (/^@[UW]/.test(target)) return mention(target.slice(1), label);
  if (/^#[CGD]/.test(target)) return channel(target.slice(1), unescape(label));
  if (/^!(channel|here|everyone)$/.test(target)) return el("span", { class: "mention loud" }, `@${target.slice(1)}`);
  if (target.startsWith("!subteam^")) return el("span", { class: "mention" }, own(label || target.slice(9)));
  if (target.startsWith("!date^")) return date(target, unescape(label));
  return link(unescape(target), unescape(label || target));
}

const mention = (user, label) =>
  el("span", { class: user === state.me ? "mention mine" : "mention" }, "@",
    own(state.people.has(user) ? nameOf(user) : label || nameOf(user)));

function channel(id, label) {
  const name = conversation(id)?.name ?? (label || id);
  return el("a", { class: "mention", href: `#${state.me}/${id}` }, "#", own(name));
}

function date(target, fallback) {
  const [, epoch, pattern, address] = target.split("^");
  if (!/^\d{1,11}$/.test(epoch ?? "") || !pattern) return fallback;
  const words = slackDate(Number(epoch), unescape(pattern));
  return el("time", { title: fallback }, address ? link(address, words) : words);
}

/** A link that leaves the page; any address but http, https and mailto stays text. */
function link(address, label) {
  if (!/^(https?:\/\/|mailto:)/i.test(address)) return null;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, own(label));
}

/** A rich_text block. */
export function richText(block) {
  return (block.elements ?? []).map((part) => {
    if (part.type === "rich_text_list") return list(part);
    const inner = (part.elements ?? []).map(leaf);
    if (part.type === "rich_text_quote") return el("blockquote", {}, inner);
    if (part.type === "rich_text_preformatted") return el("pre", {}, inner);
    return el("div", { class: "text" }, inner);
  });
}

function list(part) {
  const items = (part.elements ?? []).map((item) => el("li", {}, (item.elements ?? []).map(leaf)));
  const indent = Math.min(part.indent ?? 0, 5);
  const start = part.style === "ordered" && part.offset ? part.offset + 1 : null;
  return el(part.style === "ordered" ? "ol" : "ul", { class: `rich indent-${indent}`, start }, items);
}

function leaf(part) {
  const style = part.style ?? {};
  let node = leafNode(part) ?? "";
  if (style.code) node = el("code", {}, node);
  if (style.bold) node = el("strong", {}, node);
  if (style.italic) node = el("em", {}, node);
  if (style.strike) node = el("s", {}, node);
  return node;
}

function leafNode(part) {
  switch (part.type) {
    case "text": return part.text;
    case "link": return link(part.url, part.text || part.url) ?? (part.text || part.url);
    case "emoji": return emoji(part.name) ?? `:${part.name}:`;
    case "user": return mention(part.user_id, "");
    case "channel": return channel(part.channel_id, "");
    case "broadcast": return el("span", { class: "mention loud" }, `@${part.range}`);
    case "usergroup": return el("span", { class: "mention" }, part.usergroup_id);
    case "date": return el("time", { title: part.fallback }, slackDate(part.timestamp, part.format ?? "{date}"));
    case "color": return el("code", {}, part.value);
    default: return part.text ?? part.fallback ?? "";
  }
}
