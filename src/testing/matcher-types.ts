import type { KeepalivedConfOptions } from "./conf-matcher";
import type { ExpectedRealServer, ExpectedService } from "./expected";

/** The matchers as `expect(...)` has them; `R` is what a matcher returns there. */
export interface LvsMatchers<R = void> {
  /**
   * That some director among the hosts, or this host, has a virtual service with these props; with `additionalVips` any
   * of its VIPs will do for `vip`.
   */
  toHaveVirtualService(expected: ExpectedService): R;
  /** That a virtual service, or any of those on the hosts or this host, has such a real server. */
  toHaveRealServer(expected: ExpectedRealServer): R;
  /**
   * That `keepalived -t` takes the keepalived.conf of this director, or of every director among the hosts, and says
   * nothing. Needs keepalived on this machine, and root; without them it passes with a warning, and with
   * `CDKTF_LVS_REQUIRE_ORACLES=1` in the environment it fails.
   */
  toBeValidKeepalivedConf(options?: KeepalivedConfOptions): R;
}

declare global {
  // vitest's own interface extends this one too, so neither package has to be there.
  // eslint-disable-next-line @typescript-eslint/no-namespace -- named so by jest
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- as jest has it
    interface Matchers<R, T = {}> extends LvsMatchers<R> {}
  }
}
