/* One finding with all its places: what is said of it, where it stands, and what can be done about it. */
import { element } from "./elements.js";
import { excerpt } from "./excerpt.js";

const FEW = 3; /* places shown before the rest is asked for */
const AROUND = 28; /* letters of the text on each side of a place */
const NAMES = { title: "Title", dek: "Dek", seo_title: "Search title", seo_description: "Search description", hero: "Main picture", film: "Film", topics: "Topics" };

const button = (words, act, attributes = {}) => {
  const node = element("button", { type: "button", ...attributes }, words);
  node.addEventListener("click", act);
  return node;
};

const place = ({ field, written, start, end }) => {
  const where = NAMES[field] ? [element("span", { class: "finding-field" }, NAMES[field]), " "] : [];
  if (end <= start) return where.length ? where : ["Go to its place"];
  return [...where, ...excerpt(written, start, end, AROUND)];
};

export const findingRow = ({ go, fix, dismiss, spelling }) => {
  const message = element("p", { class: "finding-message" });
  const list = element("ul", { class: "finding-places" });
  const settling = element("div", { class: "finding-ways" });
  const node = element("li", { class: "finding" }, message, list, settling);
  let group = null;
  let drawn = "";
  let all = false;

  const becomes = () => (group.suggestion ? `“${group.text}” becomes “${group.suggestion}”` : `“${group.text}” goes`);

  const drawPlace = (each, index) => {
    const way = button("", () => go(group.places[index]), { class: "finding-place", dir: "auto" });
    way.append(...place(each));
    const row = element("li", { class: "finding-at" }, way);
    if (group.suggestion !== null) {
      const label = `Fix: ${becomes()}, ${index + 1} of ${group.places.length}`;
      row.append(button("Fix", () => fix(group, [group.places[index]]), { class: "finding-way", "aria-label": label }));
    }
    return row;
  };

  const drawPlaces = () => {
    const places = all ? group.places : group.places.slice(0, FEW);
    list.replaceChildren(...places.map(drawPlace));
    const more = group.places.length - places.length;
    if (more > 0) list.append(element("li", {}, button(`${more} more`, showAll, { class: "finding-more" })));
  };

  const showAll = () => {
    all = true;
    drawPlaces();
    list.querySelectorAll(".finding-place")[FEW].focus();
  };

  /* The reason is asked for in the row itself, and what was typed of it outlives every answer of the proofreader. */
  const asking = () => {
    const input = element("input", { type: "text", maxlength: "200", required: "", placeholder: "Why is it right as it stands?", "aria-label": "Why is it right as it stands?" });
    const problem = element("p", { class: "finding-problem", role: "alert" });
    const back = () => {
      form.remove();
      settling.hidden = false;
      settling.querySelector("[data-right]")?.focus();
    };
    const keep = async () => {
      if (!input.value.trim()) return input.focus();
      try {
        await dismiss(group, input.value.trim());
      } catch (refusal) {
        problem.textContent = refusal.message;
      }
    };
    const ways = [button("Keep as it is", keep, { class: "finding-way is-first" }), button("Cancel", back, { class: "finding-way" })];
    const form = element("div", { class: "finding-reason", role: "group", "aria-label": "It is right" }, input, ...ways, problem);
    form.addEventListener("keydown", (event) => {
      if (!["Enter", "Escape"].includes(event.key) || event.isComposing || (event.key === "Enter" && event.target !== input)) return;
      event.preventDefault(); /* Enter would save the article. */
      event.stopPropagation();
      if (event.key === "Enter") keep();
      else back();
    });
    settling.hidden = true;
    node.append(form);
    input.focus();
  };

  const drawWays = () => {
    const ways = [];
    const times = group.places.length;
    if (group.suggestion !== null && times > 1) ways.push(button(`Fix all ${times}`, () => fix(group, group.places), { class: "finding-way is-first" }));
    if (group.dismissible && dismiss) ways.push(button("It is right", asking, { class: "finding-way", "data-right": "" }));
    if (spelling && group.code.startsWith("name-")) ways.push(button("Spelling…", () => spelling(group), { class: "finding-way", "aria-haspopup": "dialog" }));
    settling.replaceChildren(...ways);
  };

  /* The same finding in a text that has changed: what looks the same is left alone, so that focus stays. */
  const update = (next) => {
    group = next;
    const looks = JSON.stringify([group.places.map(({ field, written, start, end }) => [field, written.slice(Math.max(0, start - AROUND), end + AROUND)]), all, group.dismissible]);
    if (looks === drawn) return;
    drawn = looks;
    const focused = [...node.querySelectorAll("button, input")].indexOf(document.activeElement);
    message.replaceChildren(group.message, ...change());
    drawPlaces();
    drawWays();
    if (focused >= 0) [...node.querySelectorAll("button, input")][focused]?.focus({ preventScroll: true });
  };

  const change = () => {
    if (!group.suggestion || group.message.includes(group.suggestion)) return [];
    return [" ", element("span", { class: "finding-suggestion" }, `→ ${group.suggestion}`)];
  };

  return { node, update };
};
