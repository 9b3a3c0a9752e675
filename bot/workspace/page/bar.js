/** The bar at the top: the company's clock and how to move it, the language, the way to hints and the drawer. */

import { button, el, icon, iconButton } from "./dom.js";
import { tell } from "./net.js";
import { trouble } from "./overlays.js";
import { heardClock, now, state, t, zone } from "./state.js";
import { cityOf, momentOf } from "./times.js";

const SPEEDS = [1, 60, 600, 3600];

/** Draw the clock and its buttons; `drawNow` keeps the time itself. */
export function drawClock() {
  const { virtual, next_milestone: milestone, speed } = state.clock;
  const parts = [el("time", { id: "now" })];
  if (virtual) {
    parts.push(
      move("forward", "hour", { advance: 3600 }),
      move("morning", "morning", { to: "next_morning", user: state.me }),
      move("week", "week", { advance: 7 * 86400 }),
      move("flag", "milestone", { to: "next_milestone" }, milestone ? momentOf(milestone) : null),
      iconButton(speed ? "pause" : "play", t(speed ? "pause" : "play"), {
        "aria-pressed": String(speed > 0), on: { click: () => run({ speed: speed ? 0 : remembered() }) },
      }),
      speeds(speed),
    );
  }
  document.getElementById("clock").replaceChildren(...parts);
  drawNow();
}

let chosen = null;
const remembered = () => chosen ?? 60;

function speeds(speed) {
  const change = (event) => {
    chosen = Number(event.target.value);
    if (state.clock.speed) run({ speed: chosen });
  };
  const current = speed || remembered();
  const known = SPEEDS.includes(current) ? SPEEDS : [...SPEEDS, current].sort((one, other) => one - other);
  const options = known.map((one) => el("option", { value: String(one), selected: one === current },
    SPEEDS.includes(one) ? t(`speed${one}`) : `×${one}`));
  return el("select", { "aria-label": t("speed"), title: t("speed"), on: { change } }, options);
}

/** A button that moves the clock; `when` is the moment it goes to, null where there is none. */
function move(drawing, key, order, when = "") {
  const name = when === "" ? t(key) : `${t(key)}: ${when ?? t("noMilestone")}`;
  const press = async () => {
    node.setAttribute("aria-busy", "true");
    await run(order);
    node.removeAttribute("aria-busy");
  };
  const node = button([icon(drawing), el("span", { class: "words" }, t(`${key}Short`)),
    when && el("small", { class: "when" }, when)],
    { class: `move move-${key}`, disabled: when === null, title: name, "aria-label": name, on: { click: press } });
  return node;
}

async function run(order) {
  const clock = await tell("/page/clock", order);
  if (clock.problem) return trouble(clock.problem);
  heardClock(clock);
  return drawClock();
}

/** Now, in the played person's zone and weekday. */
export function drawNow() {
  const node = document.getElementById("now");
  if (!node || !state.me) return;
  const [moment, city] = [momentOf(now()), cityOf(zone())];
  if (node.textContent !== `${moment} ${city}`) node
    .replaceChildren(el("span", {}, moment), " ", el("small", {}, city));
}

/** The tools at the right: hints, language, drawer. `deeds` is `{hints, language, drawer}`. */
export function drawTools(deeds, drawerOpen, problems) {
  const languages = [["auto", t("asPerson")], ["en", "English"], ["zh", "中文"]];
  const pick = el("select", { "aria-label": t("language"), title: t("language"),
    on: { change: (event) => deeds.language(event.target.value) } },
    languages.map(([value, label]) => el("option", { value, selected: value === state.language }, label)));
  const drawer = button([icon("log"), el("span", { class: "words" }, t("traffic")),
    problems > 0 && el("span", { class: "badge bad" }, String(problems))], {
    id: "drawer", "aria-expanded": String(drawerOpen), "aria-controls": "traffic", "aria-keyshortcuts": "Alt+L",
    title: `${t("traffic")} (Alt+L)`, "aria-label": problems ? `${t("traffic")}, ${t("problems", { n: problems })}`
      : t("traffic"),
    on: { click: deeds.drawer },
  });
  document.getElementById("tools").replaceChildren(iconButton("help", t("hintTitle"), { on: { click: deeds.hints } }),
    pick, drawer);
}
