import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const SOURCE = join(__dirname, "../../src");

/** A problem as the source says it, with `<names>` where values go. */
export interface Message {
  /** `…` is what leads to the prop. */
  readonly path: string;
  readonly text: string;
}

/** Every problem that synth can report. */
export function synthMessages(): Message[] {
  return sourceFiles(".ts").flatMap((file) => {
    return nodesOf(parsed(file)).filter(ts.isObjectLiteralExpression).flatMap(messagesOf);
  });
}

/** Whether one of these messages reads so when its values are filled in. */
export function isOneOf(messages: readonly Message[], text: string): boolean {
  return messages.some((message) => {
    const parts = message.text.split(/<[A-Za-z]+>/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".+")}$`, "s").test(text);
  });
}

/** The files of the source whose names end so, and whose paths begin so. */
export function sourceFiles(ending: string, start = ""): string[] {
  const names = readdirSync(SOURCE, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.startsWith(start) && name.endsWith(ending))
    .sort()
    .map((name) => join(SOURCE, name));
}

export function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
}

export function nodesOf(node: ts.Node): ts.Node[] {
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    below.push(...nodesOf(child));
  });
  return [node, ...below];
}

/** `{ path, message }`: both may be written out, or name a constant. */
function messagesOf(literal: ts.ObjectLiteralExpression): Message[] {
  const [path, message] = ["path", "message"].map((name) => valueOf(literal, name));
  if (path === undefined || message === undefined) return [];
  const paths = textsOf(path, "…").map((text) => text.replace(/(?:…\.)+/g, "…."));
  return textsOf(message).flatMap((text) => paths.map((at) => ({ path: at, text })));
}

export function valueOf(literal: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of literal.properties) {
    if (property.name === undefined || property.name.getText() !== name) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}

/** What the parameters of a function are in one call of it. */
type Arguments = ReadonlyMap<string, ts.Expression>;

const NONE: Arguments = new Map();

/** What an expression can be as text; `unknown` stands for what only a run knows. */
export function textsOf(expression: ts.Expression, unknown?: string, given: Arguments = NONE): string[] {
  const again = (part: ts.Expression): string[] => textsOf(part, unknown, given);
  if (ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression)) return [expression.text];
  if (ts.isConditionalExpression(expression)) return [...again(expression.whenTrue), ...again(expression.whenFalse)];
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.reduce(
      (starts, span) =>
        again(span.expression).flatMap((value) => starts.map((start) => start + value + span.literal.text)),
      [expression.head.text],
    );
  }
  if (ts.isCallExpression(expression)) {
    const results = resultsOf(expression);
    if (results.length > 0) return results.flatMap(({ result, own }) => textsOf(result, unknown, own));
  }
  const known = ts.isIdentifier(expression) ? (given.get(expression.text) ?? constantNamed(expression)) : undefined;
  return known === undefined ? [unknown ?? `<${placeholder(expression)}>`] : again(known);
}

/** What a function of the same file returns when it is called so, if that is text. */
function resultsOf({ expression, arguments: values }: ts.CallExpression): { result: ts.Expression; own: Arguments }[] {
  const called = expression
    .getSourceFile()
    .statements.filter(ts.isFunctionDeclaration)
    .find(({ name }) => name?.text === expression.getText());
  if (called?.body === undefined) return [];
  const own = new Map(
    called.parameters.flatMap(({ name }, index) => {
      const value = values[index];
      return value !== undefined && isText(value) ? [[name.getText(), value] as const] : [];
    }),
  );
  const results = nodesOf(called.body)
    .filter(ts.isReturnStatement)
    .flatMap((statement) => statement.expression ?? []);
  return results.every(isText) ? results.map((result) => ({ result, own })) : [];
}

/** The value of the nearest constant of this name that is text, a number, or a choice among such. */
function constantNamed(name: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node = name; ; scope = scope.parent) {
    if (isParameterOf(scope, name.text)) return undefined;
    if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
      const value = scope.statements
        .filter(ts.isVariableStatement)
        .flatMap(({ declarationList }) => [...declarationList.declarations])
        .find((declaration) => declaration.name.getText() === name.text)?.initializer;
      if (value !== undefined) return isText(value) ? value : undefined;
    }
    if (ts.isSourceFile(scope)) return undefined;
  }
}

function isParameterOf(node: ts.Node, name: string): boolean {
  return ts.isFunctionLike(node) && node.parameters.some((parameter) => parameter.name.getText() === name);
}

function isText(value: ts.Expression): boolean {
  if (ts.isConditionalExpression(value)) return isText(value.whenTrue) && isText(value.whenFalse);
  return ts.isStringLiteralLike(value) || ts.isTemplateExpression(value) || ts.isNumericLiteral(value);
}

/** A name for a value: the last word of what it is read from. */
function placeholder(expression: ts.Expression): string {
  const words = expression.getText().replace(/\.(node\.path|join\(.*\)|length)$/s, "");
  if (/^(shown|escaped|String)\(/.test(words)) return "value";
  const last = [...words.matchAll(/[A-Za-z]+/g)].at(-1)?.[0] ?? "value";
  return last === last.toUpperCase() ? last.toLowerCase() : last;
}
