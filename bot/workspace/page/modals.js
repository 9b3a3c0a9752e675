/** The stack of open modals: the last one in sight, the ones below kept as they were left. */

import { blockIn, controlsOf, drawBlocks, valuesOf } from "./blocks.js";
import { button, el, fresh, icon, iconButton } from "./dom.js";
import { fault } from "./inputs.js";
import { act, as } from "./net.js";
import { state, t } from "./state.js";
import { lineOf, textOf } from "./text.js";

const TYPING_PAUSE = 600; // milliseconds a text rests before its action goes

const forms = new Map(); // view id → {form, body, view, pending}
const dialog = () => document.getElementById("modal");

/** Prepare the dialog once. */
export function prepareModals() {
  dialog().addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close(state.views.at(-1));
  });
  dialog().addEventListener("cancel", (event) => event.preventDefault()); // the bot says when it is closed
}

/** Draw the stack as it is now. */
export function drawModals() {
  const box = dialog();
  for (const [id, { form }] of forms) {
    if (state.views.some((view) => view.id === id)) continue;
    form.remove();
    forms.delete(id);
  }
  if (!state.views.length) return box.open && box.close();
  const opening = !box.open;
  const before = [...forms.values()].find(({ form }) => !form.hidden);
  for (const view of state.views) drawView(view);
  const top = forms.get(state.views.at(-1).id);
  for (const { form } of forms.values()) form.hidden = form !== top.form;
  box.setAttribute("aria-labelledby", top.form.querySelector("h2").id);
  if (opening) box.showModal();
  if (opening || before?.form !== top.form || !top.form.contains(document.activeElement)) focusFirst(top);
  return undefined;
}

function focusFirst({ form, body }) {
  const first = controlsOf(body)[0];
  // On a touch screen the keyboard would jump up over the question.
  if (first && !matchMedia("(pointer: coarse)").matches) first.focus();
  else form.querySelector("h2").focus();
}

function drawView(view) {
  const known = forms.get(view.id);
  const shell = known ?? makeShell(view);
  const anew = known && !view.blocks.some((block) => blockIn(shell.body, block.block_id));
  if (known && JSON.stringify(known.view) === JSON.stringify(view)) return drawHead(shell, view);
  const values = known ? undefined : view.state?.values;
  shell.view = view;
  drawBlocks(shell.body, view.blocks, surface(shell, values));
  drawHead(shell, view);
  if (anew) shell.body.scrollTop = 0;
  if (known) say(shell, null);
  return undefined;
}

function makeShell(view) {
  const form = el("form", { class: "view", novalidate: true, data: { viewId: view.id } },
    el("header", {}), el("div", { class: "banner", role: "alert" }), el("div", { class: "blocks", tabindex: "-1" }),
      el("footer", {}));
  const shell = { form, body: form.querySelector(".blocks"), title: fresh("title"), view, pending: null };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(shell);
  });
  dialog().append(form);
  forms.set(view.id, shell);
  return shell;
}

function drawHead(shell, view) {
  const depth = state.views.findIndex((one) => one.id === view.id);
  const under = state.views.slice(0, depth).map((one) => lineOf(one.title));
  const back = depth > 0 && iconButton("back", t("backTo", { title: under.at(-1) }),
    { on: { click: () => close(view) } });
  const path = under.length > 0 && el("p", { class: "path" }, under.join(" › "));
  const title = el("h2", { id: shell.title, tabindex: "-1" }, textOf(view.title));
  const all = iconButton("close", t(depth ? "closeAll" : "close"), { on: { click: () => close(view, depth > 0) } });
  shell.form.querySelector("header").replaceChildren(...[back, el("div", {}, path, title), all].filter(Boolean));
  const leave = button(view.close ? textOf(view.close) : t(view.submit ? "cancel" : "close"),
    { class: "button", on: { click: () => close(view) } });
  const asks = view.submit || view.blocks.some((block) => block.type === "input");
  const send = asks && el("button", { type: "submit", class: "button primary" },
    view.submit ? textOf(view.submit) : t("submit"));
  shell.form.querySelector("footer").replaceChildren(...[leave, send].filter(Boolean));
}

function surface(shell, values) {
  const where = { view: shell.view.id };
  const send = async (block, action, node) => say(shell, await act(where, block, action, valuesOf(shell.body), node));
  return {
    state: values,
    touched: (block) => complain(shell, block, null),
    typing: (block, read) => wait(shell, () =>
      send(block, { action_id: actionOf(shell, block), ...cleaned(read()) })),
    act: async (block, action, node) => {
      await flush(shell);
      await send(block, action, node);
    },
  };
}

const actionOf = (shell, block) => shell.view.blocks.find((one) => one.block_id === block)?.element?.action_id;

function cleaned({ typed, ...value }) {
  return value;
}

/** Keep a typed text's action until typing rests; only the last one goes. */
function wait(shell, send) {
  clearTimeout(shell.pending?.timer);
  const timer = setTimeout(() => flush(shell), TYPING_PAUSE);
  shell.pending = { timer, send };
}

/** Send what waits, before anything that could close the screen. */
async function flush(shell) {
  const waiting = shell.pending;
  shell.pending = null;
  clearTimeout(waiting?.timer);
  await waiting?.send();
}

async function close(view, clear = false) {
  const shell = forms.get(view?.id);
  if (!shell) return;
  await flush(shell);
  const { problem } = await as("close", { view: view.id, ...(clear ? { clear: true } : {}) });
  if (problem) say(shell, problem);
}

async function submit(shell) {
  if (shell.form.getAttribute("aria-busy") === "true") return;
  const wrong = {};
  for (const { block, element, value, optional } of controlsOf(shell.body)) {
    const sentence = fault(element, value, optional);
    if (sentence) wrong[block] = sentence;
  }
  clearTimeout(shell.pending?.timer);
  const waiting = shell.pending;
  if (Object.keys(wrong).length) {
    shell.pending = waiting;
    await flush(shell);
    return show(shell, wrong);
  }
  shell.pending = null; // the submit carries the same text
  shell.form.setAttribute("aria-busy", "true");
  say(shell, null);
  show(shell, {});
  const { errors, problem } = await as("submit", { view: shell.view.id, values: valuesOf(shell.body) });
  shell.form.removeAttribute("aria-busy");
  if (problem) say(shell, problem);
  if (errors) show(shell, errors);
}

/** Each sentence under its field; one whose field isn't there stands above. */
function show(shell, errors) {
  for (const { block } of controlsOf(shell.body)) complain(shell, block, null);
  const homeless = Object.entries(errors).filter(([block, sentence]) => !complain(shell, block, sentence));
  if (homeless.length) say(shell, homeless.map(([, sentence]) => sentence).join(" "));
  const first = controlsOf(shell.body).find(({ block }) => block in errors);
  first?.focus();
  first?.node.scrollIntoView({ block: "nearest" });
}

function complain(shell, block, sentence) {
  const node = blockIn(shell.body, block);
  const line = node?.querySelector(":scope > .error");
  if (!line) return false;
  line.hidden = !sentence;
  line.textContent = sentence ?? "";
  node.classList.toggle("wrong", Boolean(sentence));
  for (const field of node.querySelectorAll("input, textarea, [role=group], [role=radiogroup]")) {
    if (sentence) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  return true;
}

function say(shell, sentence) {
  shell.form.querySelector(".banner").replaceChildren(...(sentence
    ? [icon("flag"), el("span", { class: "text" }, sentence)] : []));
}
