/** Slack's stateful elements: what a person types, picks or ticks, and how it reads in `state.values`. */

import { el, fresh } from "./dom.js";
import { picker } from "./picker.js";
import { botChat, nameOf, state, t, titleOf, zone } from "./state.js";
import { lineOf, textOf } from "./text.js";
import { cityOf, toEpoch, toLocal } from "./times.js";

const TEXTS = {
  plain_text_input: "text", number_input: "text", email_text_input: "email", url_text_input: "url",
    rich_text_input: "text",
};

/**
 * The control for an element, or null for an element that holds no state (a button).
 *
 * `current` is a value in Slack's shape or undefined (then the element's `initial_*` counts); `changed(how)` is
 * called
 * on a change: "typing" for every character, "enter", "settled" for a choice or a date. `label` names a control that
 * stands without a visible label. Gives `{node, focus, read}`; `read()` gives the value in Slack's shape.
 */
export function control(element, block, current, changed, { id, label }) {
  const draw = element.type in TEXTS ? text : DRAWN[element.type];
  if (!draw) return null;
  const data = { blockId: block, actionId: element.action_id };
  const drawn = draw(element, current, changed, { id, label, data });
  return { ...drawn, element, read: () => ({ type: element.type, ...drawn.read() }) };
}

function text(element, current, changed, names) {
  const initial = element.type === "rich_text_input" ? "" : element.initial_value ?? "";
  const start = current ? current.value ?? current.typed ?? "" : initial;
  const many = element.multiline || element.type === "rich_text_input";
  const onEnter = element.dispatch_action_config?.trigger_actions_on?.includes("on_enter_pressed");
  const counter = el("small", { class: "counter", "aria-live": "polite" });
  const field = el(many ? "textarea" : "input", {
    id: names.id, data: names.data, "aria-label": names.label,
      placeholder: element.placeholder ? lineOf(element.placeholder) : null,
    type: many ? null : TEXTS[element.type] === "text" ? "text" : TEXTS[element.type], rows: many ? 4 : null,
      dir: "auto",
    inputmode: element.type === "number_input" ? "decimal" : null, autocomplete: "off",
  });
  field.value = start;
  const count = () => {
    const left = element.max_length ? element.max_length - field.value.length : Infinity;
    counter.textContent = left <= element.max_length / 5 ? String(left) : "";
    counter.classList.toggle("over", left < 0);
  };
  field.addEventListener("input", () => {
    count();
    changed("typing");
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    if (many && !onEnter) return;
    event.preventDefault(); // Enter in a field sends its action, if it has one; the screen goes by its button
    changed("enter");
  });
  count();
  const read = () => {
    const typed = field.value === "" ? null : field.value;
    if (element.type !== "rich_text_input") return { value: typed };
    const section = { type: "rich_text_section", elements: [{ type: "text", text: typed ?? "" }] };
    return { typed, rich_text_value: typed === null ? null : { type: "rich_text", elements: [section] } };
  };
  return { node: el("div", { class: "field" }, field, counter), focus: field, read };
}

function moment(kind, slot) {
  return (element, current, changed, names) => {
    const initial = element[`initial_${slot.replace("selected_", "")}`];
    const start = current ? current[slot] : initial;
    const far = kind === "datetime-local";
    const field = el("input", { id: names.id, data: names.data, type: kind, "aria-label": names.label });
    field.value = far && start ? toLocal(start) : start ?? "";
    let sent = field.value;
    let waiting = 0;
    const settle = () => {
      clearTimeout(waiting);
      if (sent === field.value) return;
      sent = field.value;
      changed("settled");
    };
    // A date typed by keyboard is a whole date at every digit of its year: wait until it rests.
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(settle, 700);
    });
    field.addEventListener("blur", settle);
    field.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), settle()));
    const where = element.timezone ?? (far ? zone() : null);
    const read = () => {
      const value = field.value ? (far ? toEpoch(field.value) : field.value) : null;
      return element.timezone ? { [slot]: value, timezone: element.timezone } : { [slot]: value };
    };
    return { node: el("div", { class: "field" }, field, where && el("small", { class: "hint" }, cityOf(where))),
      focus: field, read };
  };
}

