import { beValidKeepalivedConf, type KeepalivedConfOptions } from "./conf-matcher";
import type { Equals } from "./difference";
import type { ExpectedRealServer, ExpectedService } from "./expected";
import type { MatcherResult } from "./search";
import { haveRealServer, haveVirtualService } from "./service-matchers";

/** What jest and vitest both give their matchers. */
interface MatcherContext {
  readonly isNot?: boolean;
  readonly equals: Equals;
}

/** Matchers for `expect.extend()`, of jest and of vitest; {@link LvsMatchers} says what they look at. */
export const lvsMatchers = {
  /** Called by `expect`. */
  toHaveVirtualService(this: MatcherContext, received: unknown, expected: ExpectedService): MatcherResult {
    return haveVirtualService(received, expected, this.equals);
  },
  /** Called by `expect`. */
  toHaveRealServer(this: MatcherContext, received: unknown, expected: ExpectedRealServer): MatcherResult {
    return haveRealServer(received, expected, this.equals);
  },
  /** Called by `expect`. */
  toBeValidKeepalivedConf(this: MatcherContext, received: unknown, options: KeepalivedConfOptions = {}): MatcherResult {
    return beValidKeepalivedConf(received, options, this.isNot ?? false);
  },
};
