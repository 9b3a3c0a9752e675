/** Builds the page's nodes: a text is always text, never markup. */

const PROPERTIES = new Set(["value", "checked", "hidden", "disabled", "textContent", "selected", "inert"]);
const SVG = "http://www.w3.org/2000/svg";

/**
 * One element. `props`: `on` holds listeners, `data` data attributes, the rest are attributes; null and false are
 * left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.entries(value)
      .forEach(([key, text]) => text != null && (node.dataset[key] = text));
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A button that never submits a form by accident. */
export function button(label, props = {}) {
  return el("button", { type: "button", ...props }, label);
}

/** A button that shows only a picture; `label` is its accessible name and its tooltip. */
export function iconButton(name, label, props = {}) {
  return button(icon(name), { title: label, "aria-label": label, ...props, class: `icon ${props.class ?? ""}` });
}

let ids = 0;

/** A fresh id for `for`, `aria-labelledby` and their kind. */
export const fresh = (word = "n") => `${word}-${++ids}`;

/** Someone's own text inside our sentence: its right-to-left marks end where it ends. */
export const own = (text) => el("bdi", {}, text);

const PATHS = {
  home: "M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z",
  chat: "M4 4.5h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H9l-4 3v-3H4a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z",
  channel: "M7.5 3.5 6 16.5M14 3.5l-1.5 13M4 7.5h13M3 12.5h13",
  back: "M12 4.5 6.5 10l5.5 5.5",
  close: "M5 5l10 10M15 5 5 15",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  play: "M6.5 4.5v11l9-5.5z",
  pause: "M7 4.5v11M13 4.5v11",
  forward: "M4 5v10l6-5zM10 5v10l6-5z",
  morning: "M10 3v2M4.5 6.5 6 8M15.5 6.5 14 8M3 14h14M5.5 14a4.5 4.5 0 0 1 9 0M7 17h6",
  week: "M4 5h12v11H4zM4 8.5h12M7.5 3v3M12.5 3v3",
  flag: "M5 17V4h9l-2 3 2 3H5",
  help: "M7.5 7.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M10 14.5h.01",
  log: "M3.5 6h10l-2.5-2.5M16.5 14h-10l2.5 2.5M3.5 10h13",
  send: "M3.5 10 17 3.5 12.5 17 10 11z",
  clip: "M14.5 9.5 9.3 14.7a3.2 3.2 0 0 1-4.5-4.5l6-6a2.1 2.1 0 0 1 3 3l-6 6a1.1 1.1 0 0 1-1.5-1.5l5.2-5.2",
  search: "M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4zM12.7 12.7 17 17",
  down: "M5 8l5 5 5-5",
  loop: "M15.5 8A6 6 0 0 0 4.5 7.5M4.5 12a6 6 0 0 0 11 .5M15.5 4v4h-4M4.5 16v-4h4",
};

/** One of the page's line drawings. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `drawing drawing-${name}`);
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Make `wanted` the container's children; a node that stays is not moved, so focus and scrolling stay with it. */
export function sync(container, wanted) {
  const keep = new Set(wanted);
  for (const node of [...container.childNodes]) if (!keep.has(node)) node.remove();
  let next = container.firstChild;
  for (const node of wanted) {
    if (node === next) next = next.nextSibling;
    else container.insertBefore(node, next);
  }
}
