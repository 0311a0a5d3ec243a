const base = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  // Examples import the package by its name, as users do.
  moduleNameMapper: {
    "^cdktf-lvs$": "<rootDir>/src/index.ts",
    "^cdktf-lvs/testing$": "<rootDir>/src/testing/index.ts",
  },
};

module.exports = {
  projects: [
    {
      ...base,
      displayName: "fast",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/test/lab/"],
    },
    { ...base, displayName: "lab", testMatch: ["<rootDir>/test/lab/**/*.test.ts"] },
  ],
};
