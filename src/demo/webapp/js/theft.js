/* A stolen token: when it is still good, refused, or ends the session. */

import { byId, onPress, say, write } from "./dom.js";
import { call, detail } from "./nodes.js";
import { current, onSession } from "./login.js";

const SECONDS_OF_GRACE = 3; // postern.session.grace of the demo
const SECONDS_TO_THEFT = 5 * SECONDS_OF_GRACE;
let stolen; // the session's handle, when its token was issued, and when that was replaced

async function steal() {
  const session = current();
  const answer = await call("POST", "api/theft");
  if (answer && answer.ok) {
    stolen = { handle: session.handle, insertedAt: session.insertedAt };
    byId("use-stolen").disabled = false;
    say("theft-outcome", "The thief has a copy of your token.");
  } else if (answer) {
    say("theft-outcome", detail(answer), "bad");
  }
}

async function use() {
  const answer = await call("POST", "api/theft/use");
  if (!answer) {
    return;
  }
  if (!answer.ok) {
    say("theft-outcome", detail(answer), "bad");
  } else if (answer.json.status === 200) {
    say("theft-outcome", "200: the thief is let in. Until the cookie is renewed, a copy cannot be told from the original.", "bad");
  } else if (answer.json.status === 401) {
    const isEnded = stolen.replacedAt && Date.now() > stolen.replacedAt + SECONDS_TO_THEFT * 1000;
    say("theft-outcome", "401: the thief is refused" + (isEnded ? ", and the session ends for both." : ". Try again later."));
  } else {
    say("theft-outcome", answer.json.status + ": the node could not tell.", "bad");
  }
}

function state() {
  if (!stolen) {
    return "Nothing is stolen.";
  }
  if (!stolen.replacedAt) {
    return "The stolen token is the one in use: it is good until the next renewal.";
  }
  const left = Math.ceil(stolen.replacedAt / 1000 + SECONDS_TO_THEFT - Date.now() / 1000);
  return left > 0
    ? "The cookie was renewed. In " + left + " s the stolen token shows the theft; until then it is only refused."
    : "Using the stolen token now ends the session, for the thief and for you.";
}

function follow(session) {
  if (!stolen) {
    return;
  }
  if (!session || session.handle !== stolen.handle) {
    stolen = undefined;
    byId("use-stolen").disabled = true;
    say("theft-outcome", "");
  } else if (!stolen.replacedAt && session.insertedAt !== stolen.insertedAt) {
    stolen.replacedAt = Date.now();
  }
}

export function startTheft() {
  onPress("steal", steal);
  byId("use-stolen").addEventListener("click", use);
  onSession(follow);
  setInterval(() => write(byId("theft-state"), state()), 500);
}
