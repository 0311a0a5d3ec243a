import { HealthCheck } from "../../src/model/health-check";
import { AuthenticationType } from "../../src/model/vrrp-authentication";
import { TableOwner } from "../../src/model/table-owner";
import { directorPlan } from "../../src/provisioners/director-plan";
import { ipvsadmUnit } from "../../src/render/ipvsadm-unit";
import { keepalivedDropIn } from "../../src/render/keepalived-drop-in";
import { directorVipsUnit } from "../../src/render/vips-unit";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { directorConfig, onEth0, realServer, service, vrrpConfig } from "../support/models";

const host = { host: "stack/lb (10.0.0.11)", address: "10.0.0.11" };
const services = [service({ sorryServer: { address: "10.0.0.99" } }), service({ vip: "10.0.0.101" }, [realServer()])];

const rules = `-A -t 10.0.0.100:80 -s wlc
-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1
-A -t 10.0.0.101:80 -s wlc
-a -t 10.0.0.101:80 -r 10.0.0.21:80 -g -w 1
`;
const modulesFile = { path: "/etc/modules-load.d/cdktf-lvs.conf", mode: "644", text: "ip_vs\nip_vs_wlc\n" };
const sysctls = [
  { key: "net/ipv4/vs/expire_nodest_conn", value: "1" },
  { key: "net/ipv4/vs/expire_quiescent_template", value: "1" },
];
const sysctlFile = {
  path: "/etc/sysctl.d/99-cdktf-lvs.conf",
  mode: "644",
  text: "net/ipv4/vs/expire_nodest_conn = 1\nnet/ipv4/vs/expire_quiescent_template = 1\n",
};
const dropInFile = {
  path: "/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf",
  mode: "644",
  text: keepalivedDropIn(),
};
const keepalivedPackages = [
  { name: "ipvsadm", command: "ipvsadm" },
  { name: "iproute2", command: "ip" },
  { name: "keepalived", command: "keepalived" },
];

test("the primary of a pair: must hold the VIPs, and the password is replaced on the way", () => {
  const config = {
    routerId: "lb-primary",
    tableOwner: TableOwner.KEEPALIVED,
    vrrp: vrrpConfig({
      authentication: { type: AuthenticationType.PASS, placeholder: "(password)" },
      settings: { trackInterfaces: ["eth1"] },
      vips: onEth0("10.0.0.100", "10.0.0.101"),
    }),
    services,
    settings: {},
  };
  expect(directorPlan(host, config)).toEqual({
    host: "stack/lb (10.0.0.11)",
    role: "director",
    address: "10.0.0.11",
    interfaces: ["eth0", "eth1"],
    packages: keepalivedPackages,
    files: [
      modulesFile,
      sysctlFile,
      {
        path: "/etc/keepalived/keepalived.conf",
        mode: "600",
        text: keepalivedConf(config),
        placeholders: ["(password)"],
      },
      dropInFile,
    ],
    sysctls,
    objects: [],
    held: [],
    vrrp: [
      {
        instance: "lb",
        addresses: [
          { address: "127.112.0.51", device: "lo" },
          { address: "10.0.0.100", device: "eth0" },
          { address: "10.0.0.101", device: "eth0" },
        ],
        mustHold: true,
      },
    ],
    units: ["keepalived.service"],
    table: "keepalived",
    keepalived: { version: "2.1.5", programs: [], adaptive: [], switches: [] },
    rules,
    sorryServers: ["-t 10.0.0.100:80 -r 10.0.0.99:80"],
    drainTimeoutSeconds: 60,
    verifyTimeoutSeconds: 34,
  });
});

test("the secondary of a pair: need not hold the VIPs; slow adverts give it more time", () => {
  const settings = { advertIntervalSeconds: 10.25 };
  const vrrp = vrrpConfig({ initialState: "BACKUP", priority: 100, version: 3, mustHold: false, settings });
  const plan = directorPlan(host, {
    routerId: "lb-secondary",
    tableOwner: TableOwner.KEEPALIVED,
    vrrp,
    services,
    settings: {},
  });
  expect(plan.vrrp).toEqual([
    {
      instance: "lb",
      addresses: [
        { address: "127.112.0.51", device: "lo" },
        { address: "10.0.0.100", device: "eth0" },
      ],
      mustHold: false,
    },
  ]);
  expect(plan.verifyTimeoutSeconds).toBe(71);
  expect(plan.interfaces).toEqual(["eth0"]);
});

test("a lone director with keepalived, whose host has the VIPs already", () => {
  const config = { routerId: "lb", tableOwner: TableOwner.KEEPALIVED, services, settings: {} };
  expect(directorPlan(host, config)).toEqual({
    host: "stack/lb (10.0.0.11)",
    role: "director",
    address: "10.0.0.11",
    interfaces: [],
    packages: keepalivedPackages,
    files: [
      modulesFile,
      sysctlFile,
      { path: "/etc/keepalived/keepalived.conf", mode: "600", text: keepalivedConf(config) },
      dropInFile,
    ],
    sysctls,
    objects: [],
    held: [],
    units: ["keepalived.service"],
    table: "keepalived",
    keepalived: { version: "2.1.5", programs: [], adaptive: [], switches: [] },
    rules,
    sorryServers: ["-t 10.0.0.100:80 -r 10.0.0.99:80"],
    drainTimeoutSeconds: 60,
    verifyTimeoutSeconds: 30,
  });
});

