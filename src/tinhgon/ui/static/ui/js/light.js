// data-lights="id …" on an element: pointing at it lights those elements, and pointing at one of
// them lights it. A click or Enter pins the pair until another is pinned or Escape is pressed.
const partners = (element) => {
  const there = (element.dataset.lights ?? "").split(" ").filter(Boolean).map((id) => document.getElementById(id));
  const back = element.id ? [...document.querySelectorAll(`[data-lights~="${CSS.escape(element.id)}"]`)] : [];
  return [...there, ...back].filter(Boolean);
};

let pinned = null;

function lit(target) {
  for (let element = target.closest?.("[data-lights], [id]"); element; element = element.parentElement?.closest("[data-lights], [id]")) {
    if (partners(element).length) return element;
  }
  return null;
}

function clear() {
  for (const element of document.querySelectorAll(".is-lit")) element.classList.remove("is-lit");
}

function light(element, { scroll }) {
  clear();
  if (!element) return;
  const others = partners(element);
  for (const each of [element, ...others]) each.classList.add("is-lit");
  if (scroll) others[0].scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function pin(element) {
  document.querySelector(".is-pinned")?.classList.remove("is-pinned");
  pinned = element;
  element?.classList.add("is-pinned");
  light(element, { scroll: true });
}

document.addEventListener("pointerover", (event) => {
  if (!pinned) light(lit(event.target), { scroll: false });
});
document.addEventListener("focusin", (event) => {
  const element = lit(event.target);
  if (!pinned && element) light(element, { scroll: true });
});
document.addEventListener("click", (event) => {
  const element = event.target.closest("[data-lights]");
  if (!element || event.target.closest("a, button, input, select, textarea, label, summary")) return;
  pin(element === pinned ? null : element);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && pinned) pin(null);
  if (event.key !== "Enter" || !event.target.matches?.("[data-lights]")) return;
  pin(event.target === pinned ? null : event.target);
});
