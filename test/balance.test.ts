import { chooseMove, type HostShare } from "../lab/balance";

/** Hosts of a lab, each with its processor and how much of it it used. */
function hosts(...shares: readonly (readonly [processor: number, share: number])[]): HostShare[] {
  return shares.map(([processor, share], index) => ({ pid: index + 1, processor, share }));
}

function busy(...shares: readonly number[]): ReadonlyMap<number, number> {
  return new Map(shares.entries());
}

test.each<[string, ReturnType<typeof busy>, HostShare[], ReturnType<typeof chooseMove>]>([
  ["the one that works most goes", busy(1, 0.2), hosts([0, 0.3], [0, 0.5], [1, 0.1]), { pid: 2, to: 1 }],
  ["there are two free processors", busy(0.1, 0.95, 0.4), hosts([1, 0.5], [1, 0.4]), { pid: 1, to: 0 }],
  ["nobody waits", busy(0.8, 0.1), hosts([0, 0.4], [0, 0.4]), undefined],
  ["no processor has time", busy(1, 0.7), hosts([0, 0.5], [0, 0.5]), undefined],
  ["one host has a processor to itself", busy(1, 0), hosts([0, 0.95], [0, 0.02]), undefined],
  ["others than the lab keep a processor busy", busy(1, 0), hosts([0, 0.05], [1, 0]), undefined],
])("hosts of a lab that wait for their processor: %s", (_title, processors, shares, move) => {
  expect(chooseMove(processors, shares)).toEqual(move);
});
