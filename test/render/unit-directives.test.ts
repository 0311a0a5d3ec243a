import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SyncState } from "../../src/model/connection-sync";
import { checkServiceUnit, checkTimerUnit } from "../../src/render/check-units";
import { ipvsUnit } from "../../src/render/ipvs-unit";
import { networkUnit } from "../../src/render/network-unit";
import { nftablesDropIn, nftablesUnit } from "../../src/render/nftables-unit";
import { ipvsadmUnit } from "../../src/render/ipvsadm-unit";
import { keepalivedDropIn } from "../../src/render/keepalived-drop-in";
import { directorVipsUnit, realServerVipsUnit } from "../../src/render/vips-unit";

/** RHEL 8 and what is built from it have the oldest systemd that we meet. */
const OLDEST_SYSTEMD = 239;

/** Since which systemd each directive is there, by its NEWS; 38, the oldest that it knows, stands for all before. */
const SINCE: Readonly<Record<string, number>> = {
  Description: 38,
  DefaultDependencies: 38,
  Wants: 38,
  After: 38,
  Before: 38,
  Conflicts: 38,
  ConditionPathExists: 38,
  ConditionFileNotEmpty: 190,
  Type: 38,
  RemainAfterExit: 38,
  StandardInput: 38,
  ExecStartPre: 38,
  ExecStart: 38,
  ExecStartPost: 38,
  ExecReload: 38,
  ExecStop: 38,
  ExecStopPost: 38,
  Restart: 38,
  RestartSec: 38,
  StartLimitIntervalSec: 230,
  SuccessExitStatus: 189,
  TimeoutStartSec: 188,
  Nice: 38,
  OnActiveSec: 38,
  OnUnitInactiveSec: 38,
  RandomizedDelaySec: 229,
  AccuracySec: 209,
  WantedBy: 38,
};

/** The same for values that came later than their directives. */
const VALUES: readonly [pattern: RegExp, since: number][] = [
  [/^StandardInput=file:/, 236],
  // A command without a path, which systemd looks up in a path of its own.
  [/^Exec\w+=-?[^/-]/, 239],
];

const sysctlFile = "/etc/sysctl.d/99-cdktf-lvs.conf";
const link = { add: "link add a type dummy", delete: "link delete a", show: "link show a", text: "a" };
const vips = [{ address: "10.0.0.100", device: "lo" }];
const syncDaemon = { interface: "eth0", syncId: 1, settings: {}, state: SyncState.BOTH };

const units = {
  realServerVipsUnit: realServerVipsUnit(vips, sysctlFile),
  directorVipsUnit: directorVipsUnit(vips),
  ipvsadmUnit: ipvsadmUnit("/etc/cdktf-lvs/ipvsadm.rules"),
  keepalivedDropIn: keepalivedDropIn(),
  networkUnit:
    networkUnit({ objects: [link], sysctlFile }) +
    networkUnit({ objects: [{ ...link, add: "route add default via 10.0.0.1 table 112" }] }),
  nftablesUnit: nftablesUnit("/etc/cdktf-lvs/nftables.conf"),
  nftablesDropIn: nftablesDropIn("/etc/cdktf-lvs/nftables.conf"),
  checkServiceUnit: checkServiceUnit("/etc/cdktf-lvs/director/current/program"),
  checkTimerUnit: checkTimerUnit(60),
  ipvsUnit: ipvsUnit({ timeouts: "1 2 3", syncDaemon }),
};

test.each(Object.entries(units))(`systemd ${OLDEST_SYSTEMD} knows all of %s`, (_name, text) => {
  const lines = text.split("\n").filter((line) => line.includes("="));
  const tooNew = lines.filter((line) => {
    const directive = SINCE[line.slice(0, line.indexOf("="))] ?? Infinity;
    const values = VALUES.filter(([pattern]) => pattern.test(line)).map(([, since]) => since);
    return Math.max(directive, ...values) > OLDEST_SYSTEMD;
  });
  expect(lines).not.toEqual([]);
  expect(tooNew).toEqual([]);
});

test("every unit and drop-in of ours is looked at", () => {
  const folder = join(__dirname, "../../src/render");
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const names = texts
    .filter((text) => text.includes('from "./unit-file"'))
    .flatMap((text) => [...text.matchAll(/export function (\w+)/g)].map((match) => match[1]));
  expect(Object.keys(units).sort()).toEqual(names.sort());
});

test("the helpers of systemd are called where they are on every system", () => {
  const calls = Object.values(units).flatMap((text) => text.split("\n").filter((line) => /^Exec\w+=-?\//.test(line)));
  expect(new Set(calls)).toEqual(
    new Set([
      `ExecStartPre=/lib/systemd/systemd-sysctl ${sysctlFile}`,
      `ExecStart=/lib/systemd/systemd-sysctl ${sysctlFile}`,
    ]),
  );
});
