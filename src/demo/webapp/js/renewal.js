/* The countdown to the next renewal of the cookie, and the flash when it was renewed. */

import { byId, clock, write } from "./dom.js";
import { call } from "./nodes.js";
import { current, loadSession, onSession } from "./login.js";

const SECONDS = 20; // postern.session.renew-after of the demo
let known;
let isRenewing = false;

function secondsLeft(session) {
  return (Date.parse(session.insertedAt) + SECONDS * 1000 - Date.now()) / 1000;
}

/* The first request brings the new cookie, the second one comes with it. */
async function renew() {
  isRenewing = true;
  await call("GET", "api/me");
  await call("GET", "api/me");
  await loadSession();
  setTimeout(() => {
    isRenewing = false;
  }, 1000);
}

function tick() {
  const session = current();
  if (!session) {
    return;
  }
  const left = secondsLeft(session);
  byId("renewal-left").value = Math.min(SECONDS, Math.max(0, SECONDS - left));
  write(byId("renewal-text"), left > 0 ? "in " + Math.ceil(left) + " s" : "with the next request");
  if (left <= 0 && byId("renew").checked && !isRenewing && !document.hidden) {
    renew();
  }
}

function flash(session) {
  if (session && known && known.handle === session.handle && known.insertedAt !== session.insertedAt) {
    byId("renewed").textContent = "The cookie was renewed at " + clock(session.insertedAt) + ".";
    byId("renewal").classList.remove("flash");
    void byId("renewal").offsetWidth; // starts the animation again
    byId("renewal").classList.add("flash");
  } else if (!session || !known || known.handle !== session.handle) {
    byId("renewed").textContent = "";
  }
  known = session;
}

export function startRenewal() {
  onSession(flash);
  setInterval(tick, 250);
}
