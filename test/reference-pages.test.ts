import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./support/markdown";
import { REFERENCE_PAGES, RENEW } from "./support/reference-pages";

jest.setTimeout(60_000);

test.each(Object.entries(REFERENCE_PAGES))("%s is as the source has it", (path, page) => {
  const written = readFileSync(join(ROOT, path), "utf8").split("\n");
  const wanted = page().split("\n");
  const lost = wanted.filter((line) => !written.includes(line));
  const stale = written.filter((line) => !wanted.includes(line));
  expect({ renewWith: RENEW, lost, stale }).toEqual({ renewWith: RENEW, lost: [], stale: [] });
  expect(written).toEqual(wanted);
});
