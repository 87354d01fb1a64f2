/* My sessions: where the user is signed in, and ending sessions. */

import { button, clock, element, notice, onPress, rows } from "./dom.js";
import { call, detail } from "./nodes.js";
import { callFresh, current, loadSession, onSession } from "./login.js";

const BROWSERS = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"],
  ["Safari/", "Safari"], ["curl/", "curl"]];
const SYSTEMS = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"];

export function browser(userAgent = "") {
  const known = BROWSERS.find(([mark]) => userAgent.includes(mark));
  const system = SYSTEMS.find(name => userAgent.includes(name));
  return (known ? known[1] : userAgent.slice(0, 24) || "unknown") + (system ? " on " + system : "");
}

export async function loadSessions() {
  if (!current()) {
    return;
  }
  const answer = await call("GET", "postern/sessions", { passive: true });
  if (answer && answer.ok) {
    rows("sessions", answer.json.map(line));
  }
}

function line(session) {
  const name = browser(session.metadata.userAgent);
  return [
    session.current ? [name + " ", element("strong", "this one", "mark")] : name,
    session.metadata.address || "",
    clock(session.createdAt),
    clock(session.lastSeenAt),
    button("End", () => end(session), "End the session of " + name + " since " + clock(session.createdAt)),
  ];
}

async function end(session) {
  await done(await callFresh("DELETE", "postern/sessions/" + session.handle, "To end a session."), "The session has ended.");
  if (session.current) {
    await loadSession();
  }
}

async function endOthers() {
  await done(await callFresh("DELETE", "postern/sessions?others", "To end your other sessions."),
    "You are signed in here only.");
}

async function done(answer, sentence) {
  if (answer) {
    notice(answer.ok ? sentence : detail(answer), answer.ok ? "good" : "bad");
  }
  await loadSessions();
}

export function startSessions() {
  onPress("end-others", endOthers);
  onSession((session, isAnother) => session && isAnother && loadSessions());
}
