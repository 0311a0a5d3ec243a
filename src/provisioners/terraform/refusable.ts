import type { IConstruct } from "constructs";
import { Lazy, type IResolveContext } from "../../framework";
import { ConfigError } from "../../model/problem";

/** Something made from a definition, or the refusal to make it. */
export type Made<T> = { readonly value: T } | { readonly refusal: ConfigError };

/** Keeps the refusal of a wrong definition; any other error is one of ours. */
export function made<T>(make: () => T): Made<T> {
  try {
    return { value: make() };
  } catch (error) {
    if (error instanceof ConfigError) return { refusal: error };
    throw error;
  }
}

/**
 * A value for Terraform that may be refused. The framework asks for all values once before it validates the tree: a
 * refusal then would hide the problems of all other constructs.
 */
export function refusable(scope: IConstruct, attempt: () => Made<unknown>): ReturnType<typeof Lazy.anyValue> {
  return Lazy.anyValue({
    produce: (context) => {
      const result = attempt();
      if ("value" in result) return context.preparing ? referenced(scope, context, result.value) : result.value;
      if (context.preparing) return {};
      throw result.refusal;
    },
  });
}

/** The framework's own words for stacks that need each other. */
const CIRCLE = /Cannot add dependency (\S+) to (\S+), because it would cause a circular dependency/;

/** The value, once its references to other stacks have turned out to be possible. */
function referenced(scope: IConstruct, context: IResolveContext, value: unknown): unknown {
  try {
    context.resolve(value);
  } catch (error) {
    const [, needed, needy] = CIRCLE.exec((error as Error).message) ?? [];
    if (needed === undefined) throw error;
    const message = `must not need a value of stack '${needed}' in stack '${needy}', which has to be deployed before it`;
    const advice = "give the value as a literal, or put both constructs into one stack";
    throw new ConfigError("stacks", [{ path: scope.node.path, message: `${message}; ${advice}` }]);
  }
  return value;
}
