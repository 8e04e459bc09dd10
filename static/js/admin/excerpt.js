/* Words with a little of their line, cut between words. */
import { element } from "./elements.js";

const LONGEST = 120; /* letters of the words themselves */

export const excerpt = (text, start, end, around) => {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const stop = text.indexOf("\n", end) < 0 ? text.length : text.indexOf("\n", end);
  const before = text.slice(Math.max(line, start - around), start);
  const after = text.slice(end, Math.min(stop, end + around));
  const words = text.slice(start, end);
  const mark = element("mark", { class: "finding-words" }, words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words);
  return [
    start - around > line ? before.replace(/^\S*\s?/, "… ") : before,
    mark,
    end + around < stop ? after.replace(/\s?\S*$/, " …") : after,
  ];
};
