/* The orders: placed, shipped, cancelled. */

import { badge, call, detail } from "./nodes.js";
import { button, byId, element, onSubmit, rows } from "./dom.js";
import { callFresh, loadSession, onSession } from "./login.js";

function outcome(answer, sentence) {
  const target = byId("orders-outcome");
  target.className = answer.ok ? "good" : "bad";
  target.replaceChildren(badge(answer.node), " " + (answer.ok ? sentence : detail(answer)));
}

async function loadOrders() {
  const answer = await call("GET", "api/orders");
  if (answer && answer.ok) {
    rows("orders", answer.json.map(line));
  } else if (answer) {
    rows("orders", []);
    outcome(answer);
  }
}

function line(order) {
  const isOpen = order.state === "PLACED";
  return [
    String(order.id),
    order.customer,
    order.line.quantity + " × " + order.line.item,
    order.state.toLowerCase(),
    isOpen ? [
      button("Ship", () => ship(order), "Ship order " + order.id), " ",
      button("Cancel", () => cancel(order), "Cancel order " + order.id)] : "",
  ];
}

async function finish(answer, sentence) {
  if (!answer) {
    return;
  }
  if (answer.status === 401) {
    await loadSession();
  } else {
    await loadOrders();
  }
  outcome(answer, sentence);
}

async function ship(order) {
  await finish(await call("POST", "api/orders/" + order.id + "/shipment"), "Order " + order.id + " is shipped.");
}

async function cancel(order) {
  await finish(
    await callFresh("POST", "api/orders/" + order.id + "/cancellation", "To cancel order " + order.id + "."),
    "Order " + order.id + " is cancelled.");
}

async function place() {
  const quantity = byId("quantity").value.trim();
  const answer = await call("POST", "api/orders", { body: {
    item: byId("item").value,
    quantity: /^\d{1,6}$/.test(quantity) ? Number(quantity) : 0, // the desk refuses it with a sentence
  } });
  await finish(answer, answer && answer.ok ? "Order " + answer.json.id + " is placed." : "");
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

export function startOrders() {
  onSubmit("place", place);
  onSession((session, isAnother) => {
    if (session && isAnother) {
      byId("orders-outcome").replaceChildren();
      loadOrders();
    }
  });
  loadCatalogue();
}
