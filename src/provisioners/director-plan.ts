import type { Deferrable } from "../model/deferred";

import { ipvsModules, vipsOf, type DirectorConfig } from "../model/director";
import { TableOwner } from "../model/table-owner";
import { ipvsadmRules, sorryServerNames } from "../render/ipvsadm-rules";
import { keepalivedConf } from "../render/keepalived-conf";
import { modulesLoadConf } from "../render/modules-load-conf";
import { sysctlConf, type Sysctl } from "../render/sysctl-conf";
import { directorVipsUnit, ipvsadmUnit, keepalivedDropIn, type HeldAddress } from "../render/units";
import type { HostFile, HostPackage, HostPlan, VrrpAddresses } from "./host-plan";

const SYSCTL_FILE = "/etc/sysctl.d/99-cdktf-lvs.conf";
const RULES_FILE = "/etc/cdktf-lvs/ipvsadm.rules";
const VIPS_UNIT = "cdktf-lvs-vips.service";
const IPVSADM_UNIT = "cdktf-lvs-ipvsadm.service";

const IPVSADM: HostPackage = { name: "ipvsadm", command: "ipvsadm" };
const KEEPALIVED: HostPackage = { name: "keepalived", command: "keepalived" };
const IPROUTE2: HostPackage = { name: "iproute2", command: "ip" };

/**
 * Under direct routing a director never sees the end of a connection, and keeps it for two minutes after the client's
 * part of the end. Without the first setting a client that uses the same port again in that time is sent to a real
 * server that is gone; without the second a persistent client keeps coming to one that is drained (ipvs-sysctl).
 */
const FORGET_REAL_SERVERS_THAT_LEAVE: readonly Sysctl[] = [
  { key: "net/ipv4/vs/expire_nodest_conn", value: "1" },
  { key: "net/ipv4/vs/expire_quiescent_template", value: "1" },
];

/** What is known of a director's host apart from its configuration. */
export interface DirectorHost {
  readonly host: string;
  readonly address: Deferrable<string>;
  readonly drainTimeoutSeconds: Deferrable<number>;
}

/** A director, alone or one of a pair. */
export function directorPlan(host: DirectorHost, config: DirectorConfig): HostPlan {
  const held = heldAddresses(config);
  const keepalived = config.tableOwner === TableOwner.KEEPALIVED;
  const vrrp = vrrpAddresses(config);
  return {
    host: host.host,
    role: "director",
    address: host.address,
    interfaces: interfacesOf(config),
    packages: keepalived ? [IPVSADM, KEEPALIVED, IPROUTE2] : [IPVSADM, IPROUTE2],
    files: [
      { path: "/etc/modules-load.d/cdktf-lvs.conf", mode: "644", text: modulesLoadConf(ipvsModules(config.services)) },
      { path: SYSCTL_FILE, mode: "644", text: sysctlConf(FORGET_REAL_SERVERS_THAT_LEAVE) },
      ...(keepalived ? keepalivedFiles(config) : ipvsadmFiles(config)),
      ...(held.length > 0
        ? [{ path: `/etc/systemd/system/${VIPS_UNIT}`, mode: "644", text: directorVipsUnit(held) }]
        : []),
    ],
    sysctls: FORGET_REAL_SERVERS_THAT_LEAVE,
    held,
    ...(vrrp && { vrrp }),
    units: [...(held.length > 0 ? [VIPS_UNIT] : []), keepalived ? "keepalived.service" : IPVSADM_UNIT],
    table: config.tableOwner,
    rules: ipvsadmRules(config.services),
    sorryServers: sorryServerNames(config.services),
    drainTimeoutSeconds: host.drainTimeoutSeconds,
    verifyTimeoutSeconds: verifyTimeout(config),
  };
}

function keepalivedFiles(config: DirectorConfig): HostFile[] {
  const placeholder = config.vrrp?.authentication?.placeholder;
  return [
    {
      path: "/etc/keepalived/keepalived.conf",
      mode: "600",
      text: keepalivedConf(config),
      ...(placeholder !== undefined && { placeholder }),
    },
    { path: "/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf", mode: "644", text: keepalivedDropIn() },
  ];
}

function ipvsadmFiles(config: DirectorConfig): HostFile[] {
  return [
    { path: RULES_FILE, mode: "600", text: ipvsadmRules(config.services) },
    { path: `/etc/systemd/system/${IPVSADM_UNIT}`, mode: "644", text: ipvsadmUnit(RULES_FILE) },
  ];
}

function heldAddresses({ vipInterface, services }: DirectorConfig): HeldAddress[] {
  return vipInterface === undefined ? [] : vipsOf(services).map((address) => ({ address, device: vipInterface }));
}

function vrrpAddresses({ vrrp }: DirectorConfig): VrrpAddresses | undefined {
  if (vrrp === undefined) return undefined;
  return {
    addresses: [
      { address: vrrp.anchor, device: "lo" },
      ...vrrp.vips.map((address) => ({ address, device: vrrp.interface })),
    ],
    // Without preemption the other director may hold them as well as this one.
    mustHold: vrrp.initialState === "MASTER",
  };
}

function interfacesOf({ vrrp, vipInterface }: DirectorConfig): Deferrable<string>[] {
  if (vrrp) return [vrrp.interface, ...vrrp.trackInterfaces];
  return vipInterface === undefined ? [] : [vipInterface];
}

/** A director takes over after about three intervals; the rest is for a slow host. */
function verifyTimeout({ vrrp }: DirectorConfig): number {
  return 30 + Math.ceil(4 * (vrrp?.advertIntervalSeconds ?? 0));
}
