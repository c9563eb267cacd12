import { TerraformStack, Testing } from "cdktf";
import fc from "fast-check";
import { References } from "../../lib/cdktf/references";
import { escapeTemplate, packUserData } from "../../lib/cdktf/user-data";
import { Deferred, isDeferred } from "../../lib/core/deferred";
import { NatTable } from "../../lib/core/nat-table";
import { resolved } from "../support/stacks";

describe("escapeTemplate", () => {
  it.each([
    ["plain $HOME 100% { }", "plain $HOME 100% { }"],
    ["${a}", "$${a}"],
    ["%{a}", "%%{a}"],
    ["$${a} %%{b} $%{c}", "$$${a} %%%{b} $%%{c}"],
  ])("writes %j as %j", (literal, template) => {
    expect(escapeTemplate(literal)).toBe(template);
  });
});

describe("packUserData", () => {
  it("makes one local value, packed and hashed by Terraform", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const { gzipBase64, sha256 } = packUserData(stack, "Text", () => 'a "quote"\n');
    expect(resolved(stack, [gzipBase64, sha256])).toEqual(["${base64gzip(local.Text)}", "${sha256(local.Text)}"]);
    expect((JSON.parse(Testing.synth(stack)) as { locals: unknown }).locals).toEqual({ Text: 'a "quote"\n' });
  });
});

describe("References", () => {
  const reference = "${alicloud_instance.web.private_ip}";

  it("puts references back, and escapes what only looks like one", () => {
    const references = new References();
    const marked = String(references.mark(Deferred.of(reference)));
    expect(references.template(`ip ${marked}; ${reference}; echo \${X}`)).toBe(
      `ip ${reference}; $${reference}; echo $\${X}`,
    );
  });

  it("leave a known value alone, and give one mark to one reference", () => {
    const references = new References();
    expect(references.mark("10.0.0.1")).toBe("10.0.0.1");
    expect(references.mark(Deferred.of(reference))).toBe(references.mark(Deferred.of(reference)));
    expect(references.mark(Deferred.of("${var.other}"))).not.toBe(references.mark(Deferred.of(reference)));
  });

  it("mark the tokens of a text", () => {
    const references = new References();
    const text = "a ${TfToken[TOKEN.12]} b ${X}";
    expect(references.markTokens(text)).not.toContain("TfToken");
    expect(references.template(references.markTokens(text))).toBe("a ${TfToken[TOKEN.12]} b $${X}");
    expect(references.unmark(references.markTokens(text))).toBe(text);
  });

  it("stand for fifteen characters each where the size is taken", () => {
    const references = new References();
    const marked = [reference, "${var.b}"].map((text) => String(references.mark(Deferred.of(text))));
    const [first, second] = references.sample(marked.join(" ")).split(" ");
    expect([first?.length, second?.length]).toEqual([15, 15]);
    expect(first).not.toBe(second);
  });

  it("mark every deferred value of a table", () => {
    const deferred = (name: string) => Deferred.of(`\${var.${name}}`);
    const table = NatTable.of({
      snat: [{ source: deferred("source"), addresses: [{ publicIp: deferred("eip"), privateIp: deferred("nic") }] }],
      dnat: [
        {
          ...{ address: { publicIp: "203.0.113.8", privateIp: "10.0.0.8" }, protocol: "tcp", publicPort: 443 },
          ...{ privateIp: deferred("backend"), allowFrom: [deferred("from"), "198.51.100.0/24"] },
        },
      ],
    });
    const references = new References();
    const marked = references.markTable(table);
    const values = [
      ...marked.snat.flatMap(({ source, addresses }) => [
        source.cidr,
        ...addresses.flatMap(({ ip, privateIp }) => [ip, privateIp]),
      ]),
      ...marked.dnat.flatMap(({ privateIp, allowFrom }) => [privateIp, ...allowFrom]),
    ];
    expect(values.filter(isDeferred).map((value) => references.unmark(value.text))).toEqual(
      ["source", "eip", "nic", "backend", "from"].map((name) => `\${var.${name}}`),
    );
    expect(JSON.stringify(values)).not.toContain("var.");
  });

  it("give any text back as it was", () => {
    const parts = fc.array(fc.constantFrom("$", "%", "{", "}", "a", "\n", "\\", '"', "cdktf-nat.x", "~"));
    fc.assert(
      fc.property(parts, (texts) => {
        const literal = texts.join("");
        const references = new References();
        // What Terraform makes of a template without references.
        const read = references.template(literal).replace(/([$%])\1\{/g, "$1{");
        expect(read).toBe(literal);
      }),
    );
  });
});
