import type { LabHost } from "../../lab/host";
import { Lab } from "../../lab/lab";
import { Scheduler, schedulerModule } from "../../src/model/scheduler";
import { TableOwner } from "../../src/model/table-owner";
import type { VirtualService } from "../../src/model/virtual-service";
import { ipvsadmRules } from "../../src/render/ipvsadm-rules";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { kind, KINDS, nat, problemsOf, serviceOf, tunneled, type Kind } from "../support/kinds";
import { directorConfig } from "../support/models";
import { DIRECTORS, eventually, table, tell } from "./hosts";

jest.setTimeout(5 * 60_000);

const { KEEPALIVED, IPVSADM } = TableOwner;

let lab: Lab;
let lb1: LabHost;
let modules: readonly string[];

beforeAll(async () => {
  lab = await Lab.up({ hosts: DIRECTORS.slice(0, 1), progress: tell });
  lb1 = lab.host("lb1");
  const all = Object.values(Scheduler).map(schedulerModule).join(" ");
  modules = lines(await lb1.run(`for module in ${all}; do modprobe -q $module && echo $module; done; true`));
});

afterAll(() => lab?.down());

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** The services that this kernel has a scheduler for. */
function services(kinds: readonly Kind[], owner: TableOwner): VirtualService[] {
  const models = kinds.map((one) => serviceOf(one, owner));
  return models.filter(({ scheduler }) => modules.includes(schedulerModule(scheduler)));
}

/** The rules as the kernel tells them: without thresholds, and without masks that mean every address. */
function told(rules: string): string[] {
  const mask = / -M (255\.255\.255\.255|128)(?= |$)/;
  return lines(rules).map((line) => line.replace(mask, "").replace(/ -[xy] \d+/g, ""));
}

/** `SERVER UPPER LOWER` of every real server. */
function thresholds(rules: string): string[] {
  const servers = lines(rules).filter((line) => line.startsWith("-a "));
  return servers.map((line) => {
    const number = (letter: string): string => new RegExp(` -${letter} (\\d+)`).exec(line)?.[1] ?? "0";
    return `${/ -r (\S+)/.exec(line)?.[1]} ${number("x")} ${number("y")}`;
  });
}

async function liveThresholds(): Promise<string[]> {
  const shown = lines(await lb1.run("ipvsadm --list -n --thresholds")).slice(3);
  const servers = shown.filter((line) => line.startsWith("  -> "));
  return servers.map((line) => line.trim().split(/ +/).slice(1, 4).join(" "));
}

async function restore(rules: string): Promise<void> {
  const { code, stdout, stderr } = await lb1.exec("ipvsadm --clear && ipvsadm --restore", { stdin: rules });
  expect([code, stdout, stderr]).toEqual([0, "", ""]);
}

/** Runs keepalived until the table is as long as it should be, and a last time after it has ended. */
async function underKeepalived(models: VirtualService[], look: () => Promise<void>): Promise<void> {
  await lb1.run("ipvsadm --clear");
  await lb1.writeFile("/etc/keepalived/keepalived.conf", keepalivedConf(directorConfig({ services: models })));
  await lb1.run("systemctl restart keepalived");
  const { length } = lines(ipvsadmRules(models));
  await eventually(`the table has ${length} lines`, async () => (await table(lb1)).length === length, 20_000);
  await look();
  await lb1.run("systemctl stop keepalived");
  expect(await lb1.run("ipvsadm --save -n")).toBe("");
}

test("the kernel has every scheduler but the youngest", () => {
  const all = Object.values(Scheduler).filter((scheduler) => scheduler !== Scheduler.TWOS);
  expect(modules).toEqual(all.map(schedulerModule));
});

describe.each(Object.entries(KINDS))("%s", (_group, kinds) => {
  test("ipvsadm loads them, and the kernel tells them in the same words", async () => {
    const rules = ipvsadmRules(services(kinds, IPVSADM));
    await restore(rules);
    expect((await table(lb1)).sort()).toEqual(told(rules).sort());
    expect((await liveThresholds()).sort()).toEqual(thresholds(rules).sort());
  });

  test("keepalived brings the same into the kernel", async () => {
    const models = services(kinds, KEEPALIVED);
    const rules = ipvsadmRules(models);
    await underKeepalived(models, async () => {
      expect((await table(lb1)).sort()).toEqual(told(rules).sort());
      expect((await liveThresholds()).sort()).toEqual(thresholds(rules).sort());
    });
  });
});

describe("what nobody complains of, and only the rules refuse", () => {
  test("keepalived forgets the mask of a group", async () => {
    const persistence = { timeoutSeconds: 300, prefixLength: 24 };
    const group = kind("", { additionalVips: [], persistence });
    expect(problemsOf(group, KEEPALIVED)).toHaveLength(1);
    const models = services([group], KEEPALIVED);
    await underKeepalived(models, async () => {
      expect(await table(lb1)).toEqual(told(ipvsadmRules(models).replace(" -M 255.255.255.0", "")));
    });
  });

  /** Where the kernel sends a connection to a port of the VIP. */
  async function destination(service: Kind, port: number): Promise<string | undefined> {
    await restore(ipvsadmRules(services([service], IPVSADM)));
    const { vip } = service.settings;
    // Nobody answers.
    await lb1.run(`ip address add ${vip} dev lo; timeout 0.5 bash -c '</dev/tcp/${vip}/${port}'; true`);
    const connections = lines(await lb1.run("ipvsadm --list -n --connection"));
    return connections.find((line) => line.includes(` ${vip}:${port} `))?.split(/ +/)[5];
  }

  test("with persistence the kernel leaves the client's port, whatever the real server's is", async () => {
    const persistence = { timeoutSeconds: 300 };
    const all = kind("", { allPorts: true, persistence }, [{ ...nat, port: 8080 }]);
    expect(problemsOf(all, IPVSADM)).toHaveLength(1);
    expect(await destination(all, 99)).toBe("10.0.0.21:99");
    const one = kind("", { port: 99, persistence }, [{ ...nat, port: 8080 }]);
    expect(problemsOf(one, IPVSADM)).toEqual([]);
    expect(await destination(one, 99)).toBe("10.0.0.21:8080");
  });

  test("ipvsadm puts the service's port in place of another one", async () => {
    const other = kind("", {}, [{ port: 81 }, { ...tunneled(), port: 82 }]);
    expect(problemsOf(other, IPVSADM)).toHaveLength(2);
    const rules = ipvsadmRules(services([other], IPVSADM));
    await restore(rules);
    expect(await table(lb1)).toEqual(lines(rules.replace(":81", ":80").replace(":82", ":80")));
  });
});
