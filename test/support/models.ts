import { Deferred, printed, type DeepDeferrable } from "../../src/model/deferred";
import type { DeferredList } from "../../src/model/deferred-list";
import type { DirectorConfig } from "../../src/model/director";
import { ForwardingMethod } from "../../src/model/forwarding-method";
import type { HeldAddress } from "../../src/model/held-address";
import { HealthCheck } from "../../src/model/health-check";
import type { RealServer } from "../../src/model/real-server";
import { TableOwner } from "../../src/model/table-owner";
import { virtualService, type VirtualService } from "../../src/model/virtual-service";
import type { VirtualServiceSettings } from "../../src/model/virtual-service-settings";
import type { VrrpConfig } from "../../src/model/vrrp-group";
import type { VrrpInstance } from "../../src/model/vrrp-instance";

/** A real server that differs from a plain one in what the test is about. */
export function realServer(different: Partial<RealServer> = {}): RealServer {
  return {
    address: "10.0.0.21",
    port: 80,
    weight: 1,
    forwardingMethod: ForwardingMethod.DR,
    healthCheck: HealthCheck.tcp(),
    ...different,
  };
}

/** A virtual service with the defaults of the library; on port 80, unless marks or all ports make it. */
export function service(
  different: Partial<DeepDeferrable<VirtualServiceSettings>> = {},
  realServers: readonly RealServer[] = [realServer()],
): VirtualService {
  const port = different.allPorts === true || different.firewallMark !== undefined ? {} : { port: 80 };
  return { ...virtualService({ vip: "10.0.0.100", ...port, ...different }, TableOwner.KEEPALIVED), realServers };
}

/** A lone director with keepalived, whose host has the VIPs. */
export function directorConfig(different: Partial<DirectorConfig> = {}): DirectorConfig {
  return { routerId: "lb", tableOwner: TableOwner.KEEPALIVED, services: [], settings: {}, ...different };
}

type Different = Partial<Omit<VrrpInstance, "settings">> & { readonly settings?: Partial<VrrpInstance["settings"]> };

/** The primary's side of a VRRP instance. */
export function vrrpInstance(different: Different = {}): VrrpInstance {
  return {
    name: "lb",
    initialState: "MASTER",
    priority: 150,
    version: 2,
    sourceAddress: "10.0.0.11",
    peers: ["10.0.0.12"],
    anchor: "127.112.0.51",
    vips: onEth0("10.0.0.100"),
    mustHold: true,
    ...different,
    settings: { interface: "eth0", virtualRouterId: 51, ...different.settings },
  };
}

/** The primary's side of a pair with one VRRP instance. */
export function vrrpConfig(different: Different = {}): VrrpConfig {
  return { instances: [vrrpInstance(different)], syncGroups: [], settings: {}, sessions: [] };
}

/** Addresses that move with a VRRP instance on its usual interface. */
export function onEth0(...addresses: readonly string[]): HeldAddress[] {
  return addresses.map((address) => ({ address, device: "eth0" }));
}

/** A list of addresses known only at apply, whose text shows what is done with it. */
export function textList(name: string): DeferredList {
  return {
    item: new Deferred(`<${name}>`, `<[${name}]>`),
    repeated: (text) => `<each ${name}>${text}<end>`,
    unlessEmpty: (others, text) => `<any ${[name, ...others.map(({ item }) => printed(item))].join(" ")}>${text}<end>`,
  };
}

/** The real servers of such a list in one service. */
export function serversOf(list: DeferredList, different: Partial<RealServer> = {}): RealServer {
  return realServer({ address: list.item, list, ...different });
}
