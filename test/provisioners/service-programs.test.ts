import { HealthCheck } from "../../src/model/health-check";
import { directorPlan } from "../../src/provisioners/director-plan";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { directorConfig, realServer, service } from "../support/models";

const host = { host: "stack/lb (10.0.0.11)", address: "10.0.0.11" };
const script = (name: string) => ({ name, text: `#!/bin/sh\n# ${name}\n` });

test("what services run is installed for root alone or looked at on the host, each once", () => {
  const servers = [
    realServer({ healthCheck: HealthCheck.misc({ script: script("shared") }) }),
    realServer({ address: "10.0.0.22", notify: { up: script("own"), down: "/bin/b" } }),
  ];
  const notify = {
    notifyQuorum: { up: script("quorum"), down: script("shared") },
    notifyRealServers: { up: "/bin/a", down: script("server") },
  };
  const services = [service(notify, servers), service({ vip: "10.0.0.101", ...notify }, servers)];
  const config = directorConfig({ services });
  const plan = directorPlan(host, config);
  expect(plan.files.filter(({ mode }) => mode === "700")).toEqual(
    ["shared", "quorum", "server", "own"].map((name) => ({
      path: `/etc/cdktf-lvs/director/scripts/${name}`,
      mode: "700",
      text: `#!/bin/sh\n# ${name}\n`,
    })),
  );
  expect(plan.keepalived?.programs).toEqual(["/bin/a", "/bin/b"]);
  expect(keepalivedConf(config)).toContain("    enable_script_security\n    script_user root\n");
});
