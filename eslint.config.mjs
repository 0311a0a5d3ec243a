import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["lib/", "api/html/", ".api-*/", "cdktf.out/", "coverage/", ".lab/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-control-regex": "error",
      // Numbers in messages and file texts print as they should.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `() => doThis()` is read as easily as `() => { doThis(); }`.
      "@typescript-eslint/no-confusing-void-expression": "off",
      // A closed list with one word in it is still a list; so is a condition on it.
      "@typescript-eslint/no-unnecessary-condition": "off",
    },
  },
  {
    // Its own tsconfig.json looks for the package in its own node_modules.
    files: ["examples/platform-repo/**/*.ts"],
    languageOptions: { parserOptions: { projectService: false, project: "tsconfig.json" } },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "@typescript-eslint/explicit-member-accessibility": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // What callers in plain JavaScript could pass.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  { files: ["**/*.{js,mjs}"], extends: [tseslint.configs.recommended] },
  // CommonJS.
  { files: ["**/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
