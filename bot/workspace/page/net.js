/** The page's only words with the server: requests, and the stream of events. */

import { state, t } from "./state.js";

/** The answer to a GET; throws when there is none. */
export async function ask(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** The answer to a POST; never throws: without an answer it is `{problem}`. */
export async function tell(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => ({}));
    return answer.ok || said.problem ? said : { problem: t("noAnswer", { status: answer.status }) };
  } catch {
    return { problem: t("noServer") };
  }
}

/** The same as the person one plays: `as("say", {…})`. */
export const as = (deed, body) => tell(`/page/as/${state.me}/${deed}`, body);

/** The path of an address: a file is fetched from where the page came from, however the bot names the host. */
export const localPath = (address) => new URL(address, location.href).pathname;

/** Do an action while its button shows that it is busy; gives the sentence of what went wrong, or undefined. */
export async function act(where, block_id, action, values, node) {
  node?.setAttribute("aria-busy", "true");
  const { problem } = await as("act", { where, block_id, action, values });
  node?.removeAttribute("aria-busy");
  return problem;
}

/**
 * Listen to the server's events for ever. `heard` gets each event; `live` gets true when the stream opens, false when
 * it is lost. The browser reopens a broken stream by itself, but not one that was refused: that one we open again.
 */
export function listen(heard, live) {
  const stream = new EventSource("/page/events");
  stream.onopen = () => live(true);
  stream.onmessage = (event) => heard(JSON.parse(event.data));
  stream.onerror = () => {
    live(false);
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen(heard, live), 1500);
  };
}
