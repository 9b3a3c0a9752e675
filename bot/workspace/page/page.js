/** The page of the local workspace: starts it, goes where the address says, and passes events on. */

import { drawClock, drawNow, drawTools } from "./bar.js";
import { drawBlocks, valuesOf } from "./blocks.js";
import { heardMessage, openChat, prepareChat, redrawChat } from "./chat.js";
import { drawComposer, moveComposer, reply } from "./composer.js";
import { el, icon, own } from "./dom.js";
import { cast, chosenLanguage, drawHint, lastPlayed, rememberLanguage, rememberPlayed, toggleHint } from "./hints.js";
import { drawModals, prepareModals } from "./modals.js";
import { act, as, ask, listen } from "./net.js";
import { trouble } from "./overlays.js";
import { drawPeople, drawPlaces, drawWho, preparePeople, redrawPeople, showPeople } from "./people.js";
import { botChat, heardClock, language, looksAt, me, nameOf, state, t } from "./state.js";
import { drawTraffic, drawerOpen, heardEntry, loadTraffic, prepareTraffic, problems, toggleTraffic } from "./traffic.js";

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
  if (user !== state.me || !state.conversations.some((one) => one.id === place)) await become(user, mine);
  if (mine !== visit) return undefined;
  const known = place === "home" || state.conversations.some((one) => one.id === place);
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
  if (place && place !== "home") {
    const { messages } = await ask(`/page/as/${state.me}/messages/${place}`);
    if (mine !== visit) return;
    state.messages = messages;
  } else state.messages = [];
  drawPlace();
  openChat();
  moveComposer();
  history.replaceState(null, "", place ? `#${state.me}/${place}` : `#${state.me}`);
  if (place) await as("open", place === "home" ? { home: true } : { conversation: place });
}

/** Seen is read: what came in while one looked. The same request as opening, so that the marks hold for a reload too. */
function seen() {
  const count = state.unread[state.me]?.[state.place] ?? 0;
  if (count && document.visibilityState === "visible") as("open", { conversation: state.place });
}

function drawPlace() {
  const atHome = state.place === "home";
  const inChat = Boolean(state.place) && !atHome;
  find("log").hidden = atHome;
  find("home").hidden = !atHome;
  find("composer").hidden = !inChat || Boolean(me().deleted);
  find("closed").hidden = !me().deleted;
  find("closed").textContent = t("accountClosed");
  drawHead();
  drawHome();
  drawPlaces();
  redrawPeople();
  drawHint(go);
  find("log").setAttribute("aria-label", inChat ? t("messagesWith", { name: placeName() }) : t("messages"));
  document.title = [placeName(), nameOf(state.me), "perfloop"].filter(Boolean).join(" · ");
}

function placeName() {
  if (state.place === "home") return t("homeOf", { name: state.bot.name });
  const place = state.conversations.find((one) => one.id === state.place);
  return place ? (place.kind === "channel" ? `#${place.name.replace(/^#/, "")}` : place.name) : "";
}

function drawHead() {
  const withBot = state.place === "home" || state.place === botChat()?.id;
  const back = el("a", { class: "icon back", href: `#${state.me}`, "aria-label": t("back"), title: t("back") }, icon("back"));
  const tab = (place, label) => el("a", { href: `#${state.me}/${place}`, "aria-current": state.place === place ? "page" : null }, label);
  const tabs = withBot && botChat() && el("nav", { class: "tabs", "aria-label": t("homeTabs") }, tab("home", t("home")), tab(botChat().id, t("messages")));
  const name = withBot ? state.bot.name : placeName();
  find("head").replaceChildren(...[back, el("h1", {}, own(name)), tabs].filter(Boolean));
}

function drawHome() {
  const box = find("home");
  const { home } = state;
  if (!home?.blocks?.length) return box.replaceChildren(el("p", { class: "empty" }, t("emptyHome")));
  if (box.querySelector(":scope > .empty")) box.replaceChildren();
  return drawBlocks(box, home.blocks, {
    state: home.state?.values,
    act: async (block, action, node) => trouble(await act({ home: true }, block, action, valuesOf(box), node)),
  });
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
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
  find("lost").textContent = t("lost");
  drawWho();
  drawClock();
  drawTools(deeds, drawerOpen(), problems());
  drawPeople();
  drawTraffic();
  drawPlace();
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
    if (Object.keys(unread).some((id) => !state.conversations.some((one) => one.id === id))) reload();
    drawPlaces();
    seen();
  },
  clock: ({ clock }) => {
    heardClock(clock);
    drawClock();
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

/** Ask for everything about the played person again: the stream was lost, or there is a new conversation. */
async function reload() {
  if (!state.me) return;
  const mine = ++visit;
  await become(state.me, mine);
  if (mine === visit) await openPlace(state.place, mine);
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

function keys(event) {
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
  prepareModals();
  prepareTraffic(() => drawTools(deeds, drawerOpen(), problems()));
  find("who").addEventListener("click", () => showPeople(true));
  find("skip").addEventListener("click", () => find("main").focus());
  addEventListener("keydown", keys);
  addEventListener("hashchange", arrive);
  document.addEventListener("visibilitychange", seen);
  setInterval(drawNow, 1000);
  listen((event) => HEARD[event.type]?.(event), alive);
  await arrive();
  await loadTraffic();
}

start();
