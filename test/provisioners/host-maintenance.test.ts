import { existsSync, rmSync } from "node:fs";
import { describeInEveryShell } from "../support/host-sandbox";

const DIRECTORY = "/var/lib/cdktf-lvs/maintenance";
const WEB1 = "-a -t 10.0.0.100:80 -r 10.0.0.21:80";
const WEB1_TLS = "-a -t 10.0.0.100:443 -r 10.0.0.21:443";
const WEB2 = "-a -t 10.0.0.100:80 -r 10.0.0.22:80";
const RULES = ["-A -t 10.0.0.100:443 -s wlc", "-A -t 10.0.0.100:80 -s wlc", `${WEB1_TLS} -g -w 1`, `${WEB1} -g -w 2`];
const TUNNELED = `${WEB2} -i -w 3 --tun-type ipip`;

describeInEveryShell("the rules that the table should have", (sandbox) => {
  const expected = () => {
    sandbox().file("/stage/rules", ...RULES, TUNNELED);
    return sandbox().run("expected_rules /stage/rules", "cat /stage/expected").output.trim().split("\n");
  };
  const plan = (...lines: string[]) =>
    sandbox().plan(`switch web1 ${WEB1}`, `switch web1 ${WEB1_TLS}`, `switch web2 ${WEB2}`, ...lines);

  test("are those of the definition while nobody rests", () => {
    plan();
    expect(expected()).toEqual([...RULES, TUNNELED]);
    sandbox().file(`${DIRECTORY}/web1`, "0");
    expect(expected()).toEqual([...RULES, TUNNELED]);
  });

  test("have weight 0 in every service of a real server that rests", () => {
    plan();
    sandbox().file(`${DIRECTORY}/web1`, "1");
    expect(expected()).toEqual([...RULES.slice(0, 2), `${WEB1_TLS} -g -w 0`, `${WEB1} -g -w 0`, TUNNELED]);
  });

  test("keep what comes after the weight", () => {
    plan();
    sandbox().file(`${DIRECTORY}/web2`, "1");
    expect(expected()).toEqual([...RULES, `${WEB2} -i -w 0 --tun-type ipip`]);
  });

  test("say nothing of a real server whose checks set its weight, resting or not", () => {
    plan(`adaptive ${WEB1}`);
    expect(expected()).toEqual([...RULES.slice(0, 3), TUNNELED]);
    sandbox().file(`${DIRECTORY}/web1`, "1");
    expect(expected()).toEqual([...RULES.slice(0, 2), `${WEB1_TLS} -g -w 0`, TUNNELED]);
  });

  test.each(["", "0", "0 "])("take '%s' in the file for in service", (value) => {
    plan();
    sandbox().file(`${DIRECTORY}/web1`, value);
    expect(expected()).toEqual([...RULES, TUNNELED]);
  });
});

describeInEveryShell("maintenance switches", (sandbox) => {
  beforeEach(() => {
    sandbox().plan(`switch web1 ${WEB1}`, `switch web1 ${WEB1_TLS}`, `switch web2 ${WEB2}`);
    for (const name of ["web1", "web2", "web3"]) sandbox().file(`${DIRECTORY}/${name}`, name === "web1" ? "1" : "0");
  });

  test("are told when they are on", () => {
    expect(sandbox().run("tell_maintenance").output).toBe("note: web1 is in maintenance\n");
  });

  test("are made for those who are in service, and what they say stays", () => {
    rmSync(sandbox().path(`${DIRECTORY}/web2`));
    sandbox().file("/etc/cdktf-lvs/director/before/directories");
    expect(sandbox().run("selinux=''", "make_switches")).toEqual({ status: 0, output: "" });
    expect(["web1", "web2"].map((name) => sandbox().read(`${DIRECTORY}/${name}`))).toEqual(["1\n", "0\n"]);
  });

  test("are deleted when only the first of two plans has them", () => {
    sandbox().file("/stage/other", `switch web2 ${WEB2}`);
    sandbox().run("delete_switches /stage/plan /stage/other");
    const left = () => ["web1", "web2", "web3"].filter((name) => existsSync(sandbox().path(`${DIRECTORY}/${name}`)));
    expect(left()).toEqual(["web2", "web3"]);
    sandbox().run("delete_switches /stage/plan /dev/null");
    expect(left()).toEqual(["web3"]);
  });
});
