/* Unsaved words: known, told, and not left behind without a question. */

const state = (form) =>
  new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken")).toString();

export const watchLeaving = (form, onChange) => {
  /* What the server gave back unsaved, with errors or a conflict, is unsaved from the start. */
  let saved = "typed" in form.dataset ? null : state(form);
  let going = false;
  const unsaved = () => state(form) !== saved;
  const tell = () => onChange(unsaved());
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  window.addEventListener("beforeunload", (event) => {
    if (!going && unsaved()) event.preventDefault();
  });
  tell();
  return { tell, go: () => (going = true) };
};
