/* Guessing passwords: how the throttle makes guesses wait. */

import { byId, onSubmit, say, write } from "./dom.js";
import { call, detail } from "./nodes.js";

let waitUntil = 0;

/* Without the cookie, as a stranger would: a browser that has been signed in as the user has a counter of its own. */
async function guess() {
  const answer = await call("POST", "postern/session", {
    anonymous: true,
    body: { username: byId("guess-name").value.trim(), password: "guess-" + Math.random() },
  });
  if (!answer) {
    return;
  }
  const seconds = Number(answer.headers.get("Retry-After") || 0);
  waitUntil = seconds ? Date.now() + seconds * 1000 : 0;
  say("guess-outcome", detail(answer), "bad");
}

function tick() {
  const left = Math.ceil((waitUntil - Date.now()) / 1000);
  write(byId("guess-wait"), left > 0 ? "The next attempt is checked in " + left + " s." : "");
}

export function startGuess() {
  onSubmit("guess", guess);
  setInterval(tick, 500);
}
