/** Goes on with the downloads that a closed or reloaded window left behind, whatever screen is open. The first screen comes first. */
export async function goOnWithDownloads(): Promise<void> {
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }))
  const { runDownloads } = await import("./download-queue.ts")
  runDownloads()
}
