/** Regular expressions that the library takes with the option multiline as sure to be read. */
export const SURE_PATTERNS = [
  "ok",
  "^status: (up|degraded)$",
  String.raw`\d\d\d\d-\d\d`,
  String.raw`v\d+\.\d+(?:-rc\d*)?`,
  String.raw`[^\]\\a-f\d]{2,30}?`,
  String.raw`(a)(b)\2\1`,
  String.raw`\x22quoted\x22 \s*\S+`,
  "[[]x[-a]",
  "a{,b}c{",
  "(?=x)(?!y)(?:z)",
  "ü€",
  String.raw`[\w.-]+@[\w.-]+\.[a-z]{2,10}`,
  String.raw`\h\H\b\B\w\W\n\r\t\f`,
  "(a{10}){100}",
  "it's #1! {a} $b",
];
