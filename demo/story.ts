/** Prints the headings and the lines of the demo. */
export function heading(text: string): void {
  console.log(`\n\u001b[1m=== ${text}\u001b[0m`);
}

export function line(text: string): void {
  console.log(`  ${text}`);
}

export function block(text: string): void {
  for (const item of text.trimEnd().split("\n")) line(item);
}
