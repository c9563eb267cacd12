/** @type {import("jest").Config} */
const common = {
  testEnvironment: "node",
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, sourceMaps: "inline" }],
  },
  moduleNameMapper: {
    "^cdktf-nat$": "<rootDir>/lib/index.ts",
    "^cdktf-nat/(.*)$": "<rootDir>/lib/$1",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.cache/", "<rootDir>/cdktf.out/"],
};

/** @type {import("jest").Config} */
module.exports = {
  testSequencer: "<rootDir>/test/support/long-first.cjs",
  projects: [
    {
      ...common,
      displayName: "library",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: [
        "/node_modules/",
        "<rootDir>/test/terraform/",
        "<rootDir>/test/lab/",
        "<rootDir>/test/vm/",
      ],
    },
    { ...common, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
    { ...common, displayName: "vm", testMatch: ["<rootDir>/test/vm/**/*.test.ts"] },
    { ...common, displayName: "terraform", testMatch: ["<rootDir>/test/terraform/**/*.test.ts"] },
  ],
};
