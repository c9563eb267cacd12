// Makes the entries of the built package load each construct on its first use: importing `cdktf-nat/alicloud` then costs
// hardly more than importing cdktf, whatever else the entry offers. Part of `npm run build`; running it twice is harmless.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");

for (const entry of ["alicloud/index.js", "aws/index.js", "opentelekomcloud/index.js"]) {
  const file = join(dist, entry);
  const eager = readFileSync(file, "utf8");
  // The getters of the exports stay as the compiler wrote them: Node.js finds the names for ESM importers by them.
  const lazy = eager.replace(/^(?:var|const) (\w+) = require\("(\.[^"]+)"\);$/gm, (_, module, path) => {
    const names = [...eager.matchAll(new RegExp(`return ${module}\\.(\\w+);`, "g"))].map((match) => match[1]);
    const getters = names.map((name) => `get ${name}() { return require("${path}").${name}; }`);
    return `const ${module} = { ${getters.join(", ")} };`;
  });
  if (/= require\(/.test(lazy)) throw new Error(`lazy-index: ${entry} holds a require that it does not know`);
  if (lazy !== eager) writeFileSync(file, lazy);
}
