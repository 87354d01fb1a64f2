/* Starts the panels of the page. */

import { findNodes } from "./nodes.js";
import { loadSession, startLogin } from "./login.js";
import { startRenewal } from "./renewal.js";
import { loadSessions, startSessions } from "./sessions.js";
import { startCluster } from "./cluster.js";
import { onEvent, startEvents } from "./events.js";
import { startOrders } from "./orders.js";
import { startTheft } from "./theft.js";
import { startGuess } from "./guess.js";
import { loadUsers, startUsers } from "./users.js";
import { startRequests } from "./requests.js";

/* Cookies, origins and the launcher know the nodes by this name. */
if (location.hostname === "localhost") {
  await findNodes();
  startLogin();
  startRenewal();
  startSessions();
  startOrders();
  startTheft();
  startGuess();
  startUsers();
  startRequests();
  await startCluster();
  startEvents();
  await loadSession();
  let isDue;
  onEvent(event => {
    if (/^session_(created|revoked|signed_out|reused|replaced|evicted|expired|user_gone)$/.test(event.id)) {
      clearTimeout(isDue);
      isDue = setTimeout(() => {
        loadSessions();
        loadUsers();
      }, 300);
    }
  });
} else {
  location.hostname = "localhost";
}
