/** Slack's blocks as nodes, drawn again without losing what a person has typed in them. */

import { button, el, fresh, icon, sync } from "./dom.js";
import { control } from "./inputs.js";
import { localPath } from "./net.js";
import { confirmed, menu } from "./overlays.js";
import { t } from "./state.js";
import { lineOf, mrkdwn, richText, textOf } from "./text.js";

const drawn = new WeakMap(); // a block's node → {id, json, controls}

/**
 * Draw `blocks` into `container`.
 *
 * A block that hasn't changed keeps its node; one that has is drawn anew, and an input in it whose block_id,
 * action_id
 * and type are the same keeps what stands in it, as in Slack. `surface` is `{act(block_id, action), typing?(…),
 * state?}`.
 */
export function drawBlocks(container, blocks, surface) {
  const before = new Map([...container.children].filter((node) => drawn.has(node))
    .map((node) => [drawn.get(node).id, node]));
  const focus = focusIn(container);
  const wanted = blocks.filter(Boolean).map((block, index) =>
    blockNode(block, block.block_id ?? `block-${index}`, before, surface));
  sync(container, wanted);
  focus?.();
}

/** `state.values` of what is drawn in `container`. */
export function valuesOf(container) {
  const values = {};
  for (const { block, action, value } of controlsOf(container)) (values[block] ??= {})[action] = value;
  for (const one of Object.values(values)) for (const value of Object.values(one)) delete value.typed;
  return values;
}

/** Every stateful control drawn in `container`, in reading order. */
export function controlsOf(container) {
  return [...container.children].filter((node) => drawn.has(node)).flatMap((node) => {
    const { id, controls, json } = drawn.get(node);
    return controls.map((one) => ({
      element: one.element, focus: one.focus, value: one.read(), node, block: id, action: one.element.action_id,
        optional: json.type !== "input" || json.optional,
    }));
  });
}

/** The node of one block. */
export const blockIn = (container, id) => [...container.children].find((node) => drawn.get(node)?.id === id);

function focusIn(container) {
  const at = document.activeElement;
  if (!container.contains(at) || !at.dataset.actionId) return null;
  const { blockId, actionId } = at.dataset;
  const { selectionStart: from, selectionEnd: to, value } = at;
  return () => {
    if (at.isConnected && container.contains(at)) return;
    const same = [...container.querySelectorAll("[data-action-id]")].filter(
      (node) => node.dataset.blockId === blockId && node.dataset.actionId === actionId);
    const again = same.find((node) => node.value === value) ?? same[0];
    again?.focus({ preventScroll: true });
    if (typeof from === "number" && again?.setSelectionRange) again.setSelectionRange(from, to);
  };
}

function blockNode(block, id, before, surface) {
  const old = before.get(id);
  const text = JSON.stringify(block);
  if (old && drawn.get(old).text === text) return old;
  const typed = new Map((old ? drawn.get(old).controls : []).map((one) => [one.element.action_id, one.read()]));
  const controls = [];
  const pen = {
    id,
    block,
    element: (element, label) => drawElement(element, pen, label),
    current: (element) => {
      const kept = typed.get(element.action_id) ?? surface.state?.[id]?.[element.action_id];
      return kept?.type === element.type ? kept : undefined;
    },
    add: (one) => controls.push(one),
    surface,
  };
  const node = (BLOCKS[block.type] ?? unknown)(block, pen);
  node.classList.add("block", `block-${block.type}`);
  node.dataset.block = id;
  drawn.set(node, { id, text, json: block, controls });
  return node;
}

const BLOCKS = {
  header: (block) => el("h3", {}, textOf(block.text)),
  section: (block, pen) => {
    const words = [
      block.text && el("div", { class: "text" }, textOf(block.text)),
      block.fields && el("div", { class: "fields" },
        block.fields.map((one) => el("div", { class: "text" }, textOf(one)))),
    ];
    const label = block.text && lineOf(block.text).slice(0, 120);
    return el("div", {}, el("div", { class: "words" }, words),
      block.accessory && el("div", { class: "accessory" }, pen.element(block.accessory, label)));
  },
  context: (block) => el("div", {}, (block.elements ?? [])
    .map((one) => (one.type === "image" ? image(one) : el("span", { class: "text" }, textOf(one))))),
  divider: () => el("hr"),
  actions: (block, pen) => el("div", {}, (block.elements ?? []).map((one) => pen.element(one))),
  image: (block) => el("figure", {}, block.title && el("figcaption", {}, textOf(block.title)), image(block)),
  rich_text: (block) => el("div", {}, richText(block)),
  markdown: (block) => el("div", { class: "text" }, block.text ?? ""),
  table: (block) => table(block),
  input: (block, pen) => input(block, pen),
};

const unknown = (block) => el("div", { class: "text faint" }, t("unknownBlock", { type: block.type }));

