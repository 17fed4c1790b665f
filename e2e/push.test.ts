import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromiumArguments, findWholeChromium } from "../scripts/chromium.ts"
import { expect, keptForOffline, startRelayProcess, stopProcess, test } from "./support.ts"

// A Chromium without windows shows no notifications.
test.use({
  serviceWorkers: "allow",
  permissions: ["notifications"],
  launchOptions: { executablePath: findWholeChromium(), args: chromiumArguments },
})

test("what the relay sends is shown while no tab is open; what cannot be read is shown too, and no browser's push service is a sentence", async ({
  page,
}) => {
  const home = await mkdtemp(join(tmpdir(), "candlewright-push-"))
  const relay = await startRelayProcess(join(home, "data"))
  await expect.poll(() => relay.output()).toContain("#pair=")
  await page.goto(/http:\/\/localhost:\d+\/#pair=[\w-]+/.exec(relay.output())![0])
  await expect(page.getByText("THIS BROWSER", { exact: true })).toBeVisible()
  await keptForOffline(page)

  const form = page.getByRole("form", { name: "A new place for notices" })
  await form.getByLabel("By", { exact: true }).selectOption("push")
  await form.getByLabel("Name", { exact: true }).fill("desk")
  await form.getByRole("button", { name: "Add" }).click()
  await expect(page.getByRole("region", { name: "Notifications" })).toContainText(
    /This browser's push service cannot be used \(.+\)\..*Nothing was changed; Telegram or a webhook work everywhere\./,
  )

  const worker = await page.context().newCDPSession(page)
  // The browser lists those of other stories too.
  const registered = new Promise<string>((resolve) =>
    worker.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => new URL(scopeURL).origin === relay.url)
      if (own) resolve(own.registrationId)
    }),
  )
  await worker.send("ServiceWorker.enable")
  const registrationId = await registered
  const deliver = (data: string) =>
    worker.send("ServiceWorker.deliverPushMessage", { origin: relay.url, registrationId, data })
  const shown = () =>
    page.evaluate(async () => {
      const notices = await (await navigator.serviceWorker.ready).getNotifications()
      return notices.map(({ title, body }) => `${title}: ${body}`).toSorted()
    })
  await deliver(JSON.stringify({ id: "a", kind: "problem", words: "Dip: Halted: the price is wrong.", atMs: 1 }))
  await expect.poll(shown).toEqual(["A bot needs you: Dip: Halted: the price is wrong."])
  await deliver("not ours")
  await expect.poll(async () => (await shown()).length).toBe(2)
  expect((await shown())[1]).toContain("this version cannot read")

  await stopProcess(relay.process)
  await rm(home, { recursive: true, force: true })
})
