// A picture in full size; Escape, the button or a click outside closes it.

const dialog = document.getElementById("viewer");
const picture = dialog.querySelector("img");

dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

export function view(source, caption) {
  picture.src = source;
  picture.alt = caption;
  dialog.showModal();
}
