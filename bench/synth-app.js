// Synthesizes an app of a cloud with N of what makes it large, with the library or with the raw bindings:
// node synth-app.js alicloud entries library 1000
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { App, TerraformStack } = require("cdktf");

const [cloud, what, kind, count] = process.argv.slice(2);
const clouds = { alicloud: () => require("./synth-alicloud"), aws: () => require("./synth-aws") };

const outdir = mkdtempSync(join(tmpdir(), "cdktf-nat-bench-"));
process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
const app = new App({ outdir });
clouds[cloud]()[what][kind](new TerraformStack(app, "bench"), Number(count));
app.synth();
