#!/bin/sh
# Installs the packed library into an empty project of each framework, as a user would, and tries it there.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
projects=$(mktemp -d)
trap 'rm -rf "$projects"' EXIT
npm pack --silent --pack-destination "$projects" "$root" >/dev/null
size=$(cat "$projects"/*.tgz | wc -c)
[ "$size" -lt 300000 ] || {
  echo "the package has $size bytes; it is to stay below 300000" >&2
  exit 1
}

# What would be published, with nothing asked of a registry: there is none at this address.
(cd "$root" && npm publish --dry-run --ignore-scripts --json --registry http://127.0.0.1:9 2>/dev/null) >"$projects/published"
node - "$projects/published" "$root" <<'END_OF_FILE'
const { deepStrictEqual } = require("node:assert");
const report = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
const { files } = report["cdktf-lvs"] ?? report; // newer and older versions of npm
const paths = files.map(({ path }) => path);
deepStrictEqual(
  paths.filter((path) => !/^lib\/.*\.(js|d\.ts|sh)$/.test(path)).sort(),
  ["CHANGELOG.md", "LICENSE", "LIMITATIONS.md", "README.md", "package.json"],
);
const needed = ["index", "testing/index", "cdktn/index", "cdktn/testing/index"].flatMap((entry) => [`${entry}.js`, `${entry}.d.ts`]);
const { readdirSync } = require("node:fs");
const scripts = readdirSync(`${process.argv[3]}/src`, { recursive: true }).filter((path) => path.endsWith(".sh"));
// Beside the code that reads them, which is there twice for Terraform's.
const read = [...scripts, ...scripts.filter((path) => path.includes("/terraform/")).map((path) => `cdktn/${path}`)];
const lost = [...needed, "commands/cli.js", ...read].filter((path) => !paths.includes(`lib/${path}`));
deepStrictEqual({ lost, scripts: read.length > scripts.length }, { lost: [], scripts: true });
END_OF_FILE

# write_program FRAMEWORK ENTRY: a stack, a program that synthesizes it, and a test of it
write_program() {
  cat >stack.ts <<END_OF_FILE
import { TerraformStack, TerraformVariable } from "$1";
import type { Construct } from "constructs";
import { DrRealServer, HaPair, VirtualService, type HaPairProps } from "$2";

export class Tried extends TerraformStack {
  public readonly lb: HaPair;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const lb = new HaPair(this, "lb", {
      primary: { address: "192.0.2.11", connection: {} },
      secondary: { address: "192.0.2.12", connection: {} },
      interface: "eth0",
      virtualRouterId: 51,
      authentication: new TerraformVariable(this, "password", { type: "string", sensitive: true }),
    });
    new VirtualService(this, "web", { director: lb, vip: "192.0.2.100", port: 80 }).addRealServer(
      new DrRealServer(this, "web1", { address: "192.0.2.21", connection: {} }),
    );
    this.lb = lb;
  }
}

// @ts-expect-error -- without the types of the framework behind it, anything would do
export const wrong: HaPairProps["authentication"] = 5;

// @ts-expect-error -- what constructs tell each other is not in the declarations
export const internal = (pair: HaPair) => pair.hosts;
export const addresses = (pair: HaPair): readonly string[] => pair.addresses;
END_OF_FILE
  cat >main.ts <<END_OF_FILE
import { App } from "$1";
import { Tried } from "./stack";

const app = new App();
new Tried(app, "tried");
app.synth();
END_OF_FILE
  cat >stack.test.ts <<END_OF_FILE
import { Testing } from "$1";
import { lvsMatchers, lvsSerializer, synthHosts } from "$2/testing";
import { Tried } from "./stack";

expect.extend(lvsMatchers);
expect.addSnapshotSerializer(lvsSerializer);

test("the pair has its service", () => {
  const hosts = synthHosts(new Tried(Testing.app(), "tried"));
  expect(hosts.hosts.map((host) => host.address)).toEqual(["192.0.2.11", "192.0.2.12", "192.0.2.21"]);
  expect(hosts).toHaveVirtualService({ vip: "192.0.2.100", port: 80 });
  expect(hosts).toMatchSnapshot();
});

// @ts-expect-error -- a matcher without its types would take anything
export const wrong = (): void => expect(undefined).toHaveVirtualService({ prot: 80 });
END_OF_FILE
}

# refused MESSAGE: without its framework the library says what to do, and so does what tests import first
refused() {
  for imported in "$entry" "$entry/testing"; do
    message=$(node -e 'try { require(process.argv[1]) } catch (error) { console.log(error.message) }' "$imported")
    [ "$message" = "$1" ] || { printf '%s without %s: %s\n' "$imported" "$framework" "$message" >&2; exit 1; }
  done
}

for framework in cdktf cdktn; do
  case $framework in
    cdktf) version=0.21.0 entry=cdktf-lvs other=cdktn other_entry=cdktf-lvs/cdktn constructs=constructs@10 ;;
    cdktn) version=0.24.0 entry=cdktf-lvs/cdktn other=cdktf other_entry=cdktf-lvs constructs=constructs@10.7 ;;
  esac
  mkdir "$projects/$framework"
  cd "$projects/$framework"
  npm init -y >/dev/null
  npm install --silent --no-audit --no-fund ../cdktf-lvs-*.tgz "$framework@$version" constructs@10.7.2 \
    typescript@6.0.3 @types/node@20 jest@30.5.2 @types/jest@30.0.0 vitest@4.1.12
  [ ! -e "node_modules/$other" ]
  write_program "$framework" "$entry"
  compile="npx tsc --strict --skipLibCheck --types node,jest"
  # What vitest declares, without what jest declares.
  npx tsc --strict --skipLibCheck --types node,vitest/globals --noEmit --target es2022 --module node16 \
    --moduleResolution node16 stack.test.ts
  # The way in which the frameworks' own project templates resolve modules knows no exports.
  $compile --noEmit --module commonjs --moduleResolution node10 --ignoreDeprecations 6.0 ./*.ts
  $compile --module node16 --moduleResolution node16 ./*.ts
  node main.js
  # The snapshot is written here, which jest refuses by default where CI is set.
  npx jest --ci=false --silent stack.test.js
  rm -r __snapshots__
  npx vitest run --globals --update --reporter=dot stack.test.ts
  node -e '
    require(process.argv[1]);
    const loaded = Object.keys(require.cache).filter((path) => /cdktf-lvs.*\/testing\//.test(path));
    if (loaded.length > 0) throw new Error(`the library loads ${loaded}`);
  ' "$entry"
  rm -r "node_modules/$framework"
  refused "'$entry' needs $framework, which is not installed; run: npm install $framework@${version%.*} $constructs; a program on $other imports '$other_entry' instead"
done

cd "$projects"
# What the frameworks say of themselves, and where they keep the state of a stack by default.
cat >compare.js <<'END_OF_FILE'
const { deepStrictEqual } = require("node:assert");
const [cdktf, cdktn] = ["cdktf", "cdktn"].map((framework) => {
  const { "//": about, terraform, ...stack } = require(`./${framework}/cdktf.out/stacks/tried/cdk.tf.json`);
  const { backend, ...settings } = terraform;
  return { ...stack, settings };
});
deepStrictEqual(cdktn, cdktf);
END_OF_FILE
node compare.js
grep -q 'virtual_server 192.0.2.100 80' cdktf/cdktf.out/stacks/tried/cdk.tf.json
echo "the package installs, type-checks, synthesizes and is tested in a project of cdktf and in one of cdktn, alike"
