import type { IConstruct } from "constructs";
import { TerraformStack } from "../framework";
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

/** A name for a construct that no other of its stack has, as a file can bear it: `web1`, `blue-web1`. */
export function nameInStack(construct: IConstruct): string {
  const { scopes } = construct.node;
  const own = scopes.slice(scopes.indexOf(TerraformStack.of(construct)) + 1);
  return plainName(own.map(({ node }) => node.id).join("-")).replace(/^[.-]+/, "_");
}

export function instanceTrigger({ instanceId }: DeepDeferrable<HostProps>): Record<string, string> {
  return instanceId === undefined ? {} : { instance_id: printed(instanceId) };
}