function ticks(kind) {
  return (element, current, changed, names) => {
    const many = kind === "checkbox";
    const slot = many ? "selected_options" : "selected_option";
    const initial = many ? element.initial_options ?? [] : [element.initial_option].filter(Boolean);
    const start = current ? [current[slot]].flat().filter(Boolean) : initial;
    const group = fresh("group");
    const rows = (element.options ?? []).map((option) => {
      const box = el("input", {
        type: kind, name: group, value: option.value, data: names.data,
          checked: start.some((one) => one.value === option.value),
        on: { change: () => changed("settled") },
      });
      const about = option.description && el("small", {}, textOf(option.description));
      return { option, box, node: el("label", { class: "tick" }, box,
        el("span", { class: "text" }, textOf(option.text), about)) };
    });
    const read = () => {
      const picked = rows.filter((row) => row.box.checked).map((row) => row.option);
      return { [slot]: many ? picked : picked[0] ?? null };
    };
    const node = el("div", { class: "ticks", role: many ? "group" : "radiogroup", "aria-label": names.label },
      rows.map((row) => row.node));
    return { node, group: node, focus: rows.find((row) => row.box.checked)?.box ?? rows[0]?.box, read };
  };
}

/**
 * A select: `list(element)` gives its options, `slot` the place of its value, `keep` turns a key into what Slack
 * stores.
 */
function pick(list, slot, initialSlot, multiple, keep = (key) => key, keyOf = (value) => value) {
  return (element, current, changed, names) => {
    const options = list(element);
    const start = current ? current[slot] : element[initialSlot];
    const made = picker({
      ...names, options, multiple, changed: () => changed("settled"), clearable: names.label === undefined,
      chosen: [start].flat().filter(Boolean).map(keyOf), max: element.max_selected_items,
      placeholder: element.placeholder ? lineOf(element.placeholder) : null,
    });
    const read = () => {
      const picked = made.read().map((key) => keep(key, element));
      return { [slot]: multiple ? picked : picked[0] ?? null };
    };
    return { node: made.node, focus: made.input, read };
  };
}

const allOptions = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

const option = (one, group) => ({
  key: one.value, label: lineOf(one.text), detail: one.description ? lineOf(one.description) : null, group,
});

const statics = (element) =>
  element.options?.map((one) => option(one)) ??
  (element.option_groups ?? []).flatMap((group) => group.options.map((one) => option(one, lineOf(group.label))));

const people = () =>
  [...state.people.values()].filter((one) => !one.deleted)
    .map((one) => ({ key: one.id, label: nameOf(one.id), detail: one.title }));

const channels = () =>
  state.conversations.filter((one) => one.kind === "channel").map((one) => ({ key: one.id, label: titleOf(one) }));

const conversations = () => [...channels(), ...[botChat()].filter(Boolean)
  .map((one) => ({ key: one.id, label: one.name }))];

const stored = (key, element) => allOptions(element).find((one) => one.value === key);
const valueOf = (one) => one.value;

const DRAWN = {
  static_select: pick(statics, "selected_option", "initial_option", false, stored, valueOf),
  multi_static_select: pick(statics, "selected_options", "initial_options", true, stored, valueOf),
  users_select: pick(people, "selected_user", "initial_user", false),
  multi_users_select: pick(people, "selected_users", "initial_users", true),
  channels_select: pick(channels, "selected_channel", "initial_channel", false),
  multi_channels_select: pick(channels, "selected_channels", "initial_channels", true),
  conversations_select: pick(conversations, "selected_conversation", "initial_conversation", false),
  multi_conversations_select: pick(conversations, "selected_conversations", "initial_conversations", true),
  radio_buttons: ticks("radio"),
  checkboxes: ticks("checkbox"),
  datepicker: moment("date", "selected_date"),
  timepicker: moment("time", "selected_time"),
  datetimepicker: moment("datetime-local", "selected_date_time"),
};

const EMPTY = (value) => value === null || value === undefined || value.length === 0;

/** What Slack's own client finds wrong before it sends a screen, as a word of ours, or null. */
export function fault(element, value, optional) {
  const [said] = Object.entries(value).filter(([key]) => !["type", "timezone", "typed"].includes(key))
    .map(([, one]) => one);
  if (EMPTY(said)) return optional ? null : t("required");
  if (element.min_length && said.length < element.min_length) return t("tooShort", { n: element.min_length });
  if (element.max_length && said.length > element.max_length) return t("tooLong", { n: element.max_length });
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(said)) return t("noEmail");
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/i.test(said)) return t("noAddress");
  return element.type === "number_input" ? numberFault(element, said) : null;
}

function numberFault(element, said) {
  const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(said.trim())) return t(element.is_decimal_allowed ? "noNumber" : "noWhole");
  if (element.min_value != null && Number(said) < Number(element.min_value)) return t("atLeast",
    { n: element.min_value });
  if (element.max_value != null && Number(said) > Number(element.max_value)) return t("atMost",
    { n: element.max_value });
  return null;
}
