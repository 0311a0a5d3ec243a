/** What Terraform repeats for every address of a list, and what it leaves out when lists are empty. */
const REPEATED = /%\{ for address in (\S+) \}([^]*?)%\{ endfor \}/g;
const CONDITIONAL = /%\{ if (.+?) > 0 \}([^]*?)%\{ endif \}/g;

/** The text with these lists in it, by their expressions; lists that are not given stay as they are. */
export function withLists(text: string, lists: Readonly<Record<string, readonly string[]>>): string {
  const itemsOf = (name: string): readonly string[] | undefined => lists[`\${${name}}`];
  return text
    .replace(REPEATED, (whole, name: string, repeated: string) => {
      const items = itemsOf(name);
      return items === undefined
        ? whole
        : [...new Set(items)]
            .sort()
            .map((item) => repeated.replaceAll("${address}", () => item))
            .join("");
    })
    .replace(CONDITIONAL, (whole, sum: string, conditional: string) => {
      const all = listNames(sum).map(itemsOf);
      if (all.includes(undefined)) return whole;
      return all.some((items) => items !== undefined && items.length > 0) ? conditional : "";
    });
}

/** The lists that a text has directives for, by their expressions. */
export function listsIn(text: string): string[] {
  const repeated = [...text.matchAll(REPEATED)].map(([, name = ""]) => name);
  const asked = [...text.matchAll(CONDITIONAL)].flatMap(([, sum = ""]) => listNames(sum));
  return [...repeated, ...asked].map((name) => `\${${name}}`);
}

/** Names in `length(a) + length(b)`. */
function listNames(sum: string): string[] {
  return [...sum.matchAll(/length\(([^)]+)\)/g)].map(([, name = ""]) => name);
}
