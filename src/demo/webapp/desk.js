"use strict";

const byId = id => document.getElementById(id);

const CALLS = [
  { name: "See the catalogue", who: "everybody", method: "GET", path: () => "api/catalogue" },
  { name: "Who am I?", who: "everybody", method: "GET", path: () => "api/me" },
  { name: "See the orders", who: "customer: own; clerk, manager: all", method: "GET", path: () => "api/orders" },
  { name: "Place an order", who: "customer", method: "POST", path: () => "api/orders",
    body: () => ({ item: byId("item").value, quantity: number("quantity") }) },
  { name: "See one order", who: "customer: own; clerk, manager: all", method: "GET", path: () => order("") },
  { name: "Ship the order", who: "clerk", method: "POST", path: () => order("/shipment") },
  { name: "Cancel the order", who: "manager", method: "POST", path: () => order("/cancellation") },
  { name: "See who did what", who: "manager", method: "GET", path: () => order("/history") },
  { name: "Figures of the day", who: "manager", method: "GET", path: () => "api/figures" },
  { name: "Read the handbook", who: "clerk, manager", method: "GET", path: () => "api/handbook" },
  { name: "Throw all orders away", who: "nobody", method: "DELETE", path: () => "api/orders" },
];

const FACTS = [
  ["Roles", session => session.roles.join(", ")],
  ["Fingerprint", session => session.handle],
  ["Signed in first", session => time(session.createdAt)],
  ["Proved who you are", session => time(session.authenticatedAt)],
  ["Cookie issued", session => time(session.insertedAt)],
  ["Last seen", session => time(session.lastSeenAt)],
  ["Ends, if unused", session => time(session.expiresAt)],
];

const KEPT_ANSWERS = 8;

