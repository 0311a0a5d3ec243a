import type { ServiceDefinition } from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";

/** A value of Terraform: packed by name, so that an attribute is there even when it is null. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

type Descriptor = Parameters<typeof fromJSON>[0];
type Fields = Readonly<Record<string, readonly [type: string, id: number]>>;

/** A message; fields that nobody here reads or writes are left out, which the wire format allows. */
function message(fields: Fields, repeated: readonly string[] = []): Descriptor {
  const entries = Object.entries(fields).map(([name, [type, id]]): [string, object] => {
    const [, value] = /^map (.+)$/.exec(type) ?? [];
    if (value !== undefined) return [name, { keyType: "string", type: value, id }];
    return [name, { type, id, ...(repeated.includes(name) && { rule: "repeated" }) }];
  });
  return { fields: Object.fromEntries(entries) } as Descriptor;
}

const TERRAFORM: Readonly<Record<string, Descriptor>> = {
  Nothing: message({}),
  DynamicValue: message({ msgpack: ["bytes", 1] }),
  RawState: message({ json: ["bytes", 1] }),
  Attribute: message({ name: ["string", 1], type: ["bytes", 2], optional: ["bool", 5], computed: ["bool", 6] }),
  Block: message({ attributes: ["Attribute", 2] }, ["attributes"]),
  Schema: message({ version: ["int64", 1], block: ["Block", 2] }),
  Capabilities: message({ planDestroy: ["bool", 1] }),
  Schemas: message({ provider: ["Schema", 1], resources: ["map Schema", 2], capabilities: ["Capabilities", 6] }),
  Step: message({ attributeName: ["string", 1] }),
  AttributePath: message({ steps: ["Step", 1] }, ["steps"]),
  ProviderConfig: message({ config: ["DynamicValue", 1] }),
  StoredState: message({ rawState: ["RawState", 3] }),
  UpgradedState: message({ upgradedState: ["DynamicValue", 1] }),
  CurrentState: message({ currentState: ["DynamicValue", 2] }),
  NewState: message({ newState: ["DynamicValue", 1] }),
  Change: message({ priorState: ["DynamicValue", 2], proposedNewState: ["DynamicValue", 3] }),
  PlannedChange: message({ plannedState: ["DynamicValue", 1], requiresReplace: ["AttributePath", 2] }, [
    "requiresReplace",
  ]),
  ApplicableChange: message({ priorState: ["DynamicValue", 2], plannedState: ["DynamicValue", 3] }),
};

function service(methods: Readonly<Record<string, readonly [request: string, response: string]>>): Descriptor {
  const entries = Object.entries(methods).map(([name, [requestType, responseType]]): [string, object] => [
    name,
    { requestType, responseType },
  ]);
  return { methods: Object.fromEntries(entries) } as Descriptor;
}

const definitions = fromJSON(
  {
    nested: {
      tfplugin5: {
        nested: {
          ...TERRAFORM,
          Provider: service({
            GetSchema: ["Nothing", "Schemas"],
            PrepareProviderConfig: ["ProviderConfig", "ProviderConfig"],
            ValidateResourceTypeConfig: ["Nothing", "Nothing"],
            UpgradeResourceState: ["StoredState", "UpgradedState"],
            Configure: ["Nothing", "Nothing"],
            ReadResource: ["CurrentState", "NewState"],
            PlanResourceChange: ["Change", "PlannedChange"],
            ApplyResourceChange: ["ApplicableChange", "NewState"],
            Stop: ["Nothing", "Nothing"],
          }),
        },
      },
      plugin: { nested: { Nothing: message({}), GRPCController: service({ Shutdown: ["Nothing", "Nothing"] }) } },
    },
  },
  // A message that is not there is not the same as an empty one.
  { defaults: false },
);

/** What Terraform asks of a provider, in version 5 of its protocol: the part that a resource needs. */
export const PROVIDER = definitions["tfplugin5.Provider"] as ServiceDefinition;

/** How Terraform ends a plugin. */
export const CONTROLLER = definitions["plugin.GRPCController"] as ServiceDefinition;
