import type { DirectorConfig } from "../../model/director";
import { firewallOf } from "../../model/firewall";
import { packetMarks } from "../../model/packet-mark";
import { nftablesConf } from "../../render/nftables-conf";
import { nftablesDropIn, nftablesUnit } from "../../render/nftables-unit";
import type { PlanPart } from "../plan-part";

const CONF = "/etc/cdktf-lvs/nftables.conf";
const NFTABLES_UNIT = "cdktf-lvs-nftables.service";

/** An nftables table of our own: firewall marks, and what a director drops. Other tables are left alone. */
export function nftablesPart(config: DirectorConfig): PlanPart {
  const marks = packetMarks(config.services);
  const firewall = firewallOf(config);
  if (marks.length === 0 && firewall === undefined) return {};
  return {
    packages: [{ name: "nftables", command: "nft" }],
    files: [
      { path: CONF, mode: "600", text: nftablesConf({ marks, ...(firewall && { firewall }) }) },
      { path: `/etc/systemd/system/${NFTABLES_UNIT}`, mode: "644", text: nftablesUnit(CONF) },
      { path: "/etc/systemd/system/nftables.service.d/cdktf-lvs.conf", mode: "644", text: nftablesDropIn(CONF) },
    ],
    units: [NFTABLES_UNIT],
  };
}
