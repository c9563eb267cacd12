import fc from "fast-check";
import { Ipv4Address, Ipv4Cidr } from "../../lib/core/ipv4";

const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const anyBlock = fc
  .tuple(uint32, fc.integer({ min: 0, max: 32 }))
  .map(([value, length]) => `${Ipv4Address.fromNumber(value - (value % 2 ** (32 - length))).toString()}/${length}`)
  .map((text) => Ipv4Cidr.parse(text));

const nearBlock = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
  .map(([low, length]) => Ipv4Cidr.parse(`10.0.0.${low - (low % 2 ** (32 - length))}/${length}`));
const someBlock = fc.oneof(anyBlock, nearBlock);

describe("an address", () => {
  it.each([
    ["0.0.0.0", 0],
    ["10.0.1.10", 0x0a00010a],
    ["127.255.255.255", 0x7fffffff],
    ["128.0.0.0", 0x80000000],
    ["255.255.255.255", 0xffffffff],
  ])("reads %s", (text, value) => {
    const address = Ipv4Address.parse(text);

    expect(address.value).toBe(value);
    expect(address.toString()).toBe(text);
    expect(JSON.stringify([address])).toBe(JSON.stringify([text]));
  });

  const example = 'use one such as "10.0.1.10"';
  it.each<[unknown, string, string]>([
    ["", '""', example],
    ["10.0.0", '"10.0.0"', example],
    ["10.0.0.0.0", '"10.0.0.0.0"', example],
    ["256.0.0.1", '"256.0.0.1"', example],
    ["10.0.0.256", '"10.0.0.256"', example],
    ["10.0.0.-1", '"10.0.0.-1"', example],
    ["10.0.0.01", '"10.0.0.01"', example],
    ["010.0.0.1", '"010.0.0.1"', example],
    ["0x0a.0.0.1", '"0x0a.0.0.1"', example],
    ["167772161", '"167772161"', example],
    ["10.0.0.1e0", '"10.0.0.1e0"', example],
    ["1٠.0.0.1", '"1٠.0.0.1"', example],
    ["::1", '"::1"', example],
    [" 10.0.0.1", '" 10.0.0.1"', 'use "10.0.0.1"'],
    ["10.0.0.1\n", '"10.0.0.1\\n"', 'use "10.0.0.1"'],
    ["10.0.0.1/32", '"10.0.0.1/32"', 'use "10.0.0.1"'],
    [167772161, "167772161", example],
    [undefined, "undefined", example],
    [null, "null", example],
    [["10.0.0.1"], '["10.0.0.1"]', example],
    [{ toString: () => "10.0.0.1" }, '{"toString":"a function"}', example],
  ])("refuses %j", (text, shown, fix) => {
    const rule = "must be an IPv4 address of four decimal numbers from 0 to 255";

    expect(() => Ipv4Address.parse(text as string, "privateIp")).toThrow(
      new Error(`privateIp: ${rule}, got ${shown}; ${fix}`),
    );
  });

  it("is called address in an error where no prop is named", () => {
    expect(() => Ipv4Address.parse("x")).toThrow(/^address: /);
  });

  it.each([-1, 0x100000000, 0.5, NaN, "1" as unknown as number])("is not made of the number %s", (value) => {
    expect(() => Ipv4Address.fromNumber(value)).toThrow(
      new Error(
        `value: must be a whole number from 0 to 4294967295, got ${typeof value === "string" ? '"1"' : value}; ` +
          "use a number of that range",
      ),
    );
  });

  it("comes back from its text and from its number", () => {
    fc.assert(
      fc.property(uint32, uint32, (value, other) => {
        const address = Ipv4Address.fromNumber(value);
        expect(Ipv4Address.parse(address.toString())).toEqual(address);
        expect(address.equals(Ipv4Address.parse(address.toString()))).toBe(true);
        expect(address.equals(Ipv4Address.fromNumber(other))).toBe(value === other);
      }),
    );
  });
});

