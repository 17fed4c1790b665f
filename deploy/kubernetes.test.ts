import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { commands } from "../relay/cli/commands.ts"
import { remoteUseFrom } from "../relay/door/remote-use.ts"
import { logFormFrom } from "../relay/log/log-form.ts"
import { drainMsFrom } from "../relay/drain.ts"
import { policies } from "../relay/door/policy.ts"
import { projectPath } from "../scripts/project-path.ts"
import { dockerStages, settingOf } from "./testing/dockerfile.ts"
import {
  filesIn,
  type Folder,
  folders,
  kustomizationOf,
  type Manifest,
  objectsIn,
  renderedFolder,
} from "./testing/kubernetes-files.ts"
import { faultIn } from "./testing/kubernetes-schemas.ts"
import { type Container, podsOf, selects } from "./testing/pods.ts"

const each = folders.map((folder) => [folder, renderedFolder(folder)] as const)
const named = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`
const ofKind = (objects: readonly Manifest[], kind: string) => objects.filter((one) => one.kind === kind)
const containersOf = (objects: Manifest[]) => podsOf(objects).flatMap(({ containers }) => containers)

test.each(folders)("%s names each file of its folder, and no other", (folder) => {
  const { resources, patches = [] } = kustomizationOf(folder)
  const own = [...resources, ...patches.map(({ path }) => path)].filter((name) => name.endsWith(".yaml"))
  expect(own.toSorted()).toEqual(filesIn(folder).toSorted())
})

test.each(each)("each object of %s is one by the schema of its kind, and no two have one name", (_, objects) => {
  expect(objects.map((object) => [named(object), faultIn(object)]).filter(([, fault]) => fault !== undefined)).toEqual(
    [],
  )
  expect(new Set(objects.map(named)).size).toBe(objects.length)
})

test("a field that there is not, a wrong type and an unknown kind would be found", () => {
  const [relay] = ofKind(renderedFolder("base"), "Deployment")
  const strange = structuredClone(relay) as never as { spec: { template: { spec: { containers: object[] } } } }
  strange.spec.template.spec.containers[0] = { ...strange.spec.template.spec.containers[0], imag: "x" }
  expect(faultIn(strange as never)).toBe("Deployment has no spec.template.spec.containers.0.imag")
  expect(faultIn({ ...relay, spec: { ...relay.spec, replicas: "one" } })).toMatch(/replicas must be integer/)
  expect(faultIn({ ...relay, kind: "Deploymint" })).toMatch(/no kind/)
})

test.each(each)(
  "no container of %s is root, can write its files, raise its rights or take the whole machine",
  (_, objects) => {
    for (const { owner, spec, containers } of podsOf(objects)) {
      expect(spec.securityContext, owner).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: "RuntimeDefault" },
      })
      expect(spec.automountServiceAccountToken, owner).toBe(false)
      expect(spec.hostNetwork ?? spec.hostPID ?? spec.hostIPC).toBeUndefined()
      for (const { name, resources, securityContext } of containers) {
        expect(securityContext, name).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        })
        for (const amounts of [resources.requests, resources.limits])
          expect(Object.keys(amounts).toSorted(), name).toEqual(["cpu", "ephemeral-storage", "memory"])
      }
    }
    expect(podsOf(objects).map(({ owner }) => owner)).toEqual(["relay", "backup"])
  },
)

test.each(each)("every image of %s has a version, and ours is this program's", (folder, objects) => {
  const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as { version: string }
  expect(kustomizationOf("base").images).toMatchObject([{ name: "candlewright", newTag: version }])
  expect(kustomizationOf(folder).images.every(({ newTag = "0" }) => newTag !== "latest")).toBe(true)
  const others = containersOf(objects).filter(({ image }) => image !== "candlewright")
  expect(others.filter(({ image }) => !/:\d+\.\d+[\w.-]*$|@sha256:[0-9a-f]{64}$/.test(image))).toEqual([])
})

test.each(each)("secrets of %s are named, and nowhere written", (_, objects) => {
  expect(ofKind(objects, "Secret")).toEqual([])
  const settings = [
    ...ofKind(objects, "ConfigMap").flatMap(({ data = {} }) => Object.entries(data)),
    ...containersOf(objects).flatMap(({ env = [] }) => env.map(({ name, value = "" }) => [name, value] as const)),
  ]
  const secret = settings.filter(([name]) => /PASSWORD|PASSPHRASE|SECRET|TOKEN|KEY|DATABASE_URL/.test(name))
  expect(secret.filter(([name, value]) => !name.endsWith("_FILE") || !value.startsWith("/run/secrets/"))).toEqual([])
  expect(settings.filter(([, value]) => /:\/\/[^\s/]*:[^\s/]*@/.test(value))).toEqual([])
  const kept = podsOf(objects).map(({ spec }) => spec.volumes.flatMap(({ secret }) => secret?.secretName ?? []))
  expect(kept).toEqual([["candlewright"], ["candlewright"]])
})

test.each(each)("in %s nobody reaches a pod or is reached by one but where a policy says so", (_, objects) => {
  type Policy = { podSelector: object; policyTypes: string[]; ingress?: object[]; egress?: object[] }
  const rules = ofKind(objects, "NetworkPolicy").map(({ spec }) => spec as Policy)
  expect(rules).toContainEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] })
  for (const { labels, owner } of podsOf(objects)) {
    const own = rules.filter(({ podSelector }) => selects(podSelector, labels))
    expect(
      own.some(({ egress }) => egress !== undefined),
      owner,
    ).toBe(true)
    expect(
      own.some(({ ingress }) => ingress !== undefined),
      owner,
    ).toBe(owner === "relay")
  }
  // A rule without an end is for everybody.
  const ends = rules.flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress])
  expect(ends.filter((end) => !("ports" in end) || !("to" in end || "from" in end))).toEqual([])
})

test.each(each)("in %s one relay runs at a time, it may be moved, and it is asked what it answers", (_, objects) => {
  const [{ spec }] = ofKind(objects, "Deployment")
  expect(spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } })
  expect(ofKind(objects, "PodDisruptionBudget")[0].spec).toMatchObject({ maxUnavailable: 1 })
  const relay = containersOf(objects).find(({ name }) => name === "relay")! as Container & Record<string, Probe>
  type Probe = { httpGet: { path: string; port: string } }
  const probes = ["startupProbe", "livenessProbe", "readinessProbe"].map((name) => relay[name].httpGet)
  expect(probes.map(({ path }) => path)).toEqual(["/api/health/live", "/api/health/live", "/api/health/ready"])
  const asked = [...probes.map(({ path }) => path), ...ofKind(objects, "BackendConfig").map(pathOfCheck)]
  expect(asked.filter((path) => policies[`GET ${path}` as keyof typeof policies] !== "everyone")).toEqual([])
})

const pathOfCheck = ({ spec }: Manifest) => (spec as { healthCheck: { requestPath: string } }).healthCheck.requestPath

test.each(each)(
  "in %s the relay has the image's user, folder and door, and a command that there is",
  (folder, objects) => {
    const image = dockerStages().at(-1)!
    const [pod] = podsOf(objects)
    const relay = pod.containers.find(({ name }) => name === "relay")!
    expect(Object.keys(commands)).toContain(relay.args![0])
    expect(relay.command).toBeUndefined()
    const [uid, gid] = settingOf(image, "USER")[0].split(":").map(Number)
    expect(pod.spec.securityContext).toMatchObject({
      runAsUser: uid,
      fsGroup: gid,
      fsGroupChangePolicy: "OnRootMismatch",
    })
    expect(relay.volumeMounts).toContainEqual({ name: "data", mountPath: settingOf(image, "VOLUME")[0] })
    expect(relay.ports).toEqual([{ name: "http", containerPort: Number(settingOf(image, "EXPOSE")[0]) }])
    const { data } = ofKind(objects, "ConfigMap")[0]
    const proxies = data!.CANDLEWRIGHT_TRUSTED_PROXY.replace(/the-address[\w-]*/, "203.0.113.9")
    const use = remoteUseFrom({ ...data, CANDLEWRIGHT_TRUSTED_PROXY: proxies })!
    expect(use.listen!.port).toBe(Number(settingOf(image, "EXPOSE")[0]))
    expect(logFormFrom(data!, false)).toBe(folder === "base" ? "json" : "google")
    const MARGIN_MS = 10_000
    const graceMs = Number(pod.spec.terminationGracePeriodSeconds) * 1_000
    expect(graceMs - drainMsFrom(data!.CANDLEWRIGHT_DRAIN_SECONDS)).toBeGreaterThanOrEqual(MARGIN_MS)
    expect(() => remoteUseFrom(data!), "a setting that was not set is refused").toThrow(
      /CANDLEWRIGHT_TRUSTED_PROXY has/,
    )
  },
)

test.for(folders)("kubectl makes the same objects of %s", (folder, context) => {
  const rendered = byKubectl(folder) ?? context.skip("this machine has no kubectl")
  expect(rendered.map((object) => faultIn(object)).filter((fault) => fault !== undefined)).toEqual([])
  expect(rendered.map(named).toSorted()).toEqual(renderedFolder(folder).map(named).toSorted())
  expect(containersOf(rendered).map(({ name }) => name)).toEqual(
    containersOf(renderedFolder(folder)).map(({ name }) => name),
  )
})

function byKubectl(folder: Folder): Manifest[] | undefined {
  const path = projectPath(`deploy/kubernetes/${folder}`)
  try {
    return objectsIn(execFileSync("kubectl", ["kustomize", path], { encoding: "utf8" }))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}
