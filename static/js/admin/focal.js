/* Choosing a picture's focal point: by click, by dragging the ring, by the arrow keys, or in the two number fields. */

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LEAP = 10;
const within = (percent) => Math.min(100, Math.max(0, Math.round(percent)));

const choose = (root, across, down) => {
  const ring = root.querySelector(".focal__point");
  const whole = root.querySelector(".focal__whole");
  const hint = root.querySelector(".focal__hint");
  const said = root.querySelector(".focal__said");
  const at = () => [across.value, down.value].map((value) => within(Number(value)));

  const show = () => {
    const [x, y] = at();
    ring.style.setProperty("--at-x", `${x}%`);
    ring.style.setProperty("--at-y", `${y}%`);
    for (const part of root.querySelectorAll(".focal__part")) {
      part.style.setProperty("--focal-x", `${x}%`);
      part.style.setProperty("--focal-y", `${y}%`);
    }
    said.textContent = `${x} % from the left, ${y} % from the top.`;
  };
  const move = (x, y) => {
    across.value = within(x);
    down.value = within(y);
    for (const field of [across, down]) field.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };
  const moveTo = (event) => {
    const box = whole.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  };

  whole.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    ring.focus({ preventScroll: true });
    whole.setPointerCapture(event.pointerId);
    moveTo(event);
  });
  whole.addEventListener("pointermove", (event) => {
    if (whole.hasPointerCapture(event.pointerId)) moveTo(event);
  });
  ring.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const far = event.shiftKey ? LEAP : 1;
    const [x, y] = at();
    move(x + step[0] * far, y + step[1] * far);
  });
  for (const field of [across, down]) field.addEventListener("input", show);
  ring.hidden = hint.hidden = false;
  show();
};

const root = document.querySelector("[data-focal]");
const fields = ["id_focal_x", "id_focal_y"].map((id) => document.getElementById(id));
if (root && fields.every(Boolean)) choose(root, ...fields);
