import { expect, test } from "vitest"
import { workerPolicyOf } from "./worker-policy.ts"

const connectionsOf = (path: string, to?: string) => /connect-src ([^;]*)/.exec(workerPolicyOf(path, to) ?? "")?.[1]
const server = "/assets/server-model-worker-B8_h-N.js"

test("a worker that asks a model server reaches that server and no other", () => {
  expect(connectionsOf(server, "https://api.openai.com/v1")).toBe("https://api.openai.com")
  expect(connectionsOf(server, "http://localhost:11434/v1")).toBe("http://localhost:11434")
  expect(connectionsOf(server, "http://192.168.1.7:1234")).toBe("http://192.168.1.7:1234")
})

test("an address that is nobody's we know, or none at all, reaches nothing", () => {
  for (const to of [
    undefined,
    "",
    "https://evil.example",
    "https://api.openai.com.evil.example",
    "https://api.openai.com@evil.example",
    "javascript:alert(1)",
    "data:text/plain,x",
    "https://api.openai.com; script-src *",
    "* https://evil.example",
    "http://localhost:11434 https://evil.example",
  ])
    expect(["'none'", "https://api.openai.com"], String(to)).toContain(connectionsOf(server, to))
  expect(connectionsOf(server, "https://api.openai.com@evil.example")).toBe("'none'")
})

test("blobs run in the worker of llama.cpp alone, and only a worker's own file has its policy", () => {
  expect(workerPolicyOf("/assets/wllama-worker-Zz9.js", undefined)).toContain("worker-src 'self' blob:")
  expect(workerPolicyOf("/assets/asc-worker-Zz9.js", undefined)).not.toContain("blob:")
  for (const path of [
    "/wllama-worker-Zz9.js",
    "/assets/x/wllama-worker-Zz9.js",
    "/assets/backtest-worker-Zz9.js",
    "/chat",
  ])
    expect(workerPolicyOf(path, "https://api.openai.com"), path).toBeUndefined()
})