/* What a field holds goes out as it was typed when it is no number: the desk refuses it with a sentence. */
function number(id) {
  const text = byId(id).value.trim();
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

function order(below) {
  return "api/orders/" + encodeURIComponent(byId("order").value.trim()) + below;
}

function time(text) {
  return new Date(text).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

function notice(text, kind) {
  byId("notice").textContent = text;
  byId("notice").className = kind || "";
}

/* The answer as status, headers, text and JSON; undefined when the node cannot be reached. */
async function call(method, path, body) {
  const request = { method, headers: { Accept: "application/json, */*;q=0.5" }, cache: "no-store" };
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(path, request);
    const text = await response.text();
    return { status: response.status, ok: response.ok, headers: response.headers, text, json: parsed(text) };
  } catch (unreachable) {
    notice("This node does not answer. Your login is still there: go on at another node.", "bad");
    return undefined;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (noJson) {
    return undefined;
  }
}

function detail(answer) {
  return answer.json && answer.json.detail ? answer.json.detail : "The answer was " + answer.status + ".";
}

function unavailable(answer) {
  const seconds = answer.headers.get("Retry-After");
  notice(detail(answer) + (seconds ? " Try again in " + seconds + " s." : ""), "bad");
}

function showSession(session) {
  byId("signed-in").hidden = !session;
  byId("signed-out").hidden = !!session;
  if (!session) {
    return;
  }
  byId("user").textContent = session.user;
  const metadata = Object.entries(session.metadata).map(([name, value]) => ["Metadata: " + name, () => value]);
  byId("session").replaceChildren(...FACTS.concat(metadata).flatMap(
    ([name, value]) => [element("dt", name), element("dd", value(session))]));
}

async function loadSession() {
  const answer = await call("GET", "postern/session");
  if (!answer) {
    return;
  }
  if (answer.status === 200 || answer.status === 401) {
    showSession(answer.status === 200 ? answer.json : undefined);
  } else {
    unavailable(answer);
  }
}

async function signIn(event) {
  event.preventDefault();
  const answer = await call("POST", "postern/session", {
    username: byId("username").value,
    password: byId("password").value,
    remember: byId("remember").checked,
  });
  byId("password").value = "";
  if (!answer) {
    return;
  }
  if (answer.status === 201) {
    showSession(answer.json);
    forgetAnswers();
    notice("Welcome, " + answer.json.user + ".", "good");
    byId("refresh").focus();
  } else if (answer.status === 503) {
    unavailable(answer);
  } else {
    notice(detail(answer), "bad");
    byId("password").focus();
  }
}

async function signOut() {
  const answer = await call("DELETE", "postern/session");
  if (!answer) {
    return;
  }
  if (answer.status === 204) {
    showSession(undefined);
    forgetAnswers();
    notice("You are signed out, on every node.", "good");
    byId("username").focus();
  } else {
    unavailable(answer);
  }
}

async function tryCall(wanted, button, outcome) {
  const path = wanted.path();
  button.disabled = true;
  outcome.textContent = "";
  const answer = await call(wanted.method, path, wanted.body && wanted.body());
  button.disabled = false;
  button.focus();
  if (answer) {
    notice("");
    outcome.textContent = verdict(answer);
    outcome.className = kind(answer);
    showAnswer(wanted.method, path, answer);
    if (answer.status === 401) {
      await loadSession();
    }
  }
}

function showAnswer(method, path, answer) {
  const article = document.createElement("article");
  const line = document.createElement("p");
  const node = answer.headers.get("X-Node") || location.port;
  line.append(
    element("code", method + " " + new URL(path, location.href).pathname), " → ",
    element("span", verdict(answer), kind(answer)),
    element("span", " by the node on port " + node, "who"));
  article.append(line, element("pre", body(answer)));
  byId("none-yet").hidden = true;
  byId("answers").prepend(article);
  document.querySelectorAll("#answers article:nth-of-type(n + " + (KEPT_ANSWERS + 1) + ")").forEach(old => old.remove());
}

function forgetAnswers() {
  document.querySelectorAll("#answers article").forEach(old => old.remove());
  document.querySelectorAll("#calls .status").forEach(outcome => {
    outcome.textContent = "";
  });
  byId("none-yet").hidden = false;
}

function verdict(answer) {
  return answer.status + " " + (answer.ok ? "let through" : refusal(answer.status));
}

function kind(answer) {
  return "status " + (answer.ok ? "good" : "bad");
}

function refusal(status) {
  const words = { 400: "bad input", 401: "sign in first", 403: "forbidden", 404: "not found",
    409: "too late", 503: "cluster does not answer" };
  return words[status] || "refused";
}

function body(answer) {
  if (answer.json !== undefined) {
    return JSON.stringify(answer.json, null, 2);
  }
  if ((answer.headers.get("Content-Type") || "").startsWith("text/html")) {
    const page = new DOMParser().parseFromString(answer.text, "text/html");
    return "A page of the server:\n" + [...page.body.children].map(part => part.textContent).join("\n").trim();
  }
  return answer.text === "" ? "(empty)" : answer.text;
}

function listCalls() {
  for (const wanted of CALLS) {
    const line = document.createElement("li");
    const button = element("button", wanted.name);
    button.type = "button";
    const outcome = element("span", "");
    button.addEventListener("click", () => tryCall(wanted, button, outcome));
    line.append(button, element("span", "for " + wanted.who, "who"), outcome);
    byId("calls").append(line);
  }
}

async function loadNodes() {
  const answer = await call("GET", "api/nodes");
  if (!answer || !answer.ok) {
    return;
  }
  byId("here").textContent = answer.json.here;
  for (const port of answer.json.all.filter(other => other !== answer.json.here)) {
    const link = element("a", "the node on port " + port);
    const url = new URL(location.href);
    url.port = port;
    link.href = url;
    byId("elsewhere").append("Go on at ", link, ". ");
  }
}

async function loadCatalogue() {
  const answer = await call("GET", "api/catalogue");
  if (answer && answer.ok) {
    byId("item").replaceChildren(...answer.json.map(article => {
      const option = element("option", article.name + ", " + (article.cents / 100).toFixed(2));
      option.value = article.code;
      return option;
    }));
  }
}

listCalls();
byId("sign-in").addEventListener("submit", signIn);
byId("sign-out").addEventListener("click", signOut);
byId("refresh").addEventListener("click", loadSession);
byId("fields").addEventListener("submit", event => event.preventDefault());
loadNodes();
loadCatalogue();
loadSession();
