/** The middle of the page: its head, the home tab, and what stands around the messages. */

import { drawBlocks, valuesOf } from "./blocks.js";
import { el, icon, own } from "./dom.js";
import { drawHint } from "./hints.js";
import { act } from "./net.js";
import { trouble } from "./overlays.js";
import { drawPlaces, redrawPeople } from "./people.js";
import { botChat, conversation, me, nameOf, state, t, titleOf } from "./state.js";

const find = (id) => document.getElementById(id);

/** Everything around and in the middle but the messages; `go(user, place)` goes somewhere. */
export function drawPlace(go) {
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

const placeName = () =>
  state.place === "home" ? t("homeOf", { name: state.bot.name }) : titleOf(conversation(state.place));

/** The head of the middle: the way back on a phone, the name, and the two tabs of the bot. */
function drawHead() {
  const withBot = state.place === "home" || state.place === botChat()?.id;
  const back = el("a", { class: "icon back", href: `#${state.me}`, "aria-label": t("back"), title: t("back") },
    icon("back"));
  const tab = (place, label) => el("a", { href: `#${state.me}/${place}`,
    "aria-current": state.place === place ? "page" : null }, label);
  const tabs = withBot && botChat() && el("nav", { class: "tabs", "aria-label": t("homeTabs") },
    tab("home", t("home")), tab(botChat().id, t("messages")));
  const name = withBot ? state.bot.name : placeName();
  find("head").replaceChildren(...[back, el("h1", {}, own(name)), tabs].filter(Boolean));
}

/** The home tab that the bot published. */
export function drawHome() {
  const box = find("home");
  const { home } = state;
  if (!home?.blocks?.length) return box.replaceChildren(el("p", { class: "empty" }, t("emptyHome")));
  if (box.querySelector(":scope > .empty")) box.replaceChildren();
  return drawBlocks(box, home.blocks, {
    state: home.state?.values,
    act: async (block, action, node) => trouble(await act({ home: true }, block, action, valuesOf(box), node)),
  });
}
