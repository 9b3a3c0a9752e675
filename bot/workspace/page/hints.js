/** The first visit: who one is, and three things to try, each as the person it belongs to. */

import { button, el, iconButton } from "./dom.js";
import { tell } from "./net.js";
import { trouble } from "./overlays.js";
import { avatar } from "./people.js";
import { botChat, me, nameOf, phrase, state, t, unreadOf } from "./state.js";
import { cityOf, untilFriday } from "./times.js";

const remember = (key, value) => localStorage.setItem(`perfloop.${key}`, value);
const recall = (key) => localStorage.getItem(`perfloop.${key}`);

/** The person last played in this browser, if the company still has them. */
export const lastPlayed = () => (state.people.has(recall("me")) ? recall("me") : null);

export const rememberPlayed = () => remember("me", state.me);

/** The language chosen in this browser: "auto", "en" or "zh". */
export const chosenLanguage = () => (["en", "zh"].includes(recall("language")) ? recall("language") : "auto");

export const rememberLanguage = () => remember("language", state.language);

/** An employee, their manager and HR, the same ones as long as the company has them; a role may be missing. */
export function cast() {
  const kept = JSON.parse(recall(`cast.${state.team.id}`) ?? "null");
  if (kept && Object.values(kept).every((id) => state.people.has(id))) return kept;
  const there = [...state.people.values()].filter((one) => !one.deleted && !one.note);
  const tongue = navigator.language.slice(0, 2);
  const reads = (one) => (one?.locale?.startsWith(tongue) ? 1 : 0);
  const rank = (one) => (unreadOf(one.id) > 0 ? 4 : 0) + 2 * reads(one) + reads(managerOf(one, there));
  const leads = new Set(there.map((one) => one.manager));
  const plain = there.filter((one) => !one.roles?.length && managerOf(one, there) && !leads.has(one.id))
    .sort((one, other) => rank(other) - rank(one));
  const employee = plain[0] ?? there[0];
  const hr = there.filter((one) => one.roles?.includes("hr")).sort((one, other) => rank(other) - rank(one))[0];
  const found = { employee: employee?.id, manager: employee && managerOf(employee, there)?.id, hr: hr?.id };
  remember(`cast.${state.team.id}`, JSON.stringify(found));
  return found;
}

/** Who leads this person, as the company's list says. */
function managerOf(person, there) {
  return there.find((one) => one.id === person.manager);
}

/** Show the hint unless it was put away; `go(user, place)` goes somewhere. */
export function drawHint(go) {
  const box = document.getElementById("hint");
  box.hidden = recall("hint") === "away";
  if (box.hidden) return box.replaceChildren();
  const roles = cast();
  const person = me();
  const written = state.messages.some((one) => one.user === state.bot.user_id);
  const next = state.place === botChat()?.id ? t(written ? "hintWaits" : "hintLater") : "";
  const steps = [["employee", "stepAnswer"], ["manager", "stepDigest"], ["hr", "stepCompletion"]]
    .filter(([role]) => state.people.has(roles[role]));
  return box.replaceChildren(
    el("header", {}, el("h2", {}, t("hintTitle")),
      iconButton("close", t("dismiss"), { on: { click: () => toggleHint(go) } })),
    el("p", {}, phrase("hintYou", { name: person.name, title: person.title, city: cityOf(person.tz || "") }), " ",
      next),
    el("ol", {}, steps.map(([role, key]) => step(roles[role], key, role === "hr" ? "home" : null, go))),
  );
}

function step(user, key, place, go) {
  const unread = unreadOf(user);
  const name = nameOf(user);
  const label = unread ? `${t("beThem", { name })}, ${t("unread", { n: unread })}` : t("beThem", { name });
  return el("li", { class: user === state.me ? "current" : "" }, avatar(user),
    el("p", {}, el("strong", {}, t(key)), el("small", {}, t(`${key}How`))),
    el("div", { class: "deeds" },
      button(phrase("beThem", { name }), { class: "button", "aria-label": label,
        on: { click: () => go(user, place) } }),
      key === "stepDigest" && state.clock.virtual && friday(state.people.get(user))));
}

function friday(manager) {
  const press = async () => {
    node.setAttribute("aria-busy", "true");
    trouble((await tell("/page/clock", { advance: untilFriday(manager.tz) })).problem);
    node.removeAttribute("aria-busy");
  };
  const node = button(t("toFriday"), { class: "button", on: { click: press } });
  return node;
}

/** Put the hint away, or bring it back. */
export function toggleHint(go) {
  remember("hint", recall("hint") === "away" ? "" : "away");
  drawHint(go);
}
