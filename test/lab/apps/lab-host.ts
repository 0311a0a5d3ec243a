import type { HostProps } from "cdktf-lvs";
import { hostKeys } from "../../../examples/known-hosts";

/** A host of the lab, and the way in that every one of them has. */
export function host(address: string): HostProps {
  return {
    address,
    connection: { privateKeyPath: process.env["SSH_KEY"] ?? "", hostKey: hostKeys(address), timeoutSeconds: 20 },
  };
}
