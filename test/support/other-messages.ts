import ts from "typescript";
import { nodesOf, parsed, sourceFiles, textsOf, valueOf } from "./messages";

/** All that synth warns of: texts in functions that are named for it, and what is annotated. */
export function warningMessages(): string[] {
  return sourceFiles(".ts").flatMap((file) => {
    const nodes = nodesOf(parsed(file));
    const inFunctions = nodes
      .filter((node) => ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node))
      .filter(({ name }) => /warnings/i.test(name?.getText() ?? ""))
      .flatMap(sentencesIn);
    return [...inFunctions, ...argumentsOf(nodes, "addWarning")];
  });
}

/** What is thrown when something is imported that cannot be used here, or when constructs of two frameworks meet. */
export function importMessages(): string[] {
  return ["requirements.ts", "framework.ts"].flatMap((name) => errorsOf(name));
}

/** What the command `cdktf-lvs` cannot do. */
export function commandMessages(): string[] {
  return errorsOf("commands/");
}

/** What Terraform says where a condition of a resource does not hold. */
export function terraformMessages(): string[] {
  return sourceFiles(".ts").flatMap((file) =>
    nodesOf(parsed(file))
      .filter(ts.isObjectLiteralExpression)
      .flatMap((literal) => valueOf(literal, "errorMessage") ?? [])
      .flatMap((message) => textsOf(message)),
  );
}

function errorsOf(start: string): string[] {
  return sourceFiles(".ts", start).flatMap((file) => argumentsOf(nodesOf(parsed(file)), "Error"));
}

/** The texts that a function or a class is called with. */
function argumentsOf(nodes: readonly ts.Node[], called: string): string[] {
  return nodes
    .filter((node) => ts.isCallExpression(node) || ts.isNewExpression(node))
    .filter(({ expression }) => expression.getText().split(".").at(-1) === called)
    .flatMap((call) => call.arguments?.slice(0, 1) ?? [])
    .filter(isSentence)
    .flatMap((argument) => textsOf(argument));
}

/** Texts with blanks that are not part of another one. */
function sentencesIn(node: ts.Node): string[] {
  if (isSentence(node)) return textsOf(node);
  const below: string[] = [];
  ts.forEachChild(node, (child) => {
    below.push(...sentencesIn(child));
  });
  return below;
}

function isSentence(node: ts.Node): node is ts.Expression {
  if (ts.isTemplateExpression(node)) return true;
  return ts.isStringLiteralLike(node) && node.text.includes(" ");
}
