import { contains, formatAddress, overlaps, parseAddress, parseBlock } from "../support/simulator/engine/ipv4";

test.each(["10.0.0.256", "10.0.0", "10.0.0.1.2", "010.0.0.1", "10.0.0.-1", "a.b.c.d", ""])(
  "takes %j for no address",
  (text) => {
    expect(parseAddress(text)).toBeUndefined();
  },
);

test("reads and writes an address", () => {
  expect(formatAddress(parseAddress("203.0.113.7")!)).toBe("203.0.113.7");
});

test.each(["10.0.0.1/24", "10.0.0.0/33", "10.0.0.0", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/a"])(
  "takes %j for no block",
  (text) => {
    expect(parseBlock(text)).toBeUndefined();
  },
);

test("knows what a block holds", () => {
  const vpc = parseBlock("10.0.0.0/16")!;
  expect(contains(vpc, parseBlock("10.0.255.0/24")!)).toBe(true);
  expect(contains(vpc, parseBlock("10.1.0.0/24")!)).toBe(false);
  expect(overlaps(parseBlock("10.0.0.0/8")!, vpc)).toBe(true);
  expect(overlaps(parseBlock("10.1.0.0/16")!, vpc)).toBe(false);
});
