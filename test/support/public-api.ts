import { join } from "node:path";
import ts from "typescript";

/** What the package exports: the library, and the kit for tests. */
const ENTRIES = ["index.ts", "testing/index.ts"].map((name) => join(__dirname, "../../src", name));

/** Something that users can write, and what its doc comment says of it. */
export interface PublicName {
  /** As `HaPairProps.primary`; of an interface or enum itself, as `MiscCheck`. */
  readonly name: string;
  readonly comment: string;
}

/** Every prop, enum member, method and function that users can write, as `HaPairProps.primary`. */
export function publicNames(): string[] {
  return publicDeclarations().flatMap(({ name, declaration }) =>
    membersOf(declaration).map((member) => `${name}.${nameOf(member)}`),
  );
}

/** The same with their doc comments, and the interfaces and enums themselves. */
export function publicComments(): PublicName[] {
  return publicDeclarations().flatMap(({ name, declaration }) => [
    { name, comment: commentOf(declaration) },
    ...membersOf(declaration).map((member) => ({ name: `${name}.${nameOf(member)}`, comment: commentOf(member) })),
  ]);
}

interface Exported {
  readonly name: string;
  readonly declaration: ts.Declaration;
}

function publicDeclarations(): Exported[] {
  const program = ts.createProgram(ENTRIES, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    strict: true,
  });
  const checker = program.getTypeChecker();
  return ENTRIES.flatMap((entry) => exportsOf(entry, program, checker)).flatMap((exported) => {
    const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return (target.declarations ?? []).map((declaration) => ({ name: target.name, declaration }));
  });
}

function exportsOf(entry: string, program: ts.Program, checker: ts.TypeChecker): ts.Symbol[] {
  const source = program.getSourceFile(entry);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (symbol === undefined) throw new Error(`${entry} exports nothing`);
  return checker.getExportsOfModule(symbol);
}

function membersOf(declaration: ts.Declaration): ts.Declaration[] {
  if (ts.isInterfaceDeclaration(declaration)) return named(declaration.members);
  if (ts.isEnumDeclaration(declaration)) return named(declaration.members);
  if (ts.isVariableDeclaration(declaration)) return named(literalOf(declaration.initializer)?.properties ?? []);
  return [];
}

/** The object of `{ ... } as const`. */
function literalOf(expression: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  if (expression === undefined) return undefined;
  if (ts.isAsExpression(expression)) return literalOf(expression.expression);
  return ts.isObjectLiteralExpression(expression) ? expression : undefined;
}

function named(members: readonly ts.Declaration[]): ts.Declaration[] {
  return members.filter((member) => nameOf(member) !== "");
}

function nameOf(member: ts.Declaration): string {
  const name = ts.getNameOfDeclaration(member);
  return name !== undefined && ts.isIdentifier(name) ? name.text : "";
}

/** On one line, with the tags left out. */
function commentOf(declaration: ts.Declaration): string {
  const comments = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
  return comments
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join(" ")
    .replace(/\s+/g, " ");
}
