import { helpOf, type WrittenStrategy } from "#engine/strategy"

/** A name under the pointer, and how far down in the field its line ends. */
export type HoveredWord = { word: string; top: number }

type FormulaBackdropProps = {
  text: string
  /** Where the formula stops making sense. */
  character: number | undefined
  hovered: HoveredWord | undefined
  document: WrittenStrategy
}

/** The layer behind a formula's text: it gives the field its height, marks the mistake, and locates names. */
export function FormulaBackdrop({ text, character, hovered, document }: FormulaBackdropProps) {
  const help = hovered && helpOf(hovered.word, document)
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none col-start-1 row-start-1 px-2 py-1.5 font-mono text-sm wrap-anywhere whitespace-pre-wrap text-transparent"
      >
        {character === undefined ? (
          <Words text={text} />
        ) : (
          <>
            <Words text={text.slice(0, character)} />
            <mark
              data-testid="formula-mistake"
              className="bg-transparent text-transparent underline decoration-loss decoration-wavy decoration-2 underline-offset-4"
            >
              {text.slice(character) || "\u00a0"}
            </mark>
          </>
        )}
        {"\u200b"}
      </div>
      {help && (
        <div
          role="tooltip"
          style={{ top: hovered.top + 6 }}
          className="pointer-events-none absolute right-0 left-0 z-30 rounded-md border border-line bg-surface-1 p-2 text-sm wrap-anywhere shadow-floating"
        >
          <code className="font-mono text-ink-strong">{help.signature}</code>
          <p className="text-ink-soft">{help.about}</p>
        </div>
      )}
    </>
  )
}

function Words({ text }: { text: string }) {
  return text.split(/([A-Za-z_]\w*)/).map((piece, n) =>
    n % 2 === 0 ? (
      piece
    ) : (
      <span key={n} data-word={piece}>
        {piece}
      </span>
    ),
  )
}
