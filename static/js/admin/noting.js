/* The note for colleagues tells what the proofreader's buttons changed; undoing the change takes it back. */

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/* "Nettles → Nettle (3×)", counted on where the note says it already. */
const counted = (note, words, times) => {
  const told = new RegExp(`${escaped(words)}(?: \\((\\d+)×\\))?(?=; |$)`);
  const already = note.match(told);
  const all = times + (already ? Number(already[1] ?? 1) : 0);
  const said = all > 1 ? `${words} (${all}×)` : words;
  if (already) return note.replace(told, () => said);
  return note.trim() ? `${note.trim()}; ${said}` : said;
};

export const noting = (form) => {
  const note = form.elements.note;
  const kept = [];

  const write = (text) => {
    note.value = text;
    note.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const follow = (event) => {
    const [from, to] = { historyUndo: ["after", "before"], historyRedo: ["before", "after"] }[event.inputType] ?? [];
    if (!from) return;
    const step = kept.findLast((each) => each.field === event.target && each.text[to] === event.target.value && each.note[from] === note.value);
    if (step) write(step.note[to]);
  };
  if (note) form.addEventListener("input", follow);

  /* Change a field by `act`, and say so; a note that has no room left stays as it is. */
  return ({ field, act, words, times }) => {
    const before = field.value;
    act();
    if (!note || field.value === before) return;
    const said = counted(note.value, words, times);
    if (note.maxLength > 0 && said.length > note.maxLength) return;
    kept.push({ field, text: { before, after: field.value }, note: { before: note.value, after: said } });
    write(said);
  };
};
