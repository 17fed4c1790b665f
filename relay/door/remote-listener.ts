import { readFile, stat } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import { createServer as createTlsServer, type Server as TlsServer } from "node:https"
import { MINUTE_MS, quoted } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"
import { boundServer, serverBounds } from "./listener.ts"
import type { CertificateFiles, RemoteUse } from "./remote-use.ts"

/** A renewed certificate is served after this long at most. */
const LOOK_AGAIN_MS = 10 * MINUTE_MS

type RemoteDeps = { surroundings: Pick<Surroundings, "every">; onBug: (error: unknown) => void }

/**
 * Listens where other computers reach it, as the environment asks; undefined where the proxy is on this computer.
 * Throws a sentence where the place is taken or the certificate does not read.
 */
export async function listenRemotely(
  { listen, certificate }: RemoteUse,
  deps: RemoteDeps,
): Promise<Server | TlsServer | undefined> {
  if (listen === undefined) return undefined
  const server = certificate ? await tlsServer(certificate, deps) : boundServer(createServer(serverBounds))
  await listening(server, listen)
  return server
}

async function tlsServer(files: CertificateFiles, { surroundings, onBug }: RemoteDeps): Promise<TlsServer> {
  const server = boundServer(madeOf(await contentOf(files)))
  let knownMs = await changedMs(files)
  const renew = async () => {
    const nowMs = await changedMs(files)
    if (nowMs === knownMs) return
    server.setSecureContext(await contentOf(files))
    knownMs = nowMs
  }
  surroundings.every(LOOK_AGAIN_MS, () => void renew().catch(onBug))
  return server
}

function madeOf(content: { cert: Buffer; key: Buffer }): TlsServer {
  try {
    return createTlsServer({ ...serverBounds, ...content, minVersion: "TLSv1.2" })
  } catch (error) {
    throw new Error(
      `The certificate does not read: ${(error as Error).message}. Both files are in PEM, and the key is the certificate's.`,
      { cause: error },
    )
  }
}

async function contentOf({ certFile, keyFile }: CertificateFiles): Promise<{ cert: Buffer; key: Buffer }> {
  const read = (file: string) =>
    readFile(file).catch(({ code }: NodeJS.ErrnoException) => {
      throw new Error(
        `The certificate file ${quoted(file, 200)} cannot be read (${code}). It must be there, and readable by the user that Candlewright runs as.`,
      )
    })
  const [cert, key] = await Promise.all([read(certFile), read(keyFile)])
  return { cert, key }
}

async function changedMs({ certFile, keyFile }: CertificateFiles): Promise<number> {
  const times = await Promise.all([certFile, keyFile].map(async (file) => (await stat(file)).mtimeMs))
  return Math.max(...times)
}

function listening(server: Server | TlsServer, { host, port }: NonNullable<RemoteUse["listen"]>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new Error(whyNot(error, host, port))))
    server.listen({ host, port, exclusive: true }, () => {
      server.removeAllListeners("error")
      resolve()
    })
  })
}

function whyNot({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const place = `${host} port ${port}`
  if (code === "EADDRINUSE")
    return `Another program listens at ${place}. Stop it, or choose another place in CANDLEWRIGHT_LISTEN.`
  if (code === "EADDRNOTAVAIL")
    return `${host} is no address of this computer. Choose one that is in CANDLEWRIGHT_LISTEN.`
  if (code === "EACCES")
    return `This computer does not let you use port ${port}. Choose one above 1024 in CANDLEWRIGHT_LISTEN, and let the router or a proxy lead to it.`
  return `Candlewright cannot listen at ${place}: ${message}`
}
