// Lets Node.js load TypeScript as CommonJS. What it compiles is kept in .cache, for a simulator starts often and must
// start quickly.
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { pid } = require("node:process");
const { version } = require("@swc/core/package.json");

const CACHE = join(module.path, "../../../.cache/simulator");
const OPTIONS = {
  jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  module: { type: "commonjs" },
  sourceMaps: "inline",
  swcrc: false,
};

require.extensions[".ts"] = (module, filename) => {
  const source = readFileSync(filename, "utf8");
  const key = createHash("sha256").update(JSON.stringify([version, OPTIONS, filename, source]));
  const compiled = join(CACHE, `${key.digest("hex").slice(0, 32)}.js`);
  if (!existsSync(compiled)) compile(source, filename, compiled);
  module._compile(readFileSync(compiled, "utf8"), filename);
};

function compile(source, filename, compiled) {
  const { transformSync } = require("@swc/core");
  mkdirSync(CACHE, { recursive: true });
  // In one step: others may be compiling the same.
  const unfinished = `${compiled}.${pid}`;
  writeFileSync(unfinished, transformSync(source, { ...OPTIONS, filename }).code);
  renameSync(unfinished, compiled);
}
