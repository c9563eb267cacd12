import { parse } from "yaml";
import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";

const FILE = { path: "/etc/a b", content: "line: 1\n\ttab ${x} \n# end\n", permissions: "0644" };
const UNIT = { path: "/etc/systemd/system/cdktf-nat.service", content: "[Unit]\n", permissions: "0644" };
const OTHER = { path: "/etc/systemd/system/cdktf-nat-interfaces.service", content: "[Unit]\n", permissions: "0644" };
const DROP_IN = { path: "/etc/systemd/system/nftables.service.d/a.conf", content: "[Service]\n", permissions: "0644" };

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

describe("renderCloudConfig", () => {
  it("writes the files and enables the units, NAT itself first, each failure the last", () => {
    const text = renderCloudConfig([FILE, OTHER, UNIT, DROP_IN]);
    expect(text.startsWith("#cloud-config\n")).toBe(true);
    expect(parse(text)).toEqual({
      write_files: [FILE, OTHER, UNIT, DROP_IN],
      runcmd: [
        "systemctl daemon-reload || exit 1",
        "systemctl enable --now cdktf-nat.service || exit 1",
        "systemctl enable --now cdktf-nat-interfaces.service || exit 1",
      ],
    });
  });

  it("leaves out lists that would be empty, which cloud-init refuses", () => {
    expect(parse(renderCloudConfig([]))).toEqual({});
  });

  it("does not break lines, so that no deferred value is cut", () => {
    const content = `${"x ".repeat(200)}\${a.b}\n`;
    expect(renderCloudConfig([{ ...FILE, content }])).toContain(content.trimEnd());
  });

  it("adds a further part that goes behind", () => {
    const extra = "#cloud-config\nruncmd:\n  - [touch, /run/x]\n";
    const files = renderHost(NatTable.of({ snat: [{ source: "10.0.1.0/24" }] }));
    expect(renderCloudConfig(files, extra)).toBe(
      [
        'Content-Type: multipart/mixed; boundary="==cdktf-nat=="',
        "MIME-Version: 1.0",
        "",
        "--==cdktf-nat==",
        'Content-Type: text/cloud-config; charset="utf-8"',
        "MIME-Version: 1.0",
        'Content-Disposition: attachment; filename="nat.cfg"',
        "",
        renderCloudConfig(files),
        "--==cdktf-nat==",
        'Content-Type: text/cloud-config; charset="utf-8"',
        "MIME-Version: 1.0",
        'Content-Disposition: attachment; filename="extra.cfg"',
        "Merge-Type: list(append)+dict(no_replace,recurse_list)+str()",
        "",
        extra,
        "--==cdktf-nat==--",
        "",
      ].join("\n"),
    );
  });

  const FIX = 'begin it with "#cloud-config" on a line of its own, and then a YAML mapping';
  it.each([
    ["a script", "#!/bin/sh\n", `extraUserData: must be a cloud-config, got "#!/bin/sh\\n"; ${FIX}`],
    ["nothing", "#cloud-config\n", `extraUserData: must be a cloud-config, got "#cloud-config\\n"; ${FIX}`],
    ["a list", "#cloud-config\n- a\n", `extraUserData: must be a cloud-config, got "#cloud-config\\n- a\\n"; ${FIX}`],
    [
      "what is no YAML",
      "#cloud-config\na: [\n",
      'extraUserData: must be YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 3, column 1:, got "#cloud-config\\na: [\\n"; correct it',
    ],
    [
      "the line between the parts",
      "#cloud-config\na: --==cdktf-nat==\n",
      'extraUserData: must not hold the line that divides the parts, got "--==cdktf-nat=="; leave it out',
    ],
  ])("refuses %s as a further part", (_name, extra, message) => {
    expect(messageOf(() => renderCloudConfig([], extra))).toBe(message);
  });
});
