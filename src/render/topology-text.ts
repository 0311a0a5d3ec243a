/** Text as one line that every language for pictures can hold: without control characters and halves of characters. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, " ")
    .replace(/ +/g, " ")
    .trim();
}
