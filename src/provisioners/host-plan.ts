import type { TableOwner } from "../model/table-owner";
import { canonicalAddress } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import { repeatedText, type DeferredList } from "../model/deferred-list";
import type { ClosedPorts } from "../model/firewall";
import type { HeldAddress } from "../model/held-address";
import type { ListRule } from "../model/real-server-list";
import type { NetworkObject } from "../render/network-unit";
import { ipvsLines, type IpvsPlan } from "./ipvs-lines";
import type { Sysctl } from "../model/sysctl";

/** What a host does. */
export type HostRole = "director" | "real-server";

/** One file on a host, owned by root. */
export interface HostFile {
  readonly path: string;
  /** Octal, as chmod(1) takes it. */
  readonly mode: string;
  readonly text: string;
  /** Texts to be replaced by secrets on the way to the host. */
  readonly placeholders?: readonly string[];
  /** The unit that reads the file only when it starts. */
  readonly restarts?: string;
}

/** A package, and a command that shows it is there where no package manager of ours can tell. */
export interface HostPackage {
  readonly name: string;
  readonly command: string;
}

/** The addresses that keepalived moves between the directors of a pair with one instance, all together. */
export interface VrrpAddresses {
  readonly instance: string;
  readonly addresses: readonly HeldAddress[];
  /** Whether a healthy run of this host must end with the VIPs on it. */
  readonly mustHold: boolean;
  /** A program that tells the network where they are. */
  readonly hook?: string;
}

/** What keepalived must be, and what of its table depends on more than the definition. */
export interface KeepalivedPlan {
  /** The oldest version that will do. */
  readonly version: string;
  /** Programs of the host that keepalived runs. */
  readonly programs: readonly Deferrable<string>[];
  /** Rules, up to the forwarding method, of the real servers whose checks set their weight. */
  readonly adaptive: readonly { readonly rule: string; readonly list?: DeferredList }[];
  /** Maintenance switches, each with the rule, up to the forwarding method, of a real server that it is for. */
  readonly switches: readonly { readonly name: string; readonly rule: string }[];
}

/** What a host must make sure of before it gets a firewall. */
export interface FirewallPlan {
  /** Nobody may log in there. */
  readonly closed: readonly ClosedPorts[];
  /** Where its synchronisation daemon must send from, because other directors drop all else. */
  readonly syncSource?: HeldAddress;
}

/** What the check does, apart from saying what differs, when the timer runs it. */
export interface PlannedMonitoring {
  /** Whether to bring the IPVS table back. */
  readonly repair: boolean;
  /** Absent when no metrics are written. */
  readonly metrics?: {
    readonly directory: string;
    /** Of every metric, as Prometheus reads them. */
    readonly labels: string;
  };
}

/** Everything that one host is to have; how it gets there is not known here. */
export interface HostPlan {
  /** Names the host in every message. */
  readonly host: string;
  readonly role: HostRole;
  /** An address that the host must have, to prove that it is the right one. */
  readonly address: Deferrable<string>;
  /** Network interfaces that must be there. */
  readonly interfaces: readonly Deferrable<string>[];
  readonly packages: readonly HostPackage[];
  readonly files: readonly HostFile[];
  readonly sysctls: readonly Sysctl[];
  /** Links, routes and rules. */
  readonly objects: readonly NetworkObject[];
  /** VIPs that a unit of ours holds. */
  readonly held: readonly HeldAddress[];
  /** Absent on a host that is in no pair. */
  readonly vrrp?: readonly VrrpAddresses[];
  readonly firewall?: FirewallPlan;
  /** Units to enable. */
  readonly units: readonly string[];
  readonly monitoring?: PlannedMonitoring;
  /** Who writes the IPVS table; absent on real servers. */
  readonly table?: TableOwner;
  readonly ipvs?: IpvsPlan;
  /** Present where keepalived owns the table. */
  readonly keepalived?: KeepalivedPlan;
  /** The IPVS table wanted, as `ipvsadm-save -n` prints it. */
  readonly rules: string;
  /** `SERVICE -r SERVER` of every sorry server, which keepalived adds to the table by itself. */
  readonly sorryServers: readonly string[];
  /** What must hold of lists of real servers before anything is done. */
  readonly listRules?: readonly ListRule[];
  /** How long active connections of a leaving real server may last. */
  readonly drainTimeoutSeconds: Deferrable<number>;
  /** How long the service may take to run as planned. */
  readonly verifyTimeoutSeconds: number;
}

