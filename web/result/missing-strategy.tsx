import { closestName } from "#engine/strategy"
import { templates } from "../strategy/index.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"

const MOST_OFFERED = 4

type MissingStrategyProps = { wanted: string; onChoose: (id: string) => void }

/** A link's strategy that is neither a template nor in the library: what may have been meant, and templates to go on with. */
export function MissingStrategy({ wanted, onChoose }: MissingStrategyProps) {
  const meant = templates.find(({ id }) => id === meantTemplate(wanted))
  const offered = [...templates].sort((a, b) => Number(b === meant) - Number(a === meant)).slice(0, MOST_OFFERED)
  return (
    <Notice
      kind="warn"
      action={
        <div className="flex flex-wrap gap-2">
          {offered.map(({ id, document }) => (
            <Button key={id} onClick={() => onChoose(id)}>
              {document.name}
            </Button>
          ))}
        </div>
      }
    >
      The strategy of this link is not here. It was deleted, or the link is cut or of another browser; nothing else of
      yours is lost.{meant && ` Did you mean the template ${meant.id}?`}
    </Notice>
  )
}

/** The template whose id was mistyped or cut; undefined where none is like it. */
export function meantTemplate(wanted: string): string | undefined {
  return closestName(
    wanted,
    templates.map(({ id }) => id),
  )
}
