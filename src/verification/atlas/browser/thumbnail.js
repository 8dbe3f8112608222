// Runs in the page: draws thumbnails, for the galleries of the run and for what is trained in the page.

/** @typedef {import("../../claim/trainer.ts").Thumbnail} Thumbnail */

// biome-ignore lint/correctness/noUnusedVariables: the scripts that follow it use it
const drawThumbnail = (() => {
  const half = 56;

  /**
   * @param {string} name
   * @param {Readonly<Record<string, string | number>>} [attributes]
   * @param {...(Node | string)} children
   */
  function svg(name, attributes = {}, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    made.append(...children);
    return made;
  }

  /** @param {readonly number[]} places @param {number} i */
  const at = (places, i) => `${places[2 * i]} ${places[2 * i + 1]}`;
  /** Lines of no length, which round caps make into dots. @param {readonly number[]} places @param {number} from @param {number} to */
  const dots = (places, from = 0, to = places.length / 2) =>
    Array.from({ length: to - from }, (_, i) => `M${at(places, from + i)}h0`).join("");

  /** @param {Thumbnail} thumbnail */
  function draw({ reach, places, shared, read, edges, front = 0, heat }) {
    /** @param {string} kind @param {string} d */
    const path = (kind, d) => (d ? [svg("path", { class: kind, d })] : []);
    if (heat) {
      const size = Math.sqrt(heat.length);
      const cells = [..."abde"].flatMap((level) =>
        path(
          `heat-${level}`,
          [...heat.matchAll(new RegExp(`${level}`, "g"))]
            .map(({ index }) => `M${index % size} ${Math.floor(index / size)}h1`)
            .join(""),
        ),
      );
      return svg("svg", { class: "sketch", viewBox: `0 -0.5 ${size} ${size}`, "aria-hidden": "true" }, ...cells);
    }
    /** @param {number} from @param {number} to */
    const lines = (from, to) =>
      Array.from(
        { length: to - from },
        (_, i) => `M${at(places, edges?.[2 * (from + i)] ?? 0)}L${at(places, edges?.[2 * (from + i) + 1] ?? 0)}`,
      ).join("");
    const radius = Math.round(50 / reach);
    const ring = !edges && radius >= 5 && radius <= 55 ? [svg("circle", { r: radius })] : [];
    const spokes = edges ? "" : dots(places).replace(/M(\S+ \S+)h0/g, "M0 0L$1");
    return svg(
      "svg",
      { class: "sketch", viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, "aria-hidden": "true" },
      ...ring,
      ...path("back", edges ? lines(front, edges.length / 2) : ""),
      ...path("edge", edges ? lines(0, front) : ""),
      ...path("spoke", spokes),
      ...path("read", read ? dots(read) : ""),
      ...path("dot", dots(places, shared)),
      ...path("many", dots(places, 0, shared)),
    );
  }

  return draw;
})();
