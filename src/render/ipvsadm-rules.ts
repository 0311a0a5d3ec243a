import { canonicalAddress, endpoint } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import { ipvsadmSwitch } from "../model/forwarding-method";
import { Protocol } from "../model/protocol";
import type { VirtualService } from "../model/virtual-service";

/** The IPVS table as `ipvsadm-save -n` prints it, for `ipvsadm --restore`. */
export function ipvsadmRules(services: readonly VirtualService[]): string {
  return services
    .flatMap(serviceRules)
    .map((rule) => `${rule}\n`)
    .join("");
}

/** `SERVICE -r SERVER` of every sorry server: keepalived adds it when no real server is left. */
export function sorryServerNames(services: readonly VirtualService[]): string[] {
  return services.flatMap((service) => {
    const { sorryServer } = service;
    return sorryServer ? [`${serviceSwitch(service)} -r ${address(sorryServer.address, sorryServer.port)}`] : [];
  });
}

function serviceRules(service: VirtualService): string[] {
  const name = serviceSwitch(service);
  const persistence = service.persistence ? ` -p ${printed(service.persistence.timeoutSeconds)}` : "";
  return [
    `-A ${name} -s ${service.scheduler}${persistence}`,
    ...service.realServers.map(
      (server) =>
        `-a ${name} -r ${address(server.address, server.port)} ${ipvsadmSwitch(server.forwardingMethod)} -w ${printed(server.weight)}`,
    ),
  ];
}

function serviceSwitch(service: VirtualService): string {
  return `${protocolSwitch(service.protocol)} ${address(service.vip, service.port)}`;
}

function protocolSwitch(protocol: Protocol): string {
  switch (protocol) {
    case Protocol.TCP:
      return "-t";
    case Protocol.UDP:
      return "-u";
    case Protocol.SCTP:
      return "--sctp-service";
  }
}

function address(host: Deferrable<string>, port: Deferrable<number>): string {
  return endpoint(canonicalAddress(host), port);
}
