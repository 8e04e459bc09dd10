/*
 * What is typed is kept: on the server while it answers, in this browser while it does not. Never more than the last
 * three seconds are on this page alone.
 */
import { keptCopies } from "./kept-copy.js";
import { presence } from "./presence.js";
import { get, post, token } from "./requests.js";

const REST = 2000; /* after the last keystroke */
const LONGEST = 2500; /* while typing goes on */
const BEAT = 15_000; /* nothing new: still here */
const AGAIN = 5000; /* while the server cannot be reached */
const PATIENCE = 12_000; /* with a server that does not answer */

const LISTS = ["authors", "topics"];
const FIELDS = ["title", "dek", "body", "hero", "seo_title", "seo_description", "spoilers", "note", "slug", "kind", "film", "filed"];

const typedIn = (form) => {
  const data = new FormData(form);
  const texts = FIELDS.filter((name) => data.has(name)).map((name) => [name, data.get(name)]);
  const lists = LISTS.filter((name) => form.elements[name]).map((name) => [name, data.getAll(name)]);
  return JSON.stringify(Object.fromEntries([...texts, ...lists]));
};

const ago = (since) => {
  const seconds = Math.round((Date.now() - since) / 1000);
  if (seconds < 2) return "just now";
  return seconds < 60 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
};

const trouble = (refusal, copied) => {
  const where = copied ? "kept in this browser" : "not kept anywhere, so leave this page open";
  if (refusal.status === 0) return `Offline: ${where}`;
  if (refusal.reason === "logged-out") return `Logged out: ${where}; log in in another tab`;
  return `${refusal.message} Until then: ${where}`;
};

/* Whoever may no longer edit the article, or finds it deleted, loses no word: those are the text of a new one. */
const TAKEN = {
  403: "You may no longer edit this article: what you type is kept as a new one",
  404: "This article was deleted: what you type is kept as a new one",
};

const asNew = (state) => {
  const { slug, filed, ...typed } = JSON.parse(state.payload);
  return { ...state, article: "", base: "", payload: JSON.stringify(typed) };
};

const deliver = async (url, state) => {
  try {
    return { answer: await post(url, state, null, PATIENCE), taken: "" };
  } catch (refusal) {
    const taken = !refusal.reason && state.article && TAKEN[refusal.status];
    if (!taken) throw refusal;
    return { answer: await post(url, asNew(state), null, PATIENCE), taken };
  }
};

export const autosave = ({ form, leaving, say, onReturn }) => {
  const { user, article, autosaveUrl: url } = form.dataset;
  const place = url.slice(0, url.indexOf("articles/"));
  const tab = form.elements.tab.value;
  const copies = keptCopies({ user, article, place });
  const company = presence(document.querySelector("[data-presence]"));
  const counter = form.querySelector("[data-kept-ago]");
  let [rest, longest, beat] = [0, 0, 0];
  let sending = null;
  let waiting = false;
  let stopped = false;
  let failure = "";
  let taken = "";
  let kept = null;
  let keptAt = 0;

  /* Each state has a turn, and so has the form when it is saved: what arrives late is known for it. */
  const now = () => {
    const unsaved = leaving.unsaved();
    const { base, restored, turn } = form.elements;
    turn.value = Number(turn.value) + 1;
    const known = { tab, article, base: base.value, restored: restored.value, turn: turn.value };
    return { ...known, payload: typedIn(form), unsaved: unsaved ? "1" : "" };
  };
  const isKept = () => Boolean(kept?.unsaved) && kept.payload === typedIn(form);

  const show = () => {
    if (stopped) return;
    const unsaved = leaving.unsaved();
    say.kept((unsaved && failure) || taken);
    say.state(unsaved ? (keptAt ? "Unsaved changes are kept" : "Unsaved changes") : "");
    counter.textContent = unsaved && keptAt && !failure ? ago(keptAt) : "";
  };

  const copy = (state) => {
    if (state.unsaved) return copies.write(tab, state);
    copies.forget(tab);
    return true;
  };

  const still = () => {
    clearTimeout(rest);
    clearTimeout(longest);
    clearTimeout(beat);
    longest = 0;
  };

  const done = (state, answer) => {
    if (answer.turn > Number(state.turn)) {
      /* Taken for late; the next turn is not. */
      form.elements.turn.value = answer.turn;
      waiting = true;
      return;
    }
    kept = state;
    keptAt = state.unsaved ? Date.now() : 0;
    if (failure) onReturn();
    failure = "";
    if (state.payload === typedIn(form)) copies.forget(tab);
    company(answer);
  };

  const send = async () => {
    while (waiting && !stopped) {
      waiting = false;
      const state = now();
      const copied = copy(state);
      try {
        const delivered = await deliver(url, state);
        taken = delivered.taken;
        done(state, delivered.answer);
      } catch (refusal) {
        failure = trouble(refusal, copied);
      }
      show();
    }
    clearTimeout(beat);
    if (!stopped) beat = setTimeout(keep, failure ? AGAIN : BEAT);
  };

  const keep = () => {
    still();
    if (stopped) return null;
    if (sending) copy(now()); /* The answer may be long in coming. */
    waiting = true;
    sending ??= send().finally(() => (sending = null));
    return sending;
  };

  const soon = () => {
    clearTimeout(rest);
    rest = setTimeout(keep, REST);
    longest ||= setTimeout(keep, LONGEST);
  };

  /* The page goes: no answer is waited for. */
  const away = (address, fields) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    fetch(address, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": token() } }).catch(() => {});
  };

  const leave = () => {
    if (stopped) return;
    still();
    const state = now();
    if (state.unsaved) {
      if (!isKept()) copy(state);
      away(url, { ...(taken ? asNew(state) : state), closing: "1" });
    } else {
      away(`${url}discard/`, { tab, article: taken ? "" : article });
    }
  };

  /* What this browser alone holds, of whichever article, goes to the server, which then offers it with all the rest. */
  const handOver = async () => {
    let found = 0;
    for (const { name, state } of copies.others(tab)) {
      try {
        await deliver(url, { ...state, restored: "", unsaved: "1", closing: "1" });
        copies.forgetOther(name);
        found += 1;
      } catch {
        /* It stays where it is. */
      }
    }
    if (!found) return;
    const { html } = await get(`${url}left/`, { tab, article, restored: form.elements.restored.value });
    document.querySelector("[data-left]").innerHTML = html;
  };

  leaving.keptBy(isKept);
  leaving.onTell((unsaved) => {
    show();
    if (unsaved || kept?.unsaved) soon();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" || (leaving.unsaved() && !isKept())) keep();
  });
  window.addEventListener("online", () => keep());
  window.addEventListener("pagehide", leave);
  setInterval(show, 1000);
  if (location.search.includes("restore=")) history.replaceState(null, "", location.pathname);
  keep();
  handOver().catch(() => {});

  return {
    /* The form is about to be saved: an autosave that came after it would outlive it. */
    stop: async () => {
      copy(now());
      stopped = true;
      still();
      await Promise.race([sending, new Promise((over) => setTimeout(over, 3000))]);
      copy(now()); /* What was typed meanwhile. */
    },
    /* Here again, by the browser's back, or because the save was broken off. */
    wake: () => {
      stopped = false;
      keep();
    },
  };
};
