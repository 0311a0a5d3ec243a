import type { SynthesizedRealServer, SynthesizedService } from "./synthesized-service";

/**
 * Some of the values of `T`; keywords may be written as such (`"rr"`). Any of
 * them may be a token, or what `expect.any()` and its like return.
 */
export type Expected<T> = T extends readonly (infer Item)[]
  ? readonly Expected<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Expected<T[Key]> }
    : T extends string
      ? T | `${T}`
      : T;

/** What a test looks for in a virtual service: the props of its construct, as many as matter. */
export type ExpectedService = Expected<Omit<SynthesizedService, "realServers">>;

/** What a test looks for in a real server of a virtual service. */
export type ExpectedRealServer = Expected<SynthesizedRealServer>;
