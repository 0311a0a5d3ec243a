import type { SshConnectionSettings } from "../provisioners/ssh-connection";
import type { Delivery } from "../provisioners/managed-host";

/** A host, and the way to it. */
export interface HostProps {
  /** Its address in the network segment of the load balancer, IPv4 or IPv6. The host must have it. */
  readonly address: string;
  /** How Terraform logs in there. */
  readonly connection: SshConnectionSettings;
  /**
   * Anything that changes when the host is built anew, such as the id of a cloud instance; the host is then configured
   * again.
   * @default - the host is configured again when its configuration changes
   */
  readonly instanceId?: string;
}

/** Props of every construct that configures hosts. */
export interface DeliveryProps {
  /**
   * What carries the work in Terraform, and how much of it a plan shows.
   * @default - terraform_data, and every line
   */
  readonly delivery?: Delivery;
}
