import { randomInt } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { decode, encode, ExtData } from "@msgpack/msgpack";
import type { DynamicValue } from "./protocol";

/** The one resource type of the null provider. Values that are not known yet stay what they are: an {@link ExtData}. */
interface NullResource {
  readonly id: unknown;
  readonly triggers: unknown;
}

const UNKNOWN = new ExtData(0, Uint8Array.of(0));

function packed(value: NullResource | null): DynamicValue {
  return { msgpack: encode(value) };
}

function unpacked({ msgpack }: DynamicValue): NullResource | null {
  return decode(msgpack) as NullResource | null;
}

function attribute(name: string, type: unknown, kind: { optional: true } | { computed: true }): object {
  return { name, type: Buffer.from(JSON.stringify(type)), ...kind };
}

const ATTRIBUTES = [
  attribute("id", "string", { computed: true }),
  attribute("triggers", ["map", "string"], { optional: true }),
];

/** What happens to a null_resource: nothing, but at the right time. By the names of the protocol's calls. */
export const nullProvider = {
  getSchema: () => ({
    provider: { block: {} },
    resources: { null_resource: { block: { attributes: ATTRIBUTES } } },
    capabilities: { planDestroy: true },
  }),

  prepareProviderConfig: ({ config }: { readonly config: DynamicValue }) => ({ config }),

  validateResourceTypeConfig: () => ({}),

  configure: () => ({}),

  upgradeResourceState: ({ rawState }: { readonly rawState: { readonly json: Uint8Array } }) => ({
    upgradedState: packed(JSON.parse(Buffer.from(rawState.json).toString()) as NullResource),
  }),

  readResource: ({ currentState }: { readonly currentState: DynamicValue }) => ({ newState: currentState }),

  planResourceChange(request: { readonly priorState: DynamicValue; readonly proposedNewState: DynamicValue }): object {
    const prior = unpacked(request.priorState);
    const proposed = unpacked(request.proposedNewState);
    if (proposed === null) return { plannedState: packed(null) };
    if (prior === null) return { plannedState: packed({ ...proposed, id: UNKNOWN }) };
    const changed = !isDeepStrictEqual(prior.triggers, proposed.triggers);
    return {
      plannedState: packed(proposed),
      requiresReplace: changed ? [{ steps: [{ attributeName: "triggers" }] }] : [],
    };
  },

  applyResourceChange(request: { readonly plannedState: DynamicValue }): object {
    const planned = unpacked(request.plannedState);
    const id = planned?.id instanceof ExtData ? String(randomInt(2 ** 47)) : planned?.id;
    return { newState: packed(planned && { ...planned, id }) };
  },

  stop: () => ({}),
};
