// Runs in the page: unpacks the galleries, draws one when it is opened, and shows a seed closer.

/** @typedef {import("../../examples/gallery.ts").Gallery} Gallery */
/** @typedef {import("../../examples/gallery.ts").GallerySeed} GallerySeed */

(() => {
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

  /** @param {GallerySeed} seed */
  function picture({ thumbnail, status }) {
    if (thumbnail) return drawThumbnail(thumbnail);
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
      const source = { id: card.id, label: gallery.label };
      button.addEventListener("click", () => show({ where: `${card.id}, ${label}`, gallery, seed, source }));
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

  /** @param {import("../shown-seed.ts").ShownSeed} shown */
  function show({ where, gallery: { of, command }, seed, source }) {
    const { why, like, loss, thumbnail } = seed;
    const facts = [
      `${why}: ${like} of ${of} seeds ${like === 1 ? "is" : "are"} this rare`,
      loss === null ? "" : `mean loss ${loss}`,
    ];
    const scale = thumbnail && !thumbnail.heat ? `from the centre to the edge: ${thumbnail.reach}` : "";
    part("h2").textContent = `${where}: seed ${seed.seed}`;
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
    dialog.dispatchEvent(new CustomEvent("seed", { detail: { ...source, seed: seed.seed } }));
  }

  // What else runs in the page has seeds, too.
  addEventListener("show-seed", (event) => show(/** @type {CustomEvent} */ (event).detail));

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
