import { printed } from "../../model/deferred";
import type { DirectorConfig } from "../../model/director";
import type { PlanPart } from "../plan-part";

/** The size of the connection table, which the module takes when it is loaded. */
export function connectionTablePart({ settings: { connectionTableBits: bits } }: DirectorConfig): PlanPart {
  if (bits === undefined) return {};
  const text = `options ip_vs conn_tab_bits=${printed(bits)}\n`;
  return { files: [{ path: "/etc/modprobe.d/cdktf-lvs.conf", mode: "644", text }] };
}
