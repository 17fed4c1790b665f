import { expect, test } from "vitest"
import { bugReporter } from "./bug-report.ts"
import { withoutSecrets } from "./redaction.ts"

const canary = "CanarySecret0x7Qx7Qx7Qx7Qx7Q"
const bytes = Buffer.from(canary)
const writings: Record<string, string> = {
  plain: canary,
  reversed: Array.from(canary).toReversed().join(""),
  base64: bytes.toString("base64"),
  base64url: bytes.toString("base64url"),
  hex: bytes.toString("hex"),
  percent: [...bytes].map((byte) => `%${byte.toString(16)}`).join(""),
  numbers: JSON.stringify([...bytes]),
  dump: `<Buffer ${[...bytes].map((byte) => byte.toString(16)).join(" ")}>`,
}

test.each(Object.entries(writings))("a secret written as %s is hidden in what is printed of a bug", (_, written) => {
  const printed: string[] = []
  const report = bugReporter({ print: (text) => printed.push(text) })
  const around = [
    `binance GET https://api.binance.com/api/v3/account?timestamp=1&signature=${written} 401`,
    `{"apiKey":"${written}","secret":"${written}"}`,
    `Authorization: Bearer ${written}`,
    `-----BEGIN EC PRIVATE KEY-----\n${written}\n-----END EC PRIVATE KEY-----`,
    `key=${written}`,
  ]
  for (const message of around) report(new Error(message))
  expect(printed).toHaveLength(around.length)
  for (const text of printed) expect(text).not.toContain(written)
  expect(printed[0]).toContain("https://api.binance.com/api/v3/account")
})

test("a short secret behind a question mark or a credential's name is hidden too", () => {
  expect(withoutSecrets("GET https://x.example/a/b?k=1 failed")).toBe("GET https://x.example/a/b?(hidden) failed")
  expect(withoutSecrets("with Bearer cw_1")).toBe("with Bearer (hidden)")
})

test("a stack trace stays as it is", () => {
  const stack = new Error("Cannot read properties of undefined (reading 'close')").stack!
  expect(withoutSecrets(stack).split("\n").slice(0, 2)).toEqual(stack.split("\n").slice(0, 2))
  expect(withoutSecrets("at processTicksAndRejections (node:internal/process/task_queues:95:5)")).toContain(
    "task_queues:95:5",
  )
})
