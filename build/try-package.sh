#!/bin/sh
# Installs the packed library into an empty project and synthesizes a stack there, as a user would.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
npm pack --silent --pack-destination "$project" "$root" >/dev/null
cd "$project"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ./cdktf-lvs-*.tgz cdktf@0.21.0 constructs@10.7.2 typescript@6.0.3 @types/node@20
cat >main.ts <<'END'
import { App, TerraformStack } from "cdktf";
import { DrRealServer, HaPair, VirtualService } from "cdktf-lvs";

const app = new App();
const stack = new TerraformStack(app, "tried");
const lb = new HaPair(stack, "lb", {
  primary: { address: "192.0.2.11", connection: {} },
  secondary: { address: "192.0.2.12", connection: {} },
  interface: "eth0",
  virtualRouterId: 51,
});
new VirtualService(stack, "web", { director: lb, vip: "192.0.2.100", port: 80 }).addRealServer(
  new DrRealServer(stack, "web1", { address: "192.0.2.21", connection: {} }),
);
app.synth();
END
cat >hosts.ts <<'END'
import { App, TerraformStack } from "cdktf";
import { lvsMatchers, lvsSerializer, synthHosts } from "cdktf-lvs/testing";

const hosts = synthHosts(new TerraformStack(new App(), "empty"));
if (!lvsSerializer.test(hosts) || !("toHaveVirtualService" in lvsMatchers)) throw new Error("the testing kit is broken");
END
compile="npx tsc --strict --skipLibCheck --types node"
# The way in which cdktf's own project template resolves modules knows no exports.
$compile --noEmit --module commonjs --moduleResolution node10 --ignoreDeprecations 6.0 main.ts hosts.ts
$compile --module node16 --moduleResolution node16 main.ts hosts.ts
node main.js
node hosts.js
grep -q 'virtual_server 192.0.2.100 80' cdktf.out/stacks/tried/cdk.tf.json
node -e '
  require("cdktf-lvs");
  const loaded = Object.keys(require.cache).filter((path) => path.includes("/lib/testing/") && path.includes("cdktf-lvs"));
  if (loaded.length > 0) throw new Error(`the library loads ${loaded}`);
'
echo "the package installs, type-checks and synthesizes"
