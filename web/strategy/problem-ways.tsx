import { type StrategyProblem, type WayOut, waysOut, type WrittenStrategy } from "#engine/strategy"
import { Button } from "../ui/button.tsx"

type ProblemWaysProps = { document: WrittenStrategy; problem: StrategyProblem; onTake: (way: WayOut) => void }

/** What can be done about a problem in one press. */
export function ProblemWays({ document, problem, onTake }: ProblemWaysProps) {
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {waysOut(document, problem).map((way) => (
        <Button key={way.label} onClick={() => onTake(way)}>
          {way.label}
        </Button>
      ))}
    </div>
  )
}
