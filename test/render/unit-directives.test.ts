import { networkUnit } from "../../src/render/network-unit";
import { directorVipsUnit, ipvsadmUnit, keepalivedDropIn, realServerVipsUnit } from "../../src/render/units";

/** RHEL 8 and what is built from it have the oldest systemd that we meet. */
const OLDEST_SYSTEMD = 239;

/** Since which systemd each directive is there, by its NEWS; 38, the oldest that it knows, stands for all before. */
const SINCE: Readonly<Record<string, number>> = {
  Description: 38,
  Wants: 38,
  After: 38,
  Before: 38,
  ConditionFileNotEmpty: 190,
  Type: 38,
  RemainAfterExit: 38,
  StandardInput: 38,
  ExecStartPre: 38,
  ExecStart: 38,
  ExecStop: 38,
  Restart: 38,
  RestartSec: 38,
  WantedBy: 38,
};

/** The same for values that came later than their directives. */
const VALUES: readonly [pattern: RegExp, since: number][] = [
  [/^StandardInput=file:/, 236],
  // A command without a path, which systemd looks up in a path of its own.
  [/^Exec\w+=-?[^/-]/, 239],
];

const link = { add: "link add a type dummy", delete: "link delete a", show: "link show a", text: "a" };
const sysctlFile = "/etc/sysctl.d/99-cdktf-lvs.conf";
const vips = [{ address: "10.0.0.100", device: "lo" }];

const units: [string, string][] = [
  ["the VIPs of a real server", realServerVipsUnit(vips, sysctlFile)],
  ["the VIPs of a director", directorVipsUnit(vips)],
  ["plain ipvsadm rules", ipvsadmUnit("/etc/cdktf-lvs/ipvsadm.rules")],
  ["the drop-in for keepalived", keepalivedDropIn()],
  ["links", networkUnit({ objects: [link], sysctlFile })],
  ["a default route", networkUnit({ defaultRoutes: ["10.0.0.1"] })],
];

test.each(units)(`systemd ${OLDEST_SYSTEMD} knows all of %s`, (_title, text) => {
  const lines = text.split("\n").filter((line) => line.includes("="));
  const since = lines.map((line) =>
    Math.max(
      SINCE[line.slice(0, line.indexOf("="))] ?? Infinity,
      ...VALUES.filter(([pattern]) => pattern.test(line)).map(([, version]) => version),
    ),
  );
  expect(lines.filter((_line, index) => (since[index] ?? Infinity) > OLDEST_SYSTEMD)).toEqual([]);
});

test("the helpers of systemd are called where they are on every system", () => {
  const calls = units.flatMap(([, text]) => text.split("\n").filter((line) => /^Exec\w+=\//.test(line)));
  expect(calls).toEqual([
    `ExecStartPre=/lib/systemd/systemd-sysctl ${sysctlFile}`,
    `ExecStart=/lib/systemd/systemd-sysctl ${sysctlFile}`,
  ]);
});
