import { Scheduler, schedulerModule } from "../../src/model/scheduler";
import { virtualServiceProblems } from "../../src/model/virtual-service-settings";

const modules = [
  [Scheduler.RR, "ip_vs_rr"],
  [Scheduler.WRR, "ip_vs_wrr"],
  [Scheduler.LC, "ip_vs_lc"],
  [Scheduler.WLC, "ip_vs_wlc"],
  [Scheduler.LBLC, "ip_vs_lblc"],
  [Scheduler.LBLCR, "ip_vs_lblcr"],
  [Scheduler.DH, "ip_vs_dh"],
  [Scheduler.SH, "ip_vs_sh"],
  [Scheduler.MH, "ip_vs_mh"],
  [Scheduler.SED, "ip_vs_sed"],
  [Scheduler.NQ, "ip_vs_nq"],
  [Scheduler.FO, "ip_vs_fo"],
  [Scheduler.OVF, "ip_vs_ovf"],
  [Scheduler.TWOS, "ip_vs_twos"],
] as const;

test.each(modules)("scheduler %s lives in module %s", (scheduler, module) => {
  expect(schedulerModule(scheduler)).toBe(module);
});

test("the modules above are those of all schedulers, in the order that messages list them", () => {
  expect(Object.values(Scheduler)).toEqual(modules.map(([scheduler]) => scheduler));
});

test.each(Object.values(Scheduler))("a virtual service accepts scheduler %s", (scheduler) => {
  expect(virtualServiceProblems({ vip: "192.0.2.1", port: 80, scheduler })).toEqual([]);
});
