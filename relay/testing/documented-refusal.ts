import { FROM_MODEL } from "#models"
import { policies, type PolicyName } from "../door/policy.ts"
import { problem } from "../door/refusals.ts"
import { isDocumented } from "../routes/route-refusals.ts"

/** Throws where the relay refuses otherwise than its document says: in another shape, or with a code that is not in it. */
export async function expectDocumented(asked: string, answer: Response): Promise<void> {
  if (answer.status < 400 || answer.body === null || !isOurs(asked, answer)) return
  const body: unknown = await answer.clone().json()
  if (isForeign(asked, body)) return
  const { code } = problem.parse(body)
  const [method, path] = asked.split(" ")
  const route = routeAt(method, path.replace(/[?#].*$/s, ""))
  if (!isDocumented(route, answer.status, code))
    throw new Error(`${route ?? asked} refuses with ${answer.status} ${code}: its document does not say so`)
}

/** Elsewhere refusals are bare sentences for people; a model's server answers as it likes. */
function isOurs(asked: string, answer: Response): boolean {
  const isJson = (answer.headers.get("content-type") ?? "").startsWith("application/json")
  return isJson && asked.includes(" /") && answer.headers.get(FROM_MODEL) === null
}

/** The answer of an exchange, or of the protocol of assistants, that is passed on as it is. */
function isForeign(asked: string, body: unknown): boolean {
  if (typeof body !== "object" || body === null) return false
  return (asked.includes(" /mcp") && "jsonrpc" in body) || (asked.includes(" /api/md/") && !("error" in body))
}

function routeAt(method: string, path: string): PolicyName | undefined {
  return (Object.keys(policies) as PolicyName[]).find((name) => {
    const [of, pattern] = name.split(" ")
    const form = pattern.replace(/:\w+/g, "[^/]+").replace("*", ".*")
    return of === method && new RegExp(`^${form}$`, "s").test(path)
  })
}
