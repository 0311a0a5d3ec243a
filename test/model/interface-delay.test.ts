import { Deferred } from "../../src/model/deferred";
import { takeoverDelayProblems } from "../../src/model/interface-delay";
import type { InstanceDefinition } from "../../src/model/vrrp-instance";

function instance(settings: Partial<InstanceDefinition["settings"]> = {}): InstanceDefinition {
  return { name: "lb", settings: { interface: "eth0", virtualRouterId: 51, ...settings }, directors: [], vips: [] };
}

test.each([
  ["a delay below two adverts", { downSeconds: 1.999 }, {}],
  ["no delay", { downSeconds: 0, upSeconds: 0 }, { downTimerAdverts: 1 }],
  ["a delay below more adverts", { downSeconds: 9 }, { downTimerAdverts: 5, advertIntervalSeconds: 2.5 }],
  ["any delay of another interface", { downSeconds: 255 }, { interface: "eth1" }],
  ["a delay known only at apply", { downSeconds: new Deferred("${x}") }, {}],
])("accepts %s", (_title, delay, settings) => {
  expect(takeoverDelayProblems("interfaceDelays[0]", { interface: "eth0", ...delay }, [instance(settings)])).toEqual(
    [],
  );
});

test("refuses delays that outlast the patience of the others", () => {
  const delay = { interface: "eth0", downSeconds: 2, upSeconds: 3 };
  const late = "another director would take over before";
  expect(takeoverDelayProblems("interfaceDelays[0]", delay, [instance()])).toEqual([
    {
      path: "interfaceDelays[0].downSeconds",
      message: `must be below 2 seconds, 2 adverts of 'lb', got 2; ${late}`,
    },
    { path: "interfaceDelays[0].upSeconds", message: `must be below 2 seconds, 2 adverts of 'lb', got 3; ${late}` },
  ]);
});

test("refuses any delay where no advert may be missed", () => {
  const delay = { interface: "eth0", downSeconds: 0.001 };
  expect(takeoverDelayProblems("interfaceDelays[0]", delay, [instance({ downTimerAdverts: 1 })])).toHaveLength(1);
});
