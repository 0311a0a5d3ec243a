// Inside other infrastructure: machines of another provider, what another state knows, and a list of real servers whose
// length only apply knows.
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { App, DataTerraformRemoteStateLocal, TerraformOutput, TerraformStack } from "cdktf";
import { ForwardingMethod, HaPair, HealthCheck, UnmanagedRealServers, VirtualService } from "cdktf-lvs";

const app = new App();
const stack = new TerraformStack(app, "inside-a-larger-stack");
const network = new DataTerraformRemoteStateLocal(stack, "network", { path: "../network/terraform.tfstate" });

// In place of the machines of a cloud's provider.
new NullProvider(stack, "null");
const machine = (name: string) => new Resource(stack, name, { triggers: { image: "debian-12" } });

const director = (name: string) => ({
  address: network.getString(`${name}_address`),
  // A machine that was made anew is configured again.
  instanceId: machine(name).id,
  connection: { privateKeyPath: "~/.ssh/id_ed25519", hostKey: network.getString(`${name}_host_key`) },
});

const lb = new HaPair(stack, "lb", {
  primary: director("lb1"),
  secondary: director("lb2"),
  interface: "eth0",
  virtualRouterId: 51,
});

const web = new VirtualService(stack, "web", {
  director: lb,
  vip: network.getString("vip"),
  port: 80,
  healthCheck: HealthCheck.http({ path: "/health" }),
});
// Their template gives them the VIP: "Preparing instances of a group" in docs/composition.md.
web.addRealServers(
  new UnmanagedRealServers(stack, "instances", {
    addresses: network.getList("web_addresses"),
    forwardingMethod: ForwardingMethod.DR,
  }),
);

new TerraformOutput(stack, "url", { value: `http://${network.getString("vip")}/` });

app.synth();
