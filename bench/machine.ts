import { availableParallelism, cpus, loadavg, totalmem } from "node:os"

/** What the figures were measured on, and how busy it was. */
export function machineFacts() {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    loadAverage: loadavg()[0],
  }
}
