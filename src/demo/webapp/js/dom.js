/* Small helpers for the page's elements. */

export const byId = id => document.getElementById(id);

export function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

/* A button that is disabled while its action runs, and keeps the focus where it stays on the page. */
export function button(text, action, label) {
  const made = element("button", text, "small");
  made.type = "button";
  if (label) {
    made.setAttribute("aria-label", label);
  }
  made.addEventListener("click", () => whileDisabled(made, action));
  return made;
}

export async function whileDisabled(pressed, action) {
  const hadFocus = document.activeElement === pressed;
  pressed.disabled = true;
  try {
    await action();
  } finally {
    pressed.disabled = false;
    if (hadFocus && document.activeElement === document.body) {
      pressed.focus();
    }
  }
}

export function onPress(id, action) {
  byId(id).addEventListener("click", () => whileDisabled(byId(id), action));
}

export function onSubmit(id, action) {
  byId(id).addEventListener("submit", event => {
    event.preventDefault();
    whileDisabled(byId(id).querySelector("button"), action);
  });
}

export function say(id, text, kind) {
  byId(id).textContent = text;
  byId(id).className = kind || "";
}

export const notice = (text, kind) => say("notice", text, kind);

export function rows(table, lines) {
  byId(table).tBodies[0].replaceChildren(...lines.map(cells => {
    const row = document.createElement("tr");
    row.append(...cells.map(content => {
      const cell = document.createElement("td");
      cell.append(...[content].flat());
      return cell;
    }));
    return row;
  }));
}

/* A new text is written only when it differs, so that screen readers do not read it again. */
export function write(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

export function clock(text) {
  return new Date(text).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}
