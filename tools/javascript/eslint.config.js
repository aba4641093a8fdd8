// Lint of the boards' scripts: faults, and what would let foreign text become markup.
const TYPES = ["CustomEvent", "Element", "Event", "HTMLElement", "KeyboardEvent", "MouseEvent", "Node"];
const BROWSER = ["clearTimeout", "document", "queueMicrotask", "setTimeout", "window", ...TYPES];

export default [
  {
    files: ["**/*.js"],
    languageOptions: {
      ecmaVersion: 2023,
      sourceType: "module",
      globals: Object.fromEntries(BROWSER.map((name) => [name, "readonly"])),
    },
    rules: {
      "consistent-return": "off",
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      "no-shadow": "error",
      "no-undef": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
          property,
          message: "Text from an API is set as text, never as HTML.",
        })),
      ],
    },
  },
];
