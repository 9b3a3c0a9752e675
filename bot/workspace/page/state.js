/** What the page knows: the company, the person one plays, the place one looks at. */

import { own } from "./dom.js";
import { WORDS } from "./words.js";

export const state = {
  team: null, // {id, name}
  bot: null, // {user_id, name}
  people: new Map(), // user id → Person
  commands: [],
  shortcuts: [],
  clock: null, // the server's Clock …
  heard: 0, // … and when we heard it, in performance.now() milliseconds
  unread: {}, // user id → conversation id → count
  me: null, // user id
  place: null, // a conversation id, "home", or null for the list on a phone
  conversations: [],
  home: null,
  views: [],
  messages: [], // of the open conversation, oldest first
  language: "auto", // "auto": the played person's
  live: null, // whether events come in; null before the stream first opened
};

/** The person one plays. */
export const me = () => state.people.get(state.me);

/** The page's language, "en" or "zh". */
export function language() {
  if (state.language !== "auto") return state.language;
  return (me()?.locale ?? navigator.language).toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** The played person's locale for dates and numbers; a malformed one gives the page's language. */
export function locale() {
  const wanted = (me()?.locale ?? "").replace("_", "-");
  try {
    return Intl.getCanonicalLocales(wanted)[0] ?? language();
  } catch {
    return language();
  }
}

/** The played person's zone; UTC where the browser doesn't know it. */
export function zone() {
  try {
    const wanted = me()?.tz || "UTC";
    new Intl.DateTimeFormat("en", { timeZone: wanted }); // throws for a zone it doesn't know
    return wanted;
  } catch {
    return "UTC";
  }
}

/** The company's now, epoch seconds, carried on from what the server last said. */
export function now() {
  if (!state.clock) return Date.now() / 1000;
  return state.clock.now + ((performance.now() - state.heard) / 1000) * state.clock.speed;
}

export function heardClock(clock) {
  state.clock = clock;
  state.heard = performance.now();
}

/** A word of the page, with its `{slots}` filled, as a string. */
export function t(key, fills = {}) {
  const pair = WORDS[key];
  if (!pair) throw new Error(`no word "${key}"`);
  return pair[language() === "zh" ? 1 : 0].replace(/\{(\w+)\}/g, (_, slot) => String(fills[slot] ?? ""));
}

/** The same as nodes, each filled slot kept apart by `<bdi>`. */
export function phrase(key, fills = {}) {
  const pieces = WORDS[key][language() === "zh" ? 1 : 0].split(/\{(\w+)\}/);
  return pieces.map((piece, index) => (index % 2 ? own(String(fills[piece] ?? "")) : piece));
}

/** How a user id reads: a person, the bot, or the id itself. */
export function nameOf(user) {
  if (user === state.bot?.user_id) return state.bot.name;
  return state.people.get(user)?.name || user || "";
}

/** How a conversation reads: "#sales", or the bot's name. */
export const titleOf = (place) => (place?.kind === "channel" ? `#${place.name}` : place?.name ?? "");

/** The conversation of the played person with this id. */
export const conversation = (id) => state.conversations.find((one) => one.id === id);

/** The direct message with the bot. */
export const botChat = () => state.conversations.find((one) => one.kind === "im");

/** All that waits unread for a person. */
export function unreadOf(user) {
  const counts = Object.entries(state.unread[user] ?? {});
  return counts.reduce((sum, [place, n]) => sum + (looksAt(user, place) ? 0 : n), 0);
}

/** Whether one plays this person and sees this place now: what is seen is not unread. */
export const looksAt = (user, place) => user === state.me && place === state.place;