test("a lone director with keepalived that holds each VIP once, before keepalived starts", () => {
  const sharedVip = [service(), service({ port: 443 }, [realServer({ port: 443 })])];
  const config = {
    routerId: "lb",
    tableOwner: TableOwner.KEEPALIVED,
    vipInterface: "eth0",
    services: sharedVip,
    settings: {},
  };
  const plan = directorPlan(host, config);
  const held = [{ address: "10.0.0.100", device: "eth0" }];
  expect(plan.interfaces).toEqual(["eth0"]);
  expect(plan.held).toEqual(held);
  expect(plan.units).toEqual(["cdktf-lvs-vips.service", "keepalived.service"]);
  expect(plan.files.map(({ path }) => path)).toEqual([
    "/etc/modules-load.d/cdktf-lvs.conf",
    "/etc/sysctl.d/99-cdktf-lvs.conf",
    "/etc/systemd/system/cdktf-lvs-vips.service",
    "/etc/keepalived/keepalived.conf",
    "/etc/systemd/system/keepalived.service.d/cdktf-lvs.conf",
  ]);
  expect(plan.files[2]).toEqual({
    path: "/etc/systemd/system/cdktf-lvs-vips.service",
    mode: "644",
    text: directorVipsUnit(held),
  });
});

test("a lone director with plain ipvsadm rules: no keepalived", () => {
  const plainServices = [service({}, [realServer()])];
  const plainRules = "-A -t 10.0.0.100:80 -s wlc\n-a -t 10.0.0.100:80 -r 10.0.0.21:80 -g -w 1\n";
  const config = {
    routerId: "lb",
    tableOwner: TableOwner.IPVSADM,
    vipInterface: "eth0",
    services: plainServices,
    settings: {},
  };
  const held = [{ address: "10.0.0.100", device: "eth0" }];
  expect(directorPlan(host, config)).toEqual({
    host: "stack/lb (10.0.0.11)",
    role: "director",
    address: "10.0.0.11",
    interfaces: ["eth0"],
    packages: [
      { name: "ipvsadm", command: "ipvsadm" },
      { name: "iproute2", command: "ip" },
    ],
    files: [
      modulesFile,
      sysctlFile,
      { path: "/etc/systemd/system/cdktf-lvs-vips.service", mode: "644", text: directorVipsUnit(held) },
      { path: "/etc/cdktf-lvs/ipvsadm.rules", mode: "600", text: plainRules },
      {
        path: "/etc/systemd/system/cdktf-lvs-ipvsadm.service",
        mode: "644",
        text: ipvsadmUnit("/etc/cdktf-lvs/ipvsadm.rules"),
      },
    ],
    sysctls,
    objects: [],
    held,
    units: ["cdktf-lvs-vips.service", "cdktf-lvs-ipvsadm.service"],
    table: "ipvsadm",
    rules: plainRules,
    sorryServers: [],
    drainTimeoutSeconds: 60,
    verifyTimeoutSeconds: 30,
  });
});

test("scripts are files for root alone, and what makes weights differ from the definition is told", () => {
  const text = "#!/bin/sh\nexit 0\n";
  const program = HealthCheck.misc({ script: "/bin/true", dynamic: true });
  const servers = [
    realServer({ healthCheck: HealthCheck.misc({ script: { name: "check", text } }), maintenanceSwitch: "web1" }),
    realServer({ address: "10.0.0.22", healthCheck: [HealthCheck.tcp({ bindInterface: "eth1" }), program] }),
  ];
  const config = directorConfig({
    services: [service({}, servers), service({ vip: "10.0.0.101" }, servers)],
    settings: { keepalivedVersion: "2.2.7" },
  });
  const plan = directorPlan(host, config);
  expect(plan.interfaces).toEqual(["eth1"]);
  expect(plan.files.filter(({ mode }) => mode === "700")).toEqual([
    { path: "/etc/cdktf-lvs/director/scripts/check", mode: "700", text },
  ]);
  expect(plan.keepalived).toEqual({
    version: "2.2.7",
    programs: ["/bin/true"],
    adaptive: [{ rule: "-a -t 10.0.0.100:80 -r 10.0.0.22:80" }, { rule: "-a -t 10.0.0.101:80 -r 10.0.0.22:80" }],
    switches: [
      { name: "web1", rule: "-a -t 10.0.0.100:80 -r 10.0.0.21:80" },
      { name: "web1", rule: "-a -t 10.0.0.101:80 -r 10.0.0.21:80" },
    ],
  });
});

test("a real server that keepalived gives weight 0 when it fails is not expected to have its own", () => {
  const inhibited = service({ inhibitOnFailure: true });
  const plan = directorPlan(host, directorConfig({ services: [inhibited, service({ vip: "10.0.0.101" })] }));
  expect(plan.keepalived?.adaptive).toEqual([{ rule: "-a -t 10.0.0.100:80 -r 10.0.0.21:80" }]);
});
