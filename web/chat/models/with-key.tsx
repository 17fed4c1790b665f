import { useState } from "react"
import { modelAddressFrom, modelHostAt, type ModelHostId, modelHostOf, modelHosts } from "#models"
import { findPairing } from "../../db/pairing.ts"
import { changeModelSettings, type KeyPlace, type ModelSettings } from "../../db/model-settings.ts"
import { useKept } from "../../db/use-kept.ts"
import { answered, relay } from "../../relay-client/relay.ts"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Progress } from "../../ui/progress.tsx"
import { Select } from "../../ui/select.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { forgetKey, keepForWindow, LEAST_PASSPHRASE_LETTERS, sealKey } from "../llm/model-key.ts"
import { ModelName } from "./model-name.tsx"
import { Section } from "./section.tsx"
import { usePreparing } from "./use-preparing.ts"

type Place = "window" | "sealed" | "relay"

const empty = {
  host: "openai" as ModelHostId,
  address: "",
  model: "",
  key: "",
  passphrase: "",
  place: "window" as Place,
}

/** A model at a company with the person's own key, or on a computer of theirs. */
export function WithKey({ settings }: { settings: ModelSettings }) {
  const [typed, setTyped] = useState(empty)
  const [problem, setProblem] = useState<string>()
  const preparing = usePreparing(() => setTyped((now) => ({ ...empty, host: now.host })))
  const pairing = useKept(findPairing)
  const isPaired = pairing.state === "ready" && pairing.value !== undefined
  const type = (change: Partial<typeof empty>) => setTyped((now) => ({ ...now, ...change }))
  const host = modelHostOf(typed.host)
  const address = modelAddressFrom(host.place === "hosted" ? host.baseUrl : typed.address || host.baseUrl)
  const isPublic = address.ok && modelHostAt(address.baseUrl).place === "hosted"
  // A page reaches the companies it knows and computers at home; any other address is the relay's to ask.
  const onlyByRelay = typed.host === "other" && isPublic
  const wantsKey = host.needsKey || typed.host === "other"
  const place: Place = onlyByRelay ? "relay" : typed.place
  // The page's own worker asks; what only the relay may reach is listed nowhere before its key is kept.
  const listing =
    address.ok && place !== "relay" && (!host.needsKey || typed.key.trim() !== "")
      ? { host: typed.host, baseUrl: address.baseUrl, key: typed.key.trim() }
      : undefined
  const isReady =
    address.ok &&
    typed.model.trim() !== "" &&
    (!host.needsKey || typed.key.trim() !== "") &&
    (place !== "sealed" || typed.key === "" || typed.passphrase.length >= LEAST_PASSPHRASE_LETTERS) &&
    (place !== "relay" || isPaired)
  const add = async () => {
    if (!address.ok) return
    setProblem(undefined)
    const { baseUrl } = address
    const model = typed.model.trim()
    try {
      const key = await placed(typed.key.trim(), { place, host: typed.host, baseUrl })
      const isAdded = await preparing.prepare({
        id: `${typed.host === "other" ? new URL(baseUrl).host : typed.host}/${model}`,
        name: model,
        isOn: true,
        tier: host.models.indexOf(model) === 0 ? "cheap" : "strong",
        kind: "server",
        host: typed.host,
        baseUrl,
        model,
        key,
      })
      if (!isAdded) await takeBack(key)
      else if (place === "sealed" && key.at === "browser") await keepSealed(key.id, typed.passphrase)
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return (
    <Section
      title="With a key of your own, or on a computer of yours"
      about="Large models build best. You pay their company for what you ask; the costs are below."
    >
      <form className="flex flex-col gap-4" onSubmit={(event) => (event.preventDefault(), void add())}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Whose"
            value={typed.host}
            choices={modelHosts.map(({ id, name, place: where }) => ({
              value: id,
              label: name,
              hint: where === "hosted" ? undefined : "yours",
            }))}
            onChange={(id) => type({ host: id as ModelHostId, model: "", address: "" })}
          />
          <ModelName models={host.models} value={typed.model} server={listing} onChange={(model) => type({ model })} />
        </div>
        {host.place === "ownServer" && (
          <TextField
            label="Address"
            value={typed.address}
            placeholder={host.baseUrl || "https://api.example.com/v1"}
            problem={typed.address !== "" && !address.ok ? address.because : undefined}
            onChange={(text) => type({ address: text })}
          />
        )}
        {wantsKey && (
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Key"
              type="password"
              autoComplete="off"
              value={typed.key}
              onChange={(key) => type({ key })}
            />
            <Select
              label="Where the key is kept"
              value={place}
              choices={placesFor({ isPaired, onlyByRelay })}
              onChange={(to) => type({ place: to as Place })}
            />
          </div>
        )}
        {wantsKey && place === "sealed" && (
          <TextField
            label={`Passphrase, at least ${LEAST_PASSPHRASE_LETTERS} letters`}
            type="password"
            autoComplete="new-password"
            value={typed.passphrase}
            onChange={(passphrase) => type({ passphrase })}
          />
        )}
        {place === "relay" && !isPaired && (
          <Notice kind="info">
            An address on the internet that this page does not know is asked by your relay. Pair this browser under
            Settings first.
          </Notice>
        )}
        <p className="max-w-[64ch] text-sm text-ink-soft">
          {address.ok
            ? `From then on what you say in the chat, and the strategies it is about, go to ${new URL(address.baseUrl).host}. Nothing goes there before, and nothing of your accounts ever.`
            : "Write the address of the server."}
          {host.keysUrl ? ` Keys are made at ${new URL(host.keysUrl).host}${new URL(host.keysUrl).pathname}.` : ""}
        </p>
        <Button
          type="submit"
          look={settings.models.length === 0 ? "primary" : "quiet"}
          className="self-start"
          disabled={!isReady || preparing.progress !== undefined}
        >
          {address.ok ? `Allow ${new URL(address.baseUrl).host} and add` : "Allow and add"}
        </Button>
        {preparing.progress && (
          <Progress
            label={preparing.progress.words}
            done={preparing.progress.share}
            total={1}
            onCancel={preparing.stop}
          />
        )}
        {(problem ?? preparing.problem) !== undefined && <Notice kind="error">{problem ?? preparing.problem}</Notice>}
      </form>
    </Section>
  )
}

function placesFor({ isPaired, onlyByRelay }: { isPaired: boolean; onlyByRelay: boolean }) {
  const relays = { value: "relay", label: "In your relay", hint: "sealed there, never in the browser" }
  if (onlyByRelay) return [relays]
  return [
    { value: "window", label: "In this window", hint: "gone when it closes or loads anew" },
    { value: "sealed", label: "In this browser", hint: "sealed with a passphrase" },
    ...(isPaired ? [relays] : []),
  ]
}

type Where = { place: Place; host: ModelHostId; baseUrl: string }

/** Puts the key where it can be tried; none is needed by most programs on one's own computer. */
async function placed(key: string, { place, host, baseUrl }: Where): Promise<KeyPlace> {
  if (place === "relay") return inRelay(key, host, baseUrl)
  return key === "" ? { at: "nowhere" } : { at: "browser", id: keepForWindow(key) }
}

async function inRelay(key: string, host: ModelHostId, baseUrl: string): Promise<KeyPlace> {
  const named = modelHostOf(host)
  const isLocal = modelHostAt(baseUrl).place === "ownServer"
  const json = { name: named.name, host, key, isLocal, ...(named.place === "hosted" ? {} : { baseUrl }) }
  const answer = await answered(relay["model-keys"].$post({ json }))
  return { at: "relay", id: (await answer.json()).id }
}

/** A key that did not work is kept nowhere. */
async function takeBack(key: KeyPlace): Promise<void> {
  if (key.at === "browser") forgetKey(key.id)
  if (key.at === "relay") await answered(relay["model-keys"][":id"].$delete({ param: { id: key.id } }))
}

async function keepSealed(id: string, passphrase: string): Promise<void> {
  const sealed = await sealKey(id, passphrase)
  await changeModelSettings(({ keys }) => ({ keys: [...keys, sealed] }))
}
