// Characters that move, hide or reorder text, as escapes: what a value holds can be seen, and draws nothing.

// A blank that is not the plain one looks like it, and is another value.
const HIDDEN = "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u115f\\u1160\\u3164\\uffa0]|(?! )\\p{Zs}";
const IS_HIDDEN = new RegExp(HIDDEN, "u");
const PARTS = new RegExp(`(?:${HIDDEN})|(?:(?!${HIDDEN}).)+`, "gsu");
const NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"};

/** A text's parts in order: {text, hidden, lineEnd}; a hidden one's text is what stands for it. */
function visible(text) {
  return Array.from(text.matchAll(PARTS), ([part]) => IS_HIDDEN.test(part)
    ? {text: escapeOf(part), hidden: true, lineEnd: part === "\n"}
    : {text: part, hidden: false, lineEnd: false});
}

/** A name on one line. */
function visibleName(text) {
  return visible(text).map(part => part.text).join("");
}

function escapeOf(character) {
  const code = character.codePointAt(0);
  const digits = code.toString(16).padStart(4, "0");
  return NAMES[character] ?? (code > 0xffff ? `\\u{${digits}}` : `\\u${digits}`);
}
