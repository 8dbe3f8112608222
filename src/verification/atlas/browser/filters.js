// Runs in the page, which says all it has to say without it: filters and copying.

(() => {
  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)].map(element);
  /** @param {unknown} node @returns {HTMLElement} */
  const element = (node) => /** @type {HTMLElement} */ (node);
  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement} */
  const one = (selector, within = document) => element(within.querySelector(selector));

  const form = /** @type {HTMLFormElement} */ (one(".filters"));
  const search = /** @type {HTMLInputElement} */ (one("input[name=q]"));
  const boxes = /** @type {HTMLInputElement[]} */ (all("input[type=checkbox]", form));
  const groups = [...new Set(boxes.map(({ name }) => name))];
  /** What a hypothesis, its row or its section is marked with. @param {HTMLElement} card @param {string} name */
  const facetOf = (card, name) => card.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? "";
  // Searched are ids, titles, claims and rows of the note, not the evidence.
  const cards = all(".card").map((card) => {
    const texts = [card.id, card.dataset.title, card.dataset.row, one(".claim", card).textContent];
    const row = card.closest(".row-of-note")?.querySelector(".printed")?.textContent;
    return { card, text: [...texts, row].join(" ").toLowerCase() };
  });

  /** What is asked for: the words of the search, and the values ticked of each group (none: all). */
  function wanted() {
    const ticked = Object.fromEntries(
      groups.map((name) => [name, boxes.filter((b) => b.name === name && b.checked).map((b) => b.value)]),
    );
    return { words: search.value.toLowerCase().split(/\s+/).filter(Boolean), ticked };
  }

  function apply() {
    const { words, ticked } = wanted();
    let count = 0;
    for (const { card, text } of cards) {
      const shown =
        words.every((word) => text.includes(word)) &&
        groups.every((name) => {
          const values = ticked[name] ?? [];
          return values.length === 0 || values.includes(facetOf(card, name));
        });
      card.hidden = !shown;
      if (shown) count++;
    }
    for (const part of all(".row-of-note, .chapter")) part.hidden = !part.querySelector(".card:not([hidden])");
    one(".nothing").hidden = count > 0;
    const noun = cards.length === 1 ? "hypothesis" : "hypotheses";
    const some = count < cards.length ? `${count} of ${cards.length}` : String(count);
    for (const place of all(".found")) place.textContent = `${some} ${noun}`;
  }

  /** The filters as the address's fragment, so that a view can be passed on. */
  function remember() {
    const { ticked } = wanted();
    const state = new URLSearchParams();
    if (search.value) state.set("q", search.value);
    for (const name of groups) if (ticked[name]?.length) state.set(name, ticked[name].join(","));
    const words = state.toString().replaceAll("%2C", ",");
    // What the page is to try stands beside them.
    const kept = location.hash
      .slice(1)
      .split("&")
      .filter((part) => part.startsWith("try="));
    const fragment = [words, ...kept].filter(Boolean).join("&");
    history.replaceState(null, "", fragment ? `#${fragment}` : location.href.split("#")[0]);
  }

  function recall() {
    const fragment = location.hash.slice(1);
    if (fragment.includes("=")) {
      const state = new URLSearchParams(fragment);
      search.value = state.get("q") ?? "";
      for (const box of boxes) box.checked = (state.get(box.name) ?? "").split(",").includes(box.value);
      for (const box of boxes) if (box.checked) openAround(box);
      apply();
      return;
    }
    const target = fragment && document.getElementById(decodeURIComponent(fragment));
    if (target && (target.hidden || target.closest("[hidden]"))) reset();
    if (target) target.scrollIntoView();
  }

  /** @param {Element} inner */
  function openAround(inner) {
    const details = inner.closest("details");
    if (details && !details.classList.contains("panel")) details.open = true;
  }

  function reset() {
    form.reset();
    apply();
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    apply();
    remember();
  });
  for (const button of all("button.reset"))
    button.addEventListener("click", () => {
      reset();
      remember();
      search.focus();
    });
  addEventListener("hashchange", recall);

  const toggle = one("button.open");
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", String(open));
    const galleries = all(".card:not([hidden]) .condition, .card:not([hidden]) .populations");
    for (const gallery of galleries) gallery.toggleAttribute("open", open);
  });

  /** @param {string} words */
  const say = (words) => {
    one("#said").textContent = words;
  };

  /** @param {HTMLElement} code */
  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      say("Copied");
      return true;
    } catch {
      // Not every browser lets a page from disk write the clipboard: select it for the reader.
      getSelection()?.selectAllChildren(code);
      say("Selected: press Control C or Command C to copy");
      return false;
    }
  }

  for (const line of all(".command")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    line.append(button);
  }
  // Lines that come later bring a button of their own.
  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest(".command > .copy") : null;
    if (!button) return;
    button.textContent = (await copy(one("code", element(button.parentElement)))) ? "Copied" : "Selected";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });

  // On a phone the panel would stand between the reader and the claims.
  const panel = /** @type {HTMLDetailsElement} */ (one(".panel"));
  const wide = matchMedia("(min-width: 64rem)");
  const fold = () => {
    panel.open = wide.matches;
  };
  wide.addEventListener("change", fold);
  fold();
  recall();
})();
