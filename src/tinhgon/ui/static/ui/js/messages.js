// A message can be put away; the summary of errors is read out first.
function prepare(scope) {
  for (const button of scope.querySelectorAll("[data-dismiss]")) button.hidden = false;
  scope.querySelector("[data-error-summary]")?.focus();
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".message").remove();
});
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);
