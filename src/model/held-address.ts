import type { Deferrable } from "./deferred";

/** A VIP, or another address that is not the host's own, and the network device that gets it. */
export interface HeldAddress {
  readonly address: Deferrable<string>;
  readonly device: Deferrable<string>;
}
