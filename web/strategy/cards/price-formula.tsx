import { type DocumentPath, makeFormulaNumberAdjustable, pathText, textAt, withValueAt } from "#engine/strategy"
import type { Edit } from "./edit.ts"
import { FormulaField } from "./formula-field.tsx"
import { FormulaNumbers } from "./formula-numbers.tsx"
import { problemAt } from "./problem-of.ts"

type PriceFormulaProps = { edit: Edit; path: DocumentPath; label: string }

/** A formula of the document that answers a value: a price, or a named series. */
export function PriceFormula({ edit, path, label }: PriceFormulaProps) {
  const { document, problems, change } = edit
  const text = textAt(document, path)
  return (
    <div data-place={pathText([...path])} className="flex min-w-0 flex-col gap-2">
      <FormulaField
        label={label}
        text={text}
        document={document}
        problem={problemAt(problems, path)}
        onChange={(next) => change(withValueAt(document, path, next), `${label}: ${text} → ${next}`)}
      />
      <FormulaNumbers
        text={text}
        onAdjustable={(at) => {
          const made = makeFormulaNumberAdjustable(document, path, at)
          if (made.ok) change(made.document, `${made.document.params![made.name].label} is a slider now`)
        }}
      />
    </div>
  )
}
