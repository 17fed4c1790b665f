import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { CDPSession, Page } from "@playwright/test"
import { announcedRelay } from "../relay/store/running-relay.ts"
import { objections } from "./axe.ts"
import { expect, startRelayProcess, stopProcess, test } from "./support.ts"

for (const width of [360, 1280])
  test(`somebody who is invited to look makes a passkey, sees what is shown, and cannot trade, at ${width} px`, async ({
    page,
    browser,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    const home = await mkdtemp(join(tmpdir(), "candlewright-people-"))
    const relay = await startRelayProcess(join(home, "data"))
    const link = () => /http:\S+#pair=[\w-]+/.exec(relay.output())?.[0]
    await expect.poll(link).toBeDefined()
    for (const name of ["Savings", "Private"]) await addAccount(join(home, "data"), relay.url, name)
    await page.goto(link()!)
    const invitation = await invite(page)

    const context = { viewport: { width, height: 800 } }
    const theirs = await (await browser.newContext(context)).newPage()
    const device = await deviceOf(theirs)
    await theirs.goto(invitation)
    await expect(theirs.getByRole("list", { name: "Paired browsers" }).getByText("THIS BROWSER")).toBeVisible()
    await expect(theirs.getByRole("region", { name: "People" })).toHaveCount(0)
    await theirs.getByLabel("What you call the passkey").fill("My phone")
    await theirs.getByRole("button", { name: "Make a passkey" }).click()
    await expect(theirs.getByRole("list", { name: "Passkeys" })).toContainText("My phone")
    expect(await objections(theirs)).toEqual([])
    await looksAndCannotTrade(theirs, relay.url)

    // Another browser of hers has no pairing, only the passkey.
    const another = await (await browser.newContext(context)).newPage()
    await carry(device, await deviceOf(another))
    await another.goto(`${relay.url}/settings`)
    await another.getByRole("button", { name: "Sign in with a passkey" }).click()
    await expect(another.getByRole("list", { name: "Paired browsers" })).toContainText("forgotten")
    await another.goto(`${relay.url}/accounts`)
    await expect(another.getByRole("list", { name: "Accounts" })).toContainText("Savings")
    await another.context().close()

    await page.reload()
    const people = page.getByRole("list", { name: "People" })
    await page.getByRole("button", { name: "End Zoë" }).click()
    await expect(people).not.toContainText("Zoë")
    await page.getByRole("button", { name: "Undo" }).click()
    await expect(people).toContainText("Zoë")
    await page.getByLabel("Zoë is").selectOption("trader")
    await theirs.goto(`${relay.url}/accounts`)
    await expect(theirs.getByRole("button", { name: "Add an account" })).toBeVisible()
    await theirs.context().close()
    await stopProcess(relay.process)
    await rm(home, { recursive: true, force: true })
  })

/** Adds an account of made-up money as the owner's own programs do. */
async function addAccount(data: string, url: string, name: string): Promise<void> {
  const { token } = (await announcedRelay(data))!
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  const body = JSON.stringify({ name, venue: "practice", mode: "paper" })
  expect((await fetch(`${url}/api/accounts`, { method: "POST", headers, body })).status).toBe(201)
}

/** Invites somebody to look at one account; their link. */
async function invite(page: Page): Promise<string> {
  const section = page.getByRole("region", { name: "People" })
  await section.getByLabel("Their name").fill("Zoë")
  await section.getByLabel("They see your accounts").selectOption("Savings")
  await section.getByRole("button", { name: "Make a link" }).click()
  await expect(section.getByRole("list", { name: "Invitations" })).toContainText("Zoë")
  expect(await objections(page)).toEqual([])
  return section.getByLabel("Their link").inputValue()
}

async function looksAndCannotTrade(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/accounts`)
  const accounts = page.getByRole("list", { name: "Accounts" })
  await expect(accounts.getByRole("listitem")).toHaveCount(1)
  await expect(page.getByRole("button", { name: "Add an account" })).toHaveCount(0)
  await accounts.getByRole("link", { name: "Savings" }).click()
  await expect(page.getByText(/You are here to look/)).toBeVisible()
  await expect(page.getByRole("link", { name: "Run a bot on it" })).toHaveCount(0)
  await expect(page.getByRole("button", { name: "Remove this account" })).toHaveCount(0)
  expect(await objections(page)).toEqual([])
  await page.goto(`${url}/bots`)
  await expect(page.getByRole("heading", { name: "Bots", level: 1 })).toBeVisible()
  await expect(page.getByRole("link", { name: "New bot" })).toHaveCount(0)
  await page.getByRole("button", { name: "Stop everything" }).first().click()
  const dialog = page.getByRole("dialog", { name: "Stop everything?" })
  await expect(dialog).toContainText("You are here to look")
  await expect(dialog.getByRole("button", { name: "Stop everything" })).toBeDisabled()
  await page.goto(`${url}/settings`)
}

type Device = { cdp: CDPSession; authenticatorId: string }

/** A phone that verifies its person, as far as the browser can tell. */
async function deviceOf(page: Page): Promise<Device> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send("WebAuthn.enable")
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { cdp, authenticatorId }
}

/** A passkey that is kept in step between two devices of one person. */
async function carry(from: Device, to: Device): Promise<void> {
  const { credentials } = await from.cdp.send("WebAuthn.getCredentials", { authenticatorId: from.authenticatorId })
  for (const credential of credentials)
    await to.cdp.send("WebAuthn.addCredential", { authenticatorId: to.authenticatorId, credential })
}