/** The plan in the lines of key and value that the host program reads (host/state.sh). */
export function planText(plan: HostPlan): string {
  const lines: PlanLine[] = [
    ["host", plan.host],
    ["role", plan.role],
    ["address", printed(canonicalAddress(plan.address))],
    ...plan.interfaces.map((name): [string, string] => ["interface", printed(name)]),
    ...plan.packages.map(({ name, command }): [string, string, string] => ["package", name, command]),
    ...plan.sysctls.map(({ key, value }): [string, string, string] => ["sysctl", key, value]),
    ...plan.objects.map((object): [string, string] => ["object", objectText(object)]),
    ...plan.held.map(({ address, device }): [string, string, string] => ["vip", printed(address), printed(device)]),
    ...(plan.vrrp ?? []).flatMap(vrrpLines),
    ...firewallLines(plan.firewall),
    ...plan.units.map((name): [string, string] => ["unit", name]),
    ...plan.files.flatMap(({ path, restarts }) => (restarts === undefined ? [] : [["restart", path, restarts]])),
    ...monitoringLines(plan.monitoring),
    ...directorLines(plan),
  ];
  return lines.map(lineText).join("");
}

/** Key and values, or a line for every item of a list. */
type PlanLine = readonly string[] | { readonly words: readonly string[]; readonly list: DeferredList };

function lineText(line: PlanLine): string {
  return "list" in line ? repeatedText(line.list, lineText(line.words)) : `${line.join(" ")}\n`;
}

function objectText(object: NetworkObject): string {
  return [object.add, object.delete, object.show, object.text].join(" | ");
}

function firewallLines(firewall: FirewallPlan | undefined): [string, string, string][] {
  if (firewall === undefined) return [];
  const { closed, syncSource } = firewall;
  return [
    ...closed.map(({ address, ports }): [string, string, string] => ["closed", printed(address), ports]),
    ...(syncSource === undefined
      ? []
      : [["sync_source", printed(syncSource.address), printed(syncSource.device)] satisfies [string, string, string]]),
  ];
}

function vrrpLines({ instance, addresses, mustHold, hook }: VrrpAddresses): [string, ...string[]][] {
  return [
    ["vrrp_holds", instance, mustHold ? "yes" : "no"],
    ...addresses.map(({ address, device }): [string, ...string[]] => [
      "vrrp_vip",
      instance,
      printed(address),
      printed(device),
    ]),
    ...(hook === undefined ? [] : [["vrrp_hook", instance, hook] as [string, string, string]]),
  ];
}

function monitoringLines(monitoring: PlannedMonitoring | undefined): string[][] {
  if (monitoring === undefined) return [];
  const { repair, metrics } = monitoring;
  return [
    ["repair", repair ? "yes" : "no"],
    ...(metrics === undefined
      ? []
      : [
          ["metrics", metrics.directory],
          ["metric_labels", metrics.labels],
        ]),
  ];
}

function directorLines(plan: HostPlan): PlanLine[] {
  if (plan.table === undefined) return [];
  return [
    ["table", plan.table],
    ...ipvsLines(plan.ipvs),
    ...plan.sorryServers.map((server): [string, string] => ["sorry", server]),
    ["drain", printed(plan.drainTimeoutSeconds)],
    ["verify", String(plan.verifyTimeoutSeconds)],
    ...(plan.keepalived === undefined ? [] : keepalivedLines(plan.keepalived)),
  ];
}

function keepalivedLines({ version, programs, adaptive, switches }: KeepalivedPlan): PlanLine[] {
  return [
    ["keepalived", version],
    ...programs.map((path): [string, string] => ["program", printed(path)]),
    ...adaptive.map(({ rule, list }): PlanLine => {
      const words = ["adaptive", rule];
      return list === undefined ? words : { words, list };
    }),
    ...switches.map(({ name, rule }): [string, string, string] => ["switch", name, rule]),
  ];
}
