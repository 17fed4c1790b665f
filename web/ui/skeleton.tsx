import { classNames } from "./class-names.ts"

/** A grey bar of the size of what will stand there, so that nothing jumps when it does. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={classNames("animate-pulse rounded-sm bg-surface-2", className)} />
}
