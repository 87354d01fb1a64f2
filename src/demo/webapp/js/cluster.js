/* The cluster: kills, freezes, thaws and starts nodes through the launcher. */

import { button, byId, element, say, write } from "./dom.js";
import { badge, launcher, nodes } from "./nodes.js";

const MILLIS_BETWEEN_LOOKS = 1500;
const ACTIONS = { running: ["kill", "freeze"], frozen: ["thaw", "kill"], starting: ["kill"], stopped: ["start"] };
const WORDS = { kill: "Kill", freeze: "Freeze", thaw: "Thaw", start: "Start" };
const listeners = [];
const shown = new Map();

/* The listener is called when the state of a node has changed. */
export function onNodes(listener) {
  listeners.push(listener);
}

async function ask(method, path) {
  const response = await fetch(launcher.url + path, { method, headers: { "X-Demo-Token": launcher.token } });
  const answer = await response.json();
  if (response.ok) {
    show(answer);
  } else {
    say("cluster-outcome", answer.detail, "bad");
  }
}

async function act(node, action) {
  say("cluster-outcome", "");
  if (action !== "start") {
    node.state = action === "freeze" ? "frozen" : node.state; // no request of this page may lie in a frozen node
  }
  try {
    await ask("POST", "/nodes/" + (nodes.indexOf(node) + 1) + "/" + action);
  } catch (gone) {
    say("cluster-outcome", "The launcher of the demo does not answer.", "bad");
  }
}

function show(states) {
  let isChanged = false;
  for (const { port, state, pid } of states) {
    const node = nodes.find(each => each.port === port);
    if (node && shown.get(port) !== state + pid) {
      shown.set(port, state + pid);
      node.state = state;
      node.silentUntil = 0;
      node.pid = pid;
      isChanged = true;
    }
  }
  if (isChanged) {
    const focused = document.activeElement && document.activeElement.dataset.node;
    byId("nodes").replaceChildren(...nodes.map(item));
    const again = focused && byId("nodes").querySelector("[data-node='" + focused + "']");
    if (again) {
      again.focus();
    }
    write(byId("cluster-outcome"), nodes.map(node => node.name + " is " + node.state).join(", ") + ".");
    listeners.forEach(listener => listener());
  }
}

function item(node) {
  const made = document.createElement("li");
  const buttons = element("span", "", "row");
  buttons.append(...ACTIONS[node.state].map(action => {
    const pressed = button(WORDS[action], () => act(node, action), WORDS[action] + " " + node.name);
    pressed.dataset.node = node.port;
    return pressed;
  }));
  made.append(badge(node), element("span", node.state, "state " + node.state),
    element("span", node.pid ? "process " + node.pid : "", "quiet-text"), buttons);
  return made;
}

export async function startCluster() {
  if (!launcher.url) {
    byId("nodes").append(element("li", "This page was not started by the launcher of the demo."));
    return;
  }
  const look = () => ask("GET", "/nodes").catch(() =>
    say("cluster-outcome", "The launcher of the demo does not answer.", "bad"));
  await look();
  setInterval(look, MILLIS_BETWEEN_LOOKS);
}
