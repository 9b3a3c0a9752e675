/** A searchable list under a field: one choice or several. Every select of Slack's is this one. */

import { button, el, fresh, icon, own } from "./dom.js";
import { place } from "./overlays.js";
import { t } from "./state.js";

const SHOWN = 200; // more than anyone reads; the search narrows the rest

/**
 * `options` are `{key, label, detail?, group?}`; `chosen` is the list of chosen keys; `changed` is called after every
 * choice. Gives `{node, input, read}`; `read()` gives the chosen keys in the order they were chosen.
 */
export function picker({ options, chosen, multiple, clearable, placeholder, max, changed, id, label, data }) {
  let picked = chosen.filter((key) => options.some((one) => one.key === key));
  let active = 0;
  let found = [];
  const listId = fresh("list");
  const labelOf = (key) => options.find((one) => one.key === key)?.label ?? key;

  const input = el("input", {
    id, data, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", "aria-label": label,
  });
  const list = el("ul", {
    id: listId, class: "popup", role: "listbox", popover: "manual", "aria-multiselectable": multiple ? "true" : null,
    "aria-label": label ?? placeholder ?? t("choose"),
  });
  const chips = el("span", { class: "chips" });
  const node = el("div", { class: multiple ? "picker multiple" : "picker" }, chips, input, icon("down"), list);
  const isOpen = () => input.getAttribute("aria-expanded") === "true";

  function rest() {
    input.value = multiple || !picked.length ? "" : labelOf(picked[0]);
    input.placeholder = multiple && picked.length ? "" : placeholder ?? t("choose");
    chips.replaceChildren(...(multiple ? picked.map(chip) : []));
  }

  function chip(key) {
    const drop = () => {
      choose(key);
      input.focus();
    };
    return el("span", { class: "chip" }, own(labelOf(key)),
      button(icon("close"), { "aria-label": t("remove", { name: labelOf(key) }), on: { click: drop } }));
  }

  function open(query = "") {
    const words = query.toLowerCase();
    found = options.filter((one) => `${one.label} ${one.detail ?? ""}`.toLowerCase().includes(words)).slice(0, SHOWN);
    active = Math.max(0, words ? 0 : found.findIndex((one) => picked.includes(one.key)));
    draw();
    input.setAttribute("aria-expanded", "true");
    if (!list.matches(":popover-open")) list.showPopover();
    place(list, node);
    list.children[active]?.scrollIntoView?.({ block: "nearest" });
    addEventListener("scroll", follow, true);
  }

  const follow = (event) => (node.isConnected ? event.target !== list && place(list, node) : close());

  function close() {
    removeEventListener("scroll", follow, true);
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    if (list.isConnected && list.matches(":popover-open")) list.hidePopover();
  }

  function draw() {
    let group = null;
    const rows = [];
    found.forEach((one, index) => {
      if (one.group && one.group !== group) rows.push(el("li", { role: "presentation", class: "group" }, one.group));
      group = one.group;
      rows.push(row(one, index));
    });
    list.replaceChildren(...(rows.length ? rows
      : [el("li", { role: "presentation", class: "none" }, t("nothingFound"))]));
    const current = list.querySelector(".active");
    if (current) input.setAttribute("aria-activedescendant", current.id);
  }

  function row(one, index) {
    const on = { click: () => choose(one.key), pointerdown: (event) => event.preventDefault() };
    return el("li", {
      id: `${listId}-${index}`, role: "option", class: index === active ? "active" : "", data: { value: one.key },
      "aria-selected": picked.includes(one.key) ? "true" : "false", on,
    }, el("span", { class: "label" }, own(one.label)), one.detail && el("small", {}, one.detail));
  }

  function choose(key) {
    if (!multiple) picked = [key];
    else if (picked.includes(key)) picked = picked.filter((other) => other !== key);
    else if (!max || picked.length < max) picked = [...picked, key];
    rest();
    if (multiple && isOpen()) open();
    else close();
    changed();
  }

  function leave() {
    if (!isOpen()) return rest();
    close();
    const emptied = clearable && !multiple && picked.length && !input.value.trim();
    if (emptied) picked = [];
    rest();
    if (emptied) changed();
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !isOpen()) open();
    else if (step && found.length) {
      active = (active + step + found.length) % found.length;
      draw();
      list.querySelector(".active")?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && isOpen() && found[active]) choose(found[active].key);
    else if (event.key === "Enter") open();
    else if (event.key === "Escape" && isOpen()) {
      close();
      rest();
    } else if (event.key === "Backspace" && multiple && !input.value && picked.length) return choose(picked.at(-1));
    else return undefined;
    event.preventDefault();
    event.stopPropagation();
    return undefined;
  }

  input.addEventListener("click", () => isOpen() || (input.select(), open()));
  input.addEventListener("input", () => open(input.value.trim()));
  input.addEventListener("keydown", key);
  input.addEventListener("blur", leave);
  node.addEventListener("click", (event) => event.target.closest("button, input, li") || (input.focus(), open()));
  rest();
  return { node, input, read: () => picked };
}
