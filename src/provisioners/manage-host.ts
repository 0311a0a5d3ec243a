import type { Construct, IConstruct } from "constructs";
import type { ManagedHost, ManagedHostProps } from "./managed-host";
import { ProvisionerHost } from "./terraform/provisioner-host";

/** The one place that knows which ways there are to a host. So far there is one: Terraform's own provisioners. */
export function manageHost(scope: Construct, id: string, props: ManagedHostProps): ManagedHost {
  return new ProvisionerHost(scope, id, props);
}

/** Every host below a construct, whichever way there is to it, in the order in which they were made. */
export function managedHostsBelow(scope: IConstruct): ManagedHost[] {
  return scope.node.findAll().filter((node) => node instanceof ProvisionerHost);
}
