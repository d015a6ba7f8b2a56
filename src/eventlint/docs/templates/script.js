"use strict";
(() => {
  const form = document.getElementById("search-form");
  const box = document.getElementById("search-box");
  const list = document.getElementById("search-results");
  const status = document.getElementById("search-status");
  const most = 40;
  const places = Array.from(document.querySelectorAll("[data-search]"), (place) => ({
    anchor: place.id,
    name: place.dataset.search,
    description: place.dataset.words.trim(),
    low: place.dataset.search.toLowerCase(),
    text: (place.dataset.search + " " + place.dataset.words).toLowerCase(),
  }));

  /* A match at the end of the name ranks first, then at its start, then in it, then in the description. */
  const rank = (place, words) => {
    let worst = 0;
    for (const word of words) {
      const found = place.low.endsWith(word) ? 0 : place.low.startsWith(word) ? 1 : place.low.includes(word) ? 2 : 3;
      if (found === 3 && !place.text.includes(word)) return -1;
      worst = Math.max(worst, found);
    }
    return worst;
  };

  const entry = (place) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const name = document.createElement("code");
    const description = document.createElement("span");
    link.href = "#" + place.anchor;
    name.textContent = place.name;
    description.className = "quiet";
    description.textContent = place.description;
    link.append(name, description);
    item.append(link);
    return item;
  };

  const search = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (words.length === 0) {
      status.textContent = "";
      return;
    }
    const found = places
      .map((place) => ({ place, rank: rank(place, words) }))
      .filter((one) => one.rank >= 0)
      .sort((one, two) => one.rank - two.rank);
    list.append(...found.slice(0, most).map((one) => entry(one.place)));
    const rest = found.length > most ? ", showing the first " + most : "";
    status.textContent = found.length === 0 ? "Nothing found" : found.length + " found" + rest;
  };

  const move = (event, step) => {
    const links = Array.from(list.querySelectorAll("a"));
    const next = links.indexOf(document.activeElement) + step;
    if (links.length === 0 || next >= links.length) return;
    event.preventDefault();
    (next < 0 ? box : links[next]).focus();
  };

  box.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = list.querySelector("a");
    if (first) first.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(event, 1);
    else if (event.key === "ArrowUp") move(event, -1);
    else if (event.key === "Escape") {
      box.value = "";
      search();
      box.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
  });
  /* Print collapsed sections, too. */
  let collapsed = [];
  window.addEventListener("beforeprint", () => {
    collapsed = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of collapsed) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of collapsed) one.open = false;
  });
  form.hidden = false;
})();
