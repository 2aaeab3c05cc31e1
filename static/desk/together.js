/* Two people at one form, and text that is not lost: signs of life, drafts kept by the server, a session that has ended.
   Nothing is kept in the browser: what it stores can be read from a laptop that is stolen. */
"use strict";

(() => {
  const banner = document.querySelector("[data-together]");
  const form = banner && document.querySelector("#content-main > form:has([name=_version])");
  if (!form) return;

  const words = banner.dataset;
  const OFFLINE = "offline", ENDED = "ended", STRANGER = "stranger", REFUSED = "refused", FINE = "fine";
  const OURS = /^(_|csrfmiddlewaretoken$)/;
  const status = document.createElement("p");
  status.className = "note-line kept";
  status.setAttribute("role", "status");
  form.querySelector(".submit-row")?.before(status);

  // Talking to the server -------------------------------------------------------------------------------------------
  const token = () => form.elements.csrfmiddlewaretoken.value;
  const ask = async (address, options) => {
    try {
      return await fetch(address, {
        redirect: "manual",
        cache: "no-store",
        signal: options.keepalive ? undefined : AbortSignal.timeout(15000),
        ...options,
        headers: { "X-Requested-With": "desk", "X-CSRFToken": token() },
      });
    } catch {
      return null;
    }
  };
  const stateOf = (answer) => {
    if (!answer) return OFFLINE;
    if (answer.type === "opaqueredirect" || answer.status === 401) return ENDED;
    return answer.ok ? FINE : REFUSED;
  };

  // The session: a new sign-in changes the token of every form.
  const session = async () => {
    const answer = await ask(words.together, {});
    const state = stateOf(answer);
    if (state !== FINE) return state;
    const said = await answer.json();
    if (String(said.account) !== words.account) return STRANGER;
    for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = said.csrf;
    return FINE;
  };
  const send = async (address, body, options = {}) => {
    let answer = await ask(address, { method: "POST", body, ...options });
    if (answer && answer.status === 403) {
      const state = await session();
      if (state !== FINE) return [state, null];
      answer = await ask(address, { method: "POST", body, ...options });
    }
    const state = stateOf(answer);
    const said = answer && answer.headers.get("Content-Type") === "application/json" ? await answer.json() : null;
    return [state, said];
  };

  // Saying how things stand -----------------------------------------------------------------------------------------
  const say = (text, { grave = false, signIn = false } = {}) => {
    if (status.dataset.said === text) return;
    status.dataset.said = text;
    status.textContent = text;
    status.classList.toggle("sent-back", grave);
    if (!signIn) return;
    const link = document.createElement("a");
    link.href = words.signInAddress;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = words.signIn;
    status.append(" ", link);
  };
  const tell = (state, said) => {
    if (state === FINE) say(said?.words ?? "");
    else if (state === OFFLINE) say(words.offline, { grave: true });
    else if (state === ENDED) say(words.ended, { grave: true, signIn: true });
    else if (state === STRANGER) say(words.stranger, { grave: true, signIn: true });
    else say(said?.why ?? words.refused, { grave: true });
  };

  // Drafts ----------------------------------------------------------------------------------------------------------
  const typed = () => {
    const boxes = new URLSearchParams();
    const sealed = [...form.querySelectorAll("[data-sealed]")].filter((box) => box.value === box.defaultValue);
    const unchanged = new Set(sealed.map((box) => box.name));
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || OURS.test(name) || unchanged.has(name)) continue;
      if (!name.includes("__prefix__") && !name.includes("-empty-")) boxes.append(name, value);
    }
    return boxes;
  };
  let kept = null, seen = "", seenAt = 0, keptAt = Date.now(), last = FINE, isKeeping = false;
  const keep = async (options) => {
    const boxes = typed();
    const now = boxes.toString();
    if (now === kept) return FINE;
    boxes.append("_draft", "keep");
    boxes.append("_account", words.account);
    for (const name of ["_version", "_window"]) boxes.append(name, form.elements[name].value);
    const [state, said] = await send(location.pathname + begun(), boxes, options);
    last = state;
    tell(state, said);
    if (state === FINE) kept = now;
    if (state === FINE || state === REFUSED) keptAt = Date.now();
    return state;
  };
  const begun = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of [...asked.keys()]) if (name.startsWith("_")) asked.delete(name);
    return asked.size ? `?${asked}` : "";
  };
  const watch = async () => {
    const now = typed().toString();
    if (now !== seen) [seen, seenAt] = [now, Date.now()];
    if (isKeeping || now === kept) return;
    const rested = Date.now() - seenAt >= 3000, late = Date.now() - keptAt >= 20000;
    const again = last === FINE || Date.now() - tried >= 5000;
    if (!(rested || late) || !again || (last === REFUSED && !late)) return;
    isKeeping = true;
    tried = Date.now();
    await keep();
    isKeeping = false;
  };
  let tried = 0;

  // Who else is here ------------------------------------------------------------------------------------------------
  const presence = (more = {}) => new URLSearchParams({ record: words.record, ...more });
  const others = banner.querySelector(".others");
  const beat = async () => {
    if (!words.record) return;
    const [state, said] = await send(words.together, presence());
    if (state !== FINE) {
      if (state === OFFLINE || state === ENDED || state === STRANGER) {
        last = state;
        tell(state);
      }
      return;
    }
    if (last !== FINE && last !== REFUSED) {
      last = FINE;
      say("");
    }
    const now = said.others.join("\n");
    if (now === [...others.children].map((line) => line.textContent).join("\n")) return;
    others.replaceChildren(
      ...said.others.map((one) => {
        const line = document.createElement("p");
        line.className = "note-line";
        line.textContent = one;
        return line;
      }),
    );
  };

  // Saving ----------------------------------------------------------------------------------------------------------
  let isLetThrough = false;
  form.addEventListener("submit", async (event) => {
    if (isLetThrough) return;
    event.preventDefault();
    const button = event.submitter;
    const state = await session();
    if (state !== FINE) {
      last = state;
      tell(state);
      status.scrollIntoView({ block: "nearest" });
      return;
    }
    await keep();
    isLetThrough = true;
    form.requestSubmit(button);
    isLetThrough = false;
  });

  window.addEventListener("load", () => {
    seen = typed().toString();
    kept = "unsaved" in words ? null : seen;
    seenAt = Date.now();
    setInterval(watch, 1000);
    setInterval(beat, 20000);
    beat();
  });
  window.addEventListener("online", () => { tried = 0; watch(); beat(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && kept !== null) keep(typed().toString().length < 50000 ? { keepalive: true } : {});
  });
  window.addEventListener("pagehide", () => {
    if (words.record) ask(words.together, { method: "POST", body: presence({ leaving: "1" }), keepalive: true });
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
})();
