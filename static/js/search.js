/* Suggestions below a search field, as an ARIA combobox. Without this script the form leads to the results as well. */
const WAIT = 120;
let made = 0;

const element = (tag, attributes, text = "") => {
  const node = Object.assign(document.createElement(tag), { textContent: text });
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  return node;
};

const attach = (form) => {
  const field = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const list = element("ul", { class: "seek__list", role: "listbox", id: `suggestions-${++made}`, "aria-label": "Suggestions", hidden: "" });
  let waiting = new AbortController();
  let timer = 0;
  let active = null;

  const choose = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };

  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", open);
    if (!open) choose(null);
  };

  const close = () => {
    clearTimeout(timer);
    waiting.abort();
    status.textContent = "";
    show(false);
  };

  const fill = (suggestions) => {
    const options = suggestions.map(({ label, note, url }, place) => {
      const option = element("li", { class: "seek__option", role: "option", id: `${list.id}-${place}`, "aria-selected": "false", "data-url": url });
      option.append(element("span", { class: "seek__name", dir: "auto" }, label), " ", element("span", { class: "seek__note" }, note));
      return option;
    });
    choose(null);
    list.replaceChildren(...options);
    show(options.length > 0);
    status.textContent = `${options.length || "No"} suggestion${options.length === 1 ? "" : "s"}`;
  };

  const ask = async () => {
    waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    try {
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(field.value)}`, { signal });
      if (answer.ok) fill((await answer.json()).suggestions);
    } catch {
      /* Typed on, or offline: the form still works. */
    }
  };

  const move = (step) => {
    const stops = [null, ...list.children];
    choose(stops[(stops.indexOf(active) + step + stops.length) % stops.length]);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim()) timer = setTimeout(ask, WAIT);
    else close();
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const { key } = event;
    if (key === "ArrowDown") move(1);
    else if (key === "ArrowUp") move(-1);
    else if (key === "Escape") close();
    else if (key === "Enter" && active) location.assign(active.dataset.url);
    else return;
    event.preventDefault();
  });

  /* The field keeps the focus while a suggestion is pressed, or the list would close first. */
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => location.assign(target.closest("li").dataset.url));
  field.addEventListener("blur", close);
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    field.setAttribute(name, value);
  }
};

document.querySelectorAll("[data-suggestions]").forEach(attach);
