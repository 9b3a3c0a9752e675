/** Who one can be, and where that person can look: the two lists at the left. */

import { el, fresh, icon, iconButton, own } from "./dom.js";
import { botChat, looksAt, me, nameOf, state, t, unreadOf } from "./state.js";

const SHOWN = 300; // people drawn at once; the search finds the rest
const TINTS = 8;

let active = 0;
let found = [];
let go = () => {};
const panel = () => document.getElementById("people");
const listId = fresh("people");

/** A person's two letters, or the bot's sign. */
export function avatar(user) {
  if (user === state.bot?.user_id) return el("span", { class: "avatar bot", "aria-hidden": "true" }, icon("loop"));
  const words = nameOf(user).split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : null].map((word) => [...(word ?? "")][0] ?? "")
    .join("");
  const tint = [...String(user)].reduce((sum, sign) => sum + sign.codePointAt(0), 0) % TINTS;
  return el("span", { class: `avatar tint-${tint}`, "aria-hidden": "true" }, letters.toUpperCase());
}

/** Draw the search once; `onGo(user)` is called with who one wants to be. */
export function preparePeople(onGo) {
  go = onGo;
}

/** The whole panel, after a change of language or of people. */
export function drawPeople() {
  const query = panel().querySelector("input")?.value ?? "";
  const search = el("input", {
    type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-label": t("findPerson"),
    placeholder: t("findPerson"), autocomplete: "off", spellcheck: "false", "aria-keyshortcuts": "Control+K Meta+K",
    on: { input: () => narrow(search.value), keydown: key },
  });
  search.value = query;
  const shut = iconButton("close", t("close"), { class: "shut", on: { click: () => showPeople(false) } });
  panel().replaceChildren(
    el("header", {}, el("h2", {}, t("playAs")), el("kbd", {}, "Ctrl K"), shut),
    el("label", { class: "search" }, icon("search"), search),
    el("ul", { id: listId, role: "listbox", "aria-label": t("playAs") }),
  );
  narrow(query);
  panel().querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
}

/** Only the list again: unread marks, a new note. */
export const redrawPeople = () => narrow(panel().querySelector("input")?.value ?? "", active);

function narrow(query, at = null) {
  const words = query.trim().toLowerCase();
  const everyone = byDepartment();
  const matching = everyone.filter((one) => described(one).includes(words));
  const crowded = matching.length > SHOWN;
  // In a large company those with something unread come first, or nobody would find them.
  if (crowded) matching.sort((one, other) => Number(unreadOf(other.id) > 0) - Number(unreadOf(one.id) > 0));
  found = matching.slice(0, SHOWN);
  // Enter takes a name that fits before a title that does: "Ana" is Ana, not every manager.
  active = at ?? Math.max(0, found.findIndex((one) => (words ? one.name.toLowerCase().startsWith(words) : one.id === state.me)));
  draw(crowded ? matching.length - SHOWN : 0);
}

/** What the search looks at. */
const described = (one) => `${one.name} ${one.title} ${one.department} ${one.email}`.toLowerCase();

/** Everyone, the departments in the order in which the company's list first names them. */
const byDepartment = () => [...Map.groupBy(state.people.values(), (one) => one.department).values()].flat();

function draw(more) {
  const list = document.getElementById(listId);
  if (!list) return;
  const top = list.scrollTop;
  const rows = [];
  let department = null;
  found.forEach((one, index) => {
    if (one.department !== department) rows.push(el("li", { role: "presentation", class: "group" },
      own(one.department || t("noDepartment"))));
    department = one.department;
    rows.push(row(one, index));
  });
  if (more) rows.push(el("li", { role: "presentation", class: "none" }, t("andMore", { n: more })));
  if (!found.length) rows.push(el("li", { role: "presentation", class: "none" }, t("nothingFound")));
  list.replaceChildren(...rows);
  list.scrollTop = top;
  point();
}

