import { Deferred } from "../../src/model/deferred";
import { hashingProblems, Scheduler, schedulerFlags, schedulerModule } from "../../src/model/scheduler";
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

const { SH, MH } = Scheduler;
const hashing = { fallback: true, port: true };

test.each([
  ["none of sh", SH, undefined, []],
  ["an empty wish", SH, {}, []],
  ["what is switched off", SH, { fallback: false, port: false }, []],
  ["fallback of sh", SH, { fallback: true }, ["sh-fallback"]],
  ["port of sh", SH, { port: true, fallback: false }, ["sh-port"]],
  ["both of sh, as ipvsadm-save orders them", SH, { port: true, fallback: true }, ["sh-fallback", "sh-port"]],
  ["fallback of mh", MH, { fallback: true }, ["mh-fallback"]],
  ["port of mh", MH, { port: true }, ["mh-port"]],
  ["both of mh", MH, hashing, ["mh-fallback", "mh-port"]],
  ["any of a scheduler that has none", Scheduler.DH, hashing, []],
])("the flags for %s", (_title, scheduler, settings, flags) => {
  expect(schedulerFlags(scheduler, settings)).toEqual(flags);
});

test.each([
  ["sh", SH, hashing],
  ["mh", MH, hashing],
  ["mh without a wish", MH, {}],
  ["no hashing for the default scheduler", undefined, undefined],
])("accepts %s", (_title, scheduler, settings) => {
  expect(hashingProblems("hashing", settings, scheduler)).toEqual([]);
});

test.each([
  ["the default scheduler", undefined, "'wlc'"],
  ...Object.values(Scheduler)
    .filter((scheduler) => scheduler !== SH && scheduler !== MH)
    .map((scheduler): [string, Scheduler, string] => [scheduler, scheduler, `'${scheduler}'`]),
  ["a token", new Deferred("${x}") as never, "a value known only at apply"],
])("refuses hashing for %s", (_title, scheduler, got) => {
  const message = `needs scheduler sh or mh, got ${got}; no other hashes clients`;
  expect(hashingProblems("hashing", {}, scheduler)).toEqual([{ path: "hashing", message }]);
});
