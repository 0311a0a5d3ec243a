import { describeInEveryShell } from "../support/host-sandbox";
import { SYSTEMS } from "../support/systems";

const AT_BOOT =
  'the ipvsadm service would clear the IPVS table at boot and shutdown, and load /etc/ipvsadm.rules; set AUTO="false" there';
const ITS_OWN =
  'the ipvsadm service would synchronize connections by itself; set DAEMON="none" there and run: ipvsadm --stop-daemon master; ipvsadm --stop-daemon backup';
const ACTIVE =
  "ipvsadm.service is active: when it stops, as at shutdown, it saves the live IPVS table as its own and clears it; run: systemctl disable --now ipvsadm.service, and know that this clears the table";
const ENABLED =
  "ipvsadm.service is enabled: at boot it would load an IPVS table of its own; run: systemctl disable ipvsadm.service";

describeInEveryShell("what works against a director", (sandbox) => {
  const found = (): string =>
    sandbox().run("look_at_os", 'if find_conflict; then echo "$conflict"; else echo none; fi').output;

  describe.each(["Debian 11", "Debian 13", "Ubuntu 24.04"] as const)("the ipvsadm service of %s", (system) => {
    beforeEach(() => {
      sandbox().file("/etc/os-release", ...SYSTEMS[system]);
    });

    test.each(["ipvsadm", "keepalived"])("is refused to the owner %s of the table once it is told to work", (owner) => {
      sandbox().plan("role director", `table ${owner}`).file("/etc/default/ipvsadm", "# ipvsadm", 'AUTO="true"');
      expect(found()).toBe(`/etc/default/ipvsadm has AUTO="true": ${AT_BOOT}\n`);
    });

    // The shipped unit of Debian 13 is enabled and active from the start, so systemd is not asked.
    test.each([
      ["as it is shipped", 'AUTO="false"', 'DAEMON="none"'],
      ["what the script does not take for true", 'AUTO="True"', "DAEMON=yes"],
      ["commented out", '#AUTO="true"', '# DAEMON="master"'],
      ["overridden below", 'AUTO="true"', 'AUTO="false"'],
      ["nothing", ""],
    ])("is left alone: %s", (_title, ...lines) => {
      sandbox()
        .plan("role director", "table ipvsadm")
        .file("/etc/default/ipvsadm", ...lines);
      expect(found()).toBe("none\n");
      expect(sandbox().calls).toEqual([]);
    });

    test.each(["master", "backup", "both"])("is refused as synchronization daemon %s", (daemon) => {
      sandbox().plan("role director", "table ipvsadm");
      sandbox().file("/etc/default/ipvsadm", 'AUTO="false"', `DAEMON="${daemon}" # none|master|backup|both`);
      expect(found()).toBe(`/etc/default/ipvsadm has DAEMON="${daemon}": ${ITS_OWN}\n`);
    });

    test.each(["AUTO=true", "AUTO=true # at boot", "  export AUTO='true'"])(
      "is understood without quotes: %s",
      (line) => {
        sandbox().plan("role director", "table ipvsadm").file("/etc/default/ipvsadm", line);
        expect(found()).toBe(`/etc/default/ipvsadm has AUTO="true": ${AT_BOOT}\n`);
      },
    );

    test("does not matter on a real server, nor when the package is not there", () => {
      sandbox().plan("role director", "table ipvsadm");
      expect(found()).toBe("none\n");
      sandbox().plan("role real-server").file("/etc/default/ipvsadm", 'AUTO="true"');
      expect(found()).toBe("none\n");
    });
  });

  describe.each(["RHEL 8", "CentOS Stream 10", "Oracle Linux 9", "Arch Linux"] as const)(
    "ipvsadm.service of %s",
    (system) => {
      const unit = (load: string, enabled: string, active: string) =>
        sandbox().command(
          "systemctl",
          `printf '%s\\n' LoadState=${load} ActiveState=${active} UnitFileState=${enabled}`,
        );

      beforeEach(() => {
        sandbox().file("/etc/os-release", ...SYSTEMS[system]);
        // Debian's way to switch it off counts for nothing here.
        sandbox().file("/etc/default/ipvsadm", 'AUTO="false"');
      });

      test.each([
        ["enabled and active", "enabled", "active", ACTIVE],
        ["active only", "disabled", "active", ACTIVE],
        ["enabled only", "enabled", "inactive", ENABLED],
        ["enabled until a reboot", "enabled-runtime", "inactive", ENABLED],
        ["enabled and failed", "enabled", "failed", ENABLED],
        ["as it is shipped", "disabled", "inactive", "none"],
        ["masked", "masked", "inactive", "none"],
      ])("%s", (_title, enabled, active, expected) => {
        for (const owner of ["ipvsadm", "keepalived"]) {
          unit("loaded", enabled, active).plan("role director", `table ${owner}`);
          expect(found()).toBe(`${expected}\n`);
        }
        const call = "systemctl show -p LoadState -p UnitFileState -p ActiveState ipvsadm.service";
        expect(sandbox().calls).toEqual([call, call]);
      });

      test("not installed", () => {
        unit("not-found", "", "inactive").plan("role director", "table ipvsadm");
        expect(found()).toBe("none\n");
      });
    },
  );

  describe.each([
    ["Debian 12", "/etc/default/keepalived", "DAEMON_ARGS"],
    ["AlmaLinux 9", "/etc/sysconfig/keepalived", "KEEPALIVED_OPTIONS"],
  ] as const)("options for keepalived on %s", (system, file, variable) => {
    const refused = (option: string, why: string) =>
      `${file} gives keepalived the option ${option}: ${why}; delete the option there, and restart keepalived if it runs`;
    const CHECKERS = refused("--vrrp", "it would not manage the IPVS table");
    const VRRP = refused("--check", "it would not speak VRRP");
    const FILE = refused("--use-file", "its configuration would not be /etc/keepalived/keepalived.conf");
    const NAMESPACE = refused("--namespace", "it would run in another network namespace");

    beforeEach(() => {
      sandbox()
        .file("/etc/os-release", ...SYSTEMS[system])
        .command("systemctl");
      sandbox().plan("role director", "table keepalived", "vrrp_vip 192.0.2.100 eth0");
    });

    test.each([
      ["", "none"],
      ["-D", "none"],
      ["-D -V -I --dump-conf", "none"],
      ["--log-facility 3 --snmp", "none"],
      ["-S 3 -p /run/P.pid -DnR", "none"],
      // P, C and s here belong to values.
      ["-Ax:CP -pP -iC", "none"],
      ["-f /etc/keepalived/keepalived.conf", "none"],
      ["-D -f/etc/keepalived/keepalived.conf", "none"],
      ["--use-file=/etc/keepalived/keepalived.conf", "none"],
      ["-P", CHECKERS],
      ["--vrrp", CHECKERS],
      ["-D -dP", CHECKERS],
      ["-C", VRRP],
      ["-lC", VRRP],
      ["--check", VRRP],
      ["-f /srv/other.conf", FILE],
      ["-f/srv/other.conf", FILE],
      ["-Df /srv/other.conf", FILE],
      ["--use-file /srv/other.conf", FILE],
      ["--use-file=/srv/other.conf", FILE],
      ["-f", FILE],
      ["-s blue", NAMESPACE],
      ["--namespace=blue", NAMESPACE],
      ["-C -P", VRRP],
    ])("'%s'", (options, expected) => {
      sandbox().file(file, "# options", `${variable}="${options}"`);
      expect(found()).toBe(`${expected}\n`);
    });

    test("they are not taken for names of files", () => {
      sandbox().file("/-P").file(file, `${variable}="-?"`);
      expect(found()).toBe("none\n");
    });

    test("a director without VRRP may do without it", () => {
      sandbox().plan("role director", "table keepalived").file(file, `${variable}="-C"`);
      expect(found()).toBe("none\n");
    });

    test("do not matter where keepalived does not run", () => {
      sandbox().plan("role director", "table ipvsadm").file(file, `${variable}="-P"`);
      expect(found()).toBe("none\n");
    });
  });
});
