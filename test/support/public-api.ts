import { join } from "node:path";
import ts from "typescript";

/** What the package exports: the library, and the kit for tests. */
const ENTRIES = ["index.ts", "testing/index.ts"].map((name) => join(__dirname, "../../src", name));

/** Every prop, enum member, method and function that users can write, as `HaPairProps.primary`. */
export function publicNames(): string[] {
  const program = ts.createProgram(ENTRIES, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    strict: true,
  });
  const checker = program.getTypeChecker();
  return ENTRIES.flatMap((entry) => exportsOf(entry, program, checker)).flatMap((exported) => {
    const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return (target.declarations ?? []).flatMap((declaration) =>
      membersOf(declaration).map((member) => `${target.name}.${member}`),
    );
  });
}

function exportsOf(entry: string, program: ts.Program, checker: ts.TypeChecker): ts.Symbol[] {
  const source = program.getSourceFile(entry);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (symbol === undefined) throw new Error(`${entry} exports nothing`);
  return checker.getExportsOfModule(symbol);
}

function membersOf(declaration: ts.Declaration): string[] {
  if (ts.isInterfaceDeclaration(declaration)) return namesOf(declaration.members);
  if (ts.isEnumDeclaration(declaration)) return namesOf(declaration.members);
  if (ts.isVariableDeclaration(declaration)) return namesOf(literalOf(declaration.initializer)?.properties ?? []);
  return [];
}

/** The object of `{ ... } as const`. */
function literalOf(expression: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  if (expression === undefined) return undefined;
  if (ts.isAsExpression(expression)) return literalOf(expression.expression);
  return ts.isObjectLiteralExpression(expression) ? expression : undefined;
}

function namesOf(members: readonly ts.Declaration[]): string[] {
  return members.flatMap((member) => {
    const name = ts.getNameOfDeclaration(member);
    return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
  });
}
