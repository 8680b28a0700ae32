// <form data-autosubmit>: a changed list applies at once; empty filters stay out of the address.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date], [data-date] input")) {
    form.requestSubmit();
  }
});
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[data-autosubmit]")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});
