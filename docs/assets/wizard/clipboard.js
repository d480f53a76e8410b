// Texts leave the page: into the clipboard, or as a file.

/** True when the text is in the clipboard. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyWithSelection(text); // no clipboard outside https, from disk for example
  }
}

function copyWithSelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "dw-hidden";
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}

/** Hands a text to the browser as a file to save. */
export function saveFile(name, text) {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}
