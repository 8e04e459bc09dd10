/* Text and page scroll together: headings are the fixed points, between them by proportion. */

const HEADING = /^ {0,3}#{1,4}[ \t]+\S/;
const FENCE = /^ {0,3}(```|~~~)/;

/* Where headings begin in the Markdown, as offsets. */
const headingOffsets = (text) => {
  const offsets = [];
  let offset = 0;
  let fenced = false;
  for (const line of text.split("\n")) {
    if (FENCE.test(line)) fenced = !fenced;
    else if (!fenced && HEADING.test(line)) offsets.push(offset);
    offset += line.length + 1;
  }
  return offsets;
};

/* A textarea does not tell where its lines stand; a hidden copy with the same lines does. */
const heightsAt = (source, offsets) => {
  const copy = document.createElement("div");
  copy.className = "markdown-source markdown-measure";
  copy.style.inlineSize = `${source.clientWidth}px`;
  const marks = offsets.map((offset, index) => {
    const mark = document.createElement("span");
    copy.append(source.value.slice(offsets[index - 1] ?? 0, offset), mark);
    return mark;
  });
  source.after(copy);
  const heights = marks.map((mark) => mark.offsetTop);
  copy.remove();
  return heights;
};

const between = (value, from, to) => {
  const index = Math.max(1, from.findIndex((point) => point > value));
  const [a, b] = [from[index - 1], from[index] ?? from[index - 1]];
  const [c, d] = [to[index - 1], to[index] ?? to[index - 1]];
  return b > a ? c + ((value - a) / (b - a)) * (d - c) : c;
};

export const scrollInStep = (source, host, prose) => {
  let points = null;
  let leader = null;

  const measure = () => {
    const headings = [...prose.querySelectorAll("h2, h3, h4")];
    const offsets = headingOffsets(source.value);
    const paired = headings.length === offsets.length;
    const top = host.getBoundingClientRect().top - host.scrollTop;
    const inside = (limit) => (height) => Math.min(Math.max(height, 0), limit);
    const [sourceEnd, hostEnd] = [source, host].map((pane) => Math.max(pane.scrollHeight - pane.clientHeight, 0));
    points = {
      source: [0, ...(paired ? heightsAt(source, offsets).map(inside(sourceEnd)) : []), sourceEnd],
      host: [0, ...(paired ? headings.map((each) => each.getBoundingClientRect().top - top).map(inside(hostEnd)) : []), hostEnd],
    };
  };

  const follow = (lead, other, from, to) => {
    lead.addEventListener("pointerenter", () => (leader = lead));
    lead.addEventListener("focus", () => (leader = lead));
    lead.addEventListener("wheel", () => (leader = lead), { passive: true });
    lead.addEventListener("scroll", () => {
      if (leader !== lead) return;
      if (!points) measure();
      other.scrollTop = between(lead.scrollTop, points[from], points[to]);
    });
  };

  follow(source, host, "source", "host");
  follow(host, source, "host", "source");
  const forget = () => (points = null);
  source.addEventListener("input", forget);
  prose.addEventListener("load", forget, true);
  new ResizeObserver(forget).observe(host);
  return forget;
};
