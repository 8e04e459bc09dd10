/* What is shown: text, page or both, and the side column; each browser remembers its own. */

export function remembered(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/* Two panes need room; where there is none, both becomes text alone until there is. */
const ROOM = 640;

export function views(form) {
  const editor = form.querySelector("[data-editor]");
  const buttons = [...editor.querySelectorAll("[data-show]")];
  let wanted = buttons.find((each) => each.dataset.show === remembered("writing-view"))?.dataset.show ?? "both";
  const show = () => {
    const view = wanted === "both" && editor.clientWidth < ROOM ? "write" : wanted;
    editor.dataset.view = view;
    for (const each of buttons) each.setAttribute("aria-pressed", each.dataset.show === view);
  };
  for (const each of buttons) {
    each.addEventListener("click", () => {
      wanted = each.dataset.show;
      remembered("writing-view", wanted);
      show();
    });
  }
  new ResizeObserver(show).observe(editor);
  show();
}

/* The side column may go, for a quiet page. */
export function details(form) {
  const toggle = form.querySelector("[data-details]");
  const detail = (open) => {
    form.classList.toggle("without-details", !open);
    toggle.setAttribute("aria-expanded", open);
  };
  toggle.addEventListener("click", () => {
    const open = form.classList.contains("without-details");
    detail(open);
    remembered("writing-details", open ? "open" : "closed");
  });
  detail(remembered("writing-details") !== "closed");
}
