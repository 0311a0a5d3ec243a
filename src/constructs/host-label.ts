import type { IConstruct } from "constructs";
import { printed, type DeepDeferrable, type Deferrable } from "../model/deferred";
import type { HostProps } from "./host-props";

/** How messages from a host name it: `stack/lb/primary (192.0.2.11)`. */
export function hostLabel(construct: IConstruct, address: Deferrable<string>): string {
  return `${construct.node.path} (${printed(address)})`;
}

/** A construct id as keepalived can read it back. */
export function plainName(id: string): string {
  return id.replace(/[^\w.-]/g, "-");
}

export function instanceTrigger({ instanceId }: DeepDeferrable<HostProps>): Record<string, string> {
  return instanceId === undefined ? {} : { instance_id: printed(instanceId) };
}
