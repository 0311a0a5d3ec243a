import { TerraformStack } from "cdktf";
import { HaPair, NatRealServer, type HaPairProps, type NatRealServerProps } from "../../src";
import { ssh } from "./stacks";

/** The inside address of a director. */
export const inside = { interface: "eth1", address: "10.1.0.254", ipv6Address: "2001:db8:1::254" };

/** A pair with an inside address. */
export function pairOn(stack: TerraformStack, props: Partial<HaPairProps> = { natGateway: inside }): HaPair {
  return new HaPair(stack, "lb", {
    primary: { address: "10.0.0.11", connection: ssh },
    secondary: { address: "10.0.0.12", connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...props,
  });
}

/** A real server behind it. */
export function webOn(stack: TerraformStack, props: Partial<NatRealServerProps> = {}): NatRealServer {
  return new NatRealServer(stack, "web", {
    address: "10.1.0.21",
    ipv6Address: "2001:db8:1::21",
    connection: ssh,
    ...props,
  });
}

/** What clients connect to. */
export const service = { vip: "10.0.0.100", port: 80 };
