import type { LabHost } from "../../lab/host";
import { Lab } from "../../lab/lab";
import { Scheduler, schedulerModule } from "../../src/model/scheduler";
import { TableOwner } from "../../src/model/table-owner";
import type { VirtualService } from "../../src/model/virtual-service";
import { ipvsadmRules } from "../../src/render/ipvsadm-rules";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { KINDS, serviceOf, type Kind } from "../support/kinds";
import { directorConfig } from "../support/models";
import { DIRECTORS, eventually, table, tell } from "./hosts";

jest.setTimeout(2 * 60_000);

let lab: Lab;
let lb1: LabHost;
let schedulers: readonly string[];

beforeAll(async () => {
  lab = await Lab.up({ hosts: DIRECTORS.slice(0, 1), progress: tell });
  lb1 = lab.host("lb1");
  const modules = Object.values(Scheduler).map(schedulerModule).join(" ");
  const loaded = await lb1.run(`for module in ${modules}; do modprobe -q $module && echo $module; done; true`);
  schedulers = loaded.trim().split("\n");
});

afterAll(() => lab?.down());

/** The services of a group that this kernel has a scheduler for. */
function services(kinds: readonly Kind[], owner: TableOwner): VirtualService[] {
  return kinds
    .map((kind) => serviceOf(kind, owner))
    .filter(({ scheduler }) => schedulers.includes(schedulerModule(scheduler)));
}

/** The rules as the kernel tells them: without thresholds, and without masks that are its own default. */
function tableLines(rules: string): string[] {
  const lines = rules.trim().split("\n");
  return lines.map((line) => line.replace(/ -M (255\.255\.255\.255|128)(?= |$)/, "").replace(/ -[xy] \d+/g, "")).sort();
}

/** `SERVICE -> SERVER UPPER LOWER` of the rules that say something about thresholds. */
function thresholdLines(rules: string): string[] {
  return rules.split("\n").flatMap((line) => {
    const [, server] = / -r (\S+)/.exec(line) ?? [];
    const [, upper = "0"] = / -x (\d+)/.exec(line) ?? [];
    const [, lower = "0"] = / -y (\d+)/.exec(line) ?? [];
    return server === undefined ? [] : [`${server} ${upper} ${lower}`];
  });
}

async function liveThresholds(): Promise<string[]> {
  const lines = (await lb1.run("ipvsadm -Ln --thresholds")).split("\n");
  return lines.flatMap((line) => {
    const [, server, upper, lower] = /^ {2}-> (\S+) +(\d+) +(\d+)/.exec(line) ?? [];
    return server === undefined ? [] : [`${server} ${upper} ${lower}`];
  });
}

test("the kernel has all schedulers but one that came later", () => {
  const all = Object.values(Scheduler).filter((scheduler) => scheduler !== Scheduler.TWOS);
  expect(schedulers).toEqual(all.map(schedulerModule));
});

describe.each(Object.entries(KINDS))("%s", (_group, kinds) => {
  test("ipvsadm loads them, and the kernel tells them back in the same words", async () => {
    const rules = ipvsadmRules(services(kinds, TableOwner.IPVSADM));
    const { code, stdout, stderr } = await lb1.exec("ipvsadm --clear && ipvsadm --restore", { stdin: rules });
    expect([code, stdout, stderr]).toEqual([0, "", ""]);
    expect((await table(lb1)).sort()).toEqual(tableLines(rules));
    expect((await liveThresholds()).sort()).toEqual(thresholdLines(rules).sort());
  });

  test("keepalived brings the same into the kernel", async () => {
    const models = services(kinds, TableOwner.KEEPALIVED);
    const rules = ipvsadmRules(models);
    await lb1.run("ipvsadm --clear");
    await lb1.writeFile("/etc/keepalived/keepalived.conf", keepalivedConf(directorConfig({ services: models })));
    await lb1.run("systemctl restart keepalived");
    await eventually(
      "the table is as long as it should be",
      async () => (await table(lb1)).length === tableLines(rules).length,
      10_000,
    ).catch(tell);
    expect((await table(lb1)).sort()).toEqual(tableLines(rules));
    expect((await liveThresholds()).sort()).toEqual(thresholdLines(rules).sort());
    await lb1.run("systemctl stop keepalived");
    expect(await lb1.run("ipvsadm -Sn")).toBe("");
  });
});