function image(one) {
  const file = one.slack_file;
  const source = file ? (file.id ? `/files/${encodeURIComponent(file.id)}` : localPath(file.url)) : one.image_url ?? "";
  return /^(https?:|\/)/.test(source) ? el("img", { src: source, alt: one.alt_text ?? "", loading: "lazy" })
    : el("span", {}, one.alt_text ?? "");
}

function table(block) {
  const rows = (block.rows ?? []).map((cells, at) => el("tr", {}, cells.map((cell, column) => {
    const setting = block.column_settings?.[column] ?? {};
    const inner = cell.type === "rich_text" ? richText(cell) : String(cell.text ?? cell.value ?? "");
    const aligned = { center: "center", right: "right" }[setting.align] ?? "";
    return el(at ? "td" : "th", { scope: at ? null : "col",
      class: `${aligned} ${setting.is_wrapped ? "wrapped" : ""}` }, inner);
  })));
  return el("div", { tabindex: "0" }, el("table", {}, el("thead", {}, rows.slice(0, 1)),
    el("tbody", {}, rows.slice(1))));
}

function input(block, pen) {
  const id = fresh("input");
  const [label, hint, error] = [fresh("label"), fresh("hint"), fresh("error")];
  const made = drawElement(block.element, pen, undefined, id, block.dispatch_action ? "asked" : "never");
  const target = made.querySelector?.(`#${id}`) ?? made.querySelector?.("[role=group], [role=radiogroup]") ?? made;
  target.setAttribute("aria-labelledby", label);
  target.setAttribute("aria-describedby", `${error} ${hint}`);
  if (!block.optional) target.setAttribute("aria-required", "true");
  return el("div", {},
    el("label", { id: label, for: target.id === id ? id : null, class: "label" }, textOf(block.label),
      block.optional && el("span", { class: "optional" }, ` ${t("optional")}`)),
    made,
    el("p", { id: error, class: "error", hidden: true }),
    el("p", { id: hint, class: "hint text" }, block.hint ? textOf(block.hint) : []));
}

/** `sends`: "always" (it stands in a message, section or actions block), "asked" (dispatch_action), "never". */
function drawElement(element, pen, label, id = fresh("element"), sends = "always") {
  if (element.type === "button" || element.type === "workflow_button") return pushButton(element, pen);
  if (element.type === "overflow") return overflow(element, pen);
  if (element.type === "image") return image(element);
  return stateful(element, pen, label, id, sends);
}

function stateful(element, pen, label, id, sends) {
  const holder = el("div", { class: `control control-${element.type}` });
  const name = sends === "always" ? (element.placeholder ? lineOf(element.placeholder) : label) ?? element.action_id
    : undefined;
  let current = pen.current(element);
  const changed = async (how) => {
    pen.surface.touched?.(pen.id);
    if (sends === "never" || !wants(element, how)) return;
    if (how === "typing") return pen.surface.typing?.(pen.id, () => made.read());
    if (!(await confirmed(element.confirm))) return draw(); // as it was before
    current = made.read();
    pen.surface.act(pen.id, { action_id: element.action_id, ...current }, holder);
  };
  let made = null;
  const draw = () => {
    made = control(element, pen.id, current, changed, { id, label: name });
    holder.replaceChildren(made ? made.node : unknown(element));
  };
  draw();
  if (made) {
    current = made.read();
    pen.add({ element, read: () => made.read(), focus: () => made.focus?.focus() });
  }
  return holder;
}

/**
 * Texts send their action when their `dispatch_action_config` says so (Enter by default), everything else when it
 * settles.
 */
function wants(element, how) {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (how === "typing") return when.includes("on_character_entered");
  return how === "settled" || when.includes("on_enter_pressed");
}

function pushButton(element, pen) {
  const press = async () => {
    if (node.getAttribute("aria-busy") === "true" || !(await confirmed(element.confirm))) return;
    if (/^https?:\/\//i.test(element.url ?? "")) window.open(element.url, "_blank", "noopener");
    const { text, action_id, value } = element;
    pen.surface.act(pen.id, { type: "button", action_id, text, ...(value === undefined ? {} : { value }) }, node);
  };
  const node = button(textOf(element.text), {
    class: `button ${element.style ?? ""}`, "aria-label": element.accessibility_label,
    data: { blockId: pen.id, actionId: element.action_id, value: element.value }, on: { click: press },
  });
  return node;
}

function overflow(element, pen) {
  const choose = async (option) => {
    if (!(await confirmed(element.confirm))) return;
    if (/^https?:\/\//i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
    pen.surface.act(pen.id, { type: "overflow", action_id: element.action_id, selected_option: option }, node);
  };
  const items = (element.options ?? []).map((option) => ({ label: lineOf(option.text), pick: () => choose(option) }));
  const node = button(icon("more"), {
    class: "button square", "aria-label": t("more"), "aria-haspopup": "menu", "aria-expanded": "false",
    data: { blockId: pen.id, actionId: element.action_id }, on: { click: () => menu(node, items, t("more")) },
  });
  return el("span", { class: "holder" }, node);
}

/** A message without blocks. */
export const textBlock = (text) => el("div", { class: "text" }, mrkdwn(text ?? ""));
