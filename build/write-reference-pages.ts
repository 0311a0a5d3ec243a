// Writes the pages that are made from the source: npm run reference
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../test/support/markdown";
import { REFERENCE_PAGES } from "../test/support/reference-pages";

for (const [path, page] of Object.entries(REFERENCE_PAGES)) writeFileSync(join(ROOT, path), page());
