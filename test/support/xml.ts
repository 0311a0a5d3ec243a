/** The first thing that keeps a text from being well-formed XML; undefined when there is none. */
export function xmlProblem(text: string): string | undefined {
  const open: string[] = [];
  let rest = text;
  while (rest !== "") {
    const [piece] = PIECE.exec(rest) ?? [];
    if (piece === undefined) return `neither text nor tag: ${rest.slice(0, 60)}`;
    rest = rest.slice(piece.length);
    const [, slash, name, empty] = TAG_NAME.exec(piece) ?? [];
    if (name === undefined) continue;
    if (slash === "/") {
      const last = open.pop();
      if (last !== name) return `</${name}> where </${last ?? ""}> should be`;
    } else if (empty !== "/") {
      open.push(name);
    }
  }
  return open.length === 0 ? undefined : `<${open.join(", ")}> without an end`;
}

const CHARACTER =
  "(?:[^<&\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ud800-\\udfff\\ufffe\\uffff]|&(?:amp|lt|gt|quot|#\\d+|#x[\\da-f]+);)";
const ATTRIBUTE = `\\s+[\\w:-]+="(?:(?!")${CHARACTER})*"`;
const PIECE = new RegExp(
  `^(?:${CHARACTER}+|<!--(?:(?!--)[^])*-->|<\\?xml [^?]*\\?>|<!DOCTYPE [^<>]*>|</[\\w:]+>|<[\\w:]+(?:${ATTRIBUTE})*\\s*/?>)`,
  "u",
);
const TAG_NAME = /^<(\/?)([A-Za-z][\w:]*)[^]*?(\/?)>$/;
