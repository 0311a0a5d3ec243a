/**
 * The one file that names the framework, so that the same source serves cdktf and its continuation cdktn.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformProvider, TerraformStack } from "cdktf";

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

interface NullProviderModule {
  readonly NullProvider: {
    readonly tfResourceType: string;
    new (scope: TerraformStack, id: string): TerraformProvider;
  };
}

/** The null provider is an optional peer: only stacks that ask for null_resource need it installed. */
export function addNullProvider(stack: TerraformStack): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- must not be loaded by those who lack it
  const { NullProvider } = require("@cdktf/provider-null/lib/provider") as NullProviderModule;
  const present = stack.node.findAll().some((node) => node instanceof NullProvider);
  if (!present) new NullProvider(stack, "null");
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
