import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CLEAN, describeWithOracles, judge } from "./support/oracles";
import { NullProviderMirror } from "./support/null-provider/mirror";
import { outline, type Synthesized } from "./support/stacks";

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

/** Runs an example as `cdktf synth` would, and reads what it wrote: one folder per stack. */
async function synthesized(example: string): Promise<Record<string, Synthesized>> {
  const out = join(outdir, example);
  const settings = {
    CDKTF_OUTDIR: out,
    SSH_KEY: "~/.ssh/id_ed25519",
    KNOWN_HOSTS: knownHosts,
    CHECKPOINT_DISABLE: "1",
  };
  const tsx = join(root, "node_modules/.bin/tsx");
  const options = { cwd: root, env: { ...process.env, ...settings } };
  await promisify(execFile)(tsx, [join("examples", example, "main.ts")], options);
  const stacks = readdirSync(join(out, "stacks")).sort();
  const read = (stack: string): Synthesized =>
    JSON.parse(readFileSync(join(out, "stacks", stack, "cdk.tf.json"), "utf8")) as Synthesized;
  return Object.fromEntries(stacks.map((stack) => [stack, read(stack)]));
}

/** What makes Terraform do the work of a host again. */
function triggersOf(stack: Synthesized): Record<string, unknown> {
  const resources = Object.entries(outline(stack)) as [string, Record<string, unknown>][];
  return Object.fromEntries(
    resources.map(([address, view]) => [address, view["triggers_replace"] ?? view["triggers"]]),
  );
}

test("there are examples", () => {
  expect(examples).toContain("ha-direct-routing");
});

test("the repository to copy has this version, and packages that this version is tested with", () => {
  type Package = Record<"dependencies" | "devDependencies", object> & { version: string };
  const read = (path: string) => JSON.parse(readFileSync(join(root, path, "package.json"), "utf8")) as Package;
  const { version, devDependencies } = read("");
  const copied = read("examples/platform-repo");
  const expected = { ...devDependencies, "cdktf-lvs": `file:vendor/cdktf-lvs-${version}.tgz` };
  expect(expected).toMatchObject({ ...copied.dependencies, ...copied.devDependencies });
});

test.each(examples)(
  "%s synthesizes",
  async (example) => {
    const stacks = await synthesized(example);
    const triggers = Object.entries(stacks).map(([stack, json]) => [stack, triggersOf(json)]);
    expect(Object.fromEntries(triggers)).toMatchSnapshot();
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
