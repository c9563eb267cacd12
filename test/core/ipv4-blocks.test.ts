import fc from "fast-check";
import { Ipv4Cidr } from "../../lib/core/ipv4";
import { Ipv4Blocks } from "../../lib/core/ipv4-blocks";

const blocks = (...texts: string[]) => new Ipv4Blocks(texts.map((text) => Ipv4Cidr.parse(text)));
const covers = (of: Ipv4Blocks, ...texts: string[]) => texts.map((text) => of.covers(Ipv4Cidr.parse(text)));

it("cover what lies in one of them, both edges and one past each", () => {
  const two = blocks("10.2.0.0/16", "10.0.0.0/16");

  expect(covers(two, "10.0.0.0/32", "10.0.255.255/32", "10.2.0.0/16", "10.2.255.254/31")).toEqual(Array(4).fill(true));
  expect(covers(two, "9.255.255.255/32", "10.1.0.0/32", "10.1.255.255/32", "10.3.0.0/32", "10.0.0.0/15")).toEqual(
    Array(5).fill(false),
  );
});

it("cover a block that neighbours make up together", () => {
  expect(covers(blocks("10.0.128.0/17", "10.0.0.0/17"), "10.0.0.0/16")).toEqual([true]);
});

it("cover everything where there are none, because then nobody knows", () => {
  expect(covers(blocks(), "0.0.0.0/0")).toEqual([true]);
});

it("are shown as they were given", () => {
  expect(blocks("10.2.0.0/16", "10.0.0.0/16").toString()).toBe("10.2.0.0/16, 10.0.0.0/16");
});

it("are shown in part where they are more than eight", () => {
  const texts = Array.from({ length: 10 }, (_, n) => `10.${n}.0.0/16`);

  expect(blocks(...texts.slice(0, 8)).toString()).toBe(texts.slice(0, 8).join(", "));
  expect(blocks(...texts).toString()).toBe(`${texts.slice(0, 8).join(", ")} and 2 more`);
});

it("cover exactly the blocks whose every address is in one of them", () => {
  const block = fc
    .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 27, max: 32 }))
    .map(([low, length]) => Ipv4Cidr.parse(`255.255.255.${224 + low - (low % 2 ** (32 - length))}/${length}`));
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), block, (given, asked) => {
      const addresses = Array.from({ length: asked.size }, (_, n) => asked.first + n);
      const expected = addresses.every((n) => given.some(({ first, last }) => first <= n && n <= last));
      expect(new Ipv4Blocks(given).covers(asked)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});
