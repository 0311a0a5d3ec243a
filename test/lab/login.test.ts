import { readFileSync, writeFileSync } from "node:fs";
import { Deployment } from "../../lab/deployment";
import { Lab } from "../../lab/lab";
import { answers, defined, DIRECTORS, expectSoon, hasVip, servers, tell, VIP, WEB_SERVERS } from "./hosts";

jest.setTimeout(10 * 60_000);

const SUDO_PASSWORD = "labpw";
const { web1 } = servers();
const DEFINITION = {
  director: "keepalived",
  user: "deploypw",
  sudoPassword: true,
  servers: { web1: web1! },
} as const;

let lab: Lab;
let deployment: Deployment;

beforeAll(async () => {
  lab = await Lab.up({ hosts: [DIRECTORS[0]!, WEB_SERVERS[0]!], progress: tell });
  deployment = new Deployment(lab, {
    app: "test/lab/apps/web.ts",
    env: { TF_VAR_sudo_password: SUDO_PASSWORD },
  });
});

afterAll(async () => {
  deployment?.remove();
  await lab?.down();
});

test("a host with another key is not talked to", async () => {
  const known = readFileSync(lab.knownHostsPath, "utf8");
  const [first, second] = known.trim().split("\n");
  // Each host with the key of the other.
  const [address1, ...key1] = first!.split(" ");
  const [address2, ...key2] = second!.split(" ");
  writeFileSync(`${lab.knownHostsPath}.wrong`, `${address1} ${key2.join(" ")}\n${address2} ${key1.join(" ")}\n`);
  const { code, stdout } = await deployment.deploy({
    ...defined(DEFINITION),
    KNOWN_HOSTS: `${lab.knownHostsPath}.wrong`,
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/host key mismatch|key mismatch/);
});

test("Terraform wants the ECDSA key of a host that has several, also at another port", async () => {
  const several = `${lab.knownHostsPath}.several`;
  let known = readFileSync(lab.knownHostsPath, "utf8");
  for (const name of ["lb1", "web1"]) {
    const host = lab.host(name);
    const keys = "HostKey /etc/ssh/ssh_host_ed25519_key\\nHostKey /run/ecdsa\\nPort 22\\nPort 2222\\n";
    await host.run("ssh-keygen -q -t ecdsa -N '' -C '' -f /run/ecdsa");
    await host.run(`printf '${keys}' >/etc/ssh/sshd_config.d/00-several.conf && systemctl restart ssh`);
    known += `${host.address} ${await host.run("cat /run/ecdsa.pub")}`;
  }
  writeFileSync(several, known);
  const settings = { ...defined({ ...DEFINITION, port: 2222 }), TF_VAR_sudo_password: "wrong" };
  const one = await deployment.deploy(settings);
  expect([one.code, one.stdout]).toEqual([1, expect.stringMatching(/key mismatch|key is unknown/)]);
  const all = await deployment.deploy({ ...settings, KNOWN_HOSTS: several });
  expect(all.stdout).toContain("FAILED at login: sudo refused deploypw");
  const port22 = await deployment.deploy({ ...settings, ...defined(DEFINITION), KNOWN_HOSTS: several });
  expect(port22.stdout).toContain("FAILED at login: sudo refused deploypw");
  const wrong = await deployment.deploy({ ...settings, ...defined(DEFINITION) });
  expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringMatching(/key mismatch/)]);
  for (const name of ["lb1", "web1"]) {
    await lab.host(name).run("rm /etc/ssh/sshd_config.d/00-several.conf && systemctl restart ssh");
  }
});

test("a wrong sudo password is told as such", async () => {
  const { code, stdout } = await deployment.deploy({ ...defined(DEFINITION), TF_VAR_sudo_password: "wrong" });
  expect(code).toBe(1);
  expect(stdout).toContain("FAILED at login: sudo refused deploypw");
});

test("a user whom sudo asks for a password deploys, and nothing shows it", async () => {
  const { code, stdout } = await deployment.deploy(defined(DEFINITION));
  expect(code).toBe(0);
  expect(stdout).toContain("DONE web/lb (192.0.2.11)");
  expect(stdout).not.toContain("output suppressed");
  expect(stdout).not.toContain(SUDO_PASSWORD);
  expect(await hasVip(lab.host("lb1"))).toBe(true);
  expect(await answers(lab, `http://${VIP}/`, 4)).toEqual({ web1: 4 });
  const home = "/home/deploypw";
  // Terraform's own last write comes after the script has ended.
  const left = () => lab.host("lb1").run(`cd ${home}/.cdktf-lvs; stat -c '%a %U' . run; ls -A run`);
  await expectSoon(left, "700 deploypw\n700 deploypw\n");
  const encoded = Buffer.from(`${SUDO_PASSWORD}\n`).toString("base64");
  expect(
    (await lab.host("lb1").exec(`grep -rl -e ${SUDO_PASSWORD} -e ${encoded} ${home} /tmp /run /etc/cdktf-lvs`)).stdout,
  ).toBe("");
});

test("a host without the directory for scripts, as one that was installed again, gets no script at all", async () => {
  const host = lab.host("lb1");
  await host.run("mv /home/deploypw/.cdktf-lvs /root/kept");
  const changed = { ...DEFINITION, servers: { web1: { ...web1!, weight: 3 } } };
  const { code, stdout } = await deployment.deploy(defined(changed));
  expect([code, stdout]).toEqual([1, expect.stringContaining(".cdktf-lvs/run: No such file or directory")]);
  expect((await host.exec("ls -d /home/deploypw/.cdktf-lvs")).code).not.toBe(0);
  await host.run("mv /root/kept /home/deploypw/.cdktf-lvs");
  expect((await deployment.deploy(defined(changed))).code).toBe(0);
});

test("destroy says what it cannot do, and leaves the host as it is", async () => {
  const { code, stdout } = await deployment.destroy(defined(DEFINITION));
  expect(code).toBe(0);
  expect(stdout).toContain("connection.sudoPassword cannot reach the host on destroy");
  expect(await hasVip(lab.host("lb1"))).toBe(true);
});
