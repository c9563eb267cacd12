import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changing, reading } from "../support/simulator/engine/api-action";
import { Cloud, type ApiCall } from "../support/simulator/engine/cloud";
import { Table, UUIDS } from "../support/simulator/engine/table";
import { isExpected, retry } from "../support/simulator/engine/waiting";

const dir = mkdtempSync(join(tmpdir(), "cloud-test-"));
const logFile = join(dir, "calls.jsonl");
let deaths = 0;

afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Disk {
  Name: string;
  Status: string;
}
const disks = new Table<Disk>("Disk", "d-", "InvalidDiskId.NotFound");

const createDisk = changing(
  "CreateDisk",
  (cloud, { Name }: { Name: string }) => {
    const id = disks.insert(cloud, { Name, Status: "Creating" });
    disks.change(cloud, id, {}, { seconds: 5, attributes: { Status: "Available" } });
    return id;
  },
  { code: "OperationConflict", key: (_cloud, { Name }) => Name },
);
const describeDisk = reading("DescribeDisk", (cloud, { DiskId }: { DiskId: string }) => disks.get(cloud, DiskId));

function newCloud(name: string, seed = 1): Cloud {
  const die = (): void => {
    deaths += 1;
  };
  return new Cloud({ stateFile: join(dir, name), logFile, timeScale: 1000, seed, limits: {}, die });
}

function calls(): ApiCall[] {
  const lines = readFileSync(logFile, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as ApiCall);
}

test("is the same after the process died", async () => {
  const id = await newCloud("same").call(createDisk, { Name: "a" });
  const again = newCloud("same");
  expect(disks.get(again, id).Name).toBe("a");
  expect(await again.call(createDisk, { Name: "b" })).not.toBe(id);
});

test("gives the same ids for the same seed", async () => {
  const [first, same, other] = await Promise.all(
    [1, 1, 2].map((seed, index) => newCloud(`seed-${index}`, seed).call(createDisk, { Name: "a" })),
  );
  expect(first).toBe(same);
  expect(first).not.toBe(other);
});

test("changes a state after its time", async () => {
  const cloud = newCloud("states");
  const id = await cloud.call(createDisk, { Name: "a" });
  expect(disks.get(cloud, id).Status).toBe("Creating");
  await cloud.sleep(6);
  expect((await cloud.call(describeDisk, { DiskId: id })).Status).toBe("Available");
});

test("refuses one of two conflicting calls at a time", async () => {
  const cloud = newCloud("conflict");
  const results = await Promise.allSettled(["a", "a", "b"].map((Name) => cloud.call(createDisk, { Name })));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(calls().at(-2)?.error ?? calls().at(-1)?.error ?? calls().at(-3)?.error).toBe("OperationConflict");
});

test("fails the k-th changing call, before or after it acted", async () => {
  const cloud = newCloud("faults");
  cloud.faults.inject({ form: "fails-before", call: 2 });
  const id = await cloud.call(createDisk, { Name: "a" });
  await cloud.call(describeDisk, { DiskId: id });
  await expect(cloud.call(createDisk, { Name: "b" })).rejects.toMatchObject({ code: "SimulatedFault" });
  expect(disks.list(cloud).map(({ Name }) => Name)).toEqual(["a"]);

  cloud.faults.inject({ form: "answer-lost", code: "Throttling" });
  await expect(cloud.call(createDisk, { Name: "c" })).rejects.toMatchObject({ code: "Throttling" });
  expect(disks.list(cloud).map(({ Name }) => Name)).toEqual(["a", "c"]);
  expect(calls().at(-1)).toMatchObject({ action: "CreateDisk", fault: "answer-lost", error: "Throttling" });
  await cloud.call(createDisk, { Name: "d" });
  expect(cloud.faults.left).toBe(0);
});

test("does not count a call that the cloud refuses", async () => {
  const cloud = newCloud("refused");
  cloud.faults.inject({ form: "fails-before", call: 2 });
  const results = await Promise.allSettled(["a", "a"].map((Name) => cloud.call(createDisk, { Name })));
  expect(results).toMatchObject([{ status: "fulfilled" }, { reason: { code: "OperationConflict" } }]);
  expect(cloud.faults.left).toBe(1);
  await expect(cloud.call(createDisk, { Name: "b" })).rejects.toMatchObject({ code: "SimulatedFault" });
  expect(disks.list(cloud).map(({ Name }) => Name)).toEqual(["a"]);
});

test("counts reading calls when asked to, or one action only", async () => {
  const cloud = newCloud("counts");
  const id = await cloud.call(createDisk, { Name: "a" });
  cloud.faults.inject({ form: "fails-before", counts: "all" });
  await expect(cloud.call(describeDisk, { DiskId: id })).rejects.toMatchObject({ code: "SimulatedFault" });
  cloud.faults.inject({ form: "fails-before", counts: "all", action: "DescribeDisk" });
  await cloud.call(createDisk, { Name: "b" });
  await expect(cloud.call(describeDisk, { DiskId: id })).rejects.toMatchObject({ code: "SimulatedFault" });
});

test("dies before or after a call, and answers nothing from then on", async () => {
  for (const [form, left] of [
    ["dies-before", []],
    ["dies-after", ["a"]],
  ] as const) {
    const before = deaths;
    const cloud = newCloud(form);
    cloud.faults.inject({ form });
    void cloud.call(createDisk, { Name: "a" });
    const late = cloud.call(createDisk, { Name: "b" });
    const silence = new Promise((resolve) => setTimeout(() => resolve("silence"), 50));
    await expect(Promise.race([late, silence])).resolves.toBe("silence");
    expect(deaths).toBe(before + 1);
    expect(disks.list(newCloud(form)).map(({ Name }) => Name)).toEqual(left);
  }
});

test("retries expected refusals until the time is up", async () => {
  const cloud = newCloud("retry");
  let tries = 0;
  const attempt = async (): Promise<unknown> => {
    tries += 1;
    return await cloud.call(describeDisk, { DiskId: "d-none" });
  };
  const codes = ["InvalidDiskId"];
  await expect(retry(cloud, { timeoutSeconds: 20, codes }, attempt)).rejects.toMatchObject({
    code: "InvalidDiskId.NotFound",
  });
  // After 3 s, and then every 5 s.
  expect(tries).toBe(5);
  tries = 0;
  await expect(retry(cloud, { timeoutSeconds: 20, codes: ["Other"] }, attempt)).rejects.toThrow("does not exist");
  expect(tries).toBe(1);
});

test("takes a code for its sub-codes, and the other way round", async () => {
  const cloud = newCloud("codes");
  const error: unknown = await cloud.call(describeDisk, { DiskId: "d-none" }).catch((thrown: unknown) => thrown);
  expect(isExpected(error, ["InvalidDiskId"])).toBe(true);
  expect(isExpected(error, ["InvalidDiskId.NotFound.Really"])).toBe(true);
  expect(isExpected(error, ["NotThis"])).toBe(false);
});

test("gives UUIDs as ids, the same for the same seed", () => {
  const volumes = new Table<Disk>("Volume", UUIDS, "VolumeNotFound");
  const ids = [newCloud("uuids-a"), newCloud("uuids-b"), newCloud("uuids-c", 2)].map((cloud) => {
    return volumes.insert(cloud, { Name: "one", Status: "Available" });
  });
  expect(ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});
