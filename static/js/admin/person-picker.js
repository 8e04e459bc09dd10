/*
 * The person picker: an ARIA combobox that links a row to somebody in the catalogue, or marks the name as a new person's.
 * A name that is only typed links to nobody; the server asks who is meant. Enter takes the one whom the name leaves, be
 * that before the catalogue has answered; where it leaves several, it begins to choose.
 */
const PAUSE = 150; // milliseconds without a key before the catalogue is asked

let made = 0;

const plain = (name) => name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

export class PersonPicker {
  /** `root` holds the inputs; `lookup` is the address to ask, `film` the film's id or "", `mayAdd` allows new people. */
  constructor(root, { lookup, film, mayAdd }) {
    Object.assign(this, { root, lookup, film, mayAdd, options: [], active: -1, wanted: 0, entered: false });
    this.input = root.querySelector("[role=combobox]");
    this.person = root.querySelector("[data-person]");
    this.fresh = root.querySelector("[data-fresh]");
    this.who = root.querySelector("[data-who]");
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
  }

  get name() {
    return this.input.value.trim().replace(/\s+/g, " ");
  }

  get open() {
    return this.input.getAttribute("aria-expanded") === "true";
  }

  get decided() {
    return Boolean(this.person.value || this.fresh.value);
  }

  typed() {
    this.link({ who: "" });
    this.entered = false;
    this.later();
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (!this.name) return this.close();
    this.waiting = true;
    this.timer = setTimeout(() => this.ask(), pause);
  }

  async ask() {
    this.timer = undefined;
    this.asked = new AbortController();
    try {
      const query = new URLSearchParams({ q: this.name, film: this.film });
      const response = await fetch(`${this.lookup}?${query}`, { signal: this.asked.signal });
      const found = await response.json().catch(() => ({}));
      if (response.ok && found.people) this.show(found.people);
      else this.show([], found.error ?? `The catalogue did not answer (${response.status}).`);
    } catch (error) {
      if (error.name !== "AbortError") this.show([], "The catalogue cannot be reached. Is the connection there?");
    }
  }

  /** Offer `people`, and last a new person; `trouble` says why there are none. */
  show(people, trouble = "") {
    if (document.activeElement !== this.input) return;
    this.waiting = false;
    this.options = people.map((person) => ({ person }));
    const namesake = people.some((other) => plain(other.name) === plain(this.name));
    if (this.mayAdd) this.options.push({ name: this.name, fresh: namesake ? "namesake" : "on" });
    this.list().replaceChildren(...this.options.map((option, place) => this.drawn(option, place)));
    this.message.textContent = trouble || (this.options.length ? "" : "Nobody of that name is in the catalogue.");
    this.input.setAttribute("aria-expanded", "true");
    this.popup.hidden = false;
    this.activate(this.wanted > 0 ? 0 : this.wanted < 0 ? this.options.length - 1 : -1);
    this.wanted = 0;
    this.root.dispatchEvent(new CustomEvent("picker:found", { bubbles: true, detail: people.length }));
    if (this.entered && !trouble) this.decide();
    this.entered = false;
  }

  /** Take the only one of that name, or a new person where nobody answers to it; else begin to choose. */
  decide() {
    const called = this.options.filter(({ person }) => person && plain(person.name) === plain(this.name));
    const known = this.options.some(({ person }) => person);
    if (called.length === 1) this.pick(this.options.indexOf(called[0]));
    else if (!known && this.options.length) this.pick(0);
    else if (known) this.activate(0);
  }

  enter() {
    if (this.active >= 0) this.pick(this.active);
    else if (this.open && !this.waiting) this.decide();
    else {
      this.entered = true;
      if (!this.waiting) this.later(0);
    }
  }

  list() {
    if (!this.popup) {
      const id = `people-${(made += 1)}`;
      this.listbox = element("ul", { role: "listbox", id, class: "picker-list", "aria-label": "People" });
      this.message = element("p", { class: "picker-message" });
      this.popup = element("div", { class: "picker-popup", hidden: "" }, this.listbox, this.message);
      // Pressing the mouse in the list must not take the focus, or the list would close before the click.
      this.popup.addEventListener("mousedown", (event) => event.preventDefault());
      this.root.append(this.popup);
      this.input.setAttribute("aria-controls", id);
    }
    return this.listbox;
  }

  drawn({ person, name, fresh }, place) {
    const row = element("li", { role: "option", id: `${this.listbox.id}-${place}`, class: "picker-option" });
    if (person) {
      const told = [person.years, person.note, person.films.join(", "), person.here ? "credited here" : ""];
      row.append(element("span", { class: "picker-name" }, person.name), ` ${told.filter(Boolean).join(" · ")}`);
    } else {
      row.classList.add("picker-new");
      row.append(fresh === "namesake" ? `New person, also called “${name}”` : `New person “${name}”`);
    }
    row.addEventListener("click", () => this.pick(place));
    return row;
  }

  activate(place) {
    this.active = place;
    [...this.listbox.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === place)));
    const row = this.listbox.children[place];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  step(direction) {
    const count = this.options.length;
    if (!this.open) {
      this.wanted = direction;
      if (!this.timer || !this.name) this.later(0);
    } else if (count) {
      this.activate(this.active < 0 ? (direction > 0 ? 0 : count - 1) : (this.active + direction + count) % count);
    }
  }

  pick(place) {
    const { person, fresh } = this.options[place];
    if (person) this.link({ id: person.id, name: person.name, who: [person.years, person.note].filter(Boolean).join(" ") || "known" });
    else this.link({ fresh, name: this.name, who: "new" });
    this.close();
    this.root.dispatchEvent(new Event("change", { bubbles: true }));
  }

  link({ id = "", fresh = "", name, who }) {
    this.person.value = id;
    this.fresh.value = fresh;
    if (name !== undefined) this.input.value = name;
    this.who.textContent = who;
    this.input.removeAttribute("aria-invalid");
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.timer = undefined;
    this.waiting = this.entered = false;
    this.wanted = 0;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (this.popup) this.popup.hidden = true;
    if (this.name && !this.decided) this.who.textContent = "who?";
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.name && (this.open || !this.decided)) {
      event.preventDefault();
      this.enter();
    } else if (event.key === "Tab" && this.active >= 0) {
      this.pick(this.active);
    } else if (event.key === "Escape" && this.open) {
      event.preventDefault();
      this.close();
    }
  }
}
