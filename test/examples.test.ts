import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { lvsSerializer, synthHosts } from "../src/testing";
import { CLEAN, describeWithOracles, judge } from "./support/oracles";
import { NullProviderMirror } from "./support/null-provider/mirror";

const root = join(__dirname, "..");
// One with a package.json is a repository of its own, which build/try-platform-repo.sh tries.
const has = (name: string, file: string) => existsSync(join(root, "examples", name, file));
const examples = readdirSync(join(root, "examples")).filter(
  (name) => has(name, "main.ts") && !has(name, "package.json"),
);
const outdir = mkdtempSync(join(tmpdir(), "examples-"));
const knownHosts = join(outdir, "known_hosts");

beforeAll(() => {
  // Every address that an example may use for a host.
  const networks = ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8::"];
  const addresses = networks.flatMap((network) => Array.from({ length: 255 }, (_, last) => `${network}${last}`));
  writeFileSync(knownHosts, addresses.map((address) => `${address} ssh-ed25519 AAAA\n`).join(""));
});

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

/** Runs an example, which writes its stacks to a folder of its own, and returns them. */
async function stacksOf(example: string): Promise<TerraformStack[]> {
  const settings = { CDKTF_OUTDIR: join(outdir, example), SSH_KEY: "~/.ssh/id_ed25519", KNOWN_HOSTS: knownHosts };
  const before = { ...process.env };
  Object.assign(process.env, settings);
  const apps: App[] = [];
  const synth = jest.spyOn(App.prototype, "synth").mockImplementation(function (this: App) {
    apps.push(this);
  });
  try {
    await import(join(root, "examples", example, "main.ts"));
  } finally {
    synth.mockRestore();
    process.env = before;
  }
  for (const app of apps) app.synth();
  return apps.flatMap(({ node }) => node.children).filter((child) => TerraformStack.isStack(child));
}

/** What clients of each example connect to. */
const VIPS: Readonly<Record<string, string[]>> = {
  "active-active": ["192.0.2.100", "192.0.2.101"],
  dns: ["192.0.2.53"],
  "dual-stack": ["192.0.2.100", "2001:db8:2::100"],
  "ha-direct-routing": ["192.0.2.100"],
  "inside-a-larger-stack": ["${data.terraform_remote_state.network.outputs.vip}"],
  "multi-port-site": ["192.0.2.100"],
  "nat-director": ["192.0.2.100"],
  "plain-ipvsadm": ["192.0.2.53"],
  "tunnel-two-segments": ["192.0.2.100"],
};

test("each example is here", () => {
  expect(examples).toEqual(Object.keys(VIPS));
});

test("the repository to copy has this version, and packages that this version is tested with", () => {
  type Package = Record<"dependencies" | "devDependencies", object> & { version: string };
  const read = (path: string) => JSON.parse(readFileSync(join(root, path, "package.json"), "utf8")) as Package;
  const { version, devDependencies } = read("");
  const copied = read("examples/platform-repo");
  const expected = { ...devDependencies, "cdktf-lvs": `file:vendor/cdktf-lvs-${version}.tgz` };
  expect(expected).toMatchObject({ ...copied.dependencies, ...copied.devDependencies });
});

expect.addSnapshotSerializer(lvsSerializer);

test.each(examples)(
  "%s: what its hosts get",
  async (example) => {
    const hosts = (await stacksOf(example)).map((stack) => synthHosts(stack));
    for (const those of hosts) expect(those).toMatchSnapshot();
    const shown = hosts.map((those) => lvsSerializer.serialize(those)).join("\n");
    for (const vip of VIPS[example] ?? []) expect(shown).toContain(vip);
  },
  30_000,
);

describeWithOracles("terraform validate", ["terraform", "openssl"], () => {
  let mirror: NullProviderMirror;
  // Terraform looks for the key of a login.
  const home = join(outdir, "home");
  mkdirSync(join(home, ".ssh"), { recursive: true });
  writeFileSync(join(home, ".ssh/id_ed25519"), "not a key, but a file\n");

  // The null provider is in one of them; all else is built into Terraform, which has no need of the network.
  beforeAll(() => {
    mirror = new NullProviderMirror();
  });
  afterAll(() => {
    mirror.remove();
  });

  test.each(examples)("takes %s", (example) => {
    const folder = join(outdir, example, "stacks", example);
    const terraform = (...words: string[]) => {
      const settings = Object.entries({ HOME: home, ...mirror.environment }).map((entry) => entry.join("="));
      return judge("env", [...settings, "terraform", `-chdir=${folder}`, ...words, "-no-color"]);
    };
    expect(terraform("init", "-backend=false", "-input=false").status).toBe(0);
    const { status, output } = terraform("validate");
    expect({ status, output: output.replace("Success! The configuration is valid.\n\n", "") }).toEqual(CLEAN);
  });
});
