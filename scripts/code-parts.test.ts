import { expect, test } from "vitest"
import { codePartsOf } from "./code-parts.ts"

test("what code needs is the compiler first, then the editor, and nothing that is installed or useless offline", () => {
  expect(
    codePartsOf([
      "index.html",
      "assets/ccxt-binance-CR8p8khp.js",
      "assets/monaco-editor-Cl3a-Dk6.js",
      "assets/monaco-editor-BU6bvlvv.css",
      "assets/codicon-DF1abBS2.ttf",
      "assets/ts.worker-CVbFdYz4.js",
      "assets/tsMode-CiNwg_2B.js",
      "assets/code-tab-C58nvhUs.js",
      "assets/json-tab-BaEnS86s.js",
      "assets/core-sources-nDPmy8As.json",
      "assets/asc-worker-BwVdjMs9.js",
      "assets/asc-DYLpO9Jb.js",
    ]),
  ).toEqual([
    "/assets/core-sources-nDPmy8As.json",
    "/assets/asc-worker-BwVdjMs9.js",
    "/assets/asc-DYLpO9Jb.js",
    "/assets/monaco-editor-Cl3a-Dk6.js",
    "/assets/monaco-editor-BU6bvlvv.css",
    "/assets/codicon-DF1abBS2.ttf",
    "/assets/ts.worker-CVbFdYz4.js",
  ])
})
