import { useState } from "react"
import { ModelFailure, type ModelHostId } from "#models"
import { unavailableBecause } from "../../db/unavailable.ts"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { modelsListedBy } from "../llm/models-at-hand.ts"

type ModelNameProps = {
  /** Names to offer before the server is asked. */
  models: readonly string[]
  value: string
  onChange: (model: string) => void
  /** The server that can be asked from this page; undefined where it cannot, or nobody said which. */
  server: { host: ModelHostId; baseUrl: string; key: string } | undefined
}

/** A model by its server's name for it, chosen from the server's own list where the person asks for that. */
export function ModelName({ models, value, onChange, server }: ModelNameProps) {
  const [listed, setListed] = useState<{ by: string; names: readonly string[] }>()
  const [problem, setProblem] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  const names = listed !== undefined && listed.by === server?.baseUrl ? listed.names : models
  const ask = async ({ host, baseUrl, key }: NonNullable<typeof server>) => {
    setAsking(true)
    setProblem(undefined)
    try {
      const found = await modelsListedBy({ host, baseUrl }, key, AbortSignal.timeout(LONGEST_ANSWER_MS))
      setListed({ by: baseUrl, names: found })
      if (found.length === 0)
        setProblem(`${new URL(baseUrl).host} lists no models. Load or pull one there, or type its name.`)
      else if (value.trim() === "") onChange(found[0])
    } catch (error) {
      setProblem(error instanceof ModelFailure ? error.message : unavailableBecause(error))
    } finally {
      setAsking(false)
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label="Model"
        value={value}
        placeholder={names[0] ?? "As the server calls it"}
        list="model-names"
        autoComplete="off"
        onChange={onChange}
      />
      <datalist id="model-names">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {server && (
        <Button look="plain" className="self-start" disabled={isAsking} onClick={() => void ask(server)}>
          {`List the models at ${new URL(server.baseUrl).host}`}
        </Button>
      )}
      {listed !== undefined && listed.by === server?.baseUrl && listed.names.length > 0 && (
        <p role="status" className="text-sm text-ink-soft">{`${listed.names.length} found; the field offers them.`}</p>
      )}
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </div>
  )
}

const LONGEST_ANSWER_MS = 15_000
