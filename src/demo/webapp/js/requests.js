/* Requests to try, signed in or not, and their answers. */

import { button, byId, element } from "./dom.js";
import { badge, call } from "./nodes.js";
import { loadSession } from "./login.js";

const REQUESTS = [
  { name: "See the catalogue", allowed: "all visitors", method: "GET", path: "api/catalogue" },
  { name: "Who am I?", allowed: "all visitors", method: "GET", path: "api/me" },
  { name: "See the orders", allowed: "customers (their own), clerks, managers", method: "GET", path: "api/orders" },
  { name: "See users with sessions", allowed: "managers", method: "GET", path: "api/users" },
  { name: "Delete all orders", allowed: "no role", method: "DELETE", path: "api/orders" },
];
const KEPT = 8;
const WORDS = { 400: "bad input", 401: "sign in first", 403: "forbidden", 404: "not found", 503: "the cluster does not answer" };

function verdict(answer) {
  return answer.status + " " + (answer.ok ? "allowed" : WORDS[answer.status] || "refused");
}

async function tryRequest({ method, path }) {
  const answer = await call(method, path);
  if (!answer) {
    return;
  }
  const article = document.createElement("article");
  const line = document.createElement("p");
  line.append(badge(answer.node), element("code", method + " /" + path), element("span", verdict(answer), answer.ok ? "good" : "bad"));
  article.append(line, element("pre", body(answer)));
  byId("answers").querySelectorAll(".none").forEach(none => none.remove());
  byId("answers").prepend(article);
  [...byId("answers").children].slice(KEPT).forEach(old => old.remove());
  if (answer.status === 401) {
    await loadSession();
  }
}

function body(answer) {
  return answer.json !== undefined ? JSON.stringify(answer.json, null, 1) : answer.text.slice(0, 500) || "(empty)";
}

export function startRequests() {
  byId("requests").append(...REQUESTS.map(request => {
    const line = document.createElement("li");
    line.append(button(request.name, () => tryRequest(request)),
      element("span", "Allowed for: " + request.allowed, "quiet-text"));
    return line;
  }));
}
