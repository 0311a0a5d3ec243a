import { canonicalAddress } from "../model/address";
import { printed, type Deferrable } from "../model/deferred";
import { ForwardingMethod } from "../model/forwarding-method";
import type { RealServer } from "../model/real-server";
import type { VirtualService } from "../model/virtual-service";
import { block, option, type Block } from "./block-writer";
import { healthCheckBlock } from "./health-check-block";

/** `virtual_server` with its real servers, in the words of keepalived.conf(5). */
export function virtualServerBlock(service: VirtualService): Block {
  const { sorryServer } = service;
  return block(`virtual_server ${addressAndPort(service.vip, service.port)}`, [
    // Without it keepalived would take UDP.
    `protocol ${service.protocol}`,
    `delay_loop ${printed(service.delayLoopSeconds)}`,
    `lvs_sched ${service.scheduler}`,
    `lvs_method ${service.realServers[0]?.forwardingMethod ?? ForwardingMethod.DR}`,
    option("persistence_timeout", service.persistence?.timeoutSeconds),
    option("sorry_server", sorryServer && addressAndPort(sorryServer.address, sorryServer.port)),
    ...service.realServers.map(realServerBlock),
  ]);
}

function realServerBlock(server: RealServer): Block {
  return block(`real_server ${addressAndPort(server.address, server.port)}`, [
    `weight ${printed(server.weight)}`,
    healthCheckBlock(server.healthCheck),
  ]);
}

function addressAndPort(address: Deferrable<string>, port: Deferrable<number>): string {
  return `${printed(canonicalAddress(address))} ${printed(port)}`;
}
