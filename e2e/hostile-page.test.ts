import { mkdtemp, readFile, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { expect, startRelayProcess, stopProcess, test } from "./support.ts"

// A page of somebody else, in a browser that is paired, on another port of this computer: it may try all it knows.

test.use({ serviceWorkers: "allow" })

/** Stands in what the owner has; a page that read it read something. */
const MARK = "only-the-owner-knows"

test("a page of another origin on this computer reads nothing of the relay and changes nothing, by whatever means", async ({
  page,
}) => {
  const home = await mkdtemp(join(tmpdir(), "candlewright-hostile-"))
  const relay = await startRelayProcess(join(home, "data"))
  const owner = await ownerOf(join(home, "data"))
  await owner("POST", "accounts", { name: MARK, venue: "practice", mode: "paper" })
  await expect.poll(() => relay.output()).toContain("#pair=")
  await page.goto(/http:\/\/localhost:\d+\/#pair=[\w-]+/.exec(relay.output())![0])
  await expect(page.getByRole("list", { name: "Paired browsers" })).toBeVisible()
  const before = await everything(owner)

  const hostile = await hostileServer()
  const port = (hostile.address() as AddressInfo).port
  // What the attempts are worth: at a server that forbids nothing they gain much.
  await page.goto(`http://localhost:${port}`)
  const own = await attempts(page, `http://localhost:${port}`)
  for (const name of ["fetch / cors", "JSON to /api/kill", "form to /api/kill", "a script", "a frame of /", "a window"])
    expect(own[name], name).not.toBe("nothing")
  for (const origin of [`http://localhost:${port}`, `http://127.0.0.1:${port}`]) {
    await page.goto(origin)
    const gained = await attempts(page, relay.url)
    expect(Object.keys(gained).length).toBeGreaterThan(25)
    expect(Object.entries(gained).filter(([, got]) => got !== "nothing")).toEqual([])
    expect(await everything(owner)).toEqual(before)
  }
  hostile.close()
  await stopProcess(relay.process)
  await rm(home, { recursive: true, force: true })
})

type Owner = (method: string, path: string, body?: object) => Promise<string>

/** Asks as the owner's command line does. */
async function ownerOf(dataDirectory: string): Promise<Owner> {
  const { port, token } = JSON.parse(await readFile(join(dataDirectory, "relay.json"), "utf8")) as {
    port: number
    token: string
  }
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  return async (method, path, body) => {
    const answer = await fetch(`http://localhost:${port}/api/${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return (await answer.text()).replace(/"lastSeenMs":\d+/g, "")
  }
}

function everything(owner: Owner): Promise<string[]> {
  return Promise.all(["accounts", "bots", "devices", "tokens", "kill", "audit"].map((path) => owner("GET", path)))
}

/** Serves an empty page under the laxest rules there are. */
async function hostileServer(): Promise<Server> {
  const server = createServer((_, answer) =>
    answer
      .writeHead(200, { "content-type": "text/html", "cross-origin-opener-policy": "unsafe-none" })
      .end(`<body>${MARK}`),
  )
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return server
}

/** What each attempt gained: "nothing" or what it was. */
function attempts(page: Page, relay: string): Promise<Record<string, string>> {
  return page.evaluate(
    async ({ relay, mark }) => {
      const gained: Record<string, string> = {}
      const attempt = async (
        name: string,
        act: () => string | undefined | void | Promise<string | undefined | void>,
      ) => {
        try {
          gained[name] = (await act()) ?? "nothing"
        } catch {
          gained[name] = "nothing"
        }
      }
      const body = '{"name":"evil","scope":"admin"}'
      const read = async (path: string, how: RequestInit) => {
        const answer = await fetch(`${relay}${path}`, how)
        return answer.type === "opaque" ? undefined : `${answer.status} ${await answer.text()}`
      }
      /** Settles when the element says that it has loaded, or that it has not. */
      const loads = (element: HTMLElement) =>
        new Promise<boolean>((resolve) => {
          element.addEventListener("load", () => resolve(true))
          element.addEventListener("error", () => resolve(false))
          document.body.append(element)
        })
      const made = <Name extends keyof HTMLElementTagNameMap>(name: Name, set: object) =>
        Object.assign(document.createElement(name), set)

      const reads = ["/", "/api/health", "/api/accounts", "/api/openapi.json", "/api/md/venues"]
      for (const path of reads)
        for (const mode of ["cors", "no-cors"] as const)
          await attempt(`fetch ${path} ${mode}`, () => read(path, { mode, credentials: "include" }))
      const writes = ["/api/kill", "/api/tokens", "/api/pairing-links", "/api/pair"]
      for (const path of writes) {
        await attempt(`text to ${path}`, () =>
          read(path, { method: "POST", mode: "no-cors", credentials: "include", body }),
        )
        await attempt(`JSON to ${path}`, () =>
          read(path, { method: "POST", headers: { "content-type": "application/json" }, body }),
        )
        await attempt(`blob to ${path}`, () =>
          read(path, { method: "POST", mode: "no-cors", body: new Blob([body], { type: "application/json" }) }),
        )
        await attempt(`beacon to ${path}`, () => void navigator.sendBeacon(`${relay}${path}`, body))
        await attempt(`form to ${path}`, async () => {
          const frame = made("iframe", { name: `frame${path}` })
          document.body.append(frame)
          const form = made("form", { action: relay + path, method: "post", enctype: "text/plain", target: frame.name })
          form.append(made("input", { name: '{"name":"evil","scope":"admin","x":"', value: '"}' }))
          document.body.append(form)
          const answered = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }))
          form.submit()
          await answered
          return frame.contentDocument?.body.textContent || undefined
        })
      }
      await attempt("DELETE", () => read("/api/kill", { method: "DELETE" }))
      await attempt("a token", () => read("/api/accounts", { headers: { authorization: "Bearer cw_x" } }))
      await attempt("an image", async () =>
        (await loads(made("img", { src: `${relay}/icons/candle.svg` }))) ? "an image" : undefined,
      )
      await attempt("a script", async () =>
        (await loads(made("script", { src: `${relay}/sw.js` }))) ? "a script" : undefined,
      )
      await attempt("a module", () => import(`${relay}/sw.js`).then(() => "a module"))
      await attempt("a style", async () =>
        (await loads(made("link", { rel: "stylesheet", href: `${relay}/api/docs` }))) ? "a style" : undefined,
      )
      for (const path of ["/", "/settings", "/api/docs", "/api/accounts"])
        await attempt(`a frame of ${path}`, async () => {
          const frame = made("iframe", { src: `${relay}${path}` })
          await loads(frame)
          const inside = frame.contentDocument?.body.textContent ?? ""
          return inside.includes(mark) || frame.contentWindow!.length > 0 ? inside : undefined
        })
      const socket = (path: string) =>
        new Promise<string | undefined>((resolve) => {
          const opened = new WebSocket(relay.replace("http", "ws") + path)
          opened.addEventListener("open", () => resolve("an open socket"))
          opened.addEventListener("error", () => resolve(undefined))
        })
      for (const path of ["/api/events", "/api/md/practice/stream", "/api/md/practice/stream/ws/btcusdt@trade", "/"])
        await attempt(`a socket to ${path}`, () => socket(path))
      for (const withCredentials of [true, false])
        await attempt(
          `events, credentials ${withCredentials}`,
          () =>
            new Promise<string | undefined>((resolve) => {
              const events = new EventSource(`${relay}/api/events`, { withCredentials })
              events.addEventListener("open", () => resolve("open events"))
              events.addEventListener("error", () => {
                events.close()
                resolve(undefined)
              })
            }),
        )
      await attempt("a service worker", () => navigator.serviceWorker.register(`${relay}/sw.js`).then(() => "a worker"))
      await attempt("a worker", () => void new Worker(`${relay}/sw.js`))
      await attempt("a shared worker", () => void new SharedWorker(`${relay}/sw.js`))
      await attempt("a window", async () => {
        const heard: unknown[] = []
        addEventListener("message", (event) => heard.push(event.data))
        const opened = open(`${relay}/settings`)!
        // By its own policy the opened page is cut off from us.
        for (let turn = 0; turn < 200 && !opened.closed; turn++) {
          opened.postMessage({ type: "pair", name: "evil" }, "*")
          await new Promise((resolve) => setTimeout(resolve, 25))
        }
        if (!opened.closed) return "a window that stays in reach"
        return heard.length > 0 ? JSON.stringify(heard) : undefined
      })
      return gained
    },
    { relay, mark: MARK },
  )
}
