/*
 * The rows of a film's cast and crew: a blank one always stands last, lines move by dragging, by Alt and an arrow, or by
 * buttons, and a line taken out stays in sight until the film is saved. F9 leads to the cast's blank row from everywhere,
 * Shift+F9 to the crew's.
 */
import { PersonPicker } from "./person-picker.js";

const EDGE = 90; // pixels from the window's edges where dragging scrolls the page

class CreditRows {
  constructor(section) {
    const { credits, lookup, film, mayAdd } = section.dataset;
    this.prefix = credits;
    this.pickers = { lookup, film, mayAdd: mayAdd === "yes" };
    this.list = section.querySelector("[data-rows]");
    this.blank = section.querySelector("template[data-blank]");
    this.status = section.querySelector("[data-status]");
    this.total = section.querySelector(`[name="${credits}-TOTAL_FORMS"]`);
    this.rows.forEach((row) => this.equip(row));
    this.list.addEventListener("input", () => this.settle());
    this.list.addEventListener("change", () => this.settle());
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => this.grab(event));
    this.list.addEventListener("picker:found", (event) => this.say(`${event.detail || "No"} people found`));
    this.settle();
  }

  get rows() {
    return [...this.list.children];
  }

  equip(row) {
    new PersonPicker(row.querySelector("[data-picker]"), this.pickers);
  }

  isBlank(row) {
    const typed = [...row.querySelectorAll("[data-typed]")];
    return typed.every((input) => (input.type === "checkbox" ? !input.checked : !input.value.trim()));
  }

  isRemoved(row) {
    return row.querySelector("[data-remove]").checked;
  }

  department(row) {
    return row.querySelector("[data-department]")?.value ?? "";
  }

  name(row) {
    return row.querySelector("[role=combobox]").value.trim() || "This line";
  }

  /** Lines that move against `row`: those of its department, without the blank last one. */
  peers(row) {
    return this.rows.slice(0, -1).filter((other) => this.department(other) === this.department(row));
  }

  /** Bring the page in line with what was typed: a blank row at the end, places, departments. */
  settle() {
    if (!this.isBlank(this.rows.at(-1))) this.grow();
    const places = {};
    this.rows.forEach((row, index) => {
      const department = this.department(row);
      const counts = !this.isRemoved(row) && row !== this.list.lastElementChild;
      if (counts) places[department] = (places[department] ?? 0) + 1;
      row.querySelector("[data-order]").value = index + 1;
      row.querySelector("[data-place]").textContent = counts ? places[department] : "";
      this.call(row, counts ? `${this.name(row)}, line ${places[department]}` : "New line");
      row.classList.toggle("is-removed", this.isRemoved(row));
      row.classList.toggle("is-blank", row === this.list.lastElementChild);
      const above = row.previousElementSibling;
      row.classList.toggle("is-same", Boolean(department && above && this.department(above) === department));
      row.querySelector("[data-job]")?.setAttribute("list", `jobs-${department}`);
    });
  }

  /** Name the row, and in it what would be called alike in every row. */
  call(row, label) {
    row.querySelector("[role=group]").setAttribute("aria-label", label);
    for (const tool of row.querySelectorAll("[data-about]")) {
      tool.setAttribute("aria-label", `${tool.dataset.about}: ${this.name(row)}`);
    }
  }

  grow() {
    const above = this.rows.at(-1);
    const holder = document.createElement("ol");
    holder.innerHTML = this.blank.innerHTML.replaceAll("__prefix__", this.total.value);
    const row = holder.firstElementChild;
    this.total.value = Number(this.total.value) + 1;
    this.list.append(row);
    this.equip(row);
    const department = row.querySelector("[data-department]");
    if (department) department.value = this.department(above);
  }

  clicked(event) {
    const button = event.target.closest("button");
    const row = event.target.closest("[data-row]");
    if (!button || !row) return;
    if (button.dataset.move) this.move(row, Number(button.dataset.move));
    if ("more" in button.dataset) this.unfold(row, button);
  }

  unfold(row, button) {
    const more = row.querySelector(".credit-more");
    more.hidden = !more.hidden;
    button.setAttribute("aria-expanded", String(!more.hidden));
    if (!more.hidden) more.querySelector("input").focus();
  }

  key(event) {
    const row = event.target.closest("[data-row]");
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.move(row, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Enter" && !event.defaultPrevented && event.target.matches("input")) {
      event.preventDefault(); // Enter would send the whole page.
      this.next(row, event.target).focus();
    }
  }

  /** Where Enter goes from `field`: from a name that is decided to the parts or the job, else to the next line's name. */
  next(row, field) {
    const name = row.querySelector("[role=combobox]");
    if (field === name && name.value.trim()) return row.querySelector(".credit-parts, [data-job]");
    return row.nextElementSibling?.querySelector("[role=combobox]") ?? field;
  }

  move(row, direction) {
    const peers = this.peers(row);
    const other = peers[peers.indexOf(row) + direction];
    if (!peers.includes(row) || !other) {
      this.say(`${this.name(row)} cannot move further`);
      return;
    }
    // The neighbour goes to the other side, so that this row keeps the focus.
    if (direction < 0) row.after(other);
    else row.before(other);
    this.moved(row);
  }

  moved(row) {
    this.settle();
    const peers = this.peers(row);
    this.say(`${this.name(row)} is now ${peers.indexOf(row) + 1} of ${peers.length}`);
    row.querySelector("[data-order]").dispatchEvent(new Event("change", { bubbles: true }));
  }

  say(text) {
    this.status.textContent = text;
  }

  grab(event) {
    const row = event.target.closest("[data-grip]")?.closest("[data-row]");
    if (!row || event.button !== 0 || row === this.list.lastElementChild) return;
    event.preventDefault();
    const from = row.nextElementSibling;
    const done = new AbortController();
    const finish = () => {
      done.abort();
      row.classList.remove("is-dragged");
      if (row.nextElementSibling !== from) this.moved(row);
    };
    const cancel = (key) => {
      if (key.key !== "Escape") return;
      from.before(row);
      finish();
    };
    row.classList.add("is-dragged");
    const { signal } = done;
    document.addEventListener("pointermove", (moved) => this.drag(row, moved.clientY), { signal });
    document.addEventListener("pointerup", finish, { signal });
    document.addEventListener("pointercancel", finish, { signal });
    document.addEventListener("keydown", cancel, { signal });
  }

  drag(row, y) {
    if (y < EDGE) window.scrollBy(0, -12);
    if (y > window.innerHeight - EDGE) window.scrollBy(0, 12);
    const peers = this.peers(row).filter((other) => other !== row);
    const below = peers.find((other) => {
      const box = other.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    if (below) below.before(row);
    else peers.at(-1)?.after(row);
  }
}

/** Ask before a page with unsaved typing is left, and save by Ctrl+S. */
function guard(form) {
  let unsaved = Boolean(form.querySelector(".errornote"));
  form.addEventListener("input", () => (unsaved = true));
  form.addEventListener("change", () => (unsaved = true));
  form.addEventListener("submit", () => (unsaved = false));
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
  window.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".submit-row [name=_continue]"));
  });
}

const sections = [...document.querySelectorAll("[data-credits]")];
const sheets = sections.map((section) => new CreditRows(section));
document.addEventListener("keydown", (event) => {
  if (event.key !== "F9" || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  sheets.at(event.shiftKey ? -1 : 0)?.rows.at(-1).querySelector("[role=combobox]").focus();
});
new Set(sections.map((section) => section.closest("form"))).forEach(guard);
