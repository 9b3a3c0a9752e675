/** What floats above the page: lists under a field, menus, and the question "are you sure?". */

import { button, el, fresh, icon } from "./dom.js";
import { lineOf, textOf } from "./text.js";
import { t } from "./state.js";

/** Put a popup (in the top layer) under its anchor, or above it where there is more room. */
export function place(popup, anchor, { width = null } = {}) {
  const box = anchor.getBoundingClientRect();
  const view = window.visualViewport ?? { height: innerHeight, width: innerWidth, offsetTop: 0 };
  const below = view.offsetTop + view.height - box.bottom - 8;
  const above = box.top - view.offsetTop - 8;
  const wide = Math.min(Math.max(width ?? box.width, 180), innerWidth - 16);
  const up = below < Math.min(popup.scrollHeight, 240) && above > below;
  popup.style.width = `${wide}px`;
  popup.style.maxHeight = `${Math.max(120, Math.min(320, up ? above : below))}px`;
  popup.style.left = `${Math.max(8, Math.min(box.left, innerWidth - wide - 8))}px`;
  popup.style.top = up ? "auto" : `${box.bottom + 4}px`;
  popup.style.bottom = up ? `${innerHeight - box.top + 4}px` : "auto";
}

let openMenu = null;

/**
 * Open a menu of `{label, danger?, pick}` at its button; the arrow keys walk it, Escape and a click elsewhere close
 * it.
 */
export function menu(anchor, items, label) {
  const again = openMenu?.anchor === anchor;
  openMenu?.close();
  if (again) return;
  const list = el("div", { class: "popup menu", role: "menu", "aria-label": label, popover: "manual" });
  const close = (refocus = true) => {
    openMenu = null;
    list.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    if (refocus) anchor.focus();
  };
  const outside = (event) => !list.contains(event.target) && !anchor.contains(event.target) && close(false);
  for (const item of items) {
    const pick = () => {
      close();
      item.pick();
    };
    list.append(button(item.label, { role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : "",
      on: { click: pick } }));
  }
  list.addEventListener("keydown", (event) => walk(event, list, close));
  anchor.after(list);
  anchor.setAttribute("aria-expanded", "true");
  list.showPopover();
  place(list, anchor, { width: 240 });
  list.firstElementChild?.focus();
  document.addEventListener("pointerdown", outside, true);
  openMenu = { anchor, close };
}

function walk(event, list, close) {
  const items = [...list.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length).focus();
  }
}

/** Ask Slack's `confirm` object; true when the person agrees, and at once where there is nothing to ask. */
export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  const dialog = document.getElementById("confirm");
  const title = fresh("title");
  return new Promise((resolve) => {
    const done = (answer) => () => {
      dialog.close();
      resolve(answer);
    };
    const deny = button(question.deny ? lineOf(question.deny) : t("cancel"),
      { class: "button", on: { click: done(false) } });
    const style = question.style === "danger" ? "danger" : "primary";
    const agree = button(question.confirm ? lineOf(question.confirm) : t("yes"),
      { class: `button ${style}`, on: { click: done(true) } });
    dialog.setAttribute("aria-labelledby", title);
    dialog.replaceChildren(
      el("h2", { id: title }, textOf(question.title)),
      el("div", { class: "text" }, textOf(question.text)),
      el("footer", {}, deny, agree),
    );
    dialog.onkeydown = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      done(false)();
    };
    dialog.showModal();
    agree.focus();
  });
}

/** What went wrong, in one sentence above the composer, until the person does something else; nothing clears it. */
export function trouble(sentence) {
  const bar = document.getElementById("problem");
  if (!sentence) return bar.replaceChildren();
  const close = button(icon("close"), { class: "icon", "aria-label": t("dismiss"),
    on: { click: () => trouble(null) } });
  return bar.replaceChildren(el("span", { class: "text" }, sentence), close);
}
