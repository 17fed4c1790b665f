import { createRoute, z } from "@hono/zod-openapi"
import type { Context } from "hono"
import { changeOf } from "../audit/audited-state.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import type { KillSwitch } from "../guard/kill-switch.ts"
import { Refusal } from "../door/refusal.ts"
import { actorOf, given, nothing, resource } from "./resource.ts"

const state = z.object({
  isOn: z.boolean(),
  /** False where the log of changes could not be written; the switch is on all the same. */
  isLogged: z.boolean().optional(),
})

const routes = {
  show: createRoute({
    method: "get",
    path: "/",
    summary: "Whether the kill switch is on",
    responses: { 200: given("whether it is", state) },
  }),
  turnOn: createRoute({
    method: "post",
    path: "/",
    summary:
      "Turn the kill switch on: nothing that adds risk leaves any more, on any account, and buys that wait are cancelled",
    responses: { 200: given("it is on", state) },
  }),
  release: createRoute({
    method: "delete",
    path: "/",
    summary: "Release the kill switch",
    responses: { 204: nothing },
  }),
}

/** The switch as the log has it. */
const on = { subject: "kill switch", state: { isOn: true } }

type KillDeps = { killSwitch: KillSwitch; audit: AuditLog; onBug(error: unknown): void }

/** The kill switch. It is a file in the data directory: whoever makes it, it counts at once. */
export function killRoutes(deps: KillDeps) {
  const { killSwitch, audit } = deps
  /** Without the log, the switch must still turn on. */
  const log = async (c: Context) => {
    try {
      await audit.change(actorOf(c), async () => ({
        result: undefined,
        changes: [changeOf("kill.on", { after: on })],
      }))
      return true
    } catch (error) {
      deps.onBug(error)
      return false
    }
  }
  return resource()
    .openapi(routes.show, (c) => c.json({ isOn: killSwitch.isOn }, 200))
    .openapi(routes.turnOn, async (c) => {
      if (killSwitch.isOn) return c.json({ isOn: true }, 200)
      turnOn(killSwitch)
      return c.json({ isOn: true, isLogged: await log(c) }, 200)
    })
    .openapi(routes.release, async (c) => {
      if (!killSwitch.isOn) return c.body(null, 204)
      // What cannot be logged is not released.
      await audit.change(actorOf(c), async () => ({
        result: undefined,
        changes: [changeOf("kill.released", { before: on })],
      }))
      killSwitch.release()
      return c.body(null, 204)
    })
}

function turnOn(killSwitch: KillSwitch): void {
  try {
    killSwitch.turnOn()
  } catch (cause) {
    throw new Refusal(
      503,
      "disk-refused",
      "The disk does not take the file that stops everything: the kill switch is NOT on. Pause the bots, or end the relay; stops stay at the exchange.",
      { cause },
    )
  }
}
