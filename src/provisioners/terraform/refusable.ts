import { Lazy } from "../../framework";
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
export function refusable(attempt: () => Made<unknown>): ReturnType<typeof Lazy.anyValue> {
  return Lazy.anyValue({
    produce: ({ preparing }) => {
      const result = attempt();
      if ("value" in result) return result.value;
      if (preparing) return {};
      throw result.refusal;
    },
  });
}
