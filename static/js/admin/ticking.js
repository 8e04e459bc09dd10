/* Long lists of boxes to tick: arrows move among them, Shift ticks or clears all between, and the page counts. */
const form = document.querySelector("[data-ticking]");
const boxes = [...form.querySelectorAll(".share-line > input")];
const count = form.querySelector("[data-count]");
let last = null;

const tell = () => {
  const ticked = boxes.filter((box) => box.checked).length;
  count.textContent = boxes.length ? `${ticked} of ${boxes.length} ticked` : "";
};

const between = (one, other) => {
  const [start, end] = [boxes.indexOf(one), boxes.indexOf(other)].sort((first, second) => first - second);
  return boxes.slice(start, end + 1);
};

const step = (box, by) => boxes[boxes.indexOf(box) + by]?.focus();

form.addEventListener("click", (event) => {
  if (!boxes.includes(event.target)) return;
  if (event.shiftKey && last) for (const box of between(last, event.target)) box.checked = event.target.checked;
  last = event.target;
  tell();
});

form.addEventListener("keydown", (event) => {
  if (!boxes.includes(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  step(event.target, by);
});

if (boxes.length) form.querySelector("[data-keys]").hidden = false;
tell();
