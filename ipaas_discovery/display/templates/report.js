// The page is complete without this script: it adds a search, a filter of fields, and a word where tables scroll.
const nav = document.querySelector(".contents");
const cards = [...document.querySelectorAll("main > section")];

function field(placeholder, label) {
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = placeholder;
  input.setAttribute("aria-label", label);
  return input;
}

// Rows without the word are hidden, then folds and tables without a row, then whole sections.
function narrow(root, wanted) {
  const rows = root.querySelectorAll("tbody tr, .facts > li");
  let hits = 0;
  for (const row of rows) {
    row.hidden = Boolean(wanted) && !row.textContent.toLowerCase().includes(wanted);
    hits += wanted && !row.hidden ? 1 : 0;
  }
  for (const folded of root.querySelectorAll("details")) {
    const inside = [...folded.querySelectorAll("tbody tr, .facts > li")];
    const some = !wanted || inside.length === 0 || inside.some((row) => !row.hidden);
    folded.hidden = !some;
    if (wanted && inside.length) folded.open = some;
  }
  for (const table of root.querySelectorAll("table:not([role])")) {
    table.hidden = Boolean(wanted) && ![...table.querySelectorAll("tbody tr")].some((row) => !row.hidden);
  }
  return hits;
}

const search = field("Search everything", "Search the whole page");
search.className = "find";
const hits = document.createElement("p");
hits.className = "hits";
hits.setAttribute("role", "status");
nav.prepend(search, hits);
let waiting;
search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const wanted = search.value.trim().toLowerCase();
    let sum = 0;
    for (const card of cards) {
      const rows = narrow(card, wanted);
      const named = card.querySelector("h2")?.textContent.toLowerCase().includes(wanted);
      card.hidden = Boolean(wanted) && !rows && !named;
      if (wanted && named && !rows) narrow(card, "");
      sum += rows;
    }
    hits.textContent = wanted ? `${sum} ${sum === 1 ? "row" : "rows"}` : "";
  }, 120);
});

for (const block of document.querySelectorAll(".fields")) {
  if (Number(block.dataset.rows) < 12) continue;
  const input = field("Filter fields", "Filter fields of this pair");
  block.querySelector(".tally").after(input);
  input.addEventListener("input", () => narrow(block, input.value.trim().toLowerCase()));
}

const sideways = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const before = target.previousElementSibling;
    const marked = before?.classList.contains("sideways");
    const beyond = target.scrollWidth > target.clientWidth + 1;
    if (beyond && !marked) {
      const word = document.createElement("p");
      word.className = "sideways";
      word.textContent = "Scrolls sideways →";
      target.before(word);
    } else if (!beyond && marked) before.remove();
  }
});
for (const box of document.querySelectorAll(".scroll")) sideways.observe(box);
