/**
 * The one file that imports the framework, so that the same source serves cdktf and its continuation cdktn: the build for
 * cdktn has the other name here.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DefaultTokenResolver, StringConcat, TerraformProvider, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { entryFor, isFramework, type Framework } from "./frameworks";

export {
  Annotations,
  Aspects,
  DefaultTokenResolver,
  Fn,
  Lazy,
  StringConcat,
  TerraformLocal,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
  Tokenization,
} from "cdktf";
export type { IResolvable, IResolveContext, TerraformResourceConfig } from "cdktf";

/** Where jsii, which both frameworks are built with, keeps the name of a class. */
const NAME = Symbol.for("jsii.rtti");

const NULL = "null";

/** The null provider without a package of its own, of which there would have to be one for each framework. */
class NullProvider extends TerraformProvider {
  public constructor(stack: TerraformStack) {
    super(stack, NULL, {
      terraformResourceType: NULL,
      terraformProviderSource: NULL,
      terraformGeneratorMetadata: { providerName: NULL, providerVersionConstraint: "~> 3.2" },
    });
  }
}

/** Adds the null provider to a stack that has none. */
export function addNullProvider(stack: TerraformStack): void {
  const present = stack.allProviders().some((provider) => provider.terraformResourceType === NULL);
  if (!present) new NullProvider(stack);
}

/** Refuses what is in a stack of another framework: it would fail at synth, in words that help nobody. */
export function refuseOtherFramework(construct: IConstruct): void {
  const stack = TerraformStack.of(construct);
  const [own, other] = [frameworkOf(TerraformStack), frameworkOf(stack.constructor)];
  if (own === undefined || other === undefined || other === own) return;
  const { path } = construct.node;
  const entry = entryFor(own);
  const otherEntry = entryFor(other);
  const remedy = `import from '${otherEntry}', or make the app and its stacks with ${own}`;
  throw new Error(`'${entry}' was given a stack of ${other} in '${path}'; ${remedy}`);
}

/** The framework that a class of stacks comes from, by the name that its own classes bear. */
function frameworkOf(stackClass: unknown): Framework | undefined {
  for (let made = stackClass; typeof made === "function"; made = Object.getPrototypeOf(made)) {
    const named = Reflect.get(made, NAME) as { readonly fqn: string } | undefined;
    const name = /^(\w+)\.TerraformStack$/.exec(named?.fqn ?? "")?.[1] ?? "";
    if (isFramework(name)) return name;
  }
  return undefined;
}

/** The text with the expressions of Terraform in place of the framework's tokens. */
export function resolveTokens(scope: IConstruct, text: string): string {
  return String(Tokenization.resolve(text, { scope, resolver: new DefaultTokenResolver(new StringConcat()) }));
}

/** Has files written beside the stack's own at every synth, once it is known to be valid. */
export function addStackFiles(stack: TerraformStack, files: () => Readonly<Record<string, string>>): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session) {
      synthesizer.synthesize(session);
      const folder = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
      for (const [name, text] of Object.entries(files())) writeFileSync(join(folder, name), text);
    },
  };
}
