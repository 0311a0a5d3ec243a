// The main job from nothing to evidence: five real Linux hosts, one `cdktf deploy`, a crash, and a clean end.
import { Deployment } from "../lab/deployment";
import { Lab } from "../lab/lab";
import { millisecondsUntilAnswer, showDirectors, showSpread, showTraces, VIP } from "./evidence";
import { missingRequirements } from "./requirements";
import { DeployOutput } from "./deploy-output";
import { heading, line } from "./story";

const STACK = "ha-direct-routing";
const EXAMPLE = `examples/${STACK}/main.ts`;
const SERVERS = ["lb1", "lb2", "web1", "web2"];

const HOSTS = [
  // Bare: the deploy installs keepalived and ipvsadm.
  { name: "lb1", address: "192.0.2.11", image: "bare" },
  { name: "lb2", address: "192.0.2.12", image: "bare" },
  { name: "web1", address: "192.0.2.21", image: "bare", web: true },
  { name: "web2", address: "192.0.2.22", image: "bare", web: true },
  { name: "client", address: "192.0.2.50", image: "bare" },
] as const;

async function main(): Promise<void> {
  const missing = missingRequirements();
  if (missing.length > 0) {
    console.error(`The demo cannot run here:\n${missing.map((reason) => `  - ${reason}`).join("\n")}`);
    process.exitCode = 1;
    return;
  }
  heading("Booting five Linux hosts, each with a kernel of its own");
  line(
    "missing Debian packages are installed with apt-get first; the first run builds the hosts' images, later ones do not",
  );
  const lab = await Lab.up({ hosts: HOSTS, progress: line });
  const deployment = new Deployment(lab, { app: EXAMPLE, env: { TF_VAR_vrrp_password: "demo#pw1" } });
  try {
    await show(lab, deployment);
  } finally {
    deployment.remove();
    await lab.down();
  }
}

async function show(lab: Lab, deployment: Deployment): Promise<void> {
  heading(`cdktf deploy of ${EXAMPLE}: the plan, then every host at work`);
  await succeed("cdktf deploy", deployment.deploy({}, shownWith(true)));
  heading("Both directors, made from one definition");
  await showDirectors(lab);
  heading("Which real server answered");
  await showSpread(lab, 20);
  heading("A second cdktf deploy");
  await succeed("cdktf deploy", deployment.deploy({}, shownWith(true)));
  heading("The primary director is killed");
  await lab.host("lb1").crash();
  const ms = await millisecondsUntilAnswer(lab);
  line(
    `lb1 is dead; http://${VIP}/ answered again after ${ms} ms, from ${(await holds(lab, "lb2")) ? "lb2" : "nobody"}`,
  );
  await showSpread(lab, 20);
  line("lb1 is switched on again ...");
  await lab.host("lb1").start();
  await lab.host("lb1").waitUntilBooted();
  await untilHolds(lab, "lb1");
  line("lb1 has taken the VIP back by itself");
  heading("cdktf destroy");
  await succeed("cdktf destroy", deployment.destroy({}, shownWith(false)));
  heading("What is left on the hosts");
  await showTraces(lab, SERVERS);
  heading("Done; stopping the hosts");
}

function shownWith(plan: boolean): (text: string) => void {
  const output = new DeployOutput(STACK, plan);
  return (text) => output.show(text);
}

async function holds(lab: Lab, name: string): Promise<boolean> {
  return (await lab.host(name).run(`ip -oneline address show to ${VIP}`)) !== "";
}

async function untilHolds(lab: Lab, name: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds(lab, name))) {
    if (performance.now() > deadline) throw new Error(`${name} did not take the VIP within 60 s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function succeed(what: string, result: ReturnType<Deployment["deploy"]>): Promise<void> {
  const { code, stderr } = await result;
  if (code !== 0) throw new Error(`${what} ended with status ${code}\n${stderr.trim()}`);
}

main().catch((error: unknown) => {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
