import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SyncState } from "../../src/model/connection-sync";
import { ipvsUnit } from "../../src/render/ipvs-unit";
import { nftablesDropIn, nftablesUnit } from "../../src/render/nftables-unit";
import { checkServiceUnit, checkTimerUnit } from "../../src/render/check-units";
import { ipvsadmUnit } from "../../src/render/ipvsadm-unit";
import { keepalivedDropIn } from "../../src/render/keepalived-drop-in";
import { directorVipsUnit, realServerVipsUnit } from "../../src/render/vips-unit";
import { networkUnit } from "../../src/render/network-unit";
import { CLEAN, describeWithOracles, judge, type Verdict } from "../support/oracles";

const link = { add: "link add name lvs-ipip type ipip", delete: "link delete lvs-ipip", show: "", text: "" };
const route = { add: "route add default via 10.0.0.1 table 112", delete: "route delete default", show: "", text: "" };
const vips = [
  { address: "10.0.0.100", device: "lo" },
  { address: "2001:db8::100", device: "lo" },
];

const syncDaemon = { state: SyncState.BOTH, interface: "eth0", syncId: 1, settings: {} };

describeWithOracles("systemd-analyze verify", ["systemd-analyze", "keepalived.service", "ipvsadm", "nft"], () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "units-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function verdict(unit: string): Verdict {
    return judge("systemd-analyze", ["verify", "--man=no", join(folder, unit)]);
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  test.each([
    ["the VIPs of a real server", realServerVipsUnit(vips, "/etc/sysctl.d/99-cdktf-lvs.conf")],
    ["the VIPs of a real server without kernel settings", realServerVipsUnit(vips, undefined)],
    ["the VIPs of a director", directorVipsUnit(vips)],
    ["our nftables table", nftablesUnit("/etc/cdktf-lvs/nftables.conf")],
    ["plain ipvsadm rules", ipvsadmUnit("/etc/cdktf-lvs/ipvsadm.rules")],
    ["links and their settings", networkUnit({ objects: [link], sysctlFile: "/etc/sysctl.d/99-cdktf-lvs.conf" })],
    ["routes", networkUnit({ objects: [route] })],
    ["timeouts and synchronisation daemons", ipvsUnit({ timeouts: "900 0 30", syncDaemon })],
  ])("takes the unit of %s in silence", (_title, text) => {
    write("cdktf-lvs-test.service", text);
    expect(verdict("cdktf-lvs-test.service")).toEqual(CLEAN);
  });

  test("takes the timer of the check, and the check", () => {
    write("cdktf-lvs-check.service", checkServiceUnit("/etc/cdktf-lvs/director/current/program"));
    write("cdktf-lvs-check.timer", checkTimerUnit(60));
    expect(verdict("cdktf-lvs-check.timer")).toEqual(CLEAN);
    expect(verdict("cdktf-lvs-check.service")).toEqual(CLEAN);
    write("cdktf-lvs-check.timer", checkTimerUnit(60).replace("OnActiveSec=60", "OnActiveSec=sixty"));
    expect(verdict("cdktf-lvs-check.timer").output).toContain("Failed to parse");
  });

  test("takes Debian's keepalived.service with our drop-in in silence", () => {
    write("keepalived.service.d/cdktf-lvs.conf", keepalivedDropIn());
    copyFileSync("/lib/systemd/system/keepalived.service", join(folder, "keepalived.service"));
    expect(verdict("keepalived.service")).toEqual(CLEAN);
  });

  test("takes Debian's nftables.service with our drop-in in silence", () => {
    write("nftables.service.d/cdktf-lvs.conf", nftablesDropIn("/etc/cdktf-lvs/nftables.conf"));
    copyFileSync("/lib/systemd/system/nftables.service", join(folder, "nftables.service"));
    expect(verdict("nftables.service")).toEqual(CLEAN);
  });

  test("is a judge that refuses: a key that nobody knows", () => {
    write("cdktf-lvs-test.service", ipvsadmUnit("/rules").replace("RemainAfterExit", "RemainAfter"));
    expect(verdict("cdktf-lvs-test.service").output).toContain(
      "Unknown key 'RemainAfter' in section [Service], ignoring.",
    );
  });

  test("is a judge that refuses: a drop-in with a value that means nothing", () => {
    write("keepalived.service.d/cdktf-lvs.conf", keepalivedDropIn().replace("on-failure", "on-Sunday"));
    copyFileSync("/lib/systemd/system/keepalived.service", join(folder, "keepalived.service"));
    expect(verdict("keepalived.service").output).toContain("Failed to parse service restart specifier");
  });
});
