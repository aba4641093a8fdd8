// The page is complete without this script: it adds a field filter, and opens folded parts for printing.
for (const block of document.querySelectorAll(".fields")) {
  if (Number(block.dataset.rows) < 12) continue;
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Filter fields";
  input.setAttribute("aria-label", "Filter fields of this pair");
  block.querySelector(".tally").after(input);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of block.querySelectorAll("tbody tr")) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
    if (wanted) for (const folded of block.querySelectorAll("details")) folded.open = true;
  });
}
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
});
