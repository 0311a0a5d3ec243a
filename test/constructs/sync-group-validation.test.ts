import { Testing } from "cdktf";
import { SyncGroup } from "../../src";
import { newStack } from "../support/stacks";
import { instance, pair, refused } from "../support/vrrp-stacks";

describe("sync groups", () => {
  test("without instances, with one, and with one twice", () => {
    const lines = refused((stack) => {
      const lb = pair(stack, "lb", "10.0.0");
      new SyncGroup(stack, "none", { instances: [] });
      new SyncGroup(stack, "one", { instances: [lb] });
      new SyncGroup(stack, "twice", { instances: [lb, lb] });
    });
    expect(lines).toEqual([
      "[stack/none] instances: must hold at least two VRRP instances, got none",
      "[stack/one] instances: must hold at least two VRRP instances, got 1",
      "[stack/twice] instances[1]: must be listed once, got 'lb' again; it is instances[0] already",
      "[stack/twice] instances[0]: must be in one sync group, got 'lb' again; 'one' has it already",
      "[stack/twice] instances[1]: must be in one sync group, got 'lb' again; 'one' has it already",
    ]);
  });

  test("of two pairs", () => {
    const lines = refused((stack) => {
      const instances = [pair(stack, "one", "10.0.0"), pair(stack, "two", "10.0.1")];
      new SyncGroup(stack, "together", { instances });
    });
    expect(lines).toEqual([
      "[stack/together] instances[1]: must be an instance of 'stack/one', got 'stack/two' of 'stack/two'",
    ]);
  });

  test("of instances that are at home on different directors", () => {
    const lines = refused((stack) => {
      const lb = pair(stack, "lb", "10.0.0");
      new SyncGroup(stack, "together", {
        instances: [lb, instance(stack, "api", { pair: lb, preferred: "secondary" })],
      });
    });
    expect(lines).toEqual([
      "[stack/together] instances[1].preferred: must be primary like that of 'lb', got secondary; instances of a sync group fail over as one",
    ]);
  });

  test("are checked without validation too", () => {
    const stack = newStack();
    const lb = pair(stack, "lb", "10.0.0");
    new SyncGroup(stack, "one", { instances: [lb] });
    expect(() => Testing.synth(stack)).toThrow("instances: must hold at least two VRRP instances, got 1");
  });
});
