import { type TerraformStack } from "cdktf";
import {
  DrRealServer,
  HaPair,
  VirtualService,
  VrrpInstance,
  type HaPairProps,
  type VrrpInstanceProps,
} from "../../src";
import { newStack, ssh, synthError } from "./stacks";

/** The error of a stack: everything that is wrong with it, one line each. */
export function refused(build: (stack: TerraformStack) => void): string[] {
  const stack = newStack();
  build(stack);
  const [, ...lines] = synthError(stack).split("\n");
  const end = lines.findIndex((line) => line.trim() === "");
  return lines.slice(0, end).map((line) => line.trim());
}

/** A pair with a web server behind its VIP. */
export function pair(stack: TerraformStack, id: string, network: string, props: Partial<HaPairProps> = {}): HaPair {
  const lb = new HaPair(stack, id, {
    primary: { address: `${network}.11`, connection: ssh },
    secondary: { address: `${network}.12`, connection: ssh },
    interface: "eth0",
    virtualRouterId: 51,
    ...props,
  });
  const web1 = new DrRealServer(stack, `${id}-web1`, { address: `${network}.21`, connection: ssh });
  new VirtualService(stack, `${id}-web`, { director: lb, vip: `${network}.100`, port: 80 }).addRealServer(web1);
  return lb;
}

/** A further instance with a VIP of its own. */
export function instance(
  stack: TerraformStack,
  id: string,
  props: Partial<VrrpInstanceProps> & Pick<VrrpInstanceProps, "pair">,
): VrrpInstance {
  return new VrrpInstance(stack, id, { virtualRouterId: 52, vips: ["10.0.0.150"], ...props });
}
