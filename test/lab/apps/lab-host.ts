import type { HostProps } from "cdktf-lvs";
import { hostKey } from "../../../examples/known-hosts";

/** A host of the lab, and the way in that every one of them has. */
export function host(address: string): HostProps {
  return {
    address,
    connection: { privateKeyPath: process.env["SSH_KEY"] ?? "", hostKey: hostKey(address), timeoutSeconds: 20 },
  };
}
