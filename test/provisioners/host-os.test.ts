import { describeInEveryShell } from "../support/host-sandbox";
import { SYSTEMS } from "../support/systems";

describeInEveryShell("the family of a host", (sandbox) => {
  const looked = (): string => sandbox().run("look_at_os", 'echo "$family|$os_major|$os_name"').output;

  test.each([
    ["Debian 11", "debian|11|Debian GNU/Linux 11 (bullseye)"],
    ["Debian 12", "debian|12|Debian GNU/Linux 12 (bookworm)"],
    ["Debian 13", "debian|13|Debian GNU/Linux 13 (trixie)"],
    ["Ubuntu 22.04", "debian|22|Ubuntu 22.04.5 LTS"],
    ["Ubuntu 24.04", "debian|24|Ubuntu 24.04.3 LTS"],
    ["RHEL 8", "redhat|8|Red Hat Enterprise Linux 8.10 (Ootpa)"],
    ["RHEL 10", "redhat|10|Red Hat Enterprise Linux 10.0 (Coughlan)"],
    ["AlmaLinux 9", "redhat|9|AlmaLinux 9.6 (Sage Margay)"],
    ["Rocky Linux 9", "redhat|9|Rocky Linux 9.6 (Blue Onyx)"],
    ["Oracle Linux 9", "redhat|9|Oracle Linux Server 9.6"],
    ["CentOS Stream 10", "redhat|10|CentOS Stream 10 (Coughlan)"],
    ["Arch Linux", "||Arch Linux"],
    ["SLES 15", "|15|SUSE Linux Enterprise Server 15 SP6"],
  ] as const)("%s", (system, expected) => {
    sandbox().file("/etc/os-release", ...SYSTEMS[system]);
    expect(looked()).toBe(`${expected}\n`);
  });

  test("is not known without /etc/os-release", () => {
    expect(looked()).toBe("||an unknown system\n");
  });

  test.each([
    ["a plain value", "A=x y", "x y"],
    ["double quotes, and a comment behind them", 'A="x y" # z', "x y"],
    ["single quotes", "A='x'", "x"],
    ["blanks before it, and export", "  export A=x", "x"],
    ["the last of several", "A=x\nB=y\nA=z", "z"],
    ["nothing", "A=", ""],
    ["a comment", "#A=x", ""],
    ["another name that ends alike", "BA=x", ""],
    ["what would run in a shell", 'A="$(touch /etc/ran)`x`"', "$(touch /etc/ran)`x`"],
  ])("a setting is read, not run: %s", (_title, text, expected) => {
    sandbox().file("/etc/settings", text);
    expect(sandbox().run("last_setting /etc/settings A", 'printf "%s|" "$setting"')).toEqual({
      status: 0,
      output: `${expected}|`,
    });
  });
});
