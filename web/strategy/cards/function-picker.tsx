import { Command } from "cmdk"
import { memo } from "react"
import {
  functionFamilies,
  functionTitle,
  type ModelCall,
  operandInWords,
  parseFormula,
  positionWords,
  type WrittenStrategy,
} from "#engine/strategy"
import type { Stroke } from "../../run/function-pictures.ts"
import { FunctionPicture, useFunctionPictures } from "./function-picture.tsx"

/** What a person chose: one of our functions, a name (a candle's value, a series, a slider), or a plain number. */
export type Picked =
  | { kind: "function"; name: string }
  | { kind: "name"; name: string }
  | { kind: "position"; name: string }
  | { kind: "number" }
  | ({ kind: "model" } & ModelCall)

type FunctionPickerProps = {
  title: string
  document: WrittenStrategy
  /** A position's exit may use the position. */
  isExit: boolean
  /** Whether a plain number may be chosen too. */
  withNumber?: boolean
  onPick: (picked: Picked) => void
  onClose: () => void
}

const groupClass =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-soft"

/** Everything a condition can use, found by typing: each with a sentence and a picture. Esc leaves. */
export function FunctionPicker({ title, document, isExit, withNumber = true, onPick, onClose }: FunctionPickerProps) {
  const pictures = useFunctionPictures()
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      label={title}
      filter={matches}
      overlayClassName="fixed inset-0 z-40 bg-[rgb(10_8_5/0.55)]"
      contentClassName="fixed top-[6vh] left-1/2 z-50 flex max-h-[88vh] w-[min(94vw,40rem)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line bg-surface-1 shadow-floating"
    >
      <Command.Input
        placeholder="Search: rsi, average, volume, hammer…"
        className="w-full shrink-0 border-b border-line bg-transparent px-4 py-3 text-base text-ink-strong outline-none placeholder:text-ink-faint"
      />
      <Command.List className="min-h-0 overflow-y-auto p-2">
        <Command.Empty className="px-3 py-4 text-ink-soft">
          Nothing is called that. Try a shorter word, such as “average”.
        </Command.Empty>
        <OwnNames document={document} onPick={onPick} />
        <OwnModels document={document} onPick={onPick} />
        <Command.Group heading="The candle" className={groupClass}>
          {withNumber && (
            <PickItem
              name="A number"
              about="A level of your own, such as 30."
              onPick={() => onPick({ kind: "number" })}
            />
          )}
          {Object.entries(candleValues).map(([name, about]) => (
            <PickItem key={name} name={name} about={about} onPick={() => onPick({ kind: "name", name })} />
          ))}
        </Command.Group>
        {isExit && (
          <Command.Group heading="The open position" className={groupClass}>
            {[...positionWords].map(([name, words]) => (
              <PickItem
                key={name}
                name={words}
                about={`Of the open position: position.${name}`}
                onPick={() => onPick({ kind: "position", name })}
              />
            ))}
          </Command.Group>
        )}
        <Functions pictures={pictures} onPick={onPick} />
      </Command.List>
    </Command.Dialog>
  )
}

const Functions = memo(function Functions({
  pictures,
  onPick,
}: {
  pictures: Record<string, Stroke[]>
  onPick: (picked: Picked) => void
}) {
  return functionFamilies.map(({ title, functions }) => (
    <Command.Group key={title} heading={title} className={groupClass}>
      {functions
        .filter(({ name }) => !Object.hasOwn(candleValues, name))
        .map(({ name, doc }) => (
          <PickItem
            key={name}
            name={functionTitle(name)}
            code={name}
            about={doc.replaceAll("`", "")}
            strokes={pictures[name] ?? []}
            onPick={() => onPick({ kind: "function", name })}
          />
        ))}
    </Command.Group>
  ))
})

