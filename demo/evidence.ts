import type { Lab } from "../lab/lab";
import { block, line } from "./story";

export const VIP = "192.0.2.100";

/** What an administrator would look at on both directors. */
export async function showDirectors(lab: Lab): Promise<void> {
  for (const name of ["lb1", "lb2"]) {
    line(`root@${name}:~# ipvsadm -Ln; ip -brief address show dev eth0`);
    block(await lab.host(name).run("ipvsadm -Ln; ip -brief address show dev eth0"));
    line("");
  }
}

/** Sends requests from the client host and tells which real server answered each. */
export async function showSpread(lab: Lab, requests: number): Promise<void> {
  const loop = `for i in $(seq ${requests}); do curl -s -m 2 http://${VIP}/ || echo "(no answer)"; done`;
  const answers = (await lab.host("client").run(loop)).trim().split("\n");
  line(`client: ${requests} x curl http://${VIP}/`);
  line(answers.join(" "));
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  line([...counts].map(([server, count]) => `${server}: ${count}`).join(", "));
}

/** Asks every 50 ms, and tells how long it took until the VIP answered. */
export async function millisecondsUntilAnswer(lab: Lab): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const status = await lab.request(`http://${VIP}/`, { timeoutMs: 300 }).then(
      (reply) => reply.status,
      () => undefined,
    );
    const elapsed = performance.now() - startedAt;
    if (status === 200) return Math.round(elapsed);
    if (elapsed > 60_000) throw new Error("the VIP did not answer within 60 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What is left of a deploy on every host. */
export async function showTraces(lab: Lab, names: readonly string[]): Promise<void> {
  const look = [
    "find / -xdev -name '*cdktf*' -not -path '/proc/*' 2>/dev/null",
    `ip -oneline address show to ${VIP}`,
    "ipvsadm -Sn 2>/dev/null",
    "systemctl is-active keepalived cdktf-lvs-vips 2>/dev/null | grep -v inactive",
    "grep -s -l . /etc/keepalived/keepalived.conf",
    "grep -h -v -x 0 /proc/sys/net/ipv4/conf/*/arp_ignore /proc/sys/net/ipv4/conf/*/arp_announce",
    "true",
  ].join("; ");
  for (const name of names) {
    const left = (await lab.host(name).run(look)).trim();
    line(`${name}: ${left === "" ? "no file, address, unit, rule or setting left" : left}`);
  }
}
