import { ImageDown } from "lucide-react"
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react"
import { IconButton } from "../ui/button.tsx"
import { saveSvg } from "./save-svg.ts"
import { useWidth } from "./use-width.ts"

/** The picture's numbers, for those who cannot or would rather not look at it. */
export type FigureTable = { columns: string[]; rows: string[][] }

type FigureFrameProps = {
  title: string
  /** Explains the picture, beside its name. */
  about?: ReactNode
  /** What the picture shows, in a sentence. */
  summary: string
  table: FigureTable
  heightPx: number
  /** Narrower than this the picture scrolls sideways. */
  leastWidthPx?: number
  /** Arrows walk through the picture; `told` is where they are, in words. */
  walk?: { onKeyDown: (event: KeyboardEvent) => void; told: string | undefined }
  /** Draws into an SVG of this width. */
  children: (widthPx: number) => ReactNode
}

/** What every picture has: a name, a sentence, its numbers as a table, and a way to save it as a file. */
export function FigureFrame(props: FigureFrameProps) {
  const { title, about, summary, table, heightPx, leastWidthPx = 0, walk, children } = props
  const [frame, width] = useWidth<HTMLDivElement>()
  const svg = useRef<SVGSVGElement>(null)
  const wide = Math.max(width, leastWidthPx)
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center justify-between gap-4">
        <div className="flex min-w-0 items-center gap-1">
          <h3 className="font-semibold">{title}</h3>
          {about}
        </div>
        <IconButton label={`Save “${title}” as a picture`} onClick={() => void saveSvg(svg.current!, title)}>
          <ImageDown aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div
        ref={frame}
        className="min-w-0 overflow-x-auto"
        {...(wide > width && scrolls(title))}
        {...(walk && walks(title, walk.onKeyDown))}
      >
        <svg
          ref={svg}
          role="img"
          aria-label={`${title}. ${summary}`}
          width={wide}
          height={heightPx}
          viewBox={`0 0 ${Math.max(1, wide)} ${heightPx}`}
          className="block text-xs tabular-nums"
        >
          {wide > 0 && children(wide)}
        </svg>
      </div>
      {walk && (
        <p role="status" className="min-h-5 text-sm text-ink-strong tabular-nums">
          {walk.told}
        </p>
      )}
      <figcaption className="text-sm text-ink-soft">
        <p>{summary}</p>
        <NumbersTable table={table} title={title} />
      </figcaption>
    </figure>
  )
}

/** The keyboard can reach whatever scrolls. */
function scrolls(title: string) {
  return { tabIndex: 0, role: "region", "aria-label": title }
}

/** A picture that the arrows walk through. */
function walks(title: string, onKeyDown: (event: KeyboardEvent) => void) {
  return { tabIndex: 0, role: "application", "aria-label": `${title}: arrows walk from cell to cell`, onKeyDown }
}

function NumbersTable({ table, title }: { table: FigureTable; title: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-6 w-fit items-center underline decoration-dotted underline-offset-4 hover:text-ink-strong">
        As a table
      </summary>
      {isOpen && (
        <div tabIndex={0} role="region" aria-label={`${title}, as a table`} className="max-h-72 overflow-auto">
          <table className="w-full max-w-160 text-right">
            <thead>
              <tr>
                {table.columns.map((name) => (
                  <th key={name} scope="col" className="py-1 pl-2 font-medium first:pl-0 first:text-left">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((cells) => (
                <tr key={cells[0]} className="border-t border-line">
                  {cells.map((cell, at) => (
                    <td key={table.columns[at]} className="py-1 pl-2 first:pl-0 first:text-left">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}
