/* Where words stand in a text field, in letters and on the screen. */

/* A textarea does not tell where its words stand; a hidden copy with the same lines does. */
export const placeOf = (source, offset) => {
  const copy = document.createElement("div");
  copy.className = "markdown-source markdown-measure";
  copy.dir = source.dir;
  copy.style.inlineSize = `${source.clientWidth}px`;
  const mark = document.createElement("span");
  mark.textContent = "\u200b";
  copy.append(source.value.slice(0, offset), mark, source.value.slice(offset));
  source.after(copy);
  const place = { left: mark.offsetLeft, top: mark.offsetTop, height: mark.offsetHeight };
  copy.remove();
  return place;
};

/* Select words and bring them into view, a third from the top, unless they are in view already. */
export const goTo = (field, start, end) => {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  if (field.classList.contains("markdown-source")) {
    const { top, height } = placeOf(field, start);
    const seen = top > field.scrollTop && top + 2 * height < field.scrollTop + field.clientHeight;
    if (!seen) field.scrollTop = top - field.clientHeight / 3;
  }
  const { top, bottom } = field.getBoundingClientRect();
  if (bottom < 80 || top > innerHeight - 80) field.scrollIntoView({ block: "center" });
};

/* Python counts a letter outside the first 65,536 as one, JavaScript as two. */
export const unitsBefore = (text, points) => {
  let units = 0;
  for (let count = 0; count < points && units < text.length; count += 1) units += text.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
};

/* What stands before the changed part stays, what stands after it moves with the end. */
const shift = (before, after, offset) => {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same += 1;
  return offset < same ? 0 : after.length - before.length;
};

/* Where what stood from start to end in `before` stands in `after`, as far as typing has moved it; null if it is gone. */
export const moved = (before, after, start, end) => {
  const place = start + shift(before, after, start);
  return after.slice(place, place + end - start) === before.slice(start, end) ? [place, place + end - start] : null;
};

/* The same, or else where the same words stand nearest. */
export const nearest = (before, after, start, end) => {
  const words = before.slice(start, end);
  const places = words ? [after.lastIndexOf(words, start), after.indexOf(words, start)].filter((place) => place >= 0) : [];
  const near = places.sort((one, other) => Math.abs(one - start) - Math.abs(other - start)).slice(0, 1);
  return moved(before, after, start, end) ?? near.map((place) => [place, place + words.length])[0] ?? null;
};
