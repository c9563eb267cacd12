import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What a machine boots from. */
export interface Image {
  readonly root: string;
  readonly kernel: string;
  readonly initrd: string;
}

const SCRIPT = join(__dirname, "build-image.sh");
const CACHE = join(__dirname, "..", "..", ".cache", "vm");

/** Builds the image, or takes the one that was built of the same before. */
export async function buildImage(): Promise<Image> {
  const folder = join(CACHE, key());
  const image = {
    root: join(folder, "root.img"),
    kernel: join(folder, "vmlinuz"),
    initrd: join(folder, "initrd"),
  };
  mkdirSync(folder, { recursive: true });
  if (!existsSync(image.root)) {
    // Another run may be building the same. What is mounted in the machine's folders is nobody else's to see, such as
    // those who look for files in all folders at the same time.
    const alone = [folder, "unshare", "--mount", "--propagation", "private"];
    await run("flock", [...alone, "sh", "-c", `[ -e "$2" ] || exec sh "$0" "$1"`, SCRIPT, folder, image.root]);
    for (const other of readdirSync(CACHE).filter((name) => join(CACHE, name) !== folder)) {
      rmSync(join(CACHE, other), { recursive: true, force: true });
    }
  }
  return image;
}

/** Of all that the image is made from. */
function key(): string {
  const hash = createHash("sha256").update(readFileSync(SCRIPT));
  const files = join(__dirname, "image");
  for (const name of readdirSync(files).sort()) {
    hash.update(`\0${name}\0`).update(readFileSync(join(files, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function run(program: string, args: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error("the image of the machine is not built")),
    );
  });
}