/** The series and sliders the strategy has already. */
function OwnNames({
  document: { series = {}, params = {} },
  onPick,
}: Pick<FunctionPickerProps, "document" | "onPick">) {
  const numbers = Object.entries(params).filter(([, param]) => param.type !== "bool")
  if (Object.keys(series).length + numbers.length === 0) return null
  return (
    <Command.Group heading="This strategy" className={groupClass}>
      {Object.entries(series).map(([name, text]) => (
        <PickItem
          key={name}
          name={name}
          about={seriesWords(text, params)}
          onPick={() => onPick({ kind: "name", name })}
        />
      ))}
      {numbers.map(([name, param]) => (
        <PickItem
          key={name}
          name={param.label ?? name}
          code={name}
          about={`A slider, now at ${param.value}`}
          onPick={() => onPick({ kind: "name", name })}
        />
      ))}
    </Command.Group>
  )
}

/** The models the strategy carries, each by the name it has here. */
function OwnModels({ document: { models = {} }, onPick }: Pick<FunctionPickerProps, "document" | "onPick">) {
  const all = Object.entries(models)
  if (all.length === 0) return null
  return (
    <Command.Group heading="Models of this strategy" className={groupClass}>
      {all.map(([name, { kind, ...model }]) => {
        const asks = kind === "regimes" ? "regime" : "forecast"
        return (
          <PickItem
            key={name}
            name={name}
            code={`${asks}("${name}")`}
            about={`${model.name}. It speaks on ${model.timeframe} candles.`}
            onPick={() => onPick({ kind: "model", model: name, asks })}
          />
        )
      })}
    </Command.Group>
  )
}

function seriesWords(text: string, params: NonNullable<WrittenStrategy["params"]>): string {
  const parsed = parseFormula(text)
  return parsed.ok ? operandInWords(parsed.formula, params) : text
}

/** Each of the candle's own values in a sentence. */
const candleValues: Record<string, string> = {
  close: "The price at the candle's end.",
  open: "The price at the candle's beginning.",
  high: "The highest price within the candle.",
  low: "The lowest price within the candle.",
  volume: "How much was traded within the candle.",
  hl2: "The middle of high and low.",
  hlc3: "The mean of high, low and close: the typical price.",
  ohlc4: "The mean of open, high, low and close.",
  hour: "The hour of the day at the candle's opening, 0 to 23, UTC.",
  weekday: "The day of the week at the candle's opening, Monday 1 to Sunday 7, UTC.",
}

type PickItemProps = { name: string; code?: string; about: string; strokes?: Stroke[]; onPick: () => void }

function PickItem({ name, code, about, strokes, onPick }: PickItemProps) {
  return (
    <Command.Item
      value={`${name} ${code ?? ""}`}
      keywords={[about]}
      onSelect={onPick}
      className="flex min-h-12 cursor-pointer items-center gap-3 rounded-md px-3 py-1.5 text-ink [contain-intrinsic-size:auto_48px] [content-visibility:auto] data-[selected=true]:bg-surface-2"
    >
      <div className="min-w-0 grow">
        <div className="font-medium text-ink-strong">
          <bdi>{name}</bdi> {code && <code className="ml-1 font-mono text-xs font-normal text-ink-soft">{code}</code>}
        </div>
        <div className="text-sm text-ink-soft">{about}</div>
      </div>
      {strokes && <FunctionPicture strokes={strokes} />}
    </Command.Item>
  )
}

/**
 * The name's beginning counts most, then any of its words, then the sentence: the letters themselves, not scattered.
 */
function matches(value: string, search: string, keywords: string[] = []): number {
  const wanted = search.trim().toLowerCase()
  const name = value.toLowerCase()
  if (name.startsWith(wanted) || name.split(" ").at(-1) === wanted) return 1
  if (name.includes(` ${wanted}`)) return 0.8
  if (name.includes(wanted)) return 0.6
  return wanted.split(/\s+/).every((word) => `${name} ${keywords.join(" ").toLowerCase()}`.includes(word)) ? 0.3 : 0
}
