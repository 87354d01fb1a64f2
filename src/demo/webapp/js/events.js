/* The events of both nodes, as they happen. */

import { byId, clock, element } from "./dom.js";
import { badge, nodes } from "./nodes.js";
import { current, noteEvent } from "./login.js";
import { onNodes } from "./cluster.js";

const KEPT = 40;
const ALARMS = ["authn_token_reuse", "session_reused", "authn_login_fail_max", "session_renewal_unanswered"];
const SENTENCES = {
  session_created: event => event.user + " signed in",
  session_reauthenticated: event => event.user + " typed the password again",
  session_renewed: event => "a new cookie was sent to " + event.user,
  session_confirmed: event => event.user + " came with the new cookie",
  session_healed: event => event.user + " came with a cookie that the cluster had forgotten",
  session_renewal_unanswered: event => event.user + " does not take new cookies",
  session_signed_out: () => "the user signed out",
  session_replaced: () => "another user signed in over the session",
  session_revoked: () => "the session was ended from elsewhere",
  session_reused: () => "the session ended, because its token was stolen",
  session_evicted: () => "the user has too many sessions",
  session_user_gone: () => "the account is gone",
  session_expired: () => "the session expired",
  authn_token_reuse: event => "a stolen token of " + event.user + " was used",
  authn_token_ended: () => "the token of an ended session was refused",
  authn_token_late: () => "a former token was refused",
  authn_login_fail: event => "wrong password for " + (event.user || "an unknown user"),
  authn_login_fail_max: event => "a sign-in as " + (event.user || "an unknown user") + " has to wait",
};

const sources = new Map();
const listeners = [];

/* The listener is called with each event. */
export function onEvent(listener) {
  listeners.push(listener);
}

function show(node, event) {
  const sentence = SENTENCES[event.id];
  const line = element("li", "", ALARMS.includes(event.id) ? "bad" : "");
  const session = current();
  line.append(element("time", clock(event.at)), badge(node), element("code", event.id),
    element("span", sentence ? sentence(event) : "", "what"));
  if (session && event.handle === session.handle) {
    line.append(element("strong", "this session", "mark"));
  }
  const list = byId("events");
  list.querySelectorAll(".none").forEach(none => none.remove());
  list.prepend(line);
  [...list.children].slice(KEPT).forEach(old => old.remove());
  noteEvent(event);
  listeners.forEach(listener => listener(event));
}

/* Listens to the nodes that run. A frozen one would only keep the request for later. */
function connect() {
  for (const node of nodes) {
    const source = sources.get(node);
    if (node.state === "running" && !source) {
      const opened = new EventSource(node.base + "api/events");
      opened.addEventListener("session", message => show(node, JSON.parse(message.data)));
      sources.set(node, opened);
    } else if (node.state !== "running" && source) {
      source.close();
      sources.delete(node);
    }
  }
}

export function startEvents() {
  onNodes(connect);
  connect();
  // a source that has given up is opened again
  setInterval(() => {
    for (const [node, source] of sources) {
      if (source.readyState === EventSource.CLOSED) {
        sources.delete(node);
      }
    }
    connect();
  }, 3000);
}
