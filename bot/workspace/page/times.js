/** Dates and times as the played person reads them: in their zone, in their locale, by the company's clock. */

import { language, locale, now, zone } from "./state.js";

const formatters = new Map();

function format(epoch, options, tongue = locale(), place = zone()) {
  const key = JSON.stringify([tongue, place, options]);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(tongue, { timeZone: place, ...options }));
  const moment = new Date(epoch * 1000);
  return Number.isNaN(moment.getTime()) ? "?" : formatters.get(key).format(moment);
}

const TIME = { hour: "numeric", minute: "2-digit" };
const DIGITS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** 09:05, or 9:05 AM where people write it so. */
export const timeOf = (epoch) => format(epoch, TIME);

/** Mon, 16 Nov, 09:05: weekday, day and time, as chrome shows them in the page's language. */
export const momentOf = (epoch) =>
  format(epoch, { weekday: "short", day: "numeric", month: "short", ...DIGITS }, chrome());

/** The city part of the zone, "Asia/Kolkata" → "Kolkata". */
export const cityOf = (place) => place.split("/").at(-1).replaceAll("_", " ");

/** 2026-11-16: the local day, for comparing. */
export const dayOf = (epoch, place = zone()) =>
  format(epoch, { year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA", place);

/** Today, yesterday, or the date in full: between two days of messages. */
export function dayWords(epoch) {
  return near(epoch, chrome()) ?? format(epoch, { weekday: "long", day: "numeric", month: "long" }, chrome());
}

function chrome() {
  const own = locale();
  const tongue = language();
  return own.startsWith(tongue) ? own : tongue === "zh" ? "zh-CN" : "en-GB";
}

/** "today", "tomorrow", "yesterday" in that tongue, or null. */
function near(epoch, tongue) {
  const days = (Date.parse(dayOf(epoch)) - Date.parse(dayOf(now()))) / 86_400_000;
  if (!(Math.abs(days) <= 1)) return null;
  const word = new Intl.RelativeTimeFormat(tongue, { numeric: "auto" }).format(days, "day");
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const LONG = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };
const WEEKDAY = { weekday: "long", ...LONG };

// docs.slack.dev/messaging/formatting-message-text, "Date formatting"
const TOKENS = {
  date_num: (epoch) => dayOf(epoch),
  date_slash: (epoch) => format(epoch, { day: "2-digit", month: "2-digit", year: "numeric" }),
  date: (epoch) => format(epoch, LONG),
  date_short: (epoch) => format(epoch, SHORT),
  date_long: (epoch) => format(epoch, WEEKDAY),
  date_pretty: (epoch) => near(epoch, locale()) ?? format(epoch, LONG),
  date_short_pretty: (epoch) => near(epoch, locale()) ?? format(epoch, SHORT),
  date_long_pretty: (epoch) => near(epoch, locale()) ?? format(epoch, WEEKDAY),
  day_divider_pretty: (epoch) => near(epoch, locale()) ?? format(epoch, WEEKDAY),
  time: timeOf,
  time_secs: (epoch) => format(epoch, { ...TIME, second: "2-digit" }),
  ago: (epoch) => ago(epoch),
};

/** Slack's `{date_short_pretty} at {time}` filled for this moment; "today" is lower-case inside a sentence. */
export function slackDate(epoch, pattern) {
  return pattern.replace(/\{(\w+)\}/g, (whole, token, at) => {
    const words = TOKENS[token]?.(epoch) ?? whole;
    return at > 0 && token.endsWith("pretty") && near(epoch, locale()) ? words.toLowerCase() : words;
  });
}

function ago(epoch) {
  const seconds = epoch - now();
  const steps = [["day", 86_400], ["hour", 3600], ["minute", 60]];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** 2026-11-16T09:05 in a zone, as a datetime-local field wants it. */
export const toLocal = (epoch, place = zone()) => `${dayOf(epoch, place)}T${format(epoch, DIGITS, "en-GB", place)}`;

/** The epoch second of a local "2026-11-16T09:05" in a zone; of an hour that happens twice, either. */
export function toEpoch(local, place = zone()) {
  const wall = Date.parse(`${local}:00Z`) / 1000;
  let guess = wall;
  // Two corrections settle every zone: the second one is for a guess that fell across a clock change.
  for (let turn = 0; turn < 2; turn += 1) guess += wall - Date.parse(`${toLocal(guess, place)}:00Z`) / 1000;
  return guess;
}

/** Seconds from now to the next Friday, a minute past 16:00, in a zone: when a manager's digest comes. */
export function untilFriday(place) {
  for (let days = 0; days <= 7; days += 1) {
    const day = dayOf(now() + days * 86_400, place);
    const wait = toEpoch(`${day}T16:01`, place) - now();
    if (new Date(day).getUTCDay() === 5 && wait > 0) return Math.ceil(wait);
  }
  return 0;
}
