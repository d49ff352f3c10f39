// A page that only stands between two others sends its form by itself. Without scripts the person presses the button.
document.querySelector("form[data-doorsturen]")?.requestSubmit();
