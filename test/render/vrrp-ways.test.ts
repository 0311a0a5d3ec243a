import { IpvlanMode } from "../../src/model/virtual-mac";
import type { VrrpInstance } from "../../src/model/vrrp-instance";
import { blocksText } from "../../src/render/block-writer";
import { vrrpInstanceBlock } from "../../src/render/vrrp-instance-block";
import { vrrpInstance } from "../support/models";

/** The lines of an instance about how adverts go out. */
function ways(settings: VrrpInstance["settings"], ipvlanAddress?: string): string[] {
  const keywords = /^(use_vmac|vmac_xmit_base|use_ipvlan|mcast_dst_ip|unicast)/;
  const different = { settings, ...(ipvlanAddress !== undefined && { ipvlanAddress }) };
  const lines = blocksText([vrrpInstanceBlock(vrrpInstance(different))]).split("\n");
  return lines.map((line) => line.trim()).filter((line) => keywords.test(line));
}

const base = { interface: "eth0", virtualRouterId: 51, multicast: true };

test.each<[string, VrrpInstance["settings"], string | undefined, string[]]>([
  ["multicast", base, undefined, []],
  ["a group", { ...base, multicastGroup: "224.0.0.99" }, undefined, ["mcast_dst_ip 224.0.0.99"]],
  ["a virtual MAC", { ...base, virtualMac: { name: "vmac" } }, undefined, ["use_vmac vmac"]],
  [
    "a virtual MAC and adverts beside it",
    { ...base, virtualMac: { transmitOnBase: true } },
    undefined,
    ["use_vmac vrrp.51", "vmac_xmit_base"],
  ],
  ["ipvlan with an address", { ...base, ipvlan: {} }, "10.0.0.31", ["use_ipvlan ipvl.51 10.0.0.31 bridge"]],
  ["ipvlan in a mode", { ...base, ipvlan: { mode: IpvlanMode.VEPA, name: "x" } }, undefined, ["use_ipvlan x vepa"]],
])("adverts by multicast: %s", (_title, settings, ipvlanAddress, lines) => {
  expect(ways(settings, ipvlanAddress)).toEqual(lines);
});
