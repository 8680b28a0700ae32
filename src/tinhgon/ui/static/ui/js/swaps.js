// What comes back of an answer that was saved never takes the place of a row that one types in.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  if (target.matches("tr") && target.contains(document.activeElement)) event.detail.shouldSwap = false;
});
