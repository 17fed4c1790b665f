const signatures: { start: number[]; because: string }[] = [
  { start: [0x50, 0x41, 0x52, 0x31], because: "This is a Parquet file; export it as CSV." },
  {
    start: [0x46, 0x45, 0x41, 0x31],
    because:
      "This is a Feather file of the old version 1; write it again with pandas' to_feather, or export it as CSV.",
  },
  { start: [0x41, 0x52, 0x52, 0x4f], because: "This is an Arrow or Feather file; export it as CSV." },
  { start: [0xd0, 0xcf, 0x11, 0xe0], because: "This is an Excel workbook; save it as CSV." },
  { start: [0x28, 0xb5, 0x2f, 0xfd], because: "This is a Zstandard file; unpack it, or use .gz or .zip." },
  { start: [0x42, 0x5a, 0x68], because: "This is a bzip2 file; unpack it, or use .gz or .zip." },
  { start: [0xfd, 0x37, 0x7a, 0x58], because: "This is an xz file; unpack it, or use .gz or .zip." },
  { start: [0x37, 0x7a, 0xbc, 0xaf], because: "This is a 7-Zip file; unpack it, or use .gz or .zip." },
  { start: [0x25, 0x50, 0x44, 0x46], because: "This is a PDF; export the candles as CSV." },
  { start: [0x89, 0x50, 0x4e, 0x47], because: "This is a picture; export the candles as CSV." },
  { start: [0x1f, 0x8b], because: "The file is packed twice; unpack it once." },
  { start: [0x50, 0x4b, 0x03, 0x04], because: "The file is packed twice; unpack it once." },
  {
    start: [0x7b],
    because: "This JSON is not a list of candles; expected [[open time, open, high, low, close, volume], …].",
  },
  { start: [0x5b], because: "This is a JSON list; open it as a file of its own." },
  { start: [0x3c, 0x21], because: "This is a web page, not a candle file; the download probably failed." },
  { start: [0x3c, 0x68, 0x74, 0x6d], because: "This is a web page, not a candle file; the download probably failed." },
]

/** The sentence for a file that is recognisably not a table of text, from its first bytes; undefined otherwise. */
export function foreignFormat(first: Uint8Array): string | undefined {
  return signatures.find(({ start }) => start.every((byte, at) => first[at] === byte))?.because
}
