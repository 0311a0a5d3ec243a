import { TerraformVariable, type TerraformStack } from "cdktf";

export type Values = Readonly<Record<string, string | number>>;

/** Where a stack has its values from: they are written in it, or are variables of Terraform. */
export interface ValueSource {
  readonly text: (name: string) => string;
  readonly number: (name: string) => number;
}

export function literals(values: Values): ValueSource {
  const value = (name: string): string | number => {
    const found = values[name];
    if (found === undefined) throw new Error(`no value is called ${name}`);
    return found;
  };
  return { text: (name) => value(name) as string, number: (name) => value(name) as number };
}

/** Each variable is one token, however often it is used. */
export function variables(stack: TerraformStack): ValueSource {
  const tokens = new Map<string, string | number>();
  const token = (name: string, make: () => string | number): string | number => {
    const found = tokens.get(name) ?? make();
    tokens.set(name, found);
    return found;
  };
  return {
    text: (name) => token(name, () => variable(stack, name, "string").stringValue) as string,
    number: (name) => token(name, () => variable(stack, name, "number").numberValue) as number,
  };
}

/** Its name is that of the value, its id one that no construct of the stack has. */
function variable(stack: TerraformStack, name: string, type: string): TerraformVariable {
  const made = new TerraformVariable(stack, `value-${name}`, { type });
  made.overrideLogicalId(name);
  return made;
}
