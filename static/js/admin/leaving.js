/* Unsaved words: known, told, and not left behind without a question, unless they are kept. */

const ALONG = ["csrfmiddlewaretoken", "tab", "restored", "turn"];
const state = (form) => new URLSearchParams([...new FormData(form)].filter(([name]) => !ALONG.includes(name))).toString();

export const watchLeaving = (form) => {
  /* What the server gave back unsaved, with errors or restored, is unsaved from the start. */
  let saved = "typed" in form.dataset ? null : state(form);
  let going = false;
  let isKept = () => false;
  let onTell = () => {};
  const unsaved = () => state(form) !== saved;
  const tell = () => onTell(unsaved());
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  window.addEventListener("beforeunload", (event) => {
    if (!going && unsaved() && !isKept()) event.preventDefault();
  });
  return {
    tell,
    unsaved,
    going: () => going,
    go: () => (going = true),
    stay: () => (going = false),
    keptBy: (knows) => (isKept = knows),
    onTell: (listener) => ((onTell = listener), tell()),
  };
};
