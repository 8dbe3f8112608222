// Runs in the page: unpacks the galleries, draws one when it is opened, and shows a seed closer.

/** @typedef {import("../../examples/gallery.ts").Gallery} Gallery */
/** @typedef {import("../../examples/gallery.ts").GallerySeed} GallerySeed */
/** @typedef {import("../../claim/trainer.ts").Thumbnail} Thumbnail */

(() => {
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

  /**
   * @param {string} name
   * @param {string} className
   * @param {...(Node | string)} children
   */
  function tag(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
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

  /** @param {GallerySeed} seed */
  function picture({ thumbnail, status }) {
    if (thumbnail) return draw(thumbnail);
    return tag("span", "sketch none", status === "diverged" ? "diverged" : "no picture");
  }

  /** @param {GallerySeed} seed */
  function words({ met, observed, status }) {
    const ending = status === "stopped" ? "not converged" : status === "diverged" ? "diverged" : null;
    return [met === false ? "fails" : null, observed, ending].filter((part) => part !== null).join(", ");
  }

  /** @param {Element} card @param {Gallery} gallery @param {string} label */
  function fill(card, gallery, label) {
    const { seeds, of, command } = gallery;
    const items = seeds.map((seed) => {
      const said = tag("span", "words", words(seed));
      const name = tag("span", "name", `seed ${seed.seed}`);
      const button = tag("button", "", picture(seed), name, " ", tag("span", "why", seed.why), " ", said);
      button.setAttribute("type", "button");
      button.addEventListener("click", () => show(card.id, label, gallery, seed));
      return tag("li", seed.met === false ? "seed fails" : "seed", button);
    });
    const again = command
      ? "Choose one for the command that trains it again."
      : `No command trains one of them alone. This one trains them all: ${card.querySelector(".again code")?.textContent}`;
    const earlier = card.hasAttribute("data-earlier") ? ", as an earlier run left them" : "";
    const note = `${seeds.length} of ${of.toLocaleString("en")} seeds: the worst first, then the rarest, then typical ones${earlier}. ${again}`;
    return tag("div", "gallery", tag("p", "note", note), tag("ul", "seeds", ...items));
  }

  const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("#seed"));
  /** @param {string} selector */
  const part = (selector) => /** @type {HTMLElement} */ (dialog.querySelector(selector));

  /** @param {string} id @param {string} where @param {Gallery} gallery @param {GallerySeed} seed */
  function show(id, where, { label, of, command }, seed) {
    const { why, like, loss, thumbnail } = seed;
    const facts = [
      `${why}: ${like} of ${of} seeds ${like === 1 ? "is" : "are"} this rare`,
      loss === null ? "" : `mean loss ${loss}`,
    ];
    const scale = thumbnail && !thumbnail.heat ? `from the centre to the edge: ${thumbnail.reach}` : "";
    part("h2").textContent = `${id}, ${where}: seed ${seed.seed}`;
    part(".large").replaceChildren(picture(seed));
    part(".words").textContent = words(seed);
    part(".facts").replaceChildren(
      ...facts.filter(Boolean).map((fact) => tag("span", "", fact)),
      ...(scale ? [tag("span", "scale", scale)] : []),
    );
    part(".command").hidden = !command;
    part("code").textContent = command?.replace("{seed}", String(seed.seed)) ?? "";
    dialog.showModal();
    // For what else the page can do with it.
    dialog.dispatchEvent(new CustomEvent("seed", { detail: { id, label, seed: seed.seed } }));
  }

  /** @returns {Promise<Readonly<Record<string, readonly Gallery[]>>>} */
  async function unpack() {
    const text = document.querySelector("#galleries")?.textContent ?? "";
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  }

  /** @type {ReturnType<typeof unpack> | undefined} */
  let unpacked;
  document.addEventListener(
    "toggle",
    async ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open) return;
      const place = target.querySelector(":scope > [data-gallery]:empty");
      const card = target.closest(".card");
      if (!(place instanceof HTMLElement) || !card) return;
      place.append(tag("p", "note", "Unpacking the seeds…"));
      try {
        unpacked ??= unpack();
        const gallery = (await unpacked)[card.id]?.[Number(place.dataset.gallery)];
        const label = target.querySelector("summary .label")?.textContent ?? "";
        place.replaceChildren(...(gallery ? [fill(card, gallery, label)] : []));
      } catch (error) {
        place.replaceChildren(tag("p", "note", `The seeds cannot be shown in this browser: ${error}`));
      }
    },
    true,
  );
})();
