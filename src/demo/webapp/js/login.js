/* Signing in and out, what the session is, and its end. */

import { byId, clock, element, notice, onPress, onSubmit, say } from "./dom.js";
import { call, detail, nextNode } from "./nodes.js";

const VIOLATED_POLICY = 1008;
const MILLIS_TO_RECONNECT = 2000;
const MILLIS_FOR_THE_EVENT = 400;

const FACTS = [
  ["Roles at sign-in", session => session.roles.join(", ") || "none"],
  ["Handle", session => session.handle],
  ["Signed in", session => clock(session.createdAt)],
  ["Last authenticated", session => clock(session.authenticatedAt)],
  ["Cookie issued", session => clock(session.insertedAt)],
  ["Ends, if unused", session => clock(session.expiresAt)],
];

const REASONS = {
  session_signed_out: "it was signed out in another window",
  session_revoked: "it was ended from elsewhere",
  session_reused: "its token was stolen and used",
  session_replaced: "another user signed in",
  session_evicted: "there were too many sessions",
  session_user_gone: "the account is gone",
  session_expired: "it expired",
};

let session;
let socket;
let endings = new Map();
const listeners = [];

export const current = () => session;

/* The listener is called with the session, or undefined, whenever that changes. */
export function onSession(listener) {
  listeners.push(listener);
}

export function noteEvent(event) {
  if (event.reason) {
    endings.set(event.handle, event.id);
  }
}

function show(next) {
  const isAnother = (session && session.handle) !== (next && next.handle);
  session = next;
  byId("signed-in").hidden = !next;
  byId("signed-out").hidden = !!next;
  document.querySelectorAll(".signed").forEach(panel => {
    panel.hidden = !next;
  });
  if (next) {
    byId("user").textContent = next.user;
    byId("session").replaceChildren(...FACTS.flatMap(
      ([name, value]) => [element("dt", name), element("dd", value(next))]));
  }
  if (isAnother) {
    openSocket();
  }
  listeners.forEach(listener => listener(next, isAnother));
}

export async function loadSession() {
  const answer = await call("GET", "postern/session", { passive: true });
  if (answer && (answer.status === 200 || answer.status === 401)) {
    show(answer.status === 200 ? answer.json : undefined);
  } else if (answer) {
    notice(detail(answer), "bad");
  }
}

/* The socket is closed by Postern as soon as the session ends on any node. */
function openSocket() {
  closeSocket();
  const node = session && nextNode();
  if (!node) {
    return;
  }
  const opened = new WebSocket("ws://localhost:" + node.port + "/login");
  socket = opened;
  opened.addEventListener("close", event => {
    if (socket === opened && event.code === VIOLATED_POLICY) {
      setTimeout(fallOut, MILLIS_FOR_THE_EVENT);
    } else if (socket === opened) {
      setTimeout(() => socket === opened && openSocket(), MILLIS_TO_RECONNECT);
    }
  });
}

function closeSocket() {
  const closed = socket;
  socket = undefined;
  if (closed) {
    closed.close();
  }
}

async function fallOut() {
  const handle = session && session.handle;
  await loadSession();
  if (!session && handle) {
    notice("Your session has ended: " + (REASONS[endings.get(handle)] || "no reason is known") + ".", "bad");
    byId("username").focus();
  } else if (session) {
    openSocket();
  }
}

async function signIn() {
  const answer = await call("POST", "postern/session", { body: {
    username: byId("username").value,
    password: byId("password").value,
    remember: byId("remember").checked,
  } });
  byId("password").value = "";
  if (answer && answer.status === 201) {
    notice("Welcome, " + answer.json.user + ".", "good");
    show(answer.json);
    byId("sign-out").focus();
  } else if (answer) {
    notice(detail(answer), "bad");
    byId("password").focus();
  }
}

async function signOut() {
  const answer = await call("DELETE", "postern/session");
  if (answer && answer.status === 204) {
    show(undefined);
    notice("You are signed out, on both nodes.", "good");
    byId("username").focus();
  } else if (answer) {
    notice(detail(answer), "bad");
  }
}

/*
 * The answer to a request that may ask for a recent sign-in: then the password is asked for, and the request is sent
 * again. Undefined if the user cancels.
 */
export async function callFresh(method, path, why) {
  const answer = await call(method, path);
  const challenge = answer && answer.headers.get("WWW-Authenticate");
  if (!answer || answer.status !== 401 || !challenge || !challenge.includes("insufficient_user_authentication")) {
    return answer;
  }
  return await askForPassword(why) ? call(method, path) : undefined;
}

function askForPassword(why) {
  const dialog = byId("step-up");
  byId("step-up-why").textContent = why;
  byId("step-up-user").value = session.user; // for password managers
  say("step-up-outcome", "", "bad");
  dialog.returnValue = "";
  dialog.showModal();
  byId("step-up-password").focus();
  return new Promise(done => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "done"), { once: true });
  });
}

async function stepUp() {
  const answer = await call("POST", "postern/session", { body: {
    username: session.user,
    password: byId("step-up-password").value,
  } });
  byId("step-up-password").value = "";
  if (answer && answer.status === 201) {
    byId("step-up").close("done");
    show(answer.json);
  } else {
    say("step-up-outcome", answer ? detail(answer) : "No node answers.", "bad");
    byId("step-up-password").focus();
  }
}

export function startLogin() {
  onSubmit("sign-in", signIn);
  onPress("sign-out", signOut);
  onSubmit("step-up-form", stepUp);
  byId("step-up-cancel").addEventListener("click", () => byId("step-up").close());
}
