import { isMoney, tickVolumeNames, volumeNames, volumeUnit } from "./csv-names.ts"

/** Where a table's volume stands: in base units where there is a choice. -1: nowhere. */
export type VolumeCells = {
  volume: number
  /** How often the price changed, which brokers without real volume tell. */
  tickVolume: number
  /** The volume counts money, for there is no other. */
  volumeIsMoney: boolean
}

/** Which column is the volume. `affix` makes a name one of those of the market meant, where several stand side by side. */
export function volumeCells(plain: string[], affix: (name: string) => string = (name) => name): VolumeCells {
  const own = plain.indexOf(affix("volume"))
  const known = volumeNames.find((name) => plain.includes(name))
  const tickName = tickVolumeNames.find((name) => plain.includes(name))
  const tickVolume = tickName === undefined ? -1 : plain.indexOf(tickName)
  if (own >= 0) return { volume: own, tickVolume, volumeIsMoney: false }
  if (known !== undefined) return { volume: plain.indexOf(known), tickVolume, volumeIsMoney: false }
  const units = plain.map(volumeUnit)
  // "Volume BTC", "Volume USD": what is no money is what was traded; of two such the first, as exporters write them.
  const traded = units.findIndex((unit) => unit !== undefined && !isMoney(unit))
  if (traded >= 0) return { volume: traded, tickVolume, volumeIsMoney: false }
  const inMoney = units.findIndex((unit) => unit !== undefined)
  return inMoney >= 0
    ? { volume: inMoney, tickVolume, volumeIsMoney: true }
    : { volume: tickVolume, tickVolume, volumeIsMoney: false }
}
