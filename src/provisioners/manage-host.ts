import type { Construct } from "constructs";
import type { ManagedHost, ManagedHostProps } from "./managed-host";
import { ProvisionerHost } from "./terraform/provisioner-host";

/** The one place that knows which ways there are to a host. So far there is one: Terraform's own provisioners. */
export function manageHost(scope: Construct, id: string, props: ManagedHostProps): ManagedHost {
  return new ProvisionerHost(scope, id, props);
}
