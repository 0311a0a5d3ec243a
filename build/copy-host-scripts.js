// The shell files that the library reads at run time go beside the compiled code.
const { cpSync } = require("node:fs");

for (const folder of ["provisioners/host", "provisioners/terraform"]) {
  cpSync(`src/${folder}`, `lib/${folder}`, { recursive: true, filter: (path) => !path.endsWith(".ts") });
}