describe("a block", () => {
  it.each([
    ["0.0.0.0/0", 0, 0xffffffff, 2 ** 32],
    ["128.0.0.0/1", 0x80000000, 0xffffffff, 2 ** 31],
    ["10.0.3.0/24", 0x0a000300, 0x0a0003ff, 256],
    ["255.255.255.254/31", 0xfffffffe, 0xffffffff, 2],
    ["255.255.255.255/32", 0xffffffff, 0xffffffff, 1],
  ])("reads %s", (text, first, last, size) => {
    const cidr = Ipv4Cidr.parse(text);

    expect([cidr.first, cidr.last, cidr.size]).toEqual([first, last, size]);
    expect(cidr.network.value).toBe(first);
    expect(cidr.toString()).toBe(text);
    expect(JSON.stringify([cidr])).toBe(JSON.stringify([text]));
  });

  const example = 'use one such as "10.0.1.0/24"';
  const block = "must be an IPv4 block of addresses";
  const prefix = "must have a prefix length from 0 to 32";
  it.each<[unknown, string, string]>([
    ["10.0.3.1/24", "host bits must be zero", 'use "10.0.3.0/24"'],
    ["10.0.3.0/22", "host bits must be zero", 'use "10.0.0.0/22"'],
    ["0.0.0.1/0", "host bits must be zero", 'use "0.0.0.0/0"'],
    ["255.255.255.255/31", "host bits must be zero", 'use "255.255.255.254/31"'],
    ["10.0.3.1", "must have a prefix length", 'use "10.0.3.1/32"'],
    ["10.0.3.0/33", prefix, example],
    ["10.0.3.0/-1", prefix, example],
    ["10.0.3.0/024", prefix, example],
    ["10.0.3.0/", prefix, example],
    ["10.0.3.0/2e1", prefix, example],
    ["10.0.3.0/255.255.255.0", prefix, example],
    ["10.0.3.0/24 ", prefix, 'use "10.0.3.0/24"'],
    ["10.0.3.0/24\n", prefix, 'use "10.0.3.0/24"'],
    [" 10.0.3.7/24", block, 'use "10.0.3.0/24"'],
    ["10.0.3.0/24/24", block, example],
    ["10.0.3/24", block, example],
    ["010.0.3.0/24", block, example],
    ["10.0.256.0/24", block, example],
    ["::/0", block, example],
    ["", block, example],
    ["/24", block, example],
    [24, block, example],
    [undefined, block, example],
    [null, block, example],
    [["10.0.3.0/24"], block, example],
  ])("refuses %j", (text, rule, fix) => {
    const shown = text === undefined ? "undefined" : JSON.stringify(text);

    expect(() => Ipv4Cidr.parse(text as string, "source")).toThrow(new Error(`source: ${rule}, got ${shown}; ${fix}`));
  });

  it("is called cidr in an error where no prop is named", () => {
    expect(() => Ipv4Cidr.parse("x")).toThrow(/^cidr: /);
  });

  it("of one address holds that address only", () => {
    const host = Ipv4Cidr.host(Ipv4Address.parse("10.0.0.1"));

    expect(host).toEqual(Ipv4Cidr.parse("10.0.0.1/32"));
    expect(["10.0.0.0", "10.0.0.1", "10.0.0.2"].map((text) => host.contains(Ipv4Address.parse(text)))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it.each([
    ["10.0.0.15/32", "10.0.0.0/28", true],
    ["10.0.0.0/32", "10.0.0.0/28", true],
    ["10.0.0.7/32", "10.0.0.7/32", true],
    ["10.0.0.16/32", "10.0.0.0/28", false],
    ["9.255.255.255/32", "10.0.0.0/28", false],
    ["10.0.0.0/29", "10.0.0.8/29", false],
  ])("%s overlaps %s or not, at the edges", (one, other, expected) => {
    const [a, b] = [Ipv4Cidr.parse(one), Ipv4Cidr.parse(other)];

    expect([a.overlaps(b), b.overlaps(a)]).toEqual([expected, expected]);
  });

  it("comes back from its text", () => {
    fc.assert(fc.property(someBlock, (cidr) => expect(Ipv4Cidr.parse(cidr.toString())).toEqual(cidr)));
  });

  it("contains, covers and overlaps as its first and last address say", () => {
    fc.assert(
      fc.property(someBlock, someBlock, uint32, (a, b, value) => {
        const lies = (n: number) => n >= a.first && n <= a.last;
        expect(a.contains(Ipv4Address.fromNumber(value))).toBe(lies(value));
        expect(a.covers(b)).toBe(lies(b.first) && lies(b.last));
        expect(a.overlaps(b)).toBe(a.covers(b) || b.covers(a));
        expect(a.equals(b)).toBe(a.covers(b) && b.covers(a));
        expect(a.size).toBe(a.last - a.first + 1);
      }),
    );
  });
});
