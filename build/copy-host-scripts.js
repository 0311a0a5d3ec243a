// The shell files that the library reads at run time go beside the compiled code that reads them.
const { cpSync } = require("node:fs");

for (const folder of ["provisioners/host", "provisioners/terraform", "cdktn/provisioners/terraform"]) {
  const from = `src/${folder.replace("cdktn/", "")}`;
  cpSync(from, `lib/${folder}`, { recursive: true, filter: (path) => !path.endsWith(".ts") });
}
