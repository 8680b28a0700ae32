// Arrow keys go from the search box into what it suggests, else into the results, and from link to
// link within [data-arrows]. Escape, leaving and a click elsewhere close the suggestions.
const box = document.getElementById("search");
const suggestions = document.getElementById("suggestions");

const links = (list) => [...(list?.querySelectorAll("a[href]") ?? [])];
const close = () => suggestions?.replaceChildren();

function step(event, list) {
  const all = links(list);
  const at = all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  const next = all[at] ?? (at < 0 ? box : null);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && suggestions?.contains(document.activeElement)) box.focus();
  if (event.key === "Escape") close();
  if (event.altKey || event.metaKey || event.ctrlKey) return;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const list = event.target.closest?.("[data-arrows]");
  if (list) step(event, list);
  else if (event.target === box && event.key === "ArrowDown") {
    step(event, links(suggestions).length ? suggestions : document.querySelector("main [data-arrows]"));
  }
});

box?.form.addEventListener("focusout", (event) => {
  if (!box.form.contains(event.relatedTarget)) close();
});
