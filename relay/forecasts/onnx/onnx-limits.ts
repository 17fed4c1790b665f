/** The largest file that is looked into. A model of candles is rarely larger than one megabyte. */
export const MOST_FILE_BYTES = 16 * 1024 * 1024
/** The most steps a model may have. */
export const MOST_NODES = 5_000
/** The most numbers that one table may hold. */
export const MOST_ELEMENTS = 4_000_000
/** The most dimensions that one table may have. */
export const MOST_DIMENSIONS = 6
/** The most features of one row. */
export const MOST_FEATURES = 256
/** The most candles that one row may look back. */
export const MOST_WINDOW = 2_048
/** Inputs and outputs of a file, those included that only name a table of weights. */
export const MOST_ENDS = 5_000

type Versions = { least: number; most: number }

/** The versions of the file format that the runtime reads. */
export const irVersions: Versions = { least: 3, most: 13 }

/** The sets of operators that are known, each with the versions that the runtime reads. */
export const opsetVersions: Record<string, Versions> = {
  "ai.onnx": { least: 7, most: 26 },
  "ai.onnx.ml": { least: 1, most: 5 },
}
