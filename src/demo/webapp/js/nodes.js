/* The nodes: which one gets a request, and which one has answered. */

import { byId, element, notice } from "./dom.js";

const MILLIS_TO_ANSWER = 8000;
const MILLIS_TO_SIGN_IN = 30000; // checking a password takes long on purpose
const MILLIS_OF_SILENCE = 5000;

export const nodes = [];
export const launcher = { url: "", token: "" };
let turn = 0;

export function badge(node) {
  const made = element("span", node.name, "badge " + node.colour);
  made.title = "the node on port " + node.port;
  made.append(element("span", ":" + node.port, "port"));
  return made;
}

export async function findNodes() {
  const response = await fetch("api/nodes", { cache: "no-store" });
  const found = await response.json();
  launcher.url = found.control;
  launcher.token = found.controlToken;
  found.all.forEach((port, index) => nodes.push({
    port, name: "node " + "AB"[index], colour: "node-" + (index + 1), base: "http://localhost:" + port + "/",
    state: "running", silentUntil: 0 }));
  for (const node of nodes) {
    const option = element("option", "only " + node.name + " (port " + node.port + ")");
    option.value = node.port;
    byId("route").append(option);
  }
}

/* The nodes that are worth asking, the one whose turn it is first. */
function candidates() {
  const chosen = byId("route").value;
  if (chosen !== "turns") {
    return nodes.filter(node => String(node.port) === chosen);
  }
  turn += 1;
  const inTurn = nodes.map((_, index) => nodes[(turn + index) % nodes.length]);
  const likely = inTurn.filter(node => node.state === "running" && node.silentUntil < Date.now());
  return likely.length > 0 ? likely : inTurn.filter(node => node.state === "running");
}

export const nextNode = () => candidates()[0];

/*
 * The answer as status, headers, text, JSON and node; undefined when no node answers. The other node is asked when the
 * first one does not answer, unless the request could be carried out twice.
 */
export async function call(method, path, options = {}) {
  const isRepeatable = method !== "POST" || path === "postern/session";
  for (const node of candidates()) {
    try {
      const answer = await ask(node, method, path, options);
      byId("answered").replaceChildren(badge(node));
      return answer;
    } catch (unreachable) {
      node.silentUntil = Date.now() + MILLIS_OF_SILENCE;
      if (!isRepeatable) {
        break;
      }
    }
  }
  notice("No answer. Your login is still there: try again, or let the other node answer.", "bad");
  return undefined;
}

async function ask(node, method, path, { body, passive, anonymous }) {
  const request = {
    method,
    headers: { Accept: "application/json, */*;q=0.5" },
    cache: "no-store",
    credentials: anonymous ? "omit" : "include",
    signal: AbortSignal.timeout(method === "POST" && path === "postern/session" ? MILLIS_TO_SIGN_IN : MILLIS_TO_ANSWER),
  };
  if (passive) {
    request.headers["Postern-Passive"] = "1";
  }
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  const response = await fetch(node.base + path, request);
  const text = await response.text();
  return { status: response.status, ok: response.ok, headers: response.headers, text, json: parsed(text), node };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (noJson) {
    return undefined;
  }
}

/* The sentence of a refusal, with the seconds to wait where the server says them. */
export function detail(answer) {
  const sentence = answer.json && answer.json.detail ? answer.json.detail : "The answer was " + answer.status + ".";
  const seconds = answer.headers.get("Retry-After");
  return answer.status + ": " + sentence + (seconds ? " (" + seconds + " s)" : "");
}
