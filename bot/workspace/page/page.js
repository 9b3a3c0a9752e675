/** The page of the local workspace: starts it, goes where the address says, and passes events on. */

import { drawClock, drawNow, drawTools } from "./bar.js";
import { heardMessage, openChat, prepareChat, redrawChat, redrawDays } from "./chat.js";
import { drawComposer, moveComposer, prepareDrop, reply } from "./composer.js";
import { cast, chosenLanguage, drawHint, lastPlayed, rememberLanguage, rememberPlayed, toggleHint } from "./hints.js";
import { drawModals, prepareModals } from "./modals.js";
import { as, ask, listen } from "./net.js";
import { trouble } from "./overlays.js";
import { drawPeople, drawPlaces, drawWho, preparePeople, redrawPeople, showPeople } from "./people.js";
import { drawHome, drawPlace } from "./place.js";
import { botChat, conversation, heardClock, language, looksAt, me, state, t } from "./state.js";
import { drawTraffic, drawerOpen, heardEntry, loadTraffic, prepareTraffic, problems,
  toggleTraffic } from "./traffic.js";

const find = (id) => document.getElementById(id);
let visit = 0; // which visit is the latest: the answers for an earlier one come too late

/** Go to a person's place; without a place to their chat with the bot. */
function go(user, place = null) {
  const to = `#${user}/${place ?? "chat"}`;
  if (location.hash === to) return arrive();
  location.hash = to;
  return undefined;
}

async function arrive() {
  const mine = ++visit;
  const [, user, place] = /^#([^/]*)(?:\/(.*))?$/.exec(location.hash) ?? [];
  if (!state.people.has(user)) return go(lastPlayed() ?? cast().employee ?? [...state.people.keys()][0]);
  if (user !== state.me || !conversation(place)) await become(user, mine);
  if (mine !== visit) return undefined;
  const known = place === "home" || conversation(place);
  await openPlace(known ? place : place === undefined ? null : botChat()?.id ?? "home", mine);
  return undefined;
}

async function become(user, mine) {
  const theirs = await ask(`/page/as/${encodeURIComponent(user)}`);
  if (mine !== visit) return;
  const other = user !== state.me;
  const { conversations, home, views } = theirs;
  Object.assign(state, { me: user, conversations, home, views });
  if (other) Object.assign(state, { place: null, messages: [] });
  for (const one of conversations) (state.unread[user] ??= {})[one.id] = one.unread ?? 0;
  rememberPlayed();
  if (other) {
    find("home").replaceChildren();
    drawChrome();
  }
  drawModals();
}

async function openPlace(place, mine) {
  state.place = place;
  document.body.dataset.pane = place ? "chat" : "list";
  trouble(null);
  if (!(await loadMessages(mine))) return;
  drawPlace(go);
  openChat();
  moveComposer();
  history.replaceState(null, "", place ? `#${state.me}/${place}` : `#${state.me}`);
  if (place && !me().deleted) await as("open", place === "home" ? { home: true } : { conversation: place });
}

/** The open conversation's messages; false when one has gone elsewhere meanwhile. */
async function loadMessages(mine) {
  const inChat = state.place && state.place !== "home";
  const { messages } = inChat ? await ask(`/page/as/${state.me}/messages/${state.place}`) : { messages: [] };
  if (mine === visit) state.messages = messages;
  return mine === visit;
}

/**
 * Seen is read: what came in while one looked. The same request as opening, so that the marks hold for a reload too.
 */
function seen() {
  const count = state.unread[state.me]?.[state.place] ?? 0;
  if (count && !me().deleted && document.visibilityState === "visible") as("open", { conversation: state.place });
}

const deeds = {
  hints: () => toggleHint(go),
  drawer: toggleTraffic,
  language: (choice) => {
    state.language = choice;
    rememberLanguage();
    drawChrome();
    redrawChat();
    drawComposer();
    drawModals();
    find("tools").querySelector("select").focus();
  },
};

/** Everything that is not a message: all of it is in the page's language and the played person's zone. */
function drawChrome() {
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label",
    t(node.dataset.label));
  find("lost").textContent = t("lost");
  drawWho();
  drawClock();
  drawTools(deeds, drawerOpen(), problems());
  drawPeople();
  drawTraffic();
  drawPlace(go);
}

const HEARD = {
  message: heardOne,
  changed: heardOne,
  deleted: heardOne,
  home: ({ user, view }) => {
    if (user !== state.me) return;
    state.home = view;
    drawHome();
  },
  views: ({ user, views }) => {
    if (user !== state.me) return;
    state.views = views;
    drawModals();
  },
  unread: ({ user, unread }) => {
    state.unread[user] = unread;
    redrawPeople();
    if (user !== state.me) return;
    if (Object.keys(unread).some((id) => !conversation(id))) reload();
    drawPlaces();
    seen();
  },
  clock: ({ clock }) => {
    heardClock(clock);
    drawClock();
    redrawDays();
  },
  people: ({ people }) => {
    state.people = new Map(people.map((one) => [one.id, one]));
    drawPeople();
  },
  traffic: ({ entry }) => heardEntry(entry),
};

function heardOne({ type, conversation, to, message }) {
  if (!to.includes(state.me)) return;
  if (looksAt(state.me, conversation)) {
    heardMessage(type, message);
    drawHint(go);
  } else if (!state.conversations.some((one) => one.id === conversation)) reload();
}

/** Ask for everything about the played person again, where one is: the stream was lost, or a conversation is new. */
async function reload() {
  if (!state.me) return;
  const mine = ++visit;
  await become(state.me, mine);
  if (mine !== visit || !(await loadMessages(mine))) return;
  drawPlace(go);
  redrawChat();
}

async function alive(live) {
  find("lost").hidden = live;
  const again = live && state.live === false && state.me;
  state.live = live;
  if (!again) return;
  await begin();
  await reload();
  await loadTraffic();
}

async function begin() {
  const { people, clock, ...rest } = await ask("/page/start");
  Object.assign(state, rest, { people: new Map(people.map((one) => [one.id, one])) });
  heardClock(clock);
}

function tick() {
  drawNow();
  if (state.me) redrawDays();
}

function keys(event) {
  if (!state.me) return; // nothing is drawn yet
  const plain = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && plain === "k" && !find("modal").open) showPeople(true);
  else if (event.altKey && !event.ctrlKey && event.code === "KeyL" && !find("modal").open) toggleTraffic();
  else return;
  event.preventDefault();
}

async function start() {
  state.language = chosenLanguage();
  find("lost").textContent = t("notStarted");
  try {
    await begin();
  } catch {
    find("lost").hidden = false;
    setTimeout(start, 1500);
    return;
  }
  find("lost").hidden = true;
  preparePeople(go);
  prepareChat(reply);
  prepareDrop();
  prepareModals();
  prepareTraffic(() => drawTools(deeds, drawerOpen(), problems()));
  find("who").addEventListener("click", () => showPeople(true));
  find("skip").addEventListener("click", () => find("main").focus());
  addEventListener("keydown", keys);
  addEventListener("hashchange", arrive);
  document.addEventListener("visibilitychange", seen);
  setInterval(tick, 1000);
  listen((event) => HEARD[event.type]?.(event), alive);
  await arrive();
  await loadTraffic();
}

start();
