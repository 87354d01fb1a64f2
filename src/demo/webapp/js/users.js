/* The manager's page of users with sessions. */

import { button, byId, clock, onPress, rows, say } from "./dom.js";
import { call, detail } from "./nodes.js";
import { onSession } from "./login.js";

let after = "";
let next = "";
let isManager = false;

export async function loadUsers() {
  if (!isManager) {
    return;
  }
  const begin = after;
  const answer = await call("GET", "api/users" + (begin ? "?after=" + encodeURIComponent(begin) : ""), { passive: true });
  if (begin !== after) {
    return; // another page was asked for meanwhile
  }
  if (answer && answer.ok) {
    next = answer.json.next;
    byId("users-next").disabled = !next;
    byId("users-count").textContent =
      counted(answer.json.allUsers, "user") + " with " + counted(answer.json.allSessions, "session") + " on the cluster";
    const lines = answer.json.users.map(line);
    rows("users", lines.length > 0 ? lines : [["Nobody on this page."]]);
  } else if (answer) {
    say("users-outcome", detail(answer), "bad");
  }
}

const counted = (number, thing) => number + " " + thing + (number === 1 ? "" : "s");

function line(user) {
  const isClerk = user.roles.includes("clerk");
  return [
    user.name,
    [...user.roles].sort().join(", ") || "none",
    String(user.sessions),
    clock(user.lastSeenAt),
    [
      isClerk
        ? button("Take clerk away", () => change("DELETE", user.name + "/clerk", user.name + " is no clerk any more."),
          "Take the role clerk away from " + user.name)
        : button("Make clerk", () => change("PUT", user.name + "/clerk", user.name + " is a clerk."),
          "Make " + user.name + " a clerk"),
      " ",
      button("End all", () => change("DELETE", user.name + "/sessions", "All sessions of " + user.name + " have ended."),
        "End all sessions of " + user.name),
    ],
  ];
}

async function change(method, path, sentence) {
  const answer = await call(method, "api/users/" + path);
  if (answer) {
    say("users-outcome", answer.ok ? sentence : detail(answer), answer.ok ? "good" : "bad");
    await loadUsers();
  }
}

function page(begin) {
  after = begin;
  return loadUsers();
}

export function startUsers() {
  onPress("users-first", () => page(""));
  // not onPress, which would enable it again on the last page
  byId("users-next").addEventListener("click", () => {
    byId("users-first").focus();
    page(next);
  });
  onSession((session, isAnother) => {
    isManager = !!session && session.roles.includes("manager");
    byId("users-panel").hidden = !isManager;
    if (isManager && isAnother) {
      say("users-outcome", "");
      page("");
    }
  });
}
