import { TableOwner } from "../../src/model/table-owner";
import { keepalivedConf } from "../../src/render/keepalived-conf";
import { keepalivedVerdict } from "../support/keepalived";
import { KINDS, problemsOf, serviceOf, type Kind } from "../support/kinds";
import { directorConfig } from "../support/models";
import { CLEAN, describeWithOracles } from "../support/oracles";

const kinds = Object.values(KINDS)
  .flat()
  .map((kind): [string, Kind] => [kind.title, kind]);

function verdictOn(...services: Kind[]): ReturnType<typeof keepalivedVerdict> {
  const models = services.map((kind) => serviceOf(kind, TableOwner.KEEPALIVED));
  return keepalivedVerdict(keepalivedConf(directorConfig({ services: models })));
}

test.each(kinds)("the rules have nothing against %s", (_title, kind) => {
  expect(Object.values(TableOwner).flatMap((owner) => problemsOf(kind, owner))).toEqual([]);
});

describeWithOracles("keepalived -t", ["keepalived", "network namespaces (needs root)"], () => {
  test.each(kinds)("takes %s in silence", (_title, kind) => {
    expect(verdictOn(kind)).toEqual(CLEAN);
  });

  test("takes all of them on one director in silence", () => {
    expect(verdictOn(...kinds.map(([, kind]) => kind))).toEqual(CLEAN);
  });
});