function row(one, index) {
  const unread = unreadOf(one.id);
  const note = one.note || (one.deleted ? t("left") : "");
  return el("li", {
    id: `${listId}-${index}`, role: "option", "aria-selected": String(one.id === state.me),
      class: one.deleted ? "away" : "",
    data: { user: one.id }, "aria-label": [one.name, one.title, note, unread && t("unread", { n: unread })]
      .filter(Boolean).join(", "),
    on: { pointerdown: (event) => event.preventDefault(), click: () => choose(one) },
  }, avatar(one.id), el("span", { class: "lines" },
    el("span", { class: "name" }, own(one.name)),
    el("small", {}, own(one.title || "")),
    note && el("small", { class: "note" }, note)), badge(unread));
}

const badge = (n) => (n ? el("span", { class: "badge", "aria-hidden": "true" }, n > 99 ? "99+" : String(n)) : null);

function choose(one) {
  panel().querySelector("input").value = "";
  showPeople(false);
  go(one.id);
}

function point() {
  const list = document.getElementById(listId);
  for (const row of list.querySelectorAll(".active")) row.classList.remove("active");
  const row = document.getElementById(`${listId}-${active}`);
  row?.classList.add("active");
  if (row && document.activeElement === panel().querySelector("input")) {
    row.scrollIntoView({ block: "nearest" });
    panel().querySelector("input").setAttribute("aria-activedescendant", row.id);
  }
}

function key(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) active = (active + step + found.length) % found.length;
  else if (event.key === "Enter" && found[active]) choose(found[active]);
  else if (event.key === "Escape") {
    panel().querySelector("input").value = "";
    narrow("");
    showPeople(false);
  } else return;
  event.preventDefault();
  point();
}

const narrowPage = matchMedia("(max-width: 1099px)");

/**
 * On a narrow page the people lie over everything else; on a wide one they are always there and only get the focus.
 */
export function showPeople(open) {
  const over = open && narrowPage.matches;
  const wasOver = panel().classList.contains("over");
  panel().classList.toggle("over", over);
  for (const id of ["bar", "places", "main", "traffic"]) document.getElementById(id).inert = over;
  if (open) {
    const search = panel().querySelector("input");
    search.focus();
    search.select();
    point();
  } else if (wasOver) document.getElementById("who").focus();
}

/** The conversations of the played person: the home tab, the direct message with the bot, the channels. */
export function drawPlaces() {
  const nav = document.getElementById("places");
  const chat = botChat();
  const channels = state.conversations.filter((one) => one.kind === "channel");
  const parts = [
    el("h2", {}, own(state.team.name)),
    el("ul", {}, placeRow("home", icon("home"), t("home"), state.place === "home"),
      chat && conversation(chat, icon("chat"))),
    channels.length > 0 && el("h3", {}, t("channels")),
    el("ul", {}, channels.map((one) => conversation(one, icon("channel")))),
  ];
  nav.replaceChildren(...parts.filter(Boolean));
}

function conversation(one, drawing) {
  const unread = looksAt(state.me, one.id) ? 0 : state.unread[state.me]?.[one.id] ?? 0;
  return placeRow(one.id, drawing, one.name, state.place === one.id, unread);
}

function placeRow(id, drawing, name, current, unread = 0) {
  return el("li", {}, el("a", {
    href: `#${state.me}/${id}`, "aria-current": current ? "page" : null, class: unread ? "unread" : "",
    "aria-label": unread ? `${name}, ${t("unread", { n: unread })}` : null, data: { place: id },
  }, drawing, el("span", { class: "name" }, own(name)), badge(unread)));
}

/** The button that says who one is. */
export function drawWho() {
  const who = document.getElementById("who");
  const person = me();
  who.setAttribute("aria-label", t("youAre", { name: person.name }));
  who.title = `${t("switchPerson")} (Ctrl+K)`;
  who.replaceChildren(avatar(person.id), el("span", { class: "lines" },
    el("span", { class: "name" }, own(person.name)), el("small", {}, own(person.title || ""))), icon("down"));
}
